import { type InstallationId, repositoryId } from "../../../ids.ts";
import type { TenantPolicies } from "../../store.ts";
import type { Database } from "../engine/database.ts";

/** Policy files as last read. */
export function policiesOf(database: Database, id: InstallationId): TenantPolicies {
  return {
    policy: (repository) =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("policy")
          .select("document")
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository ?? ORGANISATION)
          .executeTakeFirst();
        return row?.document ?? null;
      }),
    repositoryPolicies: () =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("policy")
          .select(["repository_id", "document"])
          .where("installation_id", "=", id)
          .where("repository_id", "<>", ORGANISATION)
          .orderBy("repository_id")
          .execute();
        return new Map(rows.map(({ repository_id, document }) => [repositoryId(repository_id), document]));
      }),
    savePolicy: (repository, policy) =>
      database.asTenant(id, async (db) => {
        const document = JSON.stringify(policy);
        await db
          .insertInto("policy")
          .values({ installation_id: id, repository_id: repository ?? ORGANISATION, document })
          .onConflict((conflict) => conflict.columns(["installation_id", "repository_id"]).doUpdateSet({ document }))
          .execute();
      }),
  };
}

/** Stands for "no repository": a primary key holds no null. */
const ORGANISATION = 0;
