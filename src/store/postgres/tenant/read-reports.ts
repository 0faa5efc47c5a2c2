import type { Transaction } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import type { TenantReports } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";
import { LISTED_COLUMNS, toListed, toReport } from "./report-rows.ts";

type ReadMethods = Omit<
  TenantReports,
  "saveReport" | "markReviewed" | "markAccessReviewed" | "closePullRequest" | "noteTriage" | "triagesSince"
>;

type Looks = "reportsOfPullRequest" | "lookToCompare";

/** Reports as they are looked up, newest first. */
export const readReportsOf = (database: Database, id: InstallationId): ReadMethods => ({
  ...reportsOn(database, id),
  ...looksAt(database, id),
});

const newestOf = (id: InstallationId) => (db: Transaction<Tables>) =>
  db.selectFrom("report").where("installation_id", "=", id).orderBy("created_at", "desc").orderBy("id");

/** The looks at one pull request, whatever its head was. */
function looksAt(database: Database, id: InstallationId): Pick<ReadMethods, Looks> {
  const newest = newestOf(id);
  return {
    reportsOfPullRequest: (repository, number) =>
      database.asTenant(id, async (db) => {
        const rows = await newest(db)
          .select(["id", "created_at", "assessment", "reviewed"])
          .where("repository_id", "=", repository)
          .where("pull_request_number", "=", number)
          .execute();
        return rows.map(({ created_at: createdAt, ...row }) => ({ ...row, createdAt }));
      }),
    lookToCompare: (repository, number) =>
      database.asTenant(id, async (db) => {
        const all = db
          .selectFrom("report")
          .selectAll()
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("pull_request_number", "=", number)
          .where("evidence_erased", "=", false)
          .limit(1);
        const reviewed = all.where("reviewed", "is not", null).orderBy("created_at", "desc").orderBy("id");
        const row =
          (await reviewed.executeTakeFirst()) ?? (await all.orderBy("created_at").orderBy("id").executeTakeFirst());
        return row ? toReport(row) : null;
      }),
  };
}

function reportsOn(database: Database, id: InstallationId): Omit<ReadMethods, Looks> {
  const newest = newestOf(id);
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
    reportsOfHolder: (repository, account) =>
      database.asTenant(id, async (db) => {
        const rows = await newest(db)
          .selectAll()
          .where("account_id", "=", account)
          .where("repository_id", "=", repository)
          .where("pull_request_number", "is", null)
          .execute();
        return rows.map(toReport);
      }),
    reportsOfAccount: (account, limit) =>
      database.asTenant(id, async (db) => {
        const rows = await newest(db).select(LISTED_COLUMNS).where("account_id", "=", account).limit(limit).execute();
        return rows.map(toListed);
      }),
    latestReportOf: (account) =>
      database.asTenant(id, async (db) => {
        const row = await newest(db).selectAll().where("account_id", "=", account).limit(1).executeTakeFirst();
        return row ? toReport(row) : null;
      }),
    reports: (ids) =>
      database.asTenant(id, async (db) => {
        if (ids.length === 0) return [];
        const rows = await newest(db)
          .selectAll()
          .where("id", "in", [...ids])
          .execute();
        return rows.map(toReport);
      }),
    recentPlaces: (limit) =>
      database.asTenant(id, async (db) => {
        const columns = ["id", "installation_id", "repository_id", "account_id", "head"] as const;
        const rows = await newest(db).select(columns).limit(limit).execute();
        return rows.map(({ head: { repositoryOwner, repositoryName }, ...row }) => ({
          ...{ id: row.id, installationId: row.installation_id, repositoryId: row.repository_id },
          ...{ repositoryOwner, repositoryName, accountId: row.account_id },
        }));
      }),
    listReports: (about) =>
      database.asTenant(id, async (db) => {
        const everything = newest(db).select(LISTED_COLUMNS);
        const place = "repository" in about ? about.repository : undefined;
        const all = place === undefined ? everything : everything.where("repository_id", "=", place);
        if ("ids" in about) {
          const rows = about.ids.length === 0 ? [] : await all.where("id", "in", [...about.ids]).execute();
          return rows.map(toListed);
        }
        const wanted = about.waiting ? all.where("reviewed", "is", null).where("closed_at", "is", null) : all;
        return (await wanted.limit(about.limit).execute()).map(toListed);
      }),
    recentReports: (limit) =>
      database.asTenant(id, async (db) => (await newest(db).selectAll().limit(limit).execute()).map(toReport)),
  };
}
