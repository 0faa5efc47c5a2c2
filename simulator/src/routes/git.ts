import { gunzipSync } from "node:zlib";
import type { Caller } from "../http/credentials.ts";
import { covers, grants } from "../http/rules.ts";
import type { Incoming, Simulation, SimulatorResponse } from "../simulation.ts";
import { headSha, repositoryNamed } from "../world/lookup.ts";
import type { Repository } from "../world/world.ts";

const PLACE = /^\/([^/]+)\/([^/]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** True for addresses of git's own protocol over HTTP. */
export const isGit = ({ pathname }: URL): boolean => PLACE.test(pathname);

/** A clone or fetch over git's smart protocol; outside the API and its limits, but not outside `faults`. */
export async function answerGit(simulation: Simulation, incoming: Incoming): Promise<SimulatorResponse> {
  const [, owner = "", name = "", service = ""] = PLACE.exec(incoming.url.pathname) ?? [];
  const advertise = service === "info/refs";
  const faults = simulation.faults.take(advertise ? "git/info-refs" : "git/upload-pack");
  const early = faults.find((fault) => fault.kind === "status");
  if (early !== undefined) return { ...said(early.status, early.message ?? "Server Error", early.headers), faults };
  const wanted = advertise ? incoming.url.searchParams.get("service") : service;
  const method = advertise ? "GET" : "POST";
  // Nobody pushes here, and the protocol without services was switched off long ago.
  if (wanted !== "git-upload-pack" || incoming.method !== method) return { ...said(403, "Forbidden"), faults };
  const caller = callerOf(simulation, incoming.headers.authorization);
  if (caller === null) return { ...said(401, "Bad credentials", ASK_FOR_CREDENTIALS), faults };
  const repository = repositoryNamed(simulation.world, decodeURIComponent(owner), decodeURIComponent(name));
  if (repository === undefined || !canClone(caller, repository)) return { ...said(404, "Not Found"), faults };
  const act = advertise ? "git/info-refs" : "git/upload-pack";
  simulation.sightings.push({ at: simulation.clock.now(), act, place: `${owner}/${name}`, body: "" });
  return { ...(await served(simulation, repository, { incoming, advertise })), faults };
}

const ASK_FOR_CREDENTIALS = { "www-authenticate": 'Basic realm="GitHub"' };

/** Git speaks HTTP basic: the name says that the password is a token. Null for a token that is none. */
function callerOf({ credentials, clock }: Simulation, authorization: string | undefined): Caller | null {
  if (authorization === undefined) return { kind: "anonymous" };
  const [scheme = "", value = ""] = authorization.split(/\s+/, 2);
  const [name, token] = Buffer.from(value, "base64").toString().split(":", 2);
  if (scheme.toLowerCase() !== "basic" || name !== "x-access-token") return null;
  const identified = credentials.identify(`bearer ${token}`, clock.now());
  if (!identified.ok) return null;
  return ["installation", "user"].includes(identified.caller.kind) ? identified.caller : null;
}

const canClone = (caller: Caller, repository: Repository): boolean =>
  repository.visibility === "public" ||
  (caller.kind === "installation" && covers(caller, repository) && grants(caller.permissions, "contents", "read"));

async function served(
  { world, git, violations }: Simulation,
  repository: Repository,
  { incoming, advertise }: { readonly incoming: Incoming; readonly advertise: boolean },
): Promise<SimulatorResponse> {
  const history = world.histories.get(repository.id);
  if ((history?.head ?? null) !== (repository.commits[0]?.sha ?? null)) {
    const problems = ["its head is no commit of git's; build it with addHistory alone"];
    violations.push({ kind: "no_git_history", where: incoming.url.pathname, problems });
    return said(500, `the simulator cannot clone this repository: ${problems[0]}`);
  }
  const body = unpacked(incoming);
  if (body === null) return said(400, "Bad Request");
  const protocol = String(incoming.headers["git-protocol"] ?? "");
  const { id, defaultBranch } = repository;
  const pulls = [...world.pullRequests.values()]
    .filter(({ repositoryId }) => repositoryId === id)
    .map((pullRequest) => ({ number: pullRequest.number, sha: headSha(pullRequest) }));
  const answer = await git.uploadPack({ id, defaultBranch, history, pulls }, { advertise, protocol, body });
  return {
    ...said(200, ""),
    headers: {
      "content-type": `application/x-git-upload-pack-${advertise ? "advertisement" : "result"}`,
      "cache-control": "no-cache, max-age=0, must-revalidate",
    },
    // The first version of the protocol names the service first, the second does not.
    body: advertise && !/\bversion=2\b/.test(protocol) ? Buffer.concat([SERVICE, answer]) : answer,
  };
}

const SERVICE = Buffer.from("001e# service=git-upload-pack\n0000");

/** Git compresses what it asks once that is long. */
function unpacked({ raw, headers }: Incoming): Buffer | null {
  if (headers["content-encoding"] === undefined) return raw;
  try {
    return gunzipSync(raw, { maxOutputLength: MOST_BYTES });
  } catch {
    return null;
  }
}

const MOST_BYTES = 10 * 1024 * 1024;

const said = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): SimulatorResponse => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  body: message,
  faults: [],
  after: {},
});
