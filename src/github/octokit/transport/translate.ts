import { z } from "zod";
import type { UnavailableReason } from "../../../absence.ts";
import type { Instant } from "../../../clock.ts";
import type { OperatingCode } from "../../../errors.ts";

/** What went wrong with one call, in our words. */
export interface Failure {
  readonly code: OperatingCode;
  readonly retryAt: Instant | null;
  /** HTTP status, when an answer came. */
  readonly status: number | null;
  /** True when no token could be had: nothing else the installation asks will work either. */
  readonly minting: boolean;
}

/** One entry of `errors` beside GraphQL data. */
export interface GraphqlProblem {
  readonly type: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/**
 * The failure behind an error that octokit threw. Errors of another kind are programmer errors and are thrown on.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function failureOf(error: unknown, now: Instant): Failure {
  const read = httpError.safeParse(error);
  if (!read.success) throw error;
  const { status, response, request, message, cause } = read.data;
  const minting = /\/access_tokens$/.test(request?.url ?? "");
  if (response === undefined) {
    const code = cause?.name === "TimeoutError" || cause?.name === "AbortError" ? "timeout" : "github_unreachable";
    return { code, retryAt: null, status: null, minting };
  }
  const limitedUntil = limit({ status, message, headers: response.headers, now });
  if (limitedUntil !== null) return { code: "rate_limited", retryAt: limitedUntil, status, minting };
  // An edge before GitHub answers with a page of its own; what it says is not about the thing asked for.
  const code = response.data === "page" ? "upstream_error" : codeOf(status, message, minting);
  return { code, retryAt: null, status, minting };
}

/** The problems that GraphQL reported beside its data, and the data; null when the error is not of that kind. */
export function graphqlAnswerOf(
  error: unknown,
): { readonly data: unknown; readonly problems: readonly GraphqlProblem[] } | null {
  const read = graphqlError.safeParse(error);
  return read.success ? { data: read.data.data ?? null, problems: read.data.errors } : null;
}

/** When a GraphQL answer says that a limit was reached: until when; else null. It comes with status 200. */
export function graphqlLimit(problems: readonly GraphqlProblem[], error: unknown, now: Instant): Instant | null {
  const limited = problems.some(({ type, message }) => LIMIT_TYPE.test(type) || LIMIT_MESSAGE.test(message));
  if (!limited) return null;
  const headers = graphqlError.safeParse(error).data?.headers ?? {};
  return limit({ status: 429, message: "", headers, now });
}

/** Why a part of a GraphQL answer is missing; null when no problem touches it. */
export function problemAt(problems: readonly GraphqlProblem[], path: readonly string[]): UnavailableReason | null {
  const found = problems.find((problem) => touches(problem.path, path));
  return found ? reasonOf(found) : null;
}

/** Why any part is missing that the App could have been shown; null when everything missing is kept from it. */
export function failureAmong(problems: readonly GraphqlProblem[]): UnavailableReason | null {
  return problems.map(reasonOf).find((reason) => reason !== "forbidden" && reason !== "not_found") ?? null;
}

const reasonOf = ({ type }: GraphqlProblem): UnavailableReason => REASON_OF_TYPE.get(type) ?? "incomplete";

/** The word a caller sees for a failed read. */
export const REASON_OF_CODE: Readonly<Record<OperatingCode, UnavailableReason>> = {
  rate_limited: "rate_limited",
  budget_low: "rate_limited",
  not_found: "not_found",
  forbidden: "forbidden",
  timeout: "timeout",
  upstream_error: "upstream_error",
  conflict: "upstream_error",
  // A read that GitHub calls invalid says nothing about the thing asked for; an endpoint where it does names the word.
  validation: "upstream_error",
  installation_gone: "not_found",
  installation_suspended: "forbidden",
  database_unavailable: "upstream_error",
  disk_full: "upstream_error",
  github_unreachable: "upstream_error",
};

const headers = z.record(z.string(), z.union([z.string(), z.number()]).optional()).catch({});
/** Octokit parses JSON and hands on everything else as text. An empty one is GitHub's own to some questions. */
const body = z.unknown().transform((data) => (typeof data === "string" && data.trim() !== "" ? "page" : "json"));
const httpError = z.object({
  name: z.enum(["HttpError", "AbortError"]),
  status: z.number().catch(500),
  message: z.string(),
  response: z.object({ headers, data: body }).optional(),
  request: z.object({ url: z.string() }).optional(),
  cause: z.object({ name: z.string() }).optional().catch(undefined),
});
const graphqlError = z.object({
  name: z.literal("GraphqlResponseError"),
  headers,
  data: z.unknown(),
  errors: z.array(
    z.object({
      type: z.string().catch(""),
      message: z.string().catch(""),
      path: z.array(z.union([z.string(), z.number()])).catch([]),
    }),
  ),
});

/** GitHub says RATE_LIMIT today, said RATE_LIMITED for years, and servers of both ages answer. */
const LIMIT_TYPE = /^RATE_LIMIT(ED)?$/;
const LIMIT_MESSAGE = /secondary rate limit|abuse detection|rate limit (already )?exceeded/i;
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
/** GitHub: wait at least a minute when a secondary limit names no time. */
const SECONDARY_WAIT_MS = 60_000;

/** A 403 is a limit only when GitHub says so: a missing permission must never be waited out, nor the reverse. */
function limit(answer: {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly now: Instant;
}): Instant | null {
  if (answer.status !== 403 && answer.status !== 429) return null;
  const nowMs = Date.parse(answer.now);
  const retryAfterSeconds = Number(answer.headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(retryAfterSeconds)) return later(nowMs, retryAfterSeconds * 1000);
  // By GitHub's clock: between it and ours there may be minutes.
  const githubMs = Date.parse(String(answer.headers.date)) || nowMs;
  const resetSeconds = Number(answer.headers["x-ratelimit-reset"] ?? Number.NaN);
  if (String(answer.headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(resetSeconds))
    return later(nowMs, resetSeconds * 1000 - githubMs);
  return answer.status === 429 || SECONDARY_LIMIT.test(answer.message) ? later(nowMs, SECONDARY_WAIT_MS) : null;
}

/** No limit of GitHub's lasts longer than an hour; a header that says so is a mistake. */
const MAX_WAIT_MS = 3_900_000;

const later = (nowMs: number, waitMs: number): Instant =>
  new Date(nowMs + Math.min(MAX_WAIT_MS, Math.max(1_000, waitMs))).toISOString();

function codeOf(status: number, message: string, minting: boolean): OperatingCode {
  if (status === 403 && /installation has been suspended/i.test(message)) return "installation_suspended";
  if (status === 404 && minting) return "installation_gone";
  // The App's own key was refused: for the operator to mend, and jobs must outlive the mending.
  if (status === 401 && minting) return "upstream_error";
  return CODE_OF_STATUS.get(status) ?? (status >= 500 ? "upstream_error" : "validation");
}

const CODE_OF_STATUS: ReadonlyMap<number, OperatingCode> = new Map<number, OperatingCode>([
  [401, "forbidden"],
  [403, "forbidden"],
  [404, "not_found"],
  [409, "conflict"],
  [410, "not_found"],
  [451, "not_found"],
]);

const REASON_OF_TYPE: ReadonlyMap<string, UnavailableReason> = new Map<string, UnavailableReason>([
  ["NOT_FOUND", "not_found"],
  ["FORBIDDEN", "forbidden"],
  ["INSUFFICIENT_SCOPES", "forbidden"],
  ["RATE_LIMIT", "rate_limited"],
  ["RATE_LIMITED", "rate_limited"],
]);

const touches = (problem: readonly (string | number)[], path: readonly string[]): boolean =>
  path.every((step, index) => index >= problem.length || problem[index] === step);
