import { auditCsv } from "../../src/access/audit-csv.ts";
import { headOf } from "../../src/access/audit-head.ts";
import { EXPOSURES } from "../../src/access/exposure.ts";
import type { Grant } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { expect, test } from "../support/jest.ts";
import { accountKey, grant, octoOrg } from "./graphs.ts";

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

test("archived: in the order of accounts and repositories, whatever the order of grants", () => {
  const snapshot = octoOrg({
    accounts: [...octoOrg().accounts, { id: "5", login: "ole-outside", kind: "user" }],
    repositories: ["12", "13"].map((id) => ({ id, name: `r-${id}`, visibility: "public", archived: true })),
    grants: ["5 13", "4 13", "5 12", "4 12"].map((pair) => {
      const [account = "", repository = ""] = pair.split(" ");
      return grant(account, repository, "write", "outside");
    }),
  });
  const listed = auditReport(snapshot, ALONE).exposure.map(({ account, repository }) => `${account} ${repository}`);
  expect(listed).toEqual(["4 12", "4 13", "5 12", "5 13"]);
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

test("archived: other doors that stand open are no rows of their own", () => {
  const rows = auditCsv(audited(grant("4", "10", "write", "direct"))).split("\r\n");
  expect(rows.filter((row) => row.endsWith(",archived"))).toEqual([]);
});

test("head: what is dormant is counted apart from other doors, and not known when nobody looked", () => {
  const quiet = { lastActAt: "2020-01-01T00:00:00.000Z", searchedSince: "2019-01-01T00:00:00.000Z" };
  const awake = { ...quiet, lastActAt: "2026-11-19T00:00:00.000Z" };
  const snapshot = octoOrg({ grants: [grant("4", "10", "write", "direct"), grant("2", "10", "write", "direct")] });
  const lastActs = new Map([
    [accountKey("1"), quiet],
    [accountKey("2"), quiet],
    [accountKey("4"), awake],
  ]);
  expect(headOf(auditReport(snapshot, { ...ALONE, flags: [], lastActs }))).toMatchObject({ outside: 1, dormant: 2 });
  expect(headOf(auditReport(snapshot, ALONE))).toMatchObject({ writers: 3, outside: 1, dormant: null });
});
