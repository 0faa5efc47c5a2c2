import { type RawBuilder, sql, type Transaction } from "kysely";
import { JOBS } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import type { Database } from "./database.ts";
import { groupCommit } from "./group-commit.ts";
import { LIMITED } from "./insert-jobs.ts";
import type { Tables } from "./schema.ts";
import { codeOf } from "./translate-error.ts";

/** A job in a worker's hands. `claim` tells this holding of it from every other: the fence of all that follows. */
export interface Claim {
  readonly id: number;
  readonly claim: number;
  readonly attempt: number;
  readonly leaseSeconds: number;
  readonly payload: string;
}

/** A job that used its last attempt without anybody living to tell. */
export interface Lost {
  readonly kind: string;
  readonly attempt: number;
}

/**
 * Takes up to `limit` jobs that are due, the longest waiting first, at most one per lane and none of a lane where one
 * runs. Leases that ended are taken over before. The lock makes this one decision at a time in the whole system: two
 * processes that looked at once would each find the lane free.
 */
export async function claimJobs(
  database: Database,
  limit: number,
  secondMs: number,
): Promise<{ readonly claims: readonly Claim[]; readonly lost: readonly Lost[] }> {
  const { rows } = await database.query((db) => ANYTHING_TO_DO.execute(db));
  const { due = false, ended = false } = rows[0] ?? {};
  if (!due && !ended) return { claims: [], lost: [] };
  return database.transaction(async (db) => {
    await sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`.execute(db);
    const lost = ended ? await takeOver(db) : [];
    return { claims: (await claimDue(limit, secondMs).execute(db)).rows, lost };
  });
}

/** Any number that nothing else on the server locks: "sallypor" in ASCII. */
const CLAIM_LOCK = "8314892176759549810";

const ANYTHING_TO_DO = sql<{ due: boolean; ended: boolean }>`select
  exists (select from job where state = 'waiting' and due_at <= clock_timestamp()) as due,
  exists (select from job where state = 'running' and lease_until < clock_timestamp()) as ended`;

async function takeOver(db: Transaction<Tables>): Promise<readonly Lost[]> {
  // A waiting twin does the same work; two waiting ones of a key cannot be.
  await sql`delete from job lost using job twin
    where lost.state = 'running' and lost.lease_until < clock_timestamp()
      and twin.key = lost.key and twin.state = 'waiting'`.execute(db);
  const { rows } = await sql<Lost & { state: string }>`update job
    set state = case when attempt >= attempts then 'discarded' else 'waiting' end,
      lease_until = null, due_at = clock_timestamp(), because = 'lease ended'
    where state = 'running' and lease_until < clock_timestamp()
    returning kind, attempt, state`.execute(db);
  return rows.filter(({ state }) => state === "discarded");
}

// Walks the lanes through the index (a tenant with 10,000 jobs costs one step) and looks at the head of each.
const claimDue = (limit: number, secondMs: number) => sql<Claim>`
  with recursive lanes as (
    (select lane from job where state = 'waiting' order by lane limit 1)
    union all
    select (
      select next.lane from job next where next.state = 'waiting' and next.lane > lanes.lane order by next.lane limit 1
    )
    from lanes where lanes.lane is not null
  ), heads as (
    select head.id from lanes cross join lateral (
      select id, due_at from job
      where job.lane = lanes.lane and state = 'waiting' and due_at <= clock_timestamp()
      order by due_at, id limit 1
    ) head
    where not exists (select from job busy where busy.lane = lanes.lane and busy.state = 'running')
    order by head.due_at, head.id limit ${limit}
  )
  update job
  set state = 'running', attempt = attempt + 1, claim = claim + 1, snoozed = false, because = null,
    lease_until = clock_timestamp() + lease_seconds * ${secondMs} * interval '1 millisecond'
  where id = any (array(select id from heads))
  returning id, claim, attempt, lease_seconds as "leaseSeconds", payload`;

/** Renews the leases of what still runs. A claim that was taken over is not renewed. */
export async function renewClaims(database: Database, claims: readonly Claim[], secondMs: number): Promise<void> {
  if (claims.length === 0) return;
  const held = JSON.stringify(claims.map(({ id, claim }) => ({ id, claim })));
  await database.query((db) =>
    sql`update job set lease_until = clock_timestamp() + lease_seconds * ${secondMs} * interval '1 millisecond'
      from json_to_recordset(${held}::json) as held (id bigint, claim integer)
      where job.id = held.id and job.claim = held.claim and job.state = 'running'`.execute(db),
  );
}

/** Ends every lease and wait of a plan: for a process that knows it is alone, whoever held them is dead. */
export async function endLeases(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    await sql`update job set lease_until = clock_timestamp() where state = 'running'`.execute(db);
    await sql`update delivery set due_at = clock_timestamp() where state = 'waiting' and attempt > 0`.execute(db);
  });
}

/** Writes how runs ended. Of a claim that was taken over nothing is written: the other worker's word counts. */
export type Settle = (held: Claim, end: Ended) => Promise<void>;

/** `Settle` over a database; jobs that are done at the same time leave the table together, in one commit. */
export function settleOver(database: Database): Settle {
  const done = groupCommit<Claim>(fence, async (claims) => {
    const fences = claims.map(fence);
    const { rows } = await database.query((db) => deletion(claims, fences).execute(db));
    return new Set(rows.map((row) => row.fence));
  });
  return async (held, end) => {
    const { kind } = end.outcome;
    if (kind === "completed" || kind === "cancelled") return void (await done.add(held));
    try {
      if (kind === "snooze" && end.outcome.because === LIMITED)
        await database.query((db) => park(held, end.delayMs).execute(db));
      await database.query((db) => putBack(held, end).execute(db));
    } catch (error) {
      if (!isTwin(error)) throw error;
      // The same job was asked for while this one ran: the newer one does the work.
      await done.add(held);
    }
  };
}

const fence = ({ id, claim }: Claim): string => `${id}:${claim}`;

const deletion = (claims: readonly Claim[], fences: readonly string[]) => sql<{ fence: string }>`
  delete from job
  where id = any (${claims.map(({ id }) => id)}::bigint[]) and id || ':' || claim = any (${fences}::text[])
    and state = 'running'
  returning id || ':' || claim as fence`;

/** `delayMs` is the wait before a retry or until a snooze ends. */
export interface Ended {
  readonly outcome: Outcome;
  readonly delayMs: number;
}

function putBack(held: Claim, { outcome, delayMs }: Ended): RawBuilder<unknown> {
  const mine = sql`id = ${held.id} and claim = ${held.claim} and state = 'running'`;
  const because = "because" in outcome ? outcome.because : null;
  const due = sql`lease_until = null, because = ${because}, due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond'`;
  switch (outcome.kind) {
    case "snooze":
      return sql`update job set state = 'waiting', snoozed = true, attempt = attempt - 1, ${due} where ${mine}`;
    case "retry":
      return sql`update job
        set state = case when attempt >= attempts then 'discarded' else 'waiting' end, ${due} where ${mine}`;
    default:
      return sql`update job set state = 'discarded', ${due} where ${mine}`;
  }
}

/**
 * GitHub's limits are the installation's: whatever else of it would ask waits as long, the check runs of everybody
 * alike. Work on our own rows goes on, and so does the program's own lane, which asks as the App.
 */
const park = ({ id }: Claim, delayMs: number) => sql`
  update job set due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond', snoozed = true,
    because = ${LIMITED}
  from job held
  where held.id = ${id} and held.lane <> 0 and job.lane in (held.lane, -held.lane) and job.state = 'waiting'
    and job.kind = any (${ASKING}::text[]) and job.due_at < clock_timestamp() + ${delayMs} * interval '1 millisecond'`;

const ASKING = Object.entries(JOBS).flatMap(([kind, { asksGitHub }]) => (asksGitHub ? [kind] : []));

const UNIQUE_VIOLATION = "23505";

const isTwin = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION;
