import type { Instant } from "../clock.ts";
import { type OperatingCode, OperatingError } from "../errors.ts";

/** How a run of a job ended. Snoozing waits without spending an attempt; cancelled is never tried again. */
export type Outcome =
  | { readonly kind: "completed" }
  | { readonly kind: "retry"; readonly because: string }
  | { readonly kind: "snooze"; readonly until: Instant; readonly because: string }
  | { readonly kind: "cancelled"; readonly because: string }
  | { readonly kind: "discarded"; readonly because: string };

type Reaction = "retry" | "snooze" | "cancel" | "discard";

/** What each operating failure means for the job it stopped. */
const REACTIONS: Readonly<Record<OperatingCode, Reaction>> = {
  rate_limited: "snooze",
  not_found: "cancel",
  forbidden: "cancel",
  installation_gone: "cancel",
  timeout: "retry",
  upstream_error: "retry",
  conflict: "retry",
  database_unavailable: "retry",
  disk_full: "retry",
  github_unreachable: "retry",
  validation: "discard",
};

/** GitHub asks for at least a minute when it names no time. */
const DEFAULT_SNOOZE_MS = 60_000;

/** The outcome for an error that ended a job; anything that is not an OperatingError is a programmer error: retry, then discard. */
export function outcomeOf(error: unknown, now: Instant): Outcome {
  if (!(error instanceof OperatingError)) return { kind: "retry", because: "unexpected error" };
  switch (REACTIONS[error.code]) {
    case "snooze":
      return {
        kind: "snooze",
        until: error.retryAt ?? new Date(Date.parse(now) + DEFAULT_SNOOZE_MS).toISOString(),
        because: error.code,
      };
    case "cancel":
      return { kind: "cancelled", because: error.code };
    case "discard":
      return { kind: "discarded", because: error.code };
    case "retry":
      return { kind: "retry", because: error.code };
  }
}
