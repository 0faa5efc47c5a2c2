import type { Delivery } from "../delivery/delivery.ts";
import type { InstallationId } from "../ids.ts";
import type { Job } from "../job/job.ts";
import type { Outcome, Waited } from "../job/outcome.ts";
import type { Recurrence } from "../job/schedule.ts";

/** Deliveries that GitHub was told we have. */
export interface Inbox {
  /**
   * Stores a delivery; resolves only when it is on disk. Deliveries that arrive while a write runs share the next
   * one (group commit). A known GUID of the same installation changes nothing and says `duplicate`.
   */
  accept(delivery: Delivery): Promise<"stored" | "duplicate">;
  /**
   * Hands every stored delivery to `plan`, oldest first; its jobs and the delivery's new state commit together.
   * A plan that throws is tried again with back-off, five times, then the delivery is discarded and counted. What was
   * claimed when the process ended is no attempt; after three times it is planned by itself.
   */
  work(plan: (delivery: Delivery) => Promise<readonly Job[]>): Promise<Stoppable>;
  counts(): Promise<{ readonly waiting: number; readonly discarded: number }>;
}

/**
 * Jobs and schedules. Runs are at least once; a crashed worker's job is taken over when its lease ends, and spends no
 * attempt. After three crashes in a row a job runs alone in its process; after ten it is set aside.
 */
export interface Queue {
  enqueue(jobs: readonly Job[]): Promise<void>;
  /**
   * Runs jobs by rank and turn, one at a time per installation and at most `concurrency` at once, until stopped. `probe`
   * is asked, for an installation or for all of GitHub (null), whether the circuit that a `held` job opened can close,
   * at growing intervals of at most five minutes; without it one closes at its first probe. `isOurs` is for `run` to ask
   * before what cannot be taken back: false when another worker took the job over, else its lease begins anew.
   */
  work(
    options: {
      readonly concurrency: number;
      readonly probe?: (installation: InstallationId | null) => Promise<boolean>;
    },
    run: (job: Job, attempt: number, waited: Waited, isOurs: () => Promise<boolean>) => Promise<Outcome>,
  ): Promise<Stoppable>;
  /** Runs `job` again and again; the same key replaces. A missed run is run once at start. */
  schedule(key: string, recurrence: Recurrence, job: Job): Promise<void>;
  unschedule(key: string): Promise<void>;
  /** True when another job of the same kind and installation waits by itself for that reason. */
  othersHeld(job: Job, because: string): Promise<boolean>;
  /** How many jobs of a kind an installation has before it, those with a later time too. */
  waitingOf(kind: Job["kind"], installation: InstallationId): Promise<number>;
  /** Those that the program may file by itself: of which none about the same head, grant or holder was given up. */
  notSetAside(jobs: readonly Job[]): Promise<readonly Job[]>;
  /** Closes an installation's circuit before its next probe does: it was just said to be back. */
  closeCircuit(installation: InstallationId): Promise<void>;
  counts(): Promise<Readonly<Record<"waiting" | "running" | "snoozed" | "discarded", number>>>;
}

export interface Stoppable {
  /**
   * Takes no more work, waits for what runs, at most `graceMs`, and gives the rest back; of 0 it waits for nothing and
   * gives nothing back, as if the process had died: leases end by themselves.
   */
  stop(graceMs: number): Promise<void>;
}
