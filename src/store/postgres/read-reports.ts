import type { Transaction } from "kysely";
import type { InstallationId } from "../../ids.ts";
import type { TenantStore } from "../store.ts";
import type { Database } from "./database.ts";
import { toReport } from "./report-rows.ts";
import type { Tables } from "./schema.ts";

type Methods = Pick<
  TenantStore,
  "report" | "reportsOfHead" | "reportsOfPullRequest" | "latestReportOf" | "recentReports"
>;

/** Reports as they are looked up, newest first. */
export function readReportsOf(database: Database, id: InstallationId): Methods {
  const newest = (db: Transaction<Tables>) =>
    db.selectFrom("report").where("installation_id", "=", id).orderBy("created_at", "desc").orderBy("id");
  return {
    report: (reportId) =>
      database.asTenant(id, async (db) => {
        const row = await newest(db).selectAll().where("id", "=", reportId).executeTakeFirst();
        return row ? toReport(row) : null;
      }),
    reportsOfHead: (repository, headSha) =>
      database.asTenant(id, async (db) => {
        const rows = await newest(db)
          .selectAll()
          .where("repository_id", "=", repository)
          .where("head_sha", "=", headSha)
          .execute();
        return rows.map(toReport);
      }),
    reportsOfPullRequest: (repository, number) =>
      database.asTenant(id, async (db) => {
        const rows = await newest(db)
          .select(["id", "created_at", "assessment"])
          .where("repository_id", "=", repository)
          .where("pull_request_number", "=", number)
          .execute();
        return rows.map((row) => ({ id: row.id, createdAt: row.created_at, assessment: row.assessment }));
      }),
    latestReportOf: (account) =>
      database.asTenant(id, async (db) => {
        const row = await newest(db).selectAll().where("account_id", "=", account).limit(1).executeTakeFirst();
        return row ? toReport(row) : null;
      }),
    recentReports: (limit) =>
      database.asTenant(id, async (db) => (await newest(db).selectAll().limit(limit).execute()).map(toReport)),
  };
}
