import type { Insertable, Selectable } from "kysely";
import { dossier } from "../../../dossier/dossier.ts";
import type { ListedReport, Report } from "../../store.ts";
import type { ReportHead, ReportTable } from "../schema.ts";

/** A report as its row: what is searched for in columns, the rest in documents. */
export function toRow(report: Report): Insertable<ReportTable> {
  const { kind, repositoryOwner, repositoryName, pullRequest, login, engine, decision } = report;
  const head: ReportHead = { kind, repositoryOwner, repositoryName, pullRequest, login, engine, decision };
  return {
    id: report.id,
    installation_id: report.installationId,
    subject: subjectOf(report),
    repository_id: report.repositoryId,
    pull_request_number: pullRequest?.number ?? null,
    head_sha: pullRequest?.headSha ?? null,
    account_id: report.accountId,
    created_at: report.createdAt,
    closed_at: report.closedAt,
    evidence_erased: report.evidenceErased,
    head: JSON.stringify(head),
    assessment: JSON.stringify(report.assessment),
    dossier: JSON.stringify(report.dossier),
    reviewed: report.reviewed ? JSON.stringify(report.reviewed) : null,
  };
}

const subjectOf = ({ repositoryId, pullRequest, accountId, engine }: Report): string =>
  pullRequest
    ? `pull_request:${repositoryId}:${pullRequest.number}:${pullRequest.headSha}:${engine}`
    : `collaborator:${repositoryId}:${accountId}:${engine}`;

/** Columns of a report without its dossier. */
export const LISTED_COLUMNS = [
  "id",
  "installation_id",
  "repository_id",
  "account_id",
  "head",
  "assessment",
  "created_at",
  "closed_at",
  "evidence_erased",
  "reviewed",
] as const satisfies readonly (keyof ReportTable)[];

/** A row as the report it was made from; sections that were not known then were not asked for. */
export const toReport = (row: Selectable<ReportTable>): Report => ({
  ...toListed(row),
  dossier: dossier(row.dossier, row.dossier.sections),
});

export const toListed = (row: Pick<Selectable<ReportTable>, (typeof LISTED_COLUMNS)[number]>): ListedReport => ({
  ...row.head,
  id: row.id,
  installationId: row.installation_id,
  repositoryId: row.repository_id,
  accountId: row.account_id,
  assessment: row.assessment,
  createdAt: row.created_at,
  closedAt: row.closed_at,
  evidenceErased: row.evidence_erased,
  reviewed: row.reviewed,
});
