import type { AccessSnapshot } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import type { Instant } from "../../src/clock.ts";
import type { Delivery } from "../../src/delivery/delivery.ts";
import { dossier, present } from "../../src/dossier/dossier.ts";
import { accountId, type InstallationId, installationId, repositoryId } from "../../src/ids.ts";
import type { Job, JobOf, RepositoryRef } from "../../src/job/job.ts";
import type { Report, Store, StoredAudit, TenantStore } from "../../src/store/store.ts";
import { octoOrg } from "../access/graphs.ts";

export const NOW: Instant = "2026-03-02T10:00:00.000Z";

let lastNumber = 1_000;
/** A number nobody else in this process has. */
export const nextNumber = (): number => {
  lastNumber += 1;
  return lastNumber;
};
export const nextInstallation = (): InstallationId => installationId(nextNumber());
/** The rows of an installation that has none yet. */
export function newTenant(store: Store): TenantStore & { readonly id: InstallationId } {
  const id = nextInstallation();
  return { ...store.tenant(id), id };
}

const ADA = { id: accountId(11), login: "ada-example", node_id: "U_11", type: "User" };
export const REPOSITORY: RepositoryRef = {
  id: repositoryId(5),
  nodeId: "R_5",
  owner: "example-org",
  ownerId: accountId(6),
  ownerType: "Organization",
  name: "demo",
};

export function aDelivery(guid: string, installation = installationId(1)): Delivery {
  return {
    guid,
    installationId: installation,
    receivedAt: NOW,
    event: {
      name: "member",
      payload: {
        action: "added",
        installation: { id: installation },
        member: ADA,
        repository: { id: REPOSITORY.id, node_id: "R_5", name: "demo", owner: ADA },
      },
    },
  };
}

export const closing = (installation: number, number = 1): Job => ({
  kind: "close-pull-request",
  installationId: installationId(installation),
  repository: REPOSITORY,
  pullRequestNumber: number,
});

export const triage = (installation: number, number = 1, headSha = "a".repeat(40)): JobOf<"triage-pull-request"> => ({
  kind: "triage-pull-request",
  installationId: installationId(installation),
  repository: REPOSITORY,
  pullRequest: { nodeId: "PR_1", number, headSha, updatedAt: NOW, author: null },
  force: false,
  newBase: false,
  secondLook: false,
});

export function aReport(installation: InstallationId, changes: Partial<Report> = {}): Report {
  const subject = { accountId: accountId(11), kind: "user" } as const;
  return {
    id: `report-${nextNumber()}`,
    kind: "pull_request",
    installationId: installation,
    repositoryId: repositoryId(5),
    repositoryOwner: "example-org",
    repositoryName: "demo",
    // What people write may hold anything JSON can escape.
    pullRequest: { number: 1, title: "nul \0 and half \ud800", headSha: "a".repeat(40), createdAt: NOW },
    accountId: accountId(11),
    login: "ada-example",
    engine: "1",
    dossier: dossier(
      { asOf: NOW, subject },
      { "account.profile": present({ accountId: accountId(11), createdAt: "2020-01-01T00:00:00.000Z" }, NOW) },
    ),
    assessment: {
      schema: "sallyport.assessment/1",
      engine: "1",
      asOf: NOW,
      subject,
      persona: { band: "review", bits: 4, hardBits: 0, families: [], mitigations: [], heldBackFrom: null },
      change: { level: "low", complete: true },
      access: { level: "unknown", complete: false },
      queue: { bits: 4, label: false },
      coverage: { total: 1, evaluatedCount: 1, applicableCount: 1, families: {} },
      label: null,
      findings: [],
      couldNotSee: [],
    },
    decision: {
      schema: "sallyport.decision/1",
      cell: { persona: "review", change: "low", access: "unknown" },
      actions: [],
      advice: [],
      flag: false,
    },
    createdAt: NOW,
    closedAt: null,
    evidenceErased: false,
    reviewed: null,
    ...changes,
  };
}

/** One of a small organisation, or of the one given. */
export function anAudit(takenAt: string, of: AccessSnapshot = octoOrg()): StoredAudit {
  const snapshot = { ...of, takenAt };
  const report = auditReport(snapshot, { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 });
  return { id: `audit-${nextNumber()}`, takenAt, snapshot, report };
}
