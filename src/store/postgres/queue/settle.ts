import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Outcome } from "../../../job/outcome.ts";
import type { Database } from "../engine/database.ts";
import { groupCommit } from "../engine/group-commit.ts";
import { codeOf } from "../engine/translate-error.ts";
import type { Tables } from "../schema.ts";
import { openCircuit } from "./circuits.ts";
import type { Claim } from "./claims.ts";
import { foldIntoTwins } from "./fold.ts";
import { ASKING, LIMITED } from "./insert-jobs.ts";

/** How a run ended; `delayMs` is the wait before a retry or until a snooze ends. */
export interface Ended {
  readonly outcome: Outcome;
  readonly delayMs: number;
}

/** Writes how runs ended. Of a claim that was taken over nothing is written: the other worker's word counts. */
export type Settle = (held: Claim, end: Ended) => Promise<void>;

/** `Settle` over a database; jobs that are done at the same time leave the table together, in one commit. */
export function settleOver(database: Database, secondMs: number): Settle {
  const done = groupCommit<Claim>(fence, async (claims) => {
    const fences = claims.map(fence);
    const { rows } = await database.query((db) => deletion(claims, fences).execute(db));
    return new Set(rows.map((row) => row.fence));
  });
  return async (held, end) => {
    const { kind } = end.outcome;
    if (kind === "completed" || kind === "cancelled") return void (await done.add(held));
    for (let settled = false; !settled; ) settled = await goBack(database, held, { ...end, secondMs });
  };
}

type Back = Ended & { readonly secondMs: number };

/** False when another of its key waited, and began to run before the two became one. */
async function goBack(database: Database, held: Claim, back: Back): Promise<boolean> {
  try {
    await database.transaction((db) => putBack(db, held, back));
    return true;
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
    // The same job was asked for while this one ran.
    const unspent = back.outcome.kind !== "retry";
    return database.transaction(async (db) => {
      const folded = await foldIntoTwins(db, mine(held), { crashed: false, unspent });
      return folded > 0 || !(await isMine(db, held));
    });
  }
}

const UNIQUE_VIOLATION = "23505";

const fence = ({ id, claim }: Claim): string => `${id}:${claim}`;

const mine = ({ id, claim }: Claim) => sql`id = ${id} and claim = ${claim} and state = 'running'`;

const isMine = async (db: Transaction<Tables>, held: Claim): Promise<boolean> =>
  (await sql`select from job where ${mine(held)}`.execute(db)).rows.length > 0;

const deletion = (claims: readonly Claim[], fences: readonly string[]) => sql<{ fence: string }>`
  delete from job
  where id = any (${claims.map(({ id }) => id)}::bigint[]) and id || ':' || claim = any (${fences}::text[])
    and state = 'running'
  returning id || ':' || claim as fence`;

async function putBack(db: Transaction<Tables>, held: Claim, { outcome, delayMs, secondMs }: Back): Promise<void> {
  const write = (changes: RawBuilder<unknown>) =>
    sql`update job set lease_until = null, crashes = 0, ${changes} where ${mine(held)}`.execute(db);
  const due = sql`due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond'`;
  switch (outcome.kind) {
    case "completed":
    case "cancelled":
      return;
    case "snooze":
      if (outcome.because === LIMITED) await park(db, held, delayMs);
      await write(sql`state = 'waiting', snoozed = true, attempt = attempt - 1, waits = 0, because = ${outcome.because},
        ${due}`);
      return;
    case "held":
      if (outcome.by === "job") return holdItself(db, held, { because: outcome.because, secondMs });
      await openCircuit(db, { held, by: outcome.by, because: outcome.because, secondMs });
      await write(sql`state = 'waiting', snoozed = true, attempt = attempt - 1, waits = 0, because = ${outcome.because},
        due_at = 'infinity'`);
      return;
    case "retry":
      await write(sql`state = case when attempt >= attempts then 'discarded' else 'waiting' end, waits = 0,
        because = ${outcome.because}, due_at = case when attempt >= attempts then clock_timestamp()
          else clock_timestamp() + ${delayMs} * interval '1 millisecond' end`);
      return;
    case "discarded":
      await write(sql`state = 'discarded', because = ${outcome.because}, due_at = clock_timestamp()`);
  }
}

/** 6, 12, 24 seconds and so on, at most a quarter of an hour; hourly after six hours of that. */
const FIRST_WAIT_SECONDS = 6;
const MAX_WAIT_SECONDS = 900;
const MANY_WAITS = 30;
const LATE_WAIT_SECONDS = 3_600;

/**
 * It waits longer each time. When others of its kind and installation wait for the same reason, part of GitHub is out:
 * then all of the kind wait as long and count together, and one of them finds out, each time another one.
 */
async function holdItself(
  db: Transaction<Tables>,
  held: Claim,
  { because, secondMs }: { readonly because: string; readonly secondMs: number },
): Promise<void> {
  const same = sql`alike.lane = held.lane and alike.kind = held.kind and alike.because = ${because} and alike.waits > 0
    and alike.state = 'waiting'`;
  const { rows } = await sql<{ waits: number; alike: boolean }>`select
      greatest(case when because = ${because} then waits else 0 end,
        (select max(waits) from job alike where ${same})) + 1 as waits,
      exists (select from job alike where ${same}) as alike
    from job held where ${mine(held)}`.execute(db);
  const [found] = rows;
  if (found === undefined) return;
  const soon = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (found.waits - 1));
  const seconds = found.waits > MANY_WAITS ? LATE_WAIT_SECONDS : soon;
  const due = sql`clock_timestamp() + ${Math.round(seconds * secondMs)} * interval '1 millisecond'`;
  if (found.alike)
    await sql`update job set due_at = ${due} from job held
      where held.id = ${held.id} and job.lane = held.lane and job.kind = held.kind and job.state = 'waiting'
        and job.due_at < ${due}`.execute(db);
  // Behind the others of that moment.
  await sql`update job set state = 'waiting', lease_until = null, crashes = 0, attempt = attempt - 1,
      waits = ${found.waits}, because = ${because},
      due_at = ${due} + interval '1 millisecond' * ${secondMs}
    where ${mine(held)}`.execute(db);
}

/**
 * GitHub's limits are the installation's: whatever else of it would ask waits as long, the check runs of everybody
 * alike. Work on our own rows goes on, and so does the program's own lane, which asks as the App.
 */
const park = (db: Transaction<Tables>, { id }: Claim, delayMs: number) =>
  sql`update job set due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond', snoozed = true,
      because = ${LIMITED}
    from job held
    where held.id = ${id} and held.lane <> 0 and job.lane in (held.lane, -held.lane) and job.state = 'waiting'
      and job.kind = any (${ASKING}::text[])
      and job.due_at < clock_timestamp() + ${delayMs} * interval '1 millisecond'`.execute(db);
