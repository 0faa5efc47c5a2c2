import { sql, type Transaction } from "kysely";
import type { Clock } from "../../../clock.ts";
import { matterOf } from "../../../job/identity.ts";
import type { Job } from "../../../job/job.ts";
import { laneOf, lanesOf } from "../../../job/lane.ts";
import type { Log } from "../../../log.ts";
import type { Queue } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import type { Tuning } from "../engine/tuning.ts";
import type { Tables } from "../schema.ts";
import { closeCircuit } from "./circuits.ts";
import { insertJobs } from "./insert-jobs.ts";
import { startWorker, type Worker } from "./queue-worker.ts";
import { removeSchedule, saveSchedule } from "./schedules.ts";

/**
 * Jobs in one table of the same database, so that a job and what caused it commit together. Not pg-boss, although it
 * is a fine queue: putting a job back without spending an attempt is not fenced there (a worker whose lease was taken
 * over could do it), its limit per group can be passed by two processes that fetch at once, and a lease is taken over
 * only by a monitor pass that recounts every queue. These three are what this port promises.
 */
export interface OpenQueue extends Queue {
  /** Adds jobs in somebody's transaction; call `wake` after its commit. */
  enqueueIn(db: Transaction<Tables>, jobs: readonly Job[]): Promise<void>;
  wake(): void;
}

/** The queue; its workers and schedules stop with what `work` returns. */
export function openQueue(
  database: Database,
  options: { readonly clock: Clock; readonly log: Log; readonly tuning: Tuning },
): OpenQueue {
  const workers = new Set<Worker>();
  const wake = () => {
    for (const worker of workers) worker.wake();
  };
  return {
    wake,
    enqueueIn: insertJobs,
    async enqueue(jobs) {
      await database.transaction((db) => insertJobs(db, jobs));
      wake();
    },
    async work({ concurrency, probe = async () => true }, run) {
      const worker = startWorker(database, run, { ...options, concurrency, probe });
      workers.add(worker);
      return {
        async stop(graceMs) {
          workers.delete(worker);
          await worker.stop(graceMs);
        },
      };
    },
    async schedule(key, recurrence, job) {
      await saveSchedule(database, { key, ...recurrence, job }, options.clock.now());
    },
    unschedule: (key) => removeSchedule(database, key),
    async othersHeld(job, because) {
      const { rows } = await database.query((db) =>
        sql`select from job where lane = ${laneOf(job)} and kind = ${job.kind} and state = 'waiting' and waits > 0
          and because = ${because} limit 1`.execute(db),
      );
      return rows.length > 0;
    },
    async waitingOf(kind, installation) {
      const { rows } = await database.query((db) =>
        sql<{ count: string }>`select count(*) as count from job where lane = any (${lanesOf(installation)}::bigint[])
          and kind = ${kind} and state = 'waiting'`.execute(db),
      );
      return Number(rows[0]?.count ?? 0);
    },
    async notSetAside(jobs) {
      if (jobs.length === 0) return [];
      const { rows } = await database.query((db) =>
        sql<{ payload: string }>`select payload from job where state = 'discarded'
          and lane = any (${jobs.map(laneOf)}::bigint[]) and kind = any (${jobs.map(({ kind }) => kind)}::text[])`.execute(
          db,
        ),
      );
      // The row was made from a Job by `insertJobs`; nothing else writes it.
      const given = new Set(rows.map(({ payload }) => matterOf(JSON.parse(payload) as Job)));
      return jobs.filter((job) => matterOf(job) === null || !given.has(matterOf(job)));
    },
    closeCircuit: (installation) => closeCircuit(database, installation),
    counts: () =>
      database.query(async (db) => {
        const { rows } = await COUNTS.execute(db);
        return rows[0] ?? { waiting: 0, running: 0, snoozed: 0, discarded: 0 };
      }),
  };
}

const COUNTS = sql<{ waiting: number; running: number; snoozed: number; discarded: number }>`select
  (select count(*) from job where state = 'waiting' and not snoozed) as waiting,
  (select count(*) from job where state = 'running') as running,
  (select count(*) from job where state = 'waiting' and snoozed) as snoozed,
  (select count(*) from job where state = 'discarded') as discarded`;
