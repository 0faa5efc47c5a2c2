import type { InstallationId } from "../../../ids.ts";
import type { TenantReports } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { readReportsOf } from "./read-reports.ts";
import { toRow } from "./report-rows.ts";

/** Assessments with what they rest on. */
export function reportsOf(database: Database, id: InstallationId): Omit<TenantReports, "noteTriage" | "triagesSince"> {
  return {
    ...readReportsOf(database, id),
    saveReport: (report, { newDiff } = { newDiff: false }) =>
      database.asTenant(id, async (db) => {
        const { reviewed, ...values } = toRow(report);
        await db
          .insertInto("report")
          .values({ ...values, reviewed })
          .onConflict((conflict) =>
            conflict.columns(["installation_id", "subject"]).doUpdateSet((row) => ({
              ...values,
              // A maintainer looked at this head; looking at it again with the same engine does not undo that.
              reviewed: newDiff
                ? row.ref("excluded.reviewed")
                : row.fn.coalesce("excluded.reviewed", "report.reviewed"),
            })),
          )
          .execute();
      }),
    markReviewed: (repository, headSha, { accountId, login, at }) =>
      database.asTenant(id, async (db) => {
        const marked = await db
          .updateTable("report")
          .set({ reviewed: JSON.stringify({ byAccountId: accountId, byLogin: login, at }) })
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("head_sha", "=", headSha)
          // Whoever looked first stays, whoever presses later.
          .where("reviewed", "is", null)
          .returning("id")
          .execute();
        return marked.map((row) => row.id);
      }),
    closePullRequest: (repository, number, at) =>
      database.asTenant(id, async (db) => {
        await db
          .updateTable("report")
          .set({ closed_at: at })
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("pull_request_number", "=", number)
          .execute();
      }),
  };
}
