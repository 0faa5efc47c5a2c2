import type { Selectable, Transaction } from "kysely";
import { covers, type Flag, type FlagState } from "../../../access/flag.ts";
import type { InstallationId } from "../../../ids.ts";
import type { RaisedFlag, TenantFlags, TenantStore } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { FlagTable, Tables } from "../schema.ts";

/** Flags and what people decided about them. */
export function flagsOf(database: Database, id: InstallationId): TenantFlags {
  return {
    raiseFlag: (flag) => database.asTenant(id, (db) => raise(db, id, flag)),
    flags: (filter) =>
      database.asTenant(id, async (db) => {
        const all = db.selectFrom("flag").selectAll().where("installation_id", "=", id);
        const wanted = filter === "open" ? all.where("stage", "=", "open") : all;
        return (await wanted.orderBy("raised_at", "desc").orderBy("id").execute()).map(toFlag);
      }),
    flag: (flagId) =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("flag")
          .selectAll()
          .where("installation_id", "=", id)
          .where("id", "=", flagId)
          .executeTakeFirst();
        return row ? toFlag(row) : null;
      }),
    acknowledgeFlag: (flagId, { accountId, login, reason, at, outcome, until }) =>
      database.asTenant(id, async (db) => {
        const state: FlagState = {
          kind: "acknowledged",
          byAccountId: accountId,
          byLogin: login,
          reason: storable(reason),
          at,
          outcome,
          ...(until !== null && { until }),
        };
        const result = await db
          .updateTable("flag")
          .set(staged(state))
          .where("installation_id", "=", id)
          .where("id", "=", flagId)
          .where("stage", "=", "open")
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
    closeFlagsOfGrant: (repository, account, at) =>
      database.asTenant(id, async (db) => {
        const result = await db
          .updateTable("flag")
          .set(staged({ kind: "grant_gone", at }))
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("account_id", "=", account)
          .where("stage", "<>", "grant_gone")
          .executeTakeFirst();
        return Number(result.numUpdatedRows);
      }),
  };
}

/** The flag, new or renewed; null when what a person has decided covers it. */
async function raise(
  db: Transaction<Tables>,
  id: InstallationId,
  flag: Parameters<TenantStore["raiseFlag"]>[0],
): Promise<RaisedFlag | null> {
  // Locked, so that nobody decides between this look and what is written after it.
  const known = await db
    .selectFrom("flag")
    .selectAll()
    .where("installation_id", "=", id)
    .where("repository_id", "=", flag.repositoryId)
    .where("account_id", "=", flag.accountId)
    .forUpdate()
    .execute();
  const earlier = known.map(toFlag);
  if (earlier.some((decided) => covers(decided, flag))) return null;
  const renewed = {
    repository_name: flag.repositoryName,
    login: flag.login,
    role: flag.role,
    via: flag.via,
    band: flag.band,
    because: storable(flag.because),
    report_id: flag.reportId,
  };
  const row = await db
    .insertInto("flag")
    .values({
      ...renewed,
      id: flag.id,
      installation_id: id,
      repository_id: flag.repositoryId,
      account_id: flag.accountId,
      raised_at: flag.raisedAt,
      ...staged({ kind: "open" }),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "repository_id", "account_id"])
        .where("stage", "=", "open")
        .doUpdateSet(renewed),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...toFlag(row), told: row.told_at !== null };
}

const staged = (state: FlagState) => ({ stage: state.kind, state: JSON.stringify(state) });

export const toFlag = (row: Selectable<FlagTable>): Flag => ({
  id: row.id,
  installationId: row.installation_id,
  repositoryId: row.repository_id,
  repositoryName: row.repository_name,
  accountId: row.account_id,
  login: row.login,
  role: row.role,
  via: row.via,
  band: row.band,
  because: row.because,
  reportId: row.report_id,
  raisedAt: row.raised_at,
  state: row.state,
});
