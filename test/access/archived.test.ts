import { auditCsv } from "../../src/access/audit-csv.ts";
import { EXPOSURES } from "../../src/access/exposure.ts";
import type { Grant } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { expect, test } from "../support/jest.ts";
import { grant, octoOrg } from "./graphs.ts";

const ALONE = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
const audited = (...grants: readonly Grant[]) => auditReport(octoOrg({ grants }), ALONE);

test("archived: write from outside on an archived repository is listed as asleep; an admin, who can wake it, weighs more", () => {
  const { exposure, summary } = audited(
    grant("4", "12", "write", "direct"),
    grant("4", "12", "admin", "outside"),
    grant("4", "12", "read", "outside"),
  );
  expect(exposure).toEqual([
    { kind: "org-archived-outside-write", level: "medium", account: "4", repository: "12", role: "admin" },
  ]);
  expect(audited(grant("4", "12", "maintain", "outside")).exposure).toEqual([
    { kind: "org-archived-outside-write", level: "low", account: "4", repository: "12", role: "maintain" },
  ]);
  // It writes nowhere today, and no count says that it does.
  expect(summary).toMatchObject({ accountsWithWrite: 1, outsideAccountsWithWrite: 0, outsideWriteGrants: 0 });
});

test("archived: a reader from outside and a member who is admin there are none", () => {
  expect(audited(grant("4", "12", "triage", "outside"), grant("3", "12", "admin", "direct")).exposure).toEqual([]);
});

test("archived: the words say that it is archived, who can wake it, and that the role is not gone", () => {
  const { title, closes } = EXPOSURES["org-archived-outside-write"];
  expect(`${title}; ${closes}`).toMatch(/archived.*asleep, not gone.*only an admin can unarchive/);
});

test("archived: the CSV has its row, apart from roles that can be used today", () => {
  const rows = auditCsv(audited(grant("4", "12", "admin", "outside"), grant("4", "11", "read", "outside"))).split(
    "\r\n",
  );
  expect(rows.filter((row) => row.startsWith("4,"))).toEqual([
    "4,otis-outside,user,outside,11,relayer,private,read,outside,active",
    "4,otis-outside,,outside,12,attic,public,admin,,archived",
  ]);
});
