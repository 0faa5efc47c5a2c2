import type { AccessAudit } from "../../src/access/audit.ts";
import type { AuditHead } from "../../src/access/audit-head.ts";
import type { Flag } from "../../src/access/flag.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { plusDays } from "../../src/clock.ts";
import type { UnreviewedPush } from "../../src/decision/unreviewed-push.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import type { OpenPushes } from "../../src/job/notice.ts";
import type { Occasion } from "../../src/notification/notices.ts";
import { octoOrg } from "../access/graphs.ts";

export const NOW = "2026-11-30T06:30:00.000Z";

export const OCCASION: Occasion = {
  ref: "AAAAAAAAAAAAAAAAAAAAAA",
  now: NOW,
  organization: "octo-org",
  installationId: installationId(7),
  publicUrl: "https://sallyport.example",
};

export const aFlag = (change: Partial<Flag> = {}): Flag => ({
  id: "flag-1",
  installationId: installationId(7),
  repositoryId: repositoryId(10),
  repositoryName: "wallet",
  accountId: accountId(4),
  login: "otis-outside",
  role: "write",
  via: "outside",
  band: "review",
  because: "write meets please look",
  reportId: "report-1",
  raisedAt: "2026-11-20T08:00:00.000Z",
  state: { kind: "open" },
  ...change,
});

/** The audit of today of such an organisation, compared with one of a week ago unless `previous` is null. */
export function anAuditOf(
  snapshot: AccessSnapshot = octoOrg(),
  { previous = octoOrg(), flags = [] }: { previous?: AccessSnapshot | null; flags?: readonly Flag[] } = {},
): AccessAudit {
  const before = previous && { ...previous, takenAt: plusDays(NOW, -7) };
  const about = { previous: before, flags, lastActs: null, dormantAfterDays: 180 };
  return auditReport({ ...snapshot, takenAt: NOW }, about);
}

export const aHead = (change: Partial<AuditHead> = {}): AuditHead => ({
  takenAt: plusDays(NOW, -7),
  writers: 3,
  outside: 1,
  dormant: null,
  ...change,
});

/** One push of the alert `burst`, to the repository of this number. */
export const aPush = (repository: number, change: Partial<UnreviewedPush> = {}): UnreviewedPush => ({
  ...{ id: `push-${repository}`, installationId: installationId(7), repositoryId: repositoryId(repository) },
  ...{ repositoryOwner: "octo-org", repositoryName: `octo-repo-${repository}`, branch: "main", before: "b".repeat(40) },
  ...{ headSha: "a".repeat(40), level: "high", complete: true, findings: [], findingsLeftOut: 0, notChecked: [] },
  ...{ seenAt: NOW, alertId: "burst", state: { kind: "open" } },
  ...change,
});

export const NO_PUSHES: OpenPushes = { alerts: 0, repositories: 0 };
