import { setTimeout } from "node:timers/promises";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { z } from "zod";
import { type Delivery, identityOf } from "../../../delivery/delivery.ts";
import type { Job } from "../../../job/job.ts";
import { UNEXPECTED } from "../../../job/outcome.ts";
import { CRASHED } from "../../../job/set-aside.ts";
import type { Log } from "../../../log.ts";
import type { Inbox, Stoppable } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { groupCommit } from "../engine/group-commit.ts";
import { type Loop, startLoop } from "../engine/loop.ts";
import { isFull } from "../engine/room.ts";
import type { Tuning } from "../engine/tuning.ts";
import type { Tables } from "../schema.ts";

type Plan = (delivery: Delivery) => Promise<readonly Job[]>;

export interface InboxOptions {
  readonly log: Log;
  readonly tuning: Tuning;
  /** Adds jobs in the transaction that marks their delivery. */
  readonly enqueue: (db: Transaction<Tables>, jobs: readonly Job[]) => Promise<void>;
  /** Told after that transaction. */
  readonly enqueued: () => void;
}

/** The table of deliveries is the inbox: one row is the acknowledged event and the work to be done about it. */
export function openInbox(database: Database, options: InboxOptions): Inbox {
  const loops = new Set<Loop>();
  const writes = groupCommit<Delivery>(identityOf, async (deliveries) => {
    const rows = await database.insert(INSERT, JSON.stringify(deliveries.map(toRow)));
    return new Set(guids.parse(rows).map(({ guid }) => guid));
  });
  return {
    async accept(delivery) {
      const result = await writes.add(delivery);
      for (const loop of loops) loop.wake();
      return result;
    },
    async work(plan): Promise<Stoppable> {
      const step = async () => {
        // GitHub waits for the answer to a delivery; nobody waits for the plan.
        if (writes.busy()) await setTimeout(YIELD_MS);
        if (isFull(database.room())) return "idle";
        return planSome(database, plan, options);
      };
      const loop = startLoop(step, {
        name: "inbox",
        pollMs: options.tuning.pollMs,
        log: options.log,
      });
      loops.add(loop);
      return {
        async stop(graceMs) {
          loops.delete(loop);
          await loop.stop(graceMs);
        },
      };
    },
    counts: () => database.query(async (db) => (await COUNTS.execute(db)).rows[0] ?? { waiting: 0, discarded: 0 }),
  };
}

/** Leaves the embedded connection to a burst for most of the time, and still plans a thousand a second in it. */
const YIELD_MS = 25;

/** One parameter, one plan, however many deliveries: measured as fast as any other way in on both databases. */
const INSERT = {
  name: "accept-deliveries",
  text: `insert into delivery (guid, received_at, payload)
    select guid, received_at, payload
    from json_to_recordset($1::json) as arrived (guid text, received_at timestamptz, payload text)
    on conflict (guid) do nothing returning guid`,
};

const guids = z.array(z.object({ guid: z.string() }));

/** The column `guid` holds the delivery's identity, of which the GUID is the first part. */
function toRow({ guid, receivedAt, installationId, event }: Delivery) {
  return {
    guid: identityOf({ guid, installationId }),
    received_at: receivedAt,
    payload: JSON.stringify({ receivedAt, installationId, event }),
  };
}

// Ordered, so that the answer comes from the small index of waiting ones and not from every delivery of a month.
const COUNTS = sql<{ waiting: number; discarded: number }>`select
  (select count(*) from (select from delivery where state = 'waiting' order by seq) waiting) as waiting,
  (select count(*) from (select from delivery where state = 'discarded' order by seq) discarded) as discarded`;

interface Claimed {
  readonly guid: string;
  readonly claim: number;
  readonly attempt: number;
  readonly unfinished: number;
  readonly payload: string;
}

/** Plans outside any transaction, so that a slow plan keeps nobody from the one embedded connection. */
async function planSome(database: Database, plan: Plan, options: InboxOptions): Promise<"more" | "idle"> {
  const claimed = await claimSome(database, options.tuning);
  const planned: { readonly delivery: Claimed; readonly jobs: readonly Job[] }[] = [];
  for (const delivery of claimed) {
    try {
      if (delivery.unfinished > MAX_UNFINISHED) await setAside(database, delivery, { because: CRASHED, ...options });
      else planned.push({ delivery, jobs: await plan(toDelivery(delivery)) });
    } catch (error) {
      await putOff(database, delivery, { error, ...options });
    }
  }
  const more = claimed.length === BATCH || claimed.some(({ unfinished }) => unfinished > IN_COMPANY) ? "more" : "idle";
  if (planned.length === 0) return more;
  await database.transaction(async (db) => {
    const mine = await markPlanned(
      db,
      planned.map(({ delivery }) => delivery),
    );
    await options.enqueue(
      db,
      planned.filter(({ delivery }) => mine.has(delivery.guid)).flatMap(({ jobs }) => jobs),
    );
  });
  options.enqueued();
  return more;
}

