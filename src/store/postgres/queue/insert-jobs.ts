import { sql, type Transaction } from "kysely";
import type { OperatingCode } from "../../../errors.ts";
import { JOBS, type Job } from "../../../job/job.ts";
import type { Tables } from "../schema.ts";
import { identityOf, installationOfLane, laneOf, versionOf } from "./lanes.ts";

/** Why a job waits that GitHub's limit put back; with its time in the future, the mark of a parked installation. */
export const LIMITED = "rate_limited" satisfies OperatingCode;

/** Kinds that ask GitHub: a limit and a circuit make them wait. */
export const ASKING = Object.entries(JOBS).flatMap(([kind, { asksGitHub }]) => (asksGitHub ? [kind] : []));

/**
 * Adds jobs, in order; one that equals a waiting one changes nothing, or takes its place in the row unless it is of an
 * earlier version. Of a later one it has all attempts before it, and waits for a limit or a brake, but not for the
 * failures of the one before; of the same one nobody but GitHub knows which is newer, and the job says so. What would
 * ask GitHub for an installation that is parked, or while a circuit is open, waits with the rest of it. One parameter,
 * however many jobs.
 */
export async function insertJobs(db: Transaction<Tables>, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`insert into job (kind, lane, rank, key, version, payload, contested, attempts, lease_seconds, due_at, snoozed, because)
    select kind, added.lane, rank, key, version, payload, contested, attempts, lease_seconds,
      coalesce(held.due_at, parked.due_at, now()), coalesce(held.due_at, parked.due_at) is not null,
      coalesce(held.because, parked.because)
    from json_to_recordset(${JSON.stringify(newest(jobs.map(toRow)))}::json)
      as added (kind text, lane bigint, rank smallint, key text, version text, payload text, contested boolean,
        attempts smallint, lease_seconds integer, asks boolean)
    left join lateral (
      select due_at, because from job
      where added.asks and added.lane <> 0 and job.lane in (added.lane, -added.lane) and state = 'waiting'
        and because = ${LIMITED} and due_at > clock_timestamp()
      order by due_at desc limit 1
    ) parked on true
    left join lateral (
      select 'infinity'::timestamptz as due_at, because from circuit
      where added.asks and scope in (0, ${installationOfLane("added.lane")}) order by scope limit 1
    ) held on true
    on conflict (key) where state = 'waiting' and key is not null
      do update set payload = excluded.payload, version = excluded.version,
        contested = excluded.contested or (excluded.version = job.version
          and (job.contested or excluded.payload <> job.payload)),
        attempt = case when excluded.version > job.version then 0 else job.attempt end,
        due_at = case when job.snoozed then job.due_at else least(job.due_at, excluded.due_at) end
      where excluded.version <> '' and excluded.version >= job.version`.execute(db);
}

/** One row of each key, in the place of the first: a statement can write a row once. */
function newest(rows: readonly JobRow[]): readonly JobRow[] {
  const kept = new Map<string, JobRow>();
  for (const row of rows) {
    const name = row.key ?? `${kept.size}`;
    const known = kept.get(name);
    if (known === undefined || row.version > known.version) kept.set(name, row);
    else if (row.version === known.version && row.version !== "" && row.payload !== known.payload)
      kept.set(name, { ...row, contested: true });
  }
  return [...kept.values()];
}

type JobRow = ReturnType<typeof toRow>;

function toRow(job: Job) {
  const { attempts, leaseSeconds, asksGitHub, rank } = JOBS[job.kind];
  return {
    kind: job.kind,
    lane: laneOf(job),
    rank,
    key: identityOf(job),
    // Jobs and deliveries of an earlier release do not say.
    version: versionOf(job) ?? "",
    payload: JSON.stringify(job),
    contested: false,
    attempts,
    lease_seconds: leaseSeconds,
    asks: asksGitHub,
  };
}
