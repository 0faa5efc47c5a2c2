import type { InstallationId } from "../../../ids.ts";
import type { TenantStore } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";

/** The organisation's own vouches and denouncements. */
export function localListOf(database: Database, id: InstallationId): Pick<TenantStore, "localList" | "addToLocalList"> {
  return {
    localList: (account, now) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("local_list")
          .selectAll()
          .where("installation_id", "=", id)
          .where("account_id", "=", account)
          .where("until", ">", now)
          .orderBy("id")
          .execute();
        return {
          entries: rows.map(({ disposition, reason, by_account_id, at, until }) => ({
            disposition,
            reason,
            byAccountId: by_account_id,
            at,
            until,
          })),
        };
      }),
    addToLocalList: (account, { disposition, reason, byAccountId, at, until }) =>
      database.asTenant(id, async (db) => {
        await db
          .insertInto("local_list")
          .values({
            installation_id: id,
            account_id: account,
            disposition,
            reason: storable(reason),
            by_account_id: byAccountId,
            at,
            until,
          })
          .execute();
      }),
  };
}
