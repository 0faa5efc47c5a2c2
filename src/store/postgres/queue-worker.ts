import type { Clock } from "../../clock.ts";
import type { Job } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import type { Log } from "../../log.ts";
import { bringBack } from "./bring-back.ts";
import { type Claim, claimJobs, renewClaims, type Settle, settleOver } from "./claims.ts";
import type { Database } from "./database.ts";
import { type Loop, startLoop, within } from "./loop.ts";
import { isFull } from "./room.ts";
import { runDueSchedules } from "./schedules.ts";
import type { Tuning } from "./tuning.ts";

export type Worker = Loop;

type Run = (job: Job, attempt: number) => Promise<Outcome>;

interface Options {
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning: Tuning;
}

/**
 * Claims jobs as slots become free, renews their leases while they run, turns the schedules and sets right what a clock ahead has left. A job that outlives
 * its lease because the process died is claimed by another worker within one poll.
 */
export function startWorker(database: Database, run: Run, options: Options): Worker {
  const { pollMs, secondMs } = options.tuning;
  const { log } = options;
  const settle = settleOver(database);
  const running = new Map<Claim, Promise<void>>();

  async function claimSome(): Promise<"idle"> {
    const free = options.concurrency - running.size;
    if (free <= 0 || isFull(database.room())) return "idle";
    const { claims, lost } = await claimJobs(database, free, secondMs);
    for (const { kind, attempt } of lost) log.error("job.discarded", { kind, attempt, because: "lease ended" });
    for (const claim of claims) running.set(claim, runOne(claim));
    return "idle";
  }

  async function runOne(claim: Claim): Promise<void> {
    const end = await runClaimed(claim, settle, { run, ...options });
    running.delete(claim);
    if (end instanceof Error) log.error("store.unavailable", { loop: "settle" }, end);
    loop.wake();
  }

  async function renew(): Promise<"idle"> {
    await renewClaims(database, [...running.keys()], secondMs);
    return "idle";
  }

  const loop = startLoop(claimSome, { name: "queue", pollMs, log });
  const leases = startLoop(renew, { name: "leases", pollMs: RENEW_SECONDS * secondMs, log });
  const schedules = startLoop(() => runDueSchedules(database, options.clock.now(), loop.wake), {
    name: "schedules",
    pollMs: SCHEDULE_POLLS * pollMs,
    log,
  });
  const clocks = startLoop(() => bringBack(database, { now: options.clock.now(), secondMs, log }), {
    name: "clocks",
    pollMs: CLOCK_POLLS * pollMs,
    log,
  });
  return {
    wake: loop.wake,
    async stop(graceMs) {
      await Promise.all([clocks.stop(graceMs), schedules.stop(graceMs), loop.stop(graceMs)]);
      await within(graceMs, Promise.all(running.values()));
      await leases.stop(graceMs);
    },
  };
}

/** A third of the shortest lease: two renewals may fail before it ends. */
const RENEW_SECONDS = 10;
/** Schedules name minutes; looking every ten seconds is soon enough. */
const SCHEDULE_POLLS = 10;
/** A clock is wrong for seconds at most once in months; half a minute later nobody has noticed. */
const CLOCK_POLLS = 30;

/** Runs one job and writes how it ended; returns the error when that could not be written, and the lease decides. */
async function runClaimed(
  claim: Claim,
  settle: Settle,
  options: Options & { readonly run: Run },
): Promise<Error | null> {
  try {
    const outcome = await options.run(toJob(claim), claim.attempt);
    await settle(claim, { outcome, delayMs: delayMs(outcome, claim, options) });
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The row was made from a Job by `insertJobs`; nothing else writes it. */
const toJob = ({ payload }: Claim): Job => JSON.parse(payload) as Job;

function delayMs(outcome: Outcome, claim: Claim, { clock, tuning }: Options): number {
  if (outcome.kind === "snooze") {
    const seconds = (Date.parse(outcome.until) - Date.parse(clock.now())) / 1_000;
    return Math.max(0, Math.round(seconds * tuning.secondMs));
  }
  if (outcome.kind !== "retry") return 0;
  // 6 s, 36 s, 4 min, 22 min, then hourly: five attempts outlast an outage of a quarter of an hour. The spread,
  // up to an eighth either way by id, keeps jobs that failed together from coming back together.
  const spread = 0.875 + (claim.id % 16) / 64;
  return Math.round(Math.min(3_600, 6 ** claim.attempt) * spread * tuning.secondMs);
}
