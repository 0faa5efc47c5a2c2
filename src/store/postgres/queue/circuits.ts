import { sql, type Transaction } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";
import { lockClaims } from "./claims.ts";
import { ASKING } from "./insert-jobs.ts";
import { installationOfLane } from "./lane-column.ts";

/** All of GitHub, where other scopes are installations. */
export const EVERYBODY = 0;

/** The first probe after so many seconds, each later one after twice as long, at most five minutes. */
const FIRST_PROBE_SECONDS = 15;
const MAX_PROBE_SECONDS = 300;
/** What a circuit held goes on job by job, so far apart in each lane. */
const SPREAD_SECONDS = 0.25;

/**
 * Opens the circuit of the job's installation, or of all of GitHub. Whatever would ask there waits for it: what waits
 * now is told here, what is added later by `insertJobs`. One that is open already stays as it is.
 */
export async function openCircuit(
  db: Transaction<Tables>,
  about: {
    readonly held: { readonly id: number };
    readonly by: "github" | "installation";
    readonly because: string;
    readonly secondMs: number;
  },
): Promise<void> {
  const { held, by, because, secondMs } = about;
  const scope = by === "github" ? sql`${EVERYBODY}::bigint` : installationOfLane("job.lane");
  // Many rows at once: two that open one together would wait for each other's.
  await lockClaims(db);
  await sql`insert into circuit (scope, because, probe_at)
    select ${scope}, ${because}, clock_timestamp() + ${FIRST_PROBE_SECONDS * secondMs} * interval '1 millisecond'
    from job where id = ${held.id}
    on conflict (scope) do nothing`.execute(db);
  await sql`update job set due_at = 'infinity', snoozed = true, because = ${because}
    where state = 'waiting' and due_at <> 'infinity' and kind = any (${ASKING}::text[]) and ${isHeld}`.execute(db);
}

const isHeld = sql`exists (select from circuit where scope in (${sql.lit(EVERYBODY)}, ${installationOfLane("job.lane")}))`;

/**
 * The scope of a circuit whose probe is due, for one process at a time; null when none is. While all of GitHub is away
 * nobody asks for single installations.
 */
export async function claimProbe(database: Database, secondMs: number): Promise<InstallationId | 0 | null> {
  const { rows } = await database.query((db) =>
    sql<{ scope: InstallationId | 0 }>`update circuit set probes = least(probes + 1, 1000),
        probe_at = clock_timestamp() + interval '1 millisecond' * ${secondMs}
          * least(${MAX_PROBE_SECONDS}, ${FIRST_PROBE_SECONDS} * 2 ^ least(probes + 1, 10))
      where scope = any (array(
        select scope from circuit
        where probe_at <= clock_timestamp()
          and (scope = ${EVERYBODY} or not exists (select from circuit where scope = ${EVERYBODY}))
        order by scope limit 1 for update skip locked
      ))
      returning scope`.execute(db),
  );
  return rows[0]?.scope ?? null;
}

export async function closeCircuit(database: Database, scope: InstallationId | 0): Promise<void> {
  await database.query((db) => db.deleteFrom("circuit").where("scope", "=", scope).execute());
}

/** Lets go what no circuit holds any more, in its order; returns how many. */
export async function releaseHeld(database: Database, secondMs: number): Promise<number> {
  const { numAffectedRows } = await database.query((db) =>
    sql`update job set snoozed = false,
        due_at = clock_timestamp() + interval '1 millisecond' * ${SPREAD_SECONDS * secondMs} * (free.place - 1)
      from (
        select id, row_number() over (partition by lane order by id) as place from job
        where state = 'waiting' and due_at = 'infinity' and not ${isHeld}
      ) free
      where job.id = free.id and job.state = 'waiting'`.execute(db),
  );
  return Number(numAffectedRows ?? 0);
}
