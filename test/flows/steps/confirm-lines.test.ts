import { effectiveAccess } from "../../../src/access/effective.ts";
import { auditReport } from "../../../src/access/report.ts";
import { withoutGoneRoles } from "../../../src/flows/steps/confirm-lines.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { expect, test } from "../../support/jest.ts";
import { type Given, scene } from "../scene.ts";

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(1_001 + at));
/** So many from outside who write to one repository each, and a line for each. */
const crowd = (count: number) =>
  octoOrg({
    ...{ owners: [], members: [], grants: ids(count).map((id) => grant(id, "10", "write", "outside")) },
    accounts: ids(count).map((id) => ({ id, login: `login-${id}`, kind: "user" })),
  });

async function confirmed(gateway: Given["gateway"], snapshot = crowd(1)) {
  const stage = scene({
    gateway: { loginOf: async (id) => yes(`today-${id}`), role: async () => yes("write"), ...gateway },
  });
  const about = { previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 };
  const report = auditReport(snapshot, about);
  const left = await withoutGoneRoles(stage.tenancy, effectiveAccess(snapshot), report);
  const gaps = left.notChecked.slice(report.notChecked.length);
  const before = report.exposure.filter(({ kind }) => kind === "acc-direct-outside-grant").length;
  return { ...stage, before, left: left.exposure, gaps };
}

test.each<[string, Given["gateway"], boolean]>([
  ["it is there", {}, false],
  ["it is a higher one", { role: async () => yes("admin") }, false],
  ["the account has none", { role: async () => yes(null) }, true],
  ["it only reads", { role: async () => yes("read") }, true],
  ["the account is gone", { loginOf: async () => no("not_found") }, true],
  ["nobody says what the account is called", { loginOf: async () => no("timeout") }, false],
  ["nobody says", { role: async () => no("forbidden") }, false],
  ["the repository is not found by that name", { role: async () => no("not_found") }, false],
])("lines: one about a role, where GitHub says that %s", async (_, gateway, goes) => {
  const { before, left, gaps, did } = await confirmed(gateway);
  expect([before, left.length]).toEqual([1, goes ? 0 : 1]);
  expect(gaps).toEqual(goes ? [expect.objectContaining({ what: "1 line of standing exposure", opensWith: null })] : []);
  for (const [asked] of did("role"))
    expect(asked).toMatchObject({ login: "today-1001", repository: { name: "wallet" } });
});

test("lines: 25 of them are asked about, and the others stay as they were read", async () => {
  const { left, did, gaps } = await confirmed({ role: async () => yes(null) }, crowd(27));
  expect([did("role").length, left.length]).toEqual([25, 2]);
  expect(gaps).toMatchObject([{ what: "25 lines of standing exposure" }]);
});

test("lines: at a limit of GitHub's nobody further is asked about", async () => {
  const { left, did } = await confirmed({ role: async () => no("rate_limited") }, crowd(3));
  expect([did("role").length, left.length]).toEqual([1, 3]);
});

test("lines: what is about several or about an archived repository is not asked about", async () => {
  const snapshot = octoOrg({ grants: [grant("4", "12", "admin", "outside")] });
  const { asked, left } = await confirmed({}, snapshot);
  expect(left.map(({ kind }) => kind)).toContain("org-archived-outside-write");
  expect(asked).toEqual([]);
});
