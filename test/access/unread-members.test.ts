import { auditCsv } from "../../src/access/audit-csv.ts";
import { accessAuditSchema } from "../../src/access/audit-schema.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { holdersIn } from "../../src/access/holders/listed.ts";
import { auditReport } from "../../src/access/report.ts";
import { auditText } from "../../src/cli/commands/audit/text.ts";
import { peopleRefused } from "../../src/github/octokit/access/not-checked.ts";
import { accountId, installationId } from "../../src/ids.ts";
import type { Installation } from "../../src/store/store.ts";
import { accountsPage, accountsQuery, holderQuery } from "../../src/web/pages/audit/accounts.ts";
import { auditPage } from "../../src/web/pages/audit/view.ts";
import { expect, test } from "../support/jest.ts";
import { grant, octoOrg } from "./graphs.ts";

/** What the App sees without `Members: read`: direct grants alone, an archived repository's among them. */
const unread = (change: Partial<AccessSnapshot> = {}): AccessSnapshot =>
  octoOrg({
    owners: [],
    members: [],
    grants: [
      grant("1", "10", "admin", "direct"),
      grant("2", "10", "write", "direct"),
      grant("4", "12", "admin", "direct"),
    ],
    notChecked: peopleRefused("installation").slice(0, 2),
    ...change,
  });
const ALONE = { previous: null, flags: [], lastActs: null, dormantAfterDays: 180 };
const audit = auditReport(unread(), ALONE);
const later = auditReport(unread({ grants: [...unread().grants, grant("3", "11", "write", "direct")] }), {
  ...ALONE,
  previous: unread(),
});

const installation: Installation = {
  id: installationId(1),
  accountId: accountId(7),
  accountLogin: "octo-org",
  accountType: "Organization",
  permissions: {},
  paused: false,
  rightsGeneration: 0,
  publication: "shadow",
  createdAt: audit.takenAt,
};
const viewer = { accountId: 1, login: "olive-owner", csrf: "", organizations: [] } as never;
const words = ({ body }: { readonly body: { readonly markup: string } }): string =>
  body.markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("members not read: nobody is called outside, nothing about outside is zero, and the report has its shape", () => {
  expect(audit.accounts.map(({ standing }) => standing)).toEqual(["not checked", "not checked"]);
  expect(audit.exposure).toEqual([]);
  expect(audit.summary).toMatchObject({
    accountsWithWrite: 2,
    outsideAccountsWithWrite: null,
    outsideWriteGrants: null,
    members: null,
    owners: null,
    membersWithoutWrite: null,
  });
  expect(accessAuditSchema.parse(audit)).toEqual(audit);
});

test("members not read: whoever is new is not new from outside, and not counted as none either", () => {
  expect(later.changes).toMatchObject({ firstWriteAccounts: ["3"], newOutsideWrite: null, newOwners: null });
  expect(accessAuditSchema.parse(later)).toEqual(later);
});

test("members not read: the table, the terminal and the pages say so", () => {
  expect(auditCsv(audit)).toContain("2,mika-member,user,not checked,10,");
  expect(auditCsv(audit)).not.toContain("outside,");
  expect(auditText(audit, String)).toContain("outside: not checked");
  expect(auditText(audit, String)).toContain("owners and members: not checked");
  expect(auditText(audit, String)).toMatch(/mika-member +not checked/);
  expect(auditText(later, String)).toContain("new outside write: not checked");
  const view = {
    installation,
    viewer,
    now: audit.takenAt,
    flags: [],
    weeks: [],
    of: null,
    ruleChanges: null,
    reading: null,
    deciding: null,
  };
  expect(words(auditPage({ ...view, audit }))).toContain("from outside not checked");
  expect(words(auditPage({ ...view, audit }))).toContain("owners not checked");
  expect(words(auditPage({ ...view, audit: later }))).toContain("new outside write not checked");
  const listed = (standing: string) => {
    const query = accountsQuery.parse({ standing });
    return words(accountsPage({ ...view, page: holdersIn(audit, holderQuery(query)), query }));
  };
  const list = listed("not checked");
  expect(list).toMatch(/mika-member .* not checked write/);
  expect(listed("outside")).toContain("No account fits.");
});

test("members read: nothing changes", () => {
  const read = auditReport(octoOrg(), ALONE);
  expect(read.summary).toMatchObject({ outsideAccountsWithWrite: 1, owners: 1, members: 3 });
  expect(auditText(read, String)).toContain("outside: 1");
});
