import { sql, type Transaction } from "kysely";
import { CRASHED } from "../../../job/set-aside.ts";
import { chooseHeads, type Head, openRanks, type Rank, type Slots } from "../../../job/shares.ts";
import type { Database } from "../engine/database.ts";
import type { Tuning } from "../engine/tuning.ts";
import type { Tables } from "../schema.ts";
import { foldIntoTwins } from "./fold.ts";
import { endPlans } from "./inbox.ts";

/** A job in a worker's hands. `claim` tells this holding of it from every other: the fence of all that follows. */
export interface Claim {
  readonly id: number;
  readonly claim: number;
  readonly attempt: number;
  readonly rank: Rank;
  readonly leaseSeconds: number;
  readonly payload: string;
  readonly contested: boolean;
  readonly crashes: number;
  /** Why it was put back before, and how often in a row the world was the reason. */
  readonly because: string | null;
  readonly waits: number;
}

/** A job whose process ended while it ran. */
export interface Lost {
  readonly kind: string;
  readonly crashes: number;
  readonly state: "waiting" | "discarded";
}

/** From so many crashes in a row on a job runs when nothing else of the process does: then it is known who is guilty. */
export const ALONE_FROM = 3;
/** So many, the later ones alone and up to an hour apart, and it is set aside. */
const MAX_CRASHES = 10;
/** Alone it is tried after 1, 2, 4 minutes and so on, at most an hour: the process has other work to do. */
const ALONE_WAIT_SECONDS = 60;
const MAX_ALONE_WAIT_SECONDS = 3_600;

interface Claimed {
  readonly claims: readonly Claim[];
  readonly lost: readonly Lost[];
}

/**
 * Takes jobs that are due into the slots that are free, by rank and turn (`chooseHeads`), of a rank the longest waiting
 * first, at most one per lane and none of a lane where one runs. Leases that ended are taken over before. What crashed
 * too often is claimed by itself, by a process that runs nothing, and until then nothing is. The lock makes this one
 * decision at a time in the whole system: two processes that looked at once would each find the lane free.
 */
export async function claimJobs(database: Database, slots: Slots, tuning: Tuning): Promise<Claimed> {
  const { rows } = await database.query((db) => anythingToDo(openRanks(slots)).execute(db));
  const { due = false, ended = false } = rows[0] ?? {};
  if (!due && !ended) return { claims: [], lost: [] };
  return database.transaction(async (db) => {
    await lockClaims(db);
    const lost = ended ? await takeOver(db, tuning.secondMs) : [];
    const lone = (await ALONE.execute(db)).rows[0];
    const alone = slots.running.length === 0 ? lone : undefined;
    const chosen = lone === undefined ? chooseHeads(await findHeads(db, slots), slots) : alone ? [alone] : [];
    const ids = chosen.map(({ id }) => id);
    return { claims: ids.length === 0 ? [] : (await claimThose(ids, tuning).execute(db)).rows, lost };
  });
}

/** Until the transaction ends nobody else decides what runs. Any number that nothing else on the server locks. */
export const lockClaims = (db: Transaction<Tables>) =>
  sql`select pg_advisory_xact_lock(${"8314892176759549810"})`.execute(db);

const anythingToDo = (ranks: readonly Rank[]) => sql<{ due: boolean; ended: boolean }>`select
  exists (select from job where state = 'waiting' and due_at <= clock_timestamp()
    and (rank = any (${ranks}::smallint[]) or crashes >= ${crashedOften})) as due,
  exists (select from job where state = 'running' and lease_until < clock_timestamp()) as ended`;

