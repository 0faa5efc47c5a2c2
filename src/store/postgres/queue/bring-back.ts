import { sql } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { Log } from "../../../log.ts";
import type { Database } from "../engine/database.ts";
import { bringCursorsBack } from "./schedules.ts";

/** GitHub's longest limit is 65 minutes, our own longest wait an hour and an eighth; nobody asks for more. */
const LONGEST_WAIT_SECONDS = 7_200;
/** A delivery waits five minutes at most: for its plan, or to be planned again. */
const LONGEST_PLAN_SECONDS = 600;
/** An open circuit is probed every five minutes at least. */
const LONGEST_PROBE_SECONDS = 600;
/** No session lasts longer than a working day. */
const LONGEST_SESSION_SECONDS = 8 * 3_600;

/**
 * Sets right what was written while the clock ran ahead, be it for some seconds: a time that lies further in the
 * future than anybody asked for was not asked for. What waits is due now, a lease ends as if it was taken now, a session
 * ends, circuits are probed, schedules go on from now. What waits without a time, for a circuit to close, is left alone.
 * Says so in the log, once by its nature.
 */
export async function bringBack(
  database: Database,
  { now, secondMs, log }: { readonly now: Instant; readonly secondMs: number; readonly log: Log },
): Promise<"idle"> {
  const ahead = (seconds: unknown) => sql`clock_timestamp() + interval '1 millisecond' * ${secondMs} * ${seconds}`;
  const statements = [
    sql`update job set due_at = clock_timestamp()
      where state = 'waiting' and due_at > ${ahead(LONGEST_WAIT_SECONDS)} and due_at < 'infinity'`,
    sql`update job set lease_until = ${ahead(sql.ref("lease_seconds"))}
      where state = 'running' and lease_until > ${ahead(sql`(lease_seconds + ${LEASE_SLACK_SECONDS})`)}`,
    sql`update delivery set due_at = clock_timestamp()
      where state = 'waiting' and due_at > ${ahead(LONGEST_PLAN_SECONDS)}`,
    sql`update circuit set probe_at = clock_timestamp() where probe_at > ${ahead(LONGEST_PROBE_SECONDS)}`,
    sql`delete from session where expires_at > ${now}::timestamptz + interval '1 second' * ${LONGEST_SESSION_SECONDS}`,
  ];
  let count = await bringCursorsBack(database, now);
  for (const statement of statements)
    count += Number((await database.query((db) => statement.execute(db))).numAffectedRows ?? 0);
  if (count > 0) log.warn("clock.stepped", { rows: count });
  return "idle";
}

/** Two machines' clocks, and the moments between two statements. */
const LEASE_SLACK_SECONDS = 60;
