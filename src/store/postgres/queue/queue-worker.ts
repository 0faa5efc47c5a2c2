import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { Job } from "../../../job/job.ts";
import { type Outcome, UNEXPECTED, type Waited } from "../../../job/outcome.ts";
import { CRASHED } from "../../../job/set-aside.ts";
import type { Log } from "../../../log.ts";
import type { Queue } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { type Loop, startLoop, within } from "../engine/loop.ts";
import { isFull } from "../engine/room.ts";
import type { Tuning } from "../engine/tuning.ts";
import { bringBack } from "./bring-back.ts";
import { claimProbe, closeCircuit, EVERYBODY, releaseHeld } from "./circuits.ts";
import { ALONE_FROM, type Claim, claimJobs, renewClaims } from "./claims.ts";
import { runDueSchedules } from "./schedules.ts";
import { settleOver } from "./settle.ts";

export type Worker = Loop;

type Run = Parameters<Queue["work"]>[1];

interface Options {
  readonly concurrency: number;
  /** True when GitHub answers a question that it must be able to answer: in general (null) or for an installation. */
  readonly probe: (installation: InstallationId | null) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning: Tuning;
}

/**
 * Claims jobs as slots become free, renews their leases while they run, probes open circuits, turns the schedules, and
 * sets right what a clock ahead has left. A job that outlives its lease because the process died is claimed by another
 * worker within one poll.
 */
export function startWorker(database: Database, run: Run, options: Options): Worker {
  const { pollMs, secondMs } = options.tuning;
  const { log } = options;
  const settle = settleOver(database, secondMs);
  const running = new Map<Claim, Promise<void>>();
  let begun = 0;
  let stopping = false;

  async function claimSome(): Promise<"idle"> {
    const slots = { concurrency: options.concurrency, running: [...running.keys()].map(({ rank }) => rank), begun };
    if (
      running.size >= options.concurrency ||
      isFull(database.room()) ||
      [...running.keys()].some(({ crashes }) => crashes >= ALONE_FROM)
    )
      return "idle";
    const { claims, lost } = await claimJobs(database, slots, options.tuning);
    for (const { state, ...crash } of lost)
      log.error(state === "discarded" ? "job.discarded" : "job.crashed", { ...crash, because: CRASHED });
    begun += claims.length;
    for (const claim of claims) running.set(claim, runOne(claim));
    return "idle";
  }

  async function runOne(claim: Claim): Promise<void> {
    const isOurs = async () => (await renewClaims(database, [claim], options.tuning)) === 1;
    const end = await outcomeOfRun(claim, (job, attempt, waited) => run(job, attempt, waited, isOurs), log);
    // While the database is away the lease of what is done goes on being renewed: nobody does it again.
    for (let settled = false; !settled && !stopping; ) {
      settled = await trySettle(claim, end);
      if (!settled) await setTimeout(pollMs);
    }
    running.delete(claim);
    loop.wake();
  }

  async function trySettle(claim: Claim, outcome: Outcome): Promise<boolean> {
    try {
      await settle(claim, { outcome, delayMs: delayMs(outcome, claim, options) });
      return true;
    } catch (error) {
      log.error("store.unavailable", { loop: "settle" }, error);
      return false;
    }
  }

  async function renew(): Promise<"idle"> {
    await renewClaims(database, [...running.keys()], options.tuning);
    return "idle";
  }

  async function tendCircuits(): Promise<"more" | "idle"> {
    const scope = await claimProbe(database, secondMs);
    if (scope !== null && (await options.probe(scope === EVERYBODY ? null : scope))) {
      await closeCircuit(database, scope);
      log.info("circuit.closed", { scope });
    }
    if ((await releaseHeld(database, secondMs)) > 0) loop.wake();
    return scope === null ? "idle" : "more";
  }

  const loop = startLoop(claimSome, { name: "queue", pollMs, log });
  const leases = startLoop(renew, { name: "leases", pollMs: RENEW_SECONDS * secondMs, log });
  const circuits = startLoop(tendCircuits, { name: "circuits", pollMs, log });
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
      await Promise.all([clocks, schedules, circuits, loop].map((each) => each.stop(graceMs)));
      await within(graceMs, Promise.all(running.values()));
      stopping = true;
      // A stop is no crash.
      if (graceMs > 0) await Promise.all([...running.keys()].map((claim) => trySettle(claim, GIVEN_BACK)));
      await leases.stop(graceMs);
    },
  };
}

const GIVEN_BACK: Outcome = { kind: "snooze", until: new Date(0).toISOString(), because: "stopped" };

/** A third of the shortest lease: two renewals may fail before it ends. */
const RENEW_SECONDS = 10;
/** Schedules name minutes; looking every ten seconds is soon enough. */
const SCHEDULE_POLLS = 10;
/** A clock is wrong for seconds at most once in months; half a minute later nobody has noticed. */
const CLOCK_POLLS = 30;

type Fenced = (job: Job, attempt: number, waited: Waited) => Promise<Outcome>;

async function outcomeOfRun(claim: Claim, run: Fenced, log: Log): Promise<Outcome> {
  const { attempt, because, waits } = claim;
  try {
    return await run(toJob(claim), attempt, { because, times: waits });
  } catch (error) {
    log.error("job.finished", { outcome: "failed", attempt }, error);
    return { kind: "retry", because: UNEXPECTED };
  }
}

/** The row was made from a Job by `insertJobs`; nothing else writes it. */
const toJob = ({ payload, contested }: Claim): Job => ({
  ...(JSON.parse(payload) as Job),
  ...(contested && { contested }),
});

function delayMs(outcome: Outcome, claim: Claim, { clock, tuning }: Options): number {
  if (outcome.kind === "snooze") {
    const seconds = (Date.parse(outcome.until) - Date.parse(clock.now())) / 1_000;
    return Math.max(0, Math.round(seconds * tuning.secondMs));
  }
  if (outcome.kind !== "retry") return 0;
  // 6 s, 36 s, 4 min, 22 min, then hourly. The spread, up to an eighth either way by id, keeps jobs that failed
  // together from coming back together.
  const spread = 0.875 + (claim.id % 16) / 64;
  return Math.round(Math.min(3_600, 6 ** claim.attempt) * spread * tuning.secondMs);
}
