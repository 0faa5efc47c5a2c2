import { createHash } from "node:crypto";
import type { SessionStore } from "../store.ts";
import type { Database } from "./engine/database.ts";

/** Sessions under the hash of their id: who reads the table cannot become anybody. */
export function openSessions(database: Database): SessionStore {
  return {
    read: async (id, now) => {
      const row = await database.query((db) =>
        db
          .selectFrom("session")
          .select("data")
          .where("id_hash", "=", hashed(id))
          .where("expires_at", ">", now)
          .executeTakeFirst(),
      );
      return row?.data ?? null;
    },
    write: async (id, data, { accountId, expiresAt }) => {
      const values = { account_id: accountId, data, expires_at: expiresAt };
      await database.query((db) =>
        db
          .insertInto("session")
          .values({ id_hash: hashed(id), ...values })
          .onConflict((conflict) => conflict.column("id_hash").doUpdateSet(values))
          .execute(),
      );
    },
    renew: async (id, data, expiresAt) => {
      const values = { data, expires_at: expiresAt };
      const result = await database.query((db) =>
        db.updateTable("session").set(values).where("id_hash", "=", hashed(id)).executeTakeFirst(),
      );
      return result.numUpdatedRows > 0n;
    },
    remove: async (id) => {
      await database.query((db) => db.deleteFrom("session").where("id_hash", "=", hashed(id)).execute());
    },
    removeOfAccount: async (account) => {
      await database.query((db) => db.deleteFrom("session").where("account_id", "=", account).execute());
    },
  };
}

const hashed = (id: string): string => createHash("sha256").update(id).digest("hex");