const BATCH = 50;

/** A claim is a lease: another worker takes the delivery over when this process does not finish it. */
const CLAIM_SECONDS = 30;
const MAX_CLAIM_SECONDS = 300;
const MAX_ATTEMPTS = 5;
/** Planned with others so often; later by itself and with growing pauses, so that one does not bring down fifty. */
const IN_COMPANY = 3;
/** More than a machine that is switched off and on all day; then it is the delivery. */
const MAX_UNFINISHED = 30;

async function claimSome(database: Database, tuning: Tuning): Promise<readonly Claimed[]> {
  return database.query(async (db) => {
    const together = await claim(sql`unfinished < ${IN_COMPANY}`, BATCH, tuning).execute(db);
    if (together.rows.length > 0) return together.rows;
    return (await claim(sql`unfinished >= ${IN_COMPANY}`, 1, tuning).execute(db)).rows;
  });
}

// `= any (array(...))` keeps the plan to index look-ups when the statistics are old or, embedded, not there yet.
const claim = (which: RawBuilder<unknown>, limit: number, { secondMs }: Tuning) => sql<Claimed>`
  with claimed as (
    update delivery
    set due_at = clock_timestamp() + ${secondMs} * interval '1 millisecond'
        * least(${MAX_CLAIM_SECONDS}, ${CLAIM_SECONDS} * 2 ^ greatest(0, unfinished - ${IN_COMPANY - 1})),
      claim = claim + 1, unfinished = unfinished + 1
    where state = 'waiting' and guid = any (array(
      select guid from delivery where state = 'waiting' and due_at <= clock_timestamp() and ${which}
      order by seq limit ${limit} for update skip locked
    ))
    returning seq, guid, claim, attempt, unfinished, payload
  )
  select guid, claim, attempt, unfinished, payload from claimed order by seq`;

/** Ends the claims of processes that are dead; what killed them too often keeps its pause. */
export const endPlans = (db: Transaction<Tables>) =>
  sql`update delivery set due_at = clock_timestamp()
    where state = 'waiting' and attempt + unfinished > 0 and unfinished < ${IN_COMPANY}`.execute(db);

/** The row was made from a Delivery by `toRow`; nothing else writes it. */
function toDelivery({ guid, payload }: Claimed): Delivery {
  return { guid: guid.split("@", 1)[0] ?? guid, ...(JSON.parse(payload) as Omit<Delivery, "guid">) };
}

/** Marks what this worker still holds; the payload goes, the GUID stays for recognising redeliveries. */
async function markPlanned(db: Transaction<Tables>, deliveries: readonly Claimed[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ guid: string }>`
    update delivery set state = 'planned', payload = null
    where state = 'waiting'
      and guid = any (${deliveries.map(({ guid }) => guid)}::text[])
      and claim || ':' || guid = any (${deliveries.map((delivery) => `${delivery.claim}:${delivery.guid}`)}::text[])
    returning guid`.execute(db);
  return new Set(rows.map(({ guid }) => guid));
}

async function putOff(
  database: Database,
  delivery: Claimed,
  { error, ...options }: InboxOptions & { readonly error: unknown },
): Promise<void> {
  const attempt = delivery.attempt + 1;
  if (attempt >= MAX_ATTEMPTS) return setAside(database, delivery, { because: UNEXPECTED, error, ...options });
  const delayMs = 4 ** (attempt - 1) * options.tuning.secondMs;
  await database.query((db) =>
    sql`update delivery set attempt = ${attempt}, unfinished = 0,
        due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond'
      where ${held(delivery)}`.execute(db),
  );
  options.log.error("delivery.deferred", { delivery: delivery.guid, attempt }, error);
}

async function setAside(
  database: Database,
  delivery: Claimed,
  { because, error, log }: Pick<InboxOptions, "log"> & { readonly because: string; readonly error?: unknown },
): Promise<void> {
  await database.query((db) =>
    sql`update delivery set state = 'discarded', because = ${because}, due_at = clock_timestamp()
      where ${held(delivery)}`.execute(db),
  );
  log.error("delivery.discarded", { delivery: delivery.guid, because }, error);
}

const held = (delivery: Claimed) => sql`guid = ${delivery.guid} and claim = ${delivery.claim} and state = 'waiting'`;
