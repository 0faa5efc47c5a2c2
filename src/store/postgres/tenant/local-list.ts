import type { Selectable, Transaction } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { KeptEntry, TenantLocalList } from "../../local-list.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { Tables } from "../schema.ts";
import type { LocalListTable } from "./tables.ts";

/** The organisation's own vouches and warnings. */
export function localListOf(database: Database, id: InstallationId): TenantLocalList {
  const asTenant = <T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T> => database.asTenant(id, work);
  const standing = (db: Transaction<Tables>, now: Instant) =>
    db
      .selectFrom("local_list")
      .selectAll()
      .where("installation_id", "=", id)
      .where("until", ">", now)
      .where("withdrawn_at", "is", null);
  return {
    localList: (account, { repository, now }) =>
      asTenant(async (db) => {
        const rows = await standing(db, now).where("account_id", "=", account).orderBy("id").execute();
        return {
          entries: rows
            .filter((row) => counts(row) && (row.repository_id === null || row.repository_id === repository))
            .map(({ disposition, reason, by_account_id: byAccountId, at, until }) => ({
              ...{ disposition, reason, byAccountId, at, until },
            })),
        };
      }),
    endedEntries: (now) => asTenant((db) => ended(db, id, now)),
    listEntries: (account, now) =>
      asTenant(async (db) => {
        const rows = await standing(db, now).where("account_id", "=", account).orderBy("id", "desc").execute();
        return rows.map(toEntry);
      }),
    addToLocalList: (account, { disposition, reason, by, repository, at, until }) =>
      asTenant(async (db) => {
        await db
          .insertInto("local_list")
          .values({
            installation_id: id,
            account_id: account,
            disposition,
            reason: storable(reason),
            by_account_id: by.accountId,
            by_login: storable(by.login),
            repository_id: repository,
            at,
            until,
          })
          .execute();
      }),
    confirmEntry: (entry, by: AccountId, now) =>
      asTenant(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable("local_list")
          .set({ confirmed_by: by })
          .where("installation_id", "=", id)
          .where("id", "=", entry)
          .where("disposition", "=", "denounced")
          .where("confirmed_by", "is", null)
          .where("withdrawn_at", "is", null)
          .where("until", ">", now)
          .where("by_account_id", "<>", by)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    withdrawEntry: (entry, at) =>
      asTenant(async (db) => {
        const row = await db
          .updateTable("local_list")
          .set({ withdrawn_at: at })
          .where("installation_id", "=", id)
          .where("id", "=", entry)
          .where("withdrawn_at", "is", null)
          .returningAll()
          .executeTakeFirst();
        return row ? toEntry(row) : null;
      }),
  };
}

async function ended(db: Transaction<Tables>, id: InstallationId, now: Instant): Promise<readonly KeptEntry[]> {
  const rows = await db
    .selectFrom("local_list")
    .selectAll()
    .where("installation_id", "=", id)
    .where("until", "<=", now)
    .where("withdrawn_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.filter(counts).map(toEntry);
}

/** A warning by one person counts for nothing. */
const counts = ({ disposition, confirmed_by }: Selectable<LocalListTable>): boolean =>
  disposition === "vouched" || confirmed_by !== null;

const toEntry = (row: Selectable<LocalListTable>): KeptEntry => ({
  id: row.id,
  account: row.account_id,
  disposition: row.disposition,
  reason: row.reason,
  by: { accountId: row.by_account_id, login: row.by_login },
  repository: row.repository_id,
  at: row.at,
  until: row.until,
  confirmedBy: row.confirmed_by,
});
