import { plusDays } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantAccounts } from "../../accounts.ts";
import type { Database } from "../engine/database.ts";
import { replaceTies } from "../ties/ties.ts";

/** What was learnt about accounts, by their number. */
export function accountsOf(
  database: Database,
  id: InstallationId,
): Omit<TenantAccounts, "localList" | "addToLocalList"> {
  return {
    cachedAccount: (account, now, maxAgeHours) =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("account_cache")
          .select("sections")
          .where("installation_id", "=", id)
          .where("account_id", "=", account)
          .where("at", ">", plusDays(now, -maxAgeHours / 24))
          .executeTakeFirst();
        return row?.sections ?? null;
      }),
    cacheAccount: (account, sections, at) =>
      database.asTenant(id, async (db) => {
        const values = { sections: JSON.stringify(sections), at };
        await db
          .insertInto("account_cache")
          .values({ installation_id: id, account_id: account, ...values })
          .onConflict((conflict) => conflict.columns(["installation_id", "account_id"]).doUpdateSet(values))
          .execute();
      }),
    historiesOf: (account, by) =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("account_history")
          .select(["heads", "sections", "at"])
          .where("installation_id", "=", id)
          .where("account_id", "=", account)
          .where("reader", "=", by)
          .executeTakeFirst();
        return row ?? null;
      }),
    keepHistories: (account, { heads, sections, by, ties }, at) =>
      database.asTenant(id, async (db) => {
        const values = { heads, sections: JSON.stringify(sections), at };
        await db
          .insertInto("account_history")
          .values({ installation_id: id, account_id: account, reader: by, ...values })
          .onConflict((conflict) => conflict.columns(["installation_id", "account_id", "reader"]).doUpdateSet(values))
          .execute();
        if (ties !== undefined) await replaceTies(db, id, { account, reader: by, ties });
      }),
    snapshotsOf: (account) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("account_snapshot")
          .select(["at", "login_hash", "owned_count"])
          .where("installation_id", "=", id)
          .where("account_id", "=", account)
          .orderBy("at")
          .execute();
        return rows.map((row) => ({ at: row.at, loginHash: row.login_hash, ownedCount: row.owned_count }));
      }),
    addSnapshot: (account, { at, loginHash, ownedCount }) =>
      database.asTenant(id, async (db) => {
        await db
          .insertInto("account_snapshot")
          .values({ installation_id: id, account_id: account, at, login_hash: loginHash, owned_count: ownedCount })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
  };
}
