import type { Instant } from "../clock.ts";
import { type OperatingCode, OperatingError } from "../errors.ts";

/**
 * How a run of a job ended. Only `retry` spends an attempt. `snooze` waits for a moment that is known. `held` is the
 * world's fault: `by` GitHub or the installation it opens a circuit, and whatever asks there waits until a probe closes
 * it; by the `job`, GitHub answers otherwise, and it comes back by itself, later each time. `cancelled` has nothing left
 * to do; `discarded` is set aside and shown, and can be tried again.
 */
export type Outcome =
  | { readonly kind: "completed" }
  | { readonly kind: "retry"; readonly because: string }
  | { readonly kind: "snooze"; readonly until: Instant; readonly because: string }
  | { readonly kind: "held"; readonly by: HoldScope; readonly because: string }
  | { readonly kind: "cancelled"; readonly because: string }
  | { readonly kind: "discarded"; readonly because: string };

export type HoldScope = "github" | "installation" | "job";

/** Why a job was put back last, and how often in a row it was held by itself for that reason. */
export interface Waited {
  readonly because: string | null;
  readonly times: number;
}

/**
 * What each operating failure says. `spared`: what is left of GitHub's limit is for others. `outage`: the world is at fault, however long. `odd`: an answer about the thing
 * asked for, if GitHub is sane; an edge, an outage or a lag gives it too. `suspended`: nobody may ask for a while.
 * `ours`: our own database is away, and GitHub knows nothing of it.
 */
type Meaning = "limit" | "spared" | "outage" | "odd" | "suspended" | "ours";

const MEANINGS: Readonly<Record<OperatingCode, Meaning>> = {
  rate_limited: "limit",
  budget_low: "spared",
  not_found: "odd",
  forbidden: "odd",
  validation: "odd",
  installation_suspended: "suspended",
  // The purge takes what waits, once GitHub's list of installations says the same.
  installation_gone: "suspended",
  timeout: "outage",
  upstream_error: "outage",
  conflict: "outage",
  database_unavailable: "ours",
  disk_full: "ours",
  github_unreachable: "outage",
};

/** What a bug is called, whose message stays inside. */
export const UNEXPECTED = "unexpected error";

/** GitHub asks for at least a minute when it names no time. */
const DEFAULT_SNOOZE_MS = 60_000;

/** What GitHub said when it was asked whether it answers at all; asked only where that decides. */
export interface Inquiry {
  /** Who is at fault: all of GitHub, this installation, or, when both answer, nobody but the job. */
  whoFails(): Promise<HoldScope>;
  /** True when another job of the same kind and installation waits for the same reason. */
  othersFailAlike(because: OperatingCode): Promise<boolean>;
}

/** GitHub's answers lag behind its events by up to half a minute; three waits of 6, 12 and 24 seconds outlast that. */
const LAG_WAITS = 3;
/** Some six hours of odd answers to several jobs at once, three days of an outage that only this job sees. */
const MAX_ODD_WAITS = 30;
const MAX_OUTAGE_WAITS = 100;

/**
 * The outcome for an error that ended a job. Anything that is not an OperatingError is a programmer error: retry, then
 * discard. No single answer ends a job for good: it has to be heard again after the lag, while GitHub answers otherwise
 * and no other job fails alike.
 */
export async function outcomeOf(
  error: unknown,
  { now, waited, inquiry }: { readonly now: Instant; readonly waited: Waited; readonly inquiry: Inquiry },
): Promise<Outcome> {
  if (!(error instanceof OperatingError)) return { kind: "retry", because: UNEXPECTED };
  const because = error.code;
  const held = (by: HoldScope): Outcome => ({ kind: "held", by, because });
  const times = waited.because === because ? waited.times : 0;
  switch (MEANINGS[because]) {
    // Under its own name, for by the other one the queue makes the whole installation wait.
    case "spared":
    case "limit": {
      const until = error.retryAt ?? new Date(Date.parse(now) + DEFAULT_SNOOZE_MS).toISOString();
      return { kind: "snooze", until, because };
    }
    case "suspended":
      return held("installation");
    case "ours":
      return held("job");
    case "outage": {
      const by = await inquiry.whoFails();
      return by === "job" && times >= MAX_OUTAGE_WAITS ? { kind: "discarded", because } : held(by);
    }
    case "odd": {
      if (times < LAG_WAITS) return held("job");
      const by = await inquiry.whoFails();
      if (by !== "job") return held(by);
      if (times < MAX_ODD_WAITS && (await inquiry.othersFailAlike(because))) return held("job");
      return because === "validation" ? { kind: "discarded", because } : { kind: "cancelled", because };
    }
  }
}
