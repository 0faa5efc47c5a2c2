import { readAsk, serve } from "./graphql/serve.ts";
import type { Operation } from "./http/contract.ts";
import type { Caller } from "./http/credentials.ts";
import type { Fault } from "./http/faults.ts";
import { type Charge, limitHeaders, type Refusal, type Resource } from "./http/ledger.ts";
import { pageFor } from "./http/pages.ts";
import { failure, type RestResponse } from "./http/request.ts";
import { answerRest, createsContent, tagOf } from "./http/rest.ts";
import { serialized } from "./http/serialize.ts";
import { answerGit, isGit } from "./routes/git.ts";
import type { Sighting } from "./sightings.ts";
import type { Incoming, Simulation, SimulatorResponse } from "./simulation.ts";

const REST_ROOT = "/api/v3";

/** Brings a request to REST, GraphQL, git or a page, and its answer back with GitHub's headers. */
export async function answer(simulation: Simulation, incoming: Incoming): Promise<SimulatorResponse> {
  const { pathname } = incoming.url;
  if (!isDecodable(pathname)) return plain(simulation, failure(400, "Bad Request"));
  const isApi = pathname === "/api/graphql" || pathname.startsWith(`${REST_ROOT}/`);
  if (!isApi) return isGit(incoming.url) ? answerGit(simulation, incoming) : pageFor(simulation, incoming);
  const identified = simulation.credentials.identify(incoming.headers.authorization, simulation.clock.now());
  if (!identified.ok) return plain(simulation, failure(identified.status, identified.message));
  return pathname === "/api/graphql"
    ? answerGraphql(simulation, incoming, identified.caller)
    : answerOperation(simulation, incoming, identified.caller);
}

/** False for a stray `%`, which no server can make a name of. */
const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

async function answerOperation(simulation: Simulation, incoming: Incoming, caller: Caller): Promise<SimulatorResponse> {
  const { method, url } = incoming;
  const path = url.pathname.slice(REST_ROOT.length);
  const matched = simulation.contract.match(method, path);
  if (matched === null) {
    simulation.violations.push({
      kind: "unknown_route",
      where: `${method} ${path}`,
      problems: ["not among the operations"],
    });
    return plain(simulation, failure(404, "Not Found"));
  }
  const { operation, params } = matched;
  const resource: Resource = operation.id.startsWith("search/") ? "search" : "core";
  const content = createsContent(operation, caller);
  const charge: Charge = { caller, resource, method, operation: operation.id, points: 1, content };
  if (method !== "GET" && caller.kind === "installation")
    see(simulation, operation.id, { place: path, body: incoming.body });
  return counted(simulation, charge, async (faults) => {
    const body = jsonOf(incoming.body);
    if (body === INVALID) return plain(simulation, failure(400, "Problems parsing JSON"));
    const { world, clock, urls, random } = simulation;
    const request = { world, now: clock.now(), urls, random, caller, params, query: url.searchParams, body, path };
    const response = answerRest(simulation, operation, request);
    return tagged(simulation, { incoming, charge, operation, faults }, response);
  });
}

const see = ({ sightings, clock }: Simulation, act: string, seen: Pick<Sighting, "place" | "body">): void =>
  void sightings.push({ at: clock.now(), act, ...seen });

/** A 200 gets its tag; the same tag in `If-None-Match` makes it a free 304. */
function tagged(
  simulation: Simulation,
  call: { incoming: Incoming; charge: Charge; operation: Operation; faults: readonly Fault[] },
  response: RestResponse,
): SimulatorResponse {
  const shown = plain(simulation, response);
  if (call.operation.method !== "GET" || response.status !== 200) return shown;
  const etag = tagOf(shown.body);
  if (call.incoming.headers["if-none-match"] !== etag) return { ...shown, headers: { ...shown.headers, etag } };
  simulation.ledger.refund(call.charge);
  return { ...shown, status: 304, headers: { etag }, body: "" };
}

async function answerGraphql(simulation: Simulation, incoming: Incoming, caller: Caller): Promise<SimulatorResponse> {
  if (caller.kind === "anonymous" || caller.kind === "app" || caller.kind === "client")
    return plain(simulation, failure(401, "This endpoint requires you to be authenticated."));
  const body = jsonOf(incoming.body);
  if (body === INVALID) return plain(simulation, failure(400, "Problems parsing JSON"));
  const asked = readAsk(simulation.schema, body);
  const points = asked.prepared.ok ? asked.prepared.price.points : 1;
  const method = asked.mutation ? "MUTATION" : "QUERY";
  const charge: Charge = {
    caller,
    resource: "graphql",
    method,
    operation: asked.name,
    points,
    content: asked.mutation,
  };
  if (asked.mutation && caller.kind === "installation")
    see(simulation, asked.name, { place: "graphql", body: incoming.body });
  return counted(simulation, charge, async (faults) => {
    const { world, urls, clock, ledger, violations } = simulation;
    const scene = { world, urls, now: clock.now(), caller, ledger, violations, faults };
    return plain(simulation, { status: 200, body: await serve(simulation.schema, asked, scene) });
  });
}

/** Charges the request, lets it meet its faults, and writes down how it ended. */
async function counted(
  simulation: Simulation,
  charge: Charge,
  work: (faults: readonly Fault[]) => Promise<SimulatorResponse>,
): Promise<SimulatorResponse> {
  const { ledger, clock, faults } = simulation;
  const { entry, refusal, done } = ledger.begin(charge, clock.now());
  const due = refusal === null ? faults.take(charge.operation) : [];
  const early = due.find((fault) => fault.kind === "status");
  const made =
    refusal !== null
      ? refused(simulation, charge, refusal)
      : early !== undefined
        ? early.page
          ? edgePage(early.status)
          : plain(simulation, failure(early.status, early.message ?? "Server Error", early.headers))
        : await work(due);
  const late = due.find((fault) => fault.kind === "after_commit");
  const ended =
    late === undefined ? made : { ...plain(simulation, failure(late.status, "Server Error")), after: made.after };
  done();
  entry.status = ended.status;
  const limits = limitHeaders(ledger.window(charge.caller, charge.resource, clock.now()), charge.resource);
  return { ...ended, headers: { ...limits, ...ended.headers }, faults: due };
}

/** What stands before GitHub answers with a page of its own, and none of GitHub's headers. */
const edgePage = (status: number): SimulatorResponse => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><title>Access denied</title>",
  faults: [],
  after: {},
});

/** GraphQL says that the hour is used up with a 200; everything else with a status. */
function refused(
  simulation: Simulation,
  { resource }: Charge,
  { limit, status, message, headers }: Refusal,
): SimulatorResponse {
  if (resource !== "graphql" || limit === "secondary") return plain(simulation, failure(status, message, headers));
  const error = { type: "RATE_LIMIT", code: "graphql_rate_limit", message: message.replace("limit", "limit already") };
  return plain(simulation, { status: 200, body: { errors: [error] } });
}

function plain(simulation: Simulation, { status, body, headers = {}, redeliver }: RestResponse): SimulatorResponse {
  const id = simulation.random(8).toUpperCase();
  const type = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  return {
    status,
    headers: { "x-github-request-id": id, "x-github-enterprise-version": "3.19.0", ...type, ...headers },
    body: body === undefined ? "" : serialized(body),
    faults: [],
    after: redeliver === undefined ? {} : { redeliver },
  };
}

const INVALID = Symbol("not JSON");

function jsonOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return INVALID;
  }
}
