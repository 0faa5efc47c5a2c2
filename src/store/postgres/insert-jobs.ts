import { sql, type Transaction } from "kysely";
import { JOBS, type Job } from "../../job/job.ts";
import { identityOf, laneOf } from "./lanes.ts";
import type { Tables } from "./schema.ts";

/** Adds jobs, in order; one that equals a waiting one changes nothing. One parameter, however many jobs. */
export async function insertJobs(db: Transaction<Tables>, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`insert into job (kind, lane, key, payload, attempts, lease_seconds)
    select kind, lane, key, payload, attempts, lease_seconds
    from json_to_recordset(${JSON.stringify(jobs.map(toRow))}::json)
      as added (kind text, lane bigint, key text, payload text, attempts smallint, lease_seconds integer)
    on conflict do nothing`.execute(db);
}

function toRow(job: Job) {
  const { attempts, leaseSeconds } = JOBS[job.kind];
  return {
    kind: job.kind,
    lane: laneOf(job),
    key: identityOf(job),
    payload: JSON.stringify(job),
    attempts,
    lease_seconds: leaseSeconds,
  };
}
