import type { InstallationId } from "../../../ids.ts";
import type { Reviewer, TenantReports } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import { readReportsOf } from "./read-reports.ts";
import { toRow } from "./report-rows.ts";

/** Assessments with what they rest on. */
export function reportsOf(database: Database, id: InstallationId): Omit<TenantReports, "noteTriage" | "triagesSince"> {
  return {
    ...readReportsOf(database, id),
    saveReport: (report, { lookAgain } = { lookAgain: false }) =>
      database.asTenant(id, async (db) => {
        const { reviewed, ...values } = toRow(report);
        await db
          .insertInto("report")
          .values({ ...values, reviewed })
          .onConflict((conflict) =>
            conflict.columns(["installation_id", "subject"]).doUpdateSet((row) => ({
              ...values,
              // A maintainer looked at this; looking at it again with the same engine does not undo that.
              reviewed: lookAgain
                ? row.ref("excluded.reviewed")
                : row.fn.coalesce("excluded.reviewed", "report.reviewed"),
            })),
          )
          .execute();
      }),
    markReviewed: (repository, headSha, by) =>
      database.asTenant(id, async (db) => {
        const marked = await db
          .updateTable("report")
          .set({ reviewed: reviewedBy(by) })
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("head_sha", "=", headSha)
          // Whoever looked first stays, whoever presses later.
          .where("reviewed", "is", null)
          .returning("id")
          .execute();
        return marked.map((row) => row.id);
      }),
    markAccessReviewed: (reportId, by) =>
      database.asTenant(id, async (db) => {
        const { numUpdatedRows } = await db
          .updateTable("report")
          .set({ reviewed: reviewedBy(by) })
          .where("installation_id", "=", id)
          .where("id", "=", reportId)
          .where("pull_request_number", "is", null)
          .where("reviewed", "is", null)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
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

const reviewedBy = ({ accountId: byAccountId, login: byLogin, at, verdict }: Reviewer): string =>
  JSON.stringify({ byAccountId, byLogin, at, ...(verdict && { verdict }) });
