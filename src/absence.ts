import type { Instant } from "./clock.ts";

/** Why a section is missing, in words that end a sentence. A missing section lowers coverage and never moves a score. */
export const UNAVAILABLE_REASONS = {
  not_found: "GitHub knows no such thing or does not show it",
  forbidden: "the permission to see it is missing",
  rate_limited: "GitHub's request limit was reached",
  timeout: "GitHub did not answer in time",
  upstream_error: "GitHub answered with an error",
  incomplete: "GitHub answered only in part",
  not_requested: "not asked for this report",
  too_large: "larger than what is read",
  unreadable: "what is kept for it cannot be read any more",
} as const;

export type UnavailableReason = keyof typeof UNAVAILABLE_REASONS;

/**
 * An answer, or the reason there is none. Expected absences (404, 403, limits, timeouts, partial data) are data;
 * only what a caller cannot go on without becomes an OperatingError, through `required`.
 */
export type Fetched<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: UnavailableReason; readonly retryAt: Instant | null };
