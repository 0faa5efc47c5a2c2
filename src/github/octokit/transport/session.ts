import type { Probot } from "probot";
import { z } from "zod";
import type { Fetched, UnavailableReason } from "../../../absence.ts";
import type { Clock, Instant } from "../../../clock.ts";
import { type OperatingCode, OperatingError } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import { QUERIES, type QueryName } from "../queries.ts";
import type { Endpoint, Parameters } from "./endpoints.ts";
import { kept, type PacedReading } from "./kept.ts";
import {
  type Failure,
  failureAmong,
  failureOf,
  type GraphqlProblem,
  graphqlAnswerOf,
  graphqlLimit,
  REASON_OF_CODE,
} from "./translate.ts";

/** One octokit client with its bookkeeping; made per job. */
export interface Session {
  readonly octokit: Awaited<ReturnType<Probot["auth"]>>;
  /** The App's own client makes its token on the spot; a token is somebody's own, and nobody can renew it. */
  readonly asker: "app" | "installation" | "token";
  readonly clock: Clock;
  readonly log: Log;
  readonly usage: Usage;
  /** Of a reading that keeps what it was answered and spares the installation's quota. */
  readonly reading?: PacedReading;
}

export interface Usage {
  requests: number;
  points: number;
}

/** Reads one REST endpoint, 1 request. Throws OperatingError only when the installation itself is out of reach. */
export async function read<T>(
  session: Session,
  endpoint: Endpoint<T>,
  parameters: Parameters,
): Promise<Fetched<T> & { readonly headers?: Headers }> {
  const answer = await send(session, endpoint.route, parameters);
  if ("failure" in answer) return refused(session, endpoint.route, answer.failure, endpoint.invalidMeans);
  const value = endpoint.schema.safeParse(answer.data);
  if (!value.success) return missing(session, endpoint.route, "incomplete");
  return { ok: true, value: value.data, headers: answer.headers };
}

/**
 * Reads about a repository that an event or a person named: where the installation covers a selection, an old token may
 * not know yet that the repository belongs to it. 1 request, 2 when a token had to be renewed.
 */
export async function readNamed<T>(
  session: Session,
  endpoint: Endpoint<T>,
  parameters: Parameters,
): Promise<Fetched<T>> {
  const answer = await read(session, endpoint, parameters);
  if (answer.ok || answer.reason !== "not_found" || session.asker !== "installation") return answer;
  const { repositorySelection } = await tokenScope(session);
  if (repositorySelection === "all" || !(await renewOldToken(session))) return answer;
  return read(session, endpoint, parameters);
}

/** Writes once, 1 request, never again after an answer that may hide a success. Throws OperatingError. */
export async function write<T>(session: Session, endpoint: Endpoint<T>, parameters: Parameters): Promise<T> {
  let answer = await send(session, endpoint.route, parameters);
  if ("failure" in answer && isRefusal(answer.failure) && (await renewOldToken(session)))
    answer = await send(session, endpoint.route, parameters);
  if ("failure" in answer) throw operatingError(endpoint.route, answer.failure);
  const value = endpoint.schema.safeParse(answer.data);
  if (value.success) return value.data;
  throw new OperatingError("upstream_error", `${endpoint.route}: GitHub's answer has another shape than documented`);
}

/** Nothing was done, and a newer token might be let in. */
const isRefusal = ({ code, minting }: Failure): boolean => !minting && (code === "not_found" || code === "forbidden");

/** Data of a GraphQL query, with the problems GitHub reported beside it. */
export interface Queried<T> {
  readonly data: T;
  readonly problems: readonly GraphqlProblem[];
}

/** Asks one stored query, 1 request. Data that came with problems is handed on: the caller knows its parts. */
export const query = <T>(
  session: Session,
  name: QueryName,
  options: { readonly schema: z.ZodType<T>; readonly variables: Parameters },
): Promise<Fetched<Queried<T>>> =>
  kept(session.reading, [QUERIES[name], options.variables], {
    ask: () => queried(session, name, options),
    isLasting: ({ problems }) => failureAmong(problems) === null,
  });

async function queried<T>(
  session: Session,
  name: QueryName,
  options: { readonly schema: z.ZodType<T>; readonly variables: Parameters },
): Promise<Fetched<Queried<T>>> {
  const answer = await ask(session, name, options.variables);
  if ("failure" in answer) return refused(session, name, answer.failure);
  session.usage.points += cost.safeParse(answer.data).data?.rateLimit.cost ?? 0;
  const value = options.schema.safeParse(answer.data);
  if (!value.success) return missing(session, name, answer.data === null ? wholeMissing(answer) : "incomplete");
  return { ok: true, value: { data: value.data, problems: answer.problems } };
}

/** No data at all: GitHub's trouble, unless a token lacks the scope, which is looked at before anything runs. */
const wholeMissing = ({ problems }: { readonly problems: readonly GraphqlProblem[] }): UnavailableReason =>
  problems.length > 0 && problems.every(({ type }) => type === "INSUFFICIENT_SCOPES") ? "forbidden" : "upstream_error";

