import { sql, type Transaction } from "kysely";
import type { Instant } from "../../clock.ts";
import { dossier } from "../../dossier/dossier.ts";
import type { InstallationId } from "../../ids.ts";
import type { Tables } from "./schema.ts";

/** Reports of one tenant, all or of one repository, made before a moment. */
export interface Expired {
  readonly id: InstallationId;
  readonly repository: number | null;
  readonly before: Instant;
}

/** Deletes them; what stays is how many there were of each band in a month. */
export async function countAndDeleteReports(db: Transaction<Tables>, expired: Expired): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from report where ${matching(expired)} returning created_at, assessment
    ), counted as (
      insert into band_count (installation_id, month, persona, change, access, count)
      select ${expired.id}::bigint, to_char(created_at, 'YYYY-MM'), assessment -> 'persona' ->> 'band',
        assessment -> 'change' ->> 'level', assessment -> 'access' ->> 'level', count(*)
      from gone group by 2, 3, 4, 5
      on conflict (installation_id, month, persona, change, access)
      do update set count = band_count.count + excluded.count
    )
    select count(*) as count from gone`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Bands stay, what they rest on goes: the dossier, the title, and what each finding quotes. */
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
        head: JSON.stringify({ ...report.head, pullRequest }),
      })
      .where("installation_id", "=", expired.id)
      .where("id", "=", report.id)
      .execute();
  }
  return reports.length;
}

/** Bounds one transaction; a sweep every day gets through any backlog. */
const ERASED_AT_ONCE = 5_000;

const matching = ({ id, repository, before }: Expired) =>
  repository === null
    ? sql<boolean>`installation_id = ${id} and created_at < ${before}`
    : sql<boolean>`installation_id = ${id} and created_at < ${before} and repository_id = ${repository}`;
