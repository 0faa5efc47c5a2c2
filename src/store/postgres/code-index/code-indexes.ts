import { sql, type Transaction } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import type { TenantCodeIndexes } from "../../code-indexes.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";

/** Pieces in one statement: some hundred KB, which the embedded database takes in a few milliseconds. */
const PIECES_AT_ONCE = 32;

/** Keyed hashes of the organisation's own code. */
export function codeIndexesOf(database: Database, id: InstallationId): TenantCodeIndexes {
  const asTenant = <T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T> => database.asTenant(id, work);
  return {
    codeIndexes: () =>
      asTenant(async (db) => {
        const rows = await db
          .selectFrom("code_index")
          .selectAll()
          .where("installation_id", "=", id)
          .orderBy("key")
          .execute();
        return rows.map(({ key, sealed_key, hash_count, digest, made_at, imported_at }) => ({
          ...{ key, sealedKey: sealed_key, count: hash_count, digest },
          ...{ madeAt: made_at, importedAt: imported_at },
        }));
      }),
    saveCodeIndex: ({ key, sealedKey, count, digest, madeAt, importedAt }, pieces) =>
      asTenant(async (db) => {
        await remove(db, id, key);
        await db
          .insertInto("code_index")
          .values({
            ...{ installation_id: id, key, sealed_key: sealedKey, hash_count: count, digest },
            ...{ made_at: madeAt, imported_at: importedAt },
          })
          .execute();
        for (let from = 0; from < pieces.length; from += PIECES_AT_ONCE) {
          const rows = pieces.slice(from, from + PIECES_AT_ONCE);
          await db
            .insertInto("code_index_piece")
            .values(rows.map((hashes, index) => ({ installation_id: id, key, nr: from + index, hashes })))
            .execute();
        }
      }),
    codeIndexPieces: (key, from, limit) =>
      asTenant(async (db) => {
        const rows = await db
          .selectFrom("code_index_piece")
          .select("hashes")
          .where("installation_id", "=", id)
          .where("key", "=", key)
          .where("nr", ">=", from)
          .where("nr", "<", from + limit)
          .orderBy("nr")
          .execute();
        return rows.map(({ hashes }) => hashes);
      }),
    removeCodeIndex: (key) => asTenant(async (db) => (await remove(db, id, key)) > 0n),
    accountsWithOurCode: (since, atLeast) =>
      asTenant(async (db) => {
        const counted = sql<number>`(sections -> 'code.matches' -> 'value' ->> 'countedCount')::int`;
        const rows = await db
          .selectFrom("account_history")
          .select("account_id")
          .where("installation_id", "=", id)
          .where("at", ">=", since)
          .where(counted, ">=", atLeast)
          .orderBy("account_id")
          .execute();
        return [...new Set(rows.map(({ account_id }) => account_id))];
      }),
  };
}

/** Its pieces go with it. */
async function remove(db: Transaction<Tables>, id: InstallationId, key: string): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom("code_index")
    .where("installation_id", "=", id)
    .where("key", "=", key)
    .executeTakeFirst();
  return numDeletedRows;
}