/** What the installation's token may do, by GitHub's own word; no request while the token lives. Throws OperatingError. */
export async function tokenScope(session: Session, renewal: { readonly refresh?: true } = {}): Promise<Scope> {
  try {
    return scope.parse(await session.octokit.auth({ type: "installation", ...renewal }));
  } catch (error) {
    throw operatingError("installation token", failureOf(error, session.clock.now()));
  }
}

type Scope = z.infer<typeof scope>;

const scope = z.object({
  permissions: z.record(z.string(), z.string()),
  repositorySelection: z.string(),
  createdAt: z.string(),
});

/** How old a token must be to make a refusal doubtful. */
const OLD_TOKEN_MS = 60_000;

/**
 * True when there is a newer token to ask again with. A token knows the repositories and permissions of the moment it
 * was made, for an hour: of something GitHub has just told us about, an old one says "not found".
 */
export async function renewOldToken(session: Session): Promise<boolean> {
  if (session.asker !== "installation") return false;
  const { createdAt } = await tokenScope(session);
  if (Date.parse(session.clock.now()) - Date.parse(createdAt) < OLD_TOKEN_MS) return false;
  await tokenScope(session, { refresh: true });
  return true;
}

/** The absence as data, and a line about it. */
export function missing(session: Session, source: string, reason: UnavailableReason): Fetched<never> {
  return absent(session, { source, reason, status: null }, null);
}

/** An OperatingError for a failed call; the message names the route, never its parameters. */
export function operatingError(source: string, failure: Failure): OperatingError {
  const hint = failure.minting ? "no installation token to be had" : "GitHub refused";
  return new OperatingError(failure.code, `${source}: ${hint} (${failure.status ?? "no answer"}, ${failure.code})`, {
    retryAt: failure.retryAt,
  });
}

export type Headers = Readonly<Record<string, string | number | undefined>>;
type Sent = { readonly data: unknown; readonly headers: Headers } | { readonly failure: Failure };
type Asked = { readonly data: unknown; readonly problems: readonly GraphqlProblem[] } | { readonly failure: Failure };

const cost = z.object({ rateLimit: z.object({ cost: z.number() }) });

async function send(session: Session, route: string, parameters: Parameters): Promise<Sent> {
  await spare(session);
  try {
    return await withFreshToken(session, () => session.octokit.request(route, { ...parameters }));
  } catch (error) {
    return { failure: failureIn(session, error) };
  }
}

async function ask(session: Session, name: QueryName, variables: Parameters): Promise<Asked> {
  await spare(session);
  try {
    const data = await withFreshToken(session, () => session.octokit.graphql(QUERIES[name], { ...variables }));
    return { data, problems: [] };
  } catch (error) {
    const answer = graphqlAnswerOf(error);
    if (answer === null) return { failure: failureIn(session, error) };
    const limitedUntil = graphqlLimit(answer.problems, error, session.clock.now());
    if (limitedUntil === null) return answer;
    return { failure: { code: "rate_limited", retryAt: limitedUntil, status: 200, minting: false } };
  }
}

/** Ends a reading while what is left of the installation's quota is for whoever waits. */
async function spare({ reading, clock }: Session): Promise<void> {
  const until = reading?.lowUntil(clock.now()) ?? null;
  if (reading === undefined || until === null) return;
  await reading.pause(until);
  throw new OperatingError("budget_low", "reading: less is left of GitHub's limit than is kept for others", {
    retryAt: until,
  });
}

/** A token that was just made cannot be wrong: a 401 for it is GitHub's trouble, and the job must outlive it. */
function failureIn(session: Session, error: unknown): Failure {
  const failure = failureOf(error, session.clock.now());
  return session.asker === "installation" && failure.status === 401 ? { ...failure, code: "upstream_error" } : failure;
}

/** A token can die before its hour (suspension, re-installation, new permissions): one new token, one replay. */
async function withFreshToken<T>(session: Session, call: () => Promise<T>): Promise<T> {
  session.usage.requests++;
  try {
    return await call();
  } catch (error) {
    const { status } = status401.safeParse(error).data ?? {};
    if (session.asker !== "installation" || status !== 401) throw error;
    await session.octokit.auth({ type: "installation", refresh: true });
    session.usage.requests++;
    return await call();
  }
}

const status401 = z.object({ name: z.literal("HttpError"), status: z.literal(401) });

function refused(
  session: Session,
  source: string,
  failure: Failure,
  invalidMeans: UnavailableReason = REASON_OF_CODE.validation,
): Fetched<never> {
  if (failure.minting || UNREACHABLE.has(failure.code)) throw operatingError(source, failure);
  const { code, status, retryAt } = failure;
  const reason = code === "validation" ? invalidMeans : REASON_OF_CODE[code];
  return absent(session, { source, reason, status }, retryAt);
}

/** The installation itself is out of reach: nothing else it asks will work either. */
const UNREACHABLE: ReadonlySet<OperatingCode> = new Set<OperatingCode>(["installation_gone", "installation_suspended"]);

/** A thing that is not there is often just not there: that is no warning. */
function absent(
  session: Session,
  about: { readonly source: string; readonly reason: UnavailableReason; readonly status: number | null },
  retryAt: Instant | null,
): Fetched<never> {
  if (about.reason === "not_found") session.log.info("source.unavailable", about);
  else session.log.warn("source.unavailable", about);
  return { ok: false, reason: about.reason, retryAt };
}
