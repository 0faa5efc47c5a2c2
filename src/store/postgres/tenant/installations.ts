import { type Selectable, sql } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import { noticesOf } from "../../../job/identity.ts";
import { lanesOf } from "../../../job/lane.ts";
import type { Installation, TenantInstallation } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { type InstallationTable, TENANT_TABLES } from "../schema.ts";

/** The installation itself, and what ends it. */
export function installationOf(
  database: Database,
  id: InstallationId,
): Omit<TenantInstallation, "renameRepository" | "renameOwner"> {
  const change = (values: { readonly paused: boolean } | { readonly publication: "shadow" | "live" }) =>
    database.asTenant(id, async (db) => {
      await db.updateTable("installation").set(values).where("installation_id", "=", id).execute();
    });
  return {
    installation: () =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("installation")
          .selectAll()
          .where("installation_id", "=", id)
          .executeTakeFirst();
        return row ? toInstallation(row) : null;
      }),
    saveInstallation: (installation) =>
      database.asTenant(id, async (db) => {
        const values = {
          account_id: installation.accountId,
          account_login: installation.accountLogin,
          account_type: installation.accountType,
          permissions: JSON.stringify(installation.permissions),
          created_at: installation.createdAt,
        };
        await db
          .insertInto("installation")
          .values({ installation_id: id, ...values })
          .onConflict((conflict) => conflict.column("installation_id").doUpdateSet(values))
          .execute();
      }),
    setPaused: (paused) => change({ paused }),
    voidRights: () =>
      database.asTenant(id, async (db) => {
        await db
          .updateTable("installation")
          .set((row) => ({ rights_generation: row("rights_generation", "+", 1) }))
          .where("installation_id", "=", id)
          .execute();
      }),
    setPublication: (publication) => change({ publication }),
    purge: () => purge(database, id),
    forgetRepositories: (ids) =>
      database.asTenant(id, async (db) => {
        if (ids.length === 0) return;
        for (const table of [
          "report",
          "triage_run",
          "door",
          "flag",
          "unreviewed_push",
          "exposure_decision",
          "grant_record",
          "referral",
          "policy",
        ] as const)
          await db
            .deleteFrom(table)
            .where("installation_id", "=", id)
            .where("repository_id", "in", [...ids])
            .execute();
        // What an audit was told of them so far.
        await db.deleteFrom("audit_reading").where("installation_id", "=", id).execute();
      }),
  };
}

/** As the program, because no tenant may delete from its trail. Work that waits for the tenant goes too. */
async function purge(database: Database, id: InstallationId): Promise<void> {
  await database.transaction(async (db) => {
    for (const table of TENANT_TABLES)
      await sql`delete from ${sql.table(table)} where installation_id = ${id}`.execute(db);
    await db.deleteFrom("circuit").where("scope", "=", id).execute();
    await sql`delete from job where (lane = any (${lanesOf(id)}::bigint[]) or starts_with(key, ${noticesOf(id)}))
      and state <> 'running'`.execute(db);
    // Of a delivery that was given up its GUID stays, so that one that comes again is known.
    await sql`update delivery set state = 'planned', payload = null, because = null
      where state = 'discarded' and guid like ${`%@${id}`}`.execute(db);
  });
}

/** Every known installation, by id; as the program. */
export async function allInstallations(database: Database): Promise<readonly Installation[]> {
  const rows = await database.query((db) =>
    db.selectFrom("installation").selectAll().orderBy("installation_id").execute(),
  );
  return rows.map(toInstallation);
}

const toInstallation = (row: Selectable<InstallationTable>): Installation => ({
  id: row.installation_id,
  accountId: row.account_id,
  accountLogin: row.account_login,
  accountType: row.account_type,
  permissions: row.permissions,
  paused: row.paused,
  rightsGeneration: row.rights_generation,
  publication: row.publication,
  createdAt: row.created_at,
});