/** A crash is not the job's attempt: a machine that was switched off five times has not failed at anything. */
async function takeOver(db: Transaction<Tables>, secondMs: number): Promise<readonly Lost[]> {
  const ended = await sql<{ id: number }>`update job set crashes = crashes + 1, attempt = attempt - 1
    where state = 'running' and lease_until < clock_timestamp() returning id`.execute(db);
  const ids = ended.rows.map(({ id }) => id);
  await foldIntoTwins(db, sql`id = any (${ids}::bigint[]) and state = 'running'`, { crashed: true, unspent: false });
  const { rows } = await sql<Lost>`update job
    set state = case when crashes >= ${MAX_CRASHES} then 'discarded' else 'waiting' end,
      lease_until = null, waits = 0, because = ${CRASHED},
      due_at = clock_timestamp() + interval '1 millisecond' * ${secondMs} * case
        when crashes < ${ALONE_FROM} or crashes >= ${MAX_CRASHES} then 0
        else least(${MAX_ALONE_WAIT_SECONDS}, ${ALONE_WAIT_SECONDS} * 2 ^ (crashes - ${ALONE_FROM})) end
    where id = any (${ids}::bigint[]) and state = 'running'
    returning kind, crashes, state`.execute(db);
  return rows;
}

// Written out, so that the small index of crashed ones answers.
const crashedOften = sql.lit(ALONE_FROM);

const ALONE = sql<{ id: number }>`select id from job
  where state = 'waiting' and crashes >= ${crashedOften} and due_at <= clock_timestamp()
    and not exists (select from job busy where busy.lane = job.lane and busy.state = 'running')
  order by due_at, id limit 1`;

/**
 * Walks lanes and ranks through the index (a tenant with 10,000 jobs costs one step) and looks at the head of each. Of
 * a rank twice as many as there are slots: another rank may take the lane of each of the first half.
 */
async function findHeads(db: Transaction<Tables>, slots: Slots): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    with recursive places as (
      (select lane, rank from job where state = 'waiting' order by lane, rank limit 1)
      union all
      select next.lane, next.rank from places cross join lateral (
        select lane, rank from job
        where state = 'waiting' and (job.lane, job.rank) > (places.lane, places.rank) order by lane, rank limit 1
      ) next
    ), heads as (
      select head.id, lane, rank, head.due_at, row_number() over (partition by rank order by head.due_at, head.id) as place
      from places cross join lateral (
        select id, due_at from job
        where job.lane = places.lane and job.rank = places.rank and state = 'waiting' and due_at <= clock_timestamp()
          and crashes < ${crashedOften}
        order by due_at, id limit 1
      ) head
      where rank = any (${openRanks(slots)}::smallint[])
        and not exists (select from job busy where busy.lane = places.lane and busy.state = 'running')
    )
    select id, lane, rank from heads where place <= ${2 * slots.concurrency} order by due_at, id`.execute(db);
  return rows;
}

const claimThose = (ids: readonly number[], tuning: Tuning) => sql<Claim>`
  update job
  set state = 'running', attempt = attempt + 1, claim = claim + 1, snoozed = false,
    lease_until = ${leaseEnd(tuning)}
  where id = any (${ids}::bigint[]) and state = 'waiting'
  returning id, claim, attempt, rank, lease_seconds as "leaseSeconds", payload, contested, crashes, because, waits`;

const leaseEnd = ({ secondMs }: Tuning) =>
  sql`clock_timestamp() + lease_seconds * ${secondMs} * interval '1 millisecond'`;

/** Renews the leases of what still runs, and returns how many. A claim that was taken over is not renewed. */
export async function renewClaims(database: Database, claims: readonly Claim[], tuning: Tuning): Promise<number> {
  if (claims.length === 0) return 0;
  const held = JSON.stringify(claims.map(({ id, claim }) => ({ id, claim })));
  const { numAffectedRows } = await database.query((db) =>
    sql`update job set lease_until = ${leaseEnd(tuning)}
      from json_to_recordset(${held}::json) as held (id bigint, claim integer)
      where job.id = held.id and job.claim = held.claim and job.state = 'running'`.execute(db),
  );
  return Number(numAffectedRows ?? 0);
}

/** Ends every lease and wait of a plan: for a process that knows it is alone, whoever held them is dead. */
export async function endLeases(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    await sql`update job set lease_until = clock_timestamp() where state = 'running'`.execute(db);
    await endPlans(db);
  });
}
