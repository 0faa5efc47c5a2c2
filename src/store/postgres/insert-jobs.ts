import { sql, type Transaction } from "kysely";
import type { OperatingCode } from "../../errors.ts";
import { JOBS, type Job } from "../../job/job.ts";
import { identityOf, laneOf, versionOf } from "./lanes.ts";
import type { Tables } from "./schema.ts";

/** Why a job waits that GitHub's limit put back; with its time in the future, the mark of a parked installation. */
export const LIMITED = "rate_limited" satisfies OperatingCode;

/**
 * Adds jobs, in order; one that equals a waiting one changes nothing, or takes its place in the row when it is of a
 * later version: then it has all attempts before it, and waits for a limit or a brake, but not for the failures of the
 * one before. What would ask GitHub for an installation that is parked waits with the rest of it. One parameter,
 * however many jobs.
 */
export async function insertJobs(db: Transaction<Tables>, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`insert into job (kind, lane, key, version, payload, attempts, lease_seconds, due_at, snoozed, because)
    select kind, added.lane, key, version, payload, attempts, lease_seconds, coalesce(parked.due_at, now()),
      parked.due_at is not null, parked.because
    from json_to_recordset(${JSON.stringify(newest(jobs.map(toRow)))}::json)
      as added (kind text, lane bigint, key text, version text, payload text, attempts smallint, lease_seconds integer,
        asks boolean)
    left join lateral (
      select due_at, because from job
      where added.asks and added.lane <> 0 and job.lane in (added.lane, -added.lane) and state = 'waiting'
        and because = ${LIMITED} and due_at > clock_timestamp()
      order by due_at desc limit 1
    ) parked on true
    on conflict (key) where state = 'waiting' and key is not null
      do update set payload = excluded.payload, version = excluded.version,
        attempt = case when excluded.version > job.version then 0 else job.attempt end,
        due_at = case when job.snoozed then job.due_at else least(job.due_at, excluded.due_at) end
      where excluded.version <> '' and excluded.version >= job.version`.execute(db);
}

/** One row of each key, in the place of the first: a statement can write a row once. */
function newest(rows: readonly Row[]): readonly Row[] {
  const kept = new Map<string, Row>();
  for (const row of rows) {
    const name = row.key ?? `${kept.size}`;
    const known = kept.get(name);
    if (known === undefined || row.version >= known.version) kept.set(name, row);
  }
  return [...kept.values()];
}

type Row = ReturnType<typeof toRow>;

function toRow(job: Job) {
  const { attempts, leaseSeconds, asksGitHub } = JOBS[job.kind];
  return {
    kind: job.kind,
    lane: laneOf(job),
    key: identityOf(job),
    // Jobs and deliveries of an earlier release do not say.
    version: versionOf(job) ?? "",
    payload: JSON.stringify(job),
    attempts,
    lease_seconds: leaseSeconds,
    asks: asksGitHub,
  };
}
