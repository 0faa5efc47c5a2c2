import { sql, type Transaction } from "kysely";
import type { InstallationId, RepositoryId } from "../../../ids.ts";
import type { TenantStore } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";

/** The names that doors, reports and flags carry as labels, when GitHub has new ones. */
export function namesOf(database: Database, id: InstallationId): Pick<TenantStore, "renameRepository" | "renameOwner"> {
  return {
    renameRepository: (repository, { owner, name }) =>
      database.asTenant(id, async (db) => {
        const mine = sql<boolean>`installation_id = ${id} and repository_id = ${repository}`;
        await db.updateTable("door").set({ repository_owner: owner, repository_name: name }).where(mine).execute();
        await db.updateTable("flag").set({ repository_name: name }).where(mine).execute();
        await db
          .updateTable("unreviewed_push")
          .set({ repository_owner: owner, repository_name: name })
          .where(mine)
          .execute();
        await relabelReports(db, id, { repository, labels: { repositoryOwner: owner, repositoryName: name } });
      }),
    renameOwner: (owner) =>
      database.asTenant(id, async (db) => {
        for (const table of ["door", "unreviewed_push"] as const)
          await db.updateTable(table).set({ repository_owner: owner }).where("installation_id", "=", id).execute();
        await relabelReports(db, id, { repository: null, labels: { repositoryOwner: owner } });
      }),
  };
}

/** One by one: `head` holds titles with any character, which the database's own JSON functions may refuse. */
async function relabelReports(
  db: Transaction<Tables>,
  id: InstallationId,
  change: {
    readonly repository: RepositoryId | null;
    readonly labels: { readonly repositoryOwner: string; readonly repositoryName?: string };
  },
): Promise<void> {
  const all = db.selectFrom("report").select(["id", "head"]).where("installation_id", "=", id);
  const found = await (change.repository === null ? all : all.where("repository_id", "=", change.repository)).execute();
  for (const report of found)
    await db
      .updateTable("report")
      .set({ head: JSON.stringify({ ...report.head, ...change.labels }) })
      .where("installation_id", "=", id)
      .where("id", "=", report.id)
      .execute();
}
