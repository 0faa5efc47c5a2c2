import type { ExposureDecision } from "../../../src/access/exposure-decision.ts";
import type { Flag } from "../../../src/access/flag.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import type { GrantRecord } from "../../../src/access/lines/grant-record.ts";
import { plusDays } from "../../../src/clock.ts";
import { auditOrganizationFlow } from "../../../src/flows/jobs/audit-organization.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { ReadingProgress, Report, StoredAudit } from "../../../src/store/store.ts";
import { octoOrg } from "../../access/graphs.ts";
import { yes } from "../../dossier/played-gateway.ts";
import { aReport } from "../../store/samples.ts";
import { type Given, INSTALLATION, NOW, scene } from "../scene.ts";

export const JOB = { kind: "audit-organization", installationId: installationId(1), first: false } as const;

/** A report on an account's access that is so many days old. */
export function reportOf(days: number, band: Report["assessment"]["persona"]["band"] = "none"): Report {
  const report = aReport(INSTALLATION.id, {
    ...{ kind: "collaborator", pullRequest: null, accountId: accountId(4), createdAt: plusDays(NOW, -days) },
  });
  const { assessment } = report;
  return { ...report, assessment: { ...assessment, persona: { ...assessment.persona, band } } };
}

export interface About {
  readonly snapshot?: AccessSnapshot;
  readonly previous?: AccessSnapshot | null;
  /** The report of the audit before, as it was stored. */
  readonly earlier?: { readonly id: string; readonly report: unknown } | null;
  /** An audit that ended in the middle. */
  readonly unfinished?: ReadingProgress;
  readonly flags?: readonly Flag[];
  readonly ledger?: readonly GrantRecord[];
  readonly decisions?: readonly ExposureDecision[];
  readonly reports?: Readonly<Record<string, Report | null>>;
  readonly job?: Parameters<typeof auditOrganizationFlow>[1];
}

/** This organisation, where everybody was looked at yesterday unless `reports` says otherwise, by account. */
export function organization(about: About, more: Given) {
  const { snapshot = octoOrg(), previous = null, flags = [], reports = {} } = about;
  return scene({
    ...more,
    gateway: {
      accessSnapshot: async () => yes(snapshot),
      lastActivity: async () => yes({ lastActAt: NOW, searchedSince: plusDays(NOW, -400) }),
      loginOf: async (id) => yes(`login-${id}`),
      role: async () => yes("admin"),
      ...more.gateway,
    },
    tenant: {
      auditHeads: async () => [],
      readingProgress: async () => about.unfinished ?? null,
      beginReading: async (next) => about.unfinished ?? next,
      endReading: async () => {},
      latestSnapshot: async () => previous,
      latestReport: async () => about.earlier ?? null,
      exposureDecisions: async () => about.decisions ?? [],
      flags: async (filter) => flags.filter(({ state }) => filter === "all" || state.kind === "open"),
      closeFlagsOfGrant: async () => 1,
      grantRecords: async () => about.ledger ?? [],
      grantsSeen: async () => {},
      latestReportOf: async (id) => (String(id) in reports ? (reports[id] ?? null) : reportOf(1)),
      reportsOfHolder: async () => [],
      raiseFlag: async () => null,
      saveAudit: async () => {},
      ...more.tenant,
    },
  });
}

export async function audited(about: About = {}, more: Given = {}) {
  const stage = organization(about, more);
  const outcome = await auditOrganizationFlow(stage.context, about.job ?? JOB);
  const [audit] = stage.did("saveAudit").map(([saved]) => saved as StoredAudit);
  return { ...stage, outcome, audit };
}
