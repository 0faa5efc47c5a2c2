import type { AccessSnapshot } from "../../../../src/access/grant.ts";
import { remediesOf } from "../../../../src/access/remedy/remedy.ts";
import { auditReport } from "../../../../src/access/report.ts";
import type { Html } from "../../../../src/web/html.ts";
import { besideSection } from "../../../../src/web/pages/audit/beside.ts";
import { changesSection } from "../../../../src/web/pages/audit/changes.ts";
import { dueSection } from "../../../../src/web/pages/audit/due.ts";
import { exposureSection, invitedSection, notCheckedSection } from "../../../../src/web/pages/audit/exposure.ts";
import { accountKey, octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";

const audited = (snapshot: AccessSnapshot) =>
  auditReport(snapshot, { previous: null, flags: [], lastActs: null, dormantAfterDays: 180 });
const words = (part: Html | null): string => (part?.markup ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("audit page: who is invited, as what and since when", () => {
  const ida = { login: "ida-example", role: "member", teamCount: 1, invitedAt: "2026-11-01T00:00:00.000Z" } as const;
  const invitations = [ida, { ...ida, login: null, role: "owner", teamCount: 0 } as const];
  expect(words(invitedSection(audited(octoOrg({ invitations })), null))).toContain(
    "Invited, and not in yet 2 somebody by e-mail becomes an owner invited on 2026-11-01 " +
      "ida-example becomes a member with 1 team invited on 2026-11-01",
  );
  expect(words(invitedSection(audited(octoOrg()), null))).toContain(
    "No invitation to the organisation waits for an answer.",
  );
});

test("audit page: nobody looked at invitations is said under what was not checked, and there alone", () => {
  const { invitations: _, ...unread } = octoOrg();
  const audit = audited(unread);
  expect(invitedSection(audit, null)).toBeNull();
  expect(words(notCheckedSection(audit))).toContain("invitations to the organisation");
});

test("audit page: exposure names the one repository it is about, and counts several", () => {
  const grants = [
    { account: "4", repository: "11", role: "write", via: { kind: "outside" } },
    { account: "2", repository: "10", role: "write", via: { kind: "direct" } },
    { account: "2", repository: "11", role: "write", via: { kind: "direct" } },
  ] as const;
  const long = { lastActAt: "2019-01-01T00:00:00.000Z", searchedSince: "2018-01-01T00:00:00.000Z" };
  const lastActs = new Map(octoOrg().accounts.map(({ id }) => [accountKey(id), long]));
  const audit = auditReport(octoOrg({ grants }), { previous: null, flags: [], lastActs, dormantAfterDays: 180 });
  const said = words(exposureSection(audit, null));
  expect(said).toMatch(/otis-outside \w+ write/);
  expect(said).toContain("mika-member 2 repositories write");
  expect(said).toContain("olive-owner 2 repositories admin");
  expect(said).not.toContain("every repository");
});

test("audit page: an outside admin of an archived repository stands there in plain words", () => {
  const grants = [{ account: "4", repository: "12", role: "admin", via: { kind: "outside" } } as const];
  const said = words(exposureSection(audited(octoOrg({ grants })), null));
  expect(said).toContain("write or more from outside on an archived repository: asleep, not gone");
  expect(said).toContain("only an admin can unarchive the repository");
  expect(said).toContain("otis-outside attic admin");
});

test("audit page: what rules let through since the audit before stands there with its switch, and nothing when none does", () => {
  const of = (approvals: number): AccessSnapshot =>
    octoOrg({
      repositories: [{ id: "10", name: "wallet", visibility: "public", archived: false, defaultBranch: "main" }],
      ...{ grants: [], rulesets: [] },
      protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals }],
    });
  const said = (previous: AccessSnapshot): string => {
    const about = { previous, flags: [], lastActs: null, dormantAfterDays: 180 };
    return words(changesSection(auditReport(of(1), about), { others: true }));
  };
  expect(said(of(2))).toContain(
    "1 guards loosened wallet pull requests into main need 1 approval, not 2: &quot;main&quot; asks for less Closes by:",
  );
  expect(said(of(0))).not.toContain("loosened");
});

test("audit page: what can write beside accounts, and where it is taken back", () => {
  const deployKeys = [{ repository: "10", title: "ships <b>", readOnly: false, createdAt: "2026-11-01T00:00:00.000Z" }];
  const said = words(besideSection(audited(octoOrg({ deployKeys, apps: [] }))));
  expect(said).toContain("Write beside accounts 1 1 deploy keys that can push");
  expect(said).toContain("wallet: “ships &lt;b&gt;”, added 2026-11-01");
  expect(words(besideSection(audited(octoOrg({ apps: [] }))))).toContain("Nothing of what was checked writes");
  expect(besideSection(audited(octoOrg()))).toBeNull();
});

test("audit page: beside a line stands the command that answers it, on the newest audit alone", () => {
  const invitations = [
    { login: "ida-example", role: "member", teamCount: 0, invitedAt: "2026-11-01T00:00:00.000Z" },
  ] as const;
  const audit = audited(octoOrg({ invitations }));
  const remedies = remediesOf(audit);
  const deciding = { base: "/orgs/5/audit", decisions: new Map(), viewer: accountKey("1"), remedies };
  expect(words(exposureSection(audit, deciding))).toContain(
    "Removes direct on relayer gh api -X DELETE repos/octo-org/relayer/collaborators/otis-outside",
  );
  expect(words(invitedSection(audit, deciding))).toContain("gh api -X DELETE orgs/octo-org/memberships/ida-example");
  expect(words(exposureSection(audit, null))).not.toContain("gh api");
  expect(words(invitedSection(audit, null))).not.toContain("gh api");
});

test("audit page: who is due for a look has a section of his own, with the last act here", () => {
  const about = { previous: null, flags: [], dormantAfterDays: 180, recertifyMonths: 6 };
  const searchedSince = "2025-11-20T00:00:00.000Z";
  const lastActs = new Map([[accountKey("1"), { lastActAt: "2026-10-02T00:00:00.000Z", searchedSince }]]);
  const audit = auditReport(octoOrg(), { ...about, lastActs });
  const said = words(dueSection(audit, null));
  expect(said).toContain(
    "Due for a look 2 Everybody who holds maintain or admin, asked about again when nobody has said for 6 months",
  );
  expect(said).toMatch(/olive-owner admin everywhere 2026-10-02 .*otis-outside maintain relayer not asked/);
  expect(words(exposureSection(audit, null))).not.toContain("olive-owner");
  expect(dueSection(audited(octoOrg()), null)).toBeNull();
});
