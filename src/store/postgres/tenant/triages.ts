import type { InstallationId } from "../../../ids.ts";
import type { TenantStore } from "../../store.ts";
import type { Database } from "../engine/database.ts";

/** When pull requests were assessed, for the brake; numbers alone. */
export function triagesOf(database: Database, id: InstallationId): Pick<TenantStore, "noteTriage" | "triagesSince"> {
  return {
    noteTriage: ({ repository, number, author }, at) =>
      database.asTenant(id, async (db) => {
        const about = { repository_id: repository, pull_request_number: number, account_id: author };
        await db
          .insertInto("triage_run")
          .values({ installation_id: id, ...about, at })
          .execute();
      }),
    triagesSince: ({ repository, number, author }, since) =>
      database.asTenant(id, async (db) => {
        const runs = await db
          .selectFrom("triage_run")
          .selectAll()
          .where("installation_id", "=", id)
          .where("at", ">=", since)
          .execute();
        const own = runs.filter((run) => run.repository_id === repository && run.pull_request_number === number);
        const authors = runs.filter((run) => author !== null && run.account_id === author);
        return { ofPullRequest: own.map(({ at }) => at), ofAuthor: authors.map(({ at }) => at) };
      }),
  };
}
