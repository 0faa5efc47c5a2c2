import { auditCsv } from "../../src/access/audit-csv.ts";
import { auditReport } from "../../src/access/report.ts";
import { expect, test } from "../support/jest.ts";
import { grant, octoOrg } from "./graphs.ts";

const csvOf = (change: Parameters<typeof octoOrg>[0] = {}): string =>
  auditCsv(auditReport(octoOrg(change), { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 }));

const named = (name: string) => ({
  repositories: octoOrg().repositories.map((r) => (r.id === "10" ? { ...r, name } : r)),
});

test("csv: one row per account and repository, CRLF at every line's end", () => {
  expect(csvOf()).toBe(
    [
      "account,login,kind,standing,repository,name,visibility,role,via,state",
      "1,olive-owner,user,owner,10,wallet,public,admin,owner,active",
      "1,olive-owner,user,owner,11,relayer,private,admin,owner,active",
      '2,mika-member,user,member,10,wallet,public,write,"direct; team core",active',
      "4,otis-outside,user,outside,11,relayer,private,maintain,outside,active",
      ",,,,,dormant write,,,nobody asked when each account last acted here,not checked",
      ',,,,,flags and decisions,,,"they are kept by the running app, not in a snapshot",not checked',
      "",
    ].join("\r\n"),
  );
});

test("csv: a role on an archived repository has its row, apart from roles that can be used today", () => {
  const grants = [grant("4", "12", "admin", "outside"), grant("4", "11", "read", "outside")];
  const rows = csvOf({ grants }).split("\r\n");
  expect(rows.filter((row) => row.startsWith("4,"))).toEqual([
    "4,otis-outside,user,outside,11,relayer,private,read,outside,active",
    "4,otis-outside,,outside,12,attic,public,admin,,archived",
  ]);
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["＝1", "'＝1"],
  [" =1", "' =1"],
  ["\t=1", '"\'\t=1"'],
  ["\r=1", '"\'\r=1"'],
  ["\n1", '"\'\n1"'],
  ["\u00001", "'\u00001"],
  ['a"b', '"a""b"'],
  ["a,b", '"a,b"'],
  ["a;=1", '"a;=1"'],
  ["a\nb", '"a\nb"'],
  [".github", ".github"],
  ["a-b", "a-b"],
])("csv: %j is written as %j when it is a repository's name", (name, cell) => {
  expect(csvOf(named(name))).toContain(`,10,${cell},public,`);
});

test("csv: one row with * per account when the base permission's rows are too many to list", () => {
  const accounts = Array.from({ length: 300 }, (_, at) => ({
    id: String(at),
    login: `a-${at}`,
    kind: "user" as const,
  }));
  const repositories = Array.from({ length: 300 }, (_, at) => ({
    id: String(at),
    name: `r-${at}`,
    visibility: "private" as const,
    archived: false,
  }));
  const csv = csvOf({
    organization: { login: "octo-org", basePermission: "write" },
    accounts,
    repositories,
    owners: [],
    members: accounts.map(({ id }) => id),
    grants: [],
  });
  expect(csv.split("\r\n").filter((row) => row.endsWith(",active"))).toHaveLength(300);
  expect(csv).toContain("\r\n7,a-7,user,member,*,every other repository,,write,base,active\r\n");
});

test("csv: what opens a gap stands in its row, so that the table never looks more complete than it is", () => {
  const notChecked = [{ what: "deploy keys", because: "not read", opensWith: "Administration: read" }];
  expect(csvOf({ notChecked })).toContain(
    '\r\n,,,,,deploy keys,,,"not read; opens with Administration: read",not checked\r\n',
  );
});

test("csv: other doors that stand open are no rows of their own", () => {
  const rows = csvOf({ grants: [grant("4", "10", "write", "direct")] }).split("\r\n");
  expect(rows.filter((row) => row.endsWith(",archived"))).toEqual([]);
});
