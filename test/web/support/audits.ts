import type { AccessAudit } from "../../../src/access/audit.ts";
import type { AccessSnapshot, Grant } from "../../../src/access/grant.ts";
import { keyOf } from "../../../src/access/keys.ts";
import { auditReport } from "../../../src/access/report.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { StoredAudit } from "../../../src/store/store.ts";
import { keyed } from "../../access/graphs.ts";

const REPOSITORIES = ["wallet", "relayer", "docs", "indexer", "website"];

const grant = (account: number, repository: number, role: Grant["role"], via: Grant["via"]): Grant => ({
  account: keyOf(accountId(account)),
  repository: keyOf(repositoryId(100 + repository)),
  role,
  via,
});

/** A small organisation, a week earlier or now. */
export function snapshot(week: "before" | "now"): AccessSnapshot {
  const accounts = [
    [801, "owner-example"],
    [802, "maintainer-example"],
    [803, "reader-example"],
    [804, "second-owner-example"],
    [4712, "sleeper-example"],
    [4713, "partner-example"],
  ] as const;
  const always = [
    grant(802, 1, "maintain", { kind: "team", team: "core" }),
    grant(802, 2, "write", { kind: "team", team: "core" }),
    grant(803, 3, "triage", { kind: "team", team: "writers" }),
    grant(4713, 5, "admin", { kind: "outside" }),
  ];
  const fresh = [
    grant(4712, 1, "write", { kind: "outside" }),
    grant(4712, 2, "write", { kind: "outside" }),
    grant(802, 4, "write", { kind: "team", team: "core" }),
  ];
  return keyed<AccessSnapshot>({
    schema: "sallyport.access/1",
    takenAt: week === "now" ? "2026-11-23T06:00:00.000Z" : "2026-11-16T06:00:00.000Z",
    organization: { login: "octo-org", basePermission: "read" },
    accounts: accounts.map(([id, login]) => ({ id: String(id), login, kind: "user" })),
    owners: week === "now" ? ["801", "804"] : ["801"],
    members: ["801", "802", "803", "804"],
    repositories: REPOSITORIES.map((name, index) => ({
      id: String(101 + index),
      name,
      visibility: name === "docs" ? "public" : "private",
      archived: false,
    })),
    grants: week === "now" ? [...always, ...fresh] : always,
    notChecked: [
      { what: "deploy keys", because: "the App may not read them", opensWith: "Administration: read" },
      { what: "branch rules", because: "the App may not read them", opensWith: "Administration: read" },
    ],
  });
}

/** The audit of this week, compared with the week before. */
export function storedAudit(): StoredAudit & { readonly report: AccessAudit } {
  const now = snapshot("now");
  const report = auditReport(now, { previous: snapshot("before"), flags: [], lastActs: null, dormantAfterDays: 180 });
  return { id: "audit-47", takenAt: now.takenAt, snapshot: now, report };
}

/** Audits of the weeks before, oldest first, so that there is something to draw. */
export function earlierAudits(): readonly StoredAudit[] {
  const { report, snapshot: taken } = storedAudit();
  return [9, 8, 7, 6, 5, 4, 3, 2, 1].map((weeks, index) => {
    const takenAt = new Date(Date.parse(taken.takenAt) - weeks * 7 * 86_400_000).toISOString();
    const summary = { ...report.summary, accountsWithWrite: 2 + Math.ceil(index / 3), outsideAccountsWithWrite: 1 };
    return {
      id: `audit-${47 - weeks}`,
      takenAt,
      snapshot: { ...taken, takenAt },
      report: { ...report, takenAt, summary },
    };
  });
}
