import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Instant } from "../../../clock.ts";
import { dossier } from "../../../dossier/dossier.ts";
import type { InstallationId } from "../../../ids.ts";
import type { Tables } from "../schema.ts";
import { COUNTED, countSignals } from "../signal-counts.ts";

/** Reports of one tenant, all or of one repository, made before a moment. */
export interface Expired {
  readonly id: InstallationId;
  readonly repository: number | null;
  readonly before: Instant;
}

/** Deletes reports of a tenant; what stays is how many there were of each band in a month, and how often signals were right. */
export async function countAndDeleteReports(
  db: Transaction<Tables>,
  id: InstallationId,
  which: RawBuilder<boolean>,
): Promise<number> {
  const gone = await db
    .deleteFrom("report")
    .where(which)
    .returning(["created_at", ...COUNTED])
    .execute();
  await countSignals(db, id, gone);
  // Counted here and not in SQL: evidence may hold characters that the database's JSON functions refuse.
  const groups = Map.groupBy(gone, ({ created_at, assessment: { persona, change, access } }) =>
    [created_at.slice(0, "YYYY-MM".length), persona.band, change.level, access.level].join(),
  );
  for (const [group, { length: count }] of groups) {
    const [month = "", persona = "", change = "", access = ""] = group.split(",");
    await db
      .insertInto("band_count")
      .values({ installation_id: id, month, persona, change, access, count })
      .onConflict((conflict) =>
        conflict
          .columns(["installation_id", "month", "persona", "change", "access"])
          .doUpdateSet({ count: sql`band_count.count + excluded.count` }),
      )
      .execute();
  }
  return gone.length;
}

/** Bands stay, what they rest on goes: the dossier, the title, and what findings and advice quote. */
export async function eraseEvidence(db: Transaction<Tables>, expired: Expired): Promise<number> {
  const reports = await db
    .selectFrom("report")
    .select(["id", "head", "assessment", "dossier"])
    .where(matching(expired))
    .where("evidence_erased", "=", false)
    .limit(ERASED_AT_ONCE)
    .execute();
  for (const report of reports) {
    const { asOf, subject } = report.dossier;
    const findings = report.assessment.findings.map((finding) => ({ ...finding, evidence: [], unknownBecause: null }));
    const pullRequest = report.head.pullRequest && { ...report.head.pullRequest, title: "" };
    await db
      .updateTable("report")
      .set({
        evidence_erased: true,
        dossier: JSON.stringify(dossier({ asOf, subject }, {})),
        assessment: JSON.stringify({ ...report.assessment, findings }),
        head: JSON.stringify({ ...report.head, pullRequest, decision: { ...report.head.decision, advice: [] } }),
      })
      .where("installation_id", "=", expired.id)
      .where("id", "=", report.id)
      .execute();
  }
  return reports.length;
}

/** Bounds one transaction; a sweep every day gets through any backlog. */
const ERASED_AT_ONCE = 5_000;

export const matching = ({ id, repository, before }: Expired) =>
  repository === null
    ? sql<boolean>`installation_id = ${id} and created_at < ${before}`
    : sql<boolean>`installation_id = ${id} and created_at < ${before} and repository_id = ${repository}`;
