import { type Selectable, sql, type Transaction } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import type { BrokenTrail, TenantTrail, TrailEntry } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { Tables, TrailTable } from "../schema.ts";
import { CHAIN_START, chainHash, follows, type TrailLink } from "./trail-chain.ts";
import { trailLabelsOf } from "./trail-labels.ts";

/** Who looked and who decided, each entry chained to the one before, and whom the entries are about. */
export function trailOf(database: Database, id: InstallationId): TenantTrail {
  return {
    addToTrail: (entry) => database.asTenant(id, (db) => append(db, id, entry)),
    trail: (limit) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("trail")
          .selectAll()
          .where("installation_id", "=", id)
          .orderBy("seq", "desc")
          .limit(limit)
          .execute();
        return rows.map(toEntry);
      }),
    readTrail: ({ act, actorId, before, limit }) =>
      database.asTenant(id, async (db) => {
        const all = db.selectFrom("trail").selectAll().where("installation_id", "=", id);
        const older = before === null ? all : all.where("seq", "<", before);
        const ofAct = act === null ? older : older.where("act", "=", act);
        const wanted = actorId === null ? ofAct : ofAct.where("actor_id", "=", actorId);
        const rows = await wanted.orderBy("seq", "desc").limit(limit).execute();
        return rows.map((row) => ({ seq: row.seq, ...toEntry(row) }));
      }),
    actors: () =>
      database.asTenant(id, async (db) => {
        const newest = db
          .selectFrom("trail")
          .select(["actor_id", "seq"])
          .where("installation_id", "=", id)
          .orderBy("seq", "desc")
          .limit(ACTORS_LOOKED_THROUGH)
          .as("newest");
        const rows = await db
          .selectFrom(newest)
          .select("actor_id")
          .where("actor_id", "is not", null)
          .groupBy("actor_id")
          .orderBy((by) => by.fn.max("seq"), "desc")
          .execute();
        return rows.flatMap(({ actor_id }) => actor_id ?? []);
      }),
    ...trailLabelsOf(database, id),
  };
}

/** So that a long trail is not gone through for a list of names. */
const ACTORS_LOOKED_THROUGH = 2_000;

/** See `Store.brokenTrails`. A page of links at a time, a few microseconds each. */
export async function brokenTrails(database: Database): Promise<readonly BrokenTrail[]> {
  const tenants = await database.query((db) =>
    db.selectFrom("trail").select("installation_id").distinct().orderBy("installation_id").execute(),
  );
  const broken: BrokenTrail[] = [];
  for (const { installation_id: installationId } of tenants) {
    const seq = await firstBrokenLink(database, installationId);
    if (seq !== null) broken.push({ installationId, seq });
  }
  return broken;
}

/** The number of the first link that was changed, removed or moved; null when the chain holds. */
async function firstBrokenLink(database: Database, id: InstallationId): Promise<number | null> {
  let previous = CHAIN_START;
  for (;;) {
    const links = await linksAfter(database, id, previous.seq);
    for (const link of links) {
      if (!follows(link, previous)) return previous.seq + 1;
      previous = link;
    }
    if (links.length < LINKS_AT_ONCE) return null;
  }
}

const LINKS_AT_ONCE = 1_000;

const linksAfter = (database: Database, id: InstallationId, seq: number): Promise<readonly TrailLink[]> =>
  database.asTenant(id, async (db) => {
    const rows = await db
      .selectFrom("trail")
      .selectAll()
      .where("installation_id", "=", id)
      .where("seq", ">", seq)
      .orderBy("seq")
      .limit(LINKS_AT_ONCE)
      .execute();
    return rows.map((row) => ({
      seq: row.seq,
      entry: toEntry(row),
      previousHash: row.previous_hash,
      hash: row.hash,
    }));
  });

/** The chain is written one link at a time; its own lock, because the tenant may not lock rows it cannot change. */
export async function append(db: Transaction<Tables>, id: InstallationId, given: TrailEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('sallyport.trail', ${id}))`.execute(db);
  const last = await db
    .selectFrom("trail")
    .select(["seq", "hash"])
    .where("installation_id", "=", id)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const entry = { ...given, target: storable(given.target), reason: given.reason && storable(given.reason) };
  const { seq: before, hash: previousHash } = last ?? CHAIN_START;
  const seq = before + 1;
  await db
    .insertInto("trail")
    .values({
      installation_id: id,
      seq,
      at: entry.at,
      actor_id: entry.actorId,
      act: entry.act,
      target: entry.target,
      reason: entry.reason,
      previous_hash: previousHash,
      hash: chainHash(previousHash, seq, entry),
    })
    .execute();
}

export const toEntry = (row: Selectable<TrailTable>): TrailEntry => ({
  at: row.at,
  actorId: row.actor_id,
  act: row.act,
  target: row.target,
  reason: row.reason,
});
