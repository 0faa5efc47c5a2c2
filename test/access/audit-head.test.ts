import { headOf } from "../../src/access/audit-head.ts";
import { auditReport } from "../../src/access/report.ts";
import { expect, test } from "../support/jest.ts";
import { accountKey, grant, octoOrg } from "./graphs.ts";

const ALONE = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };

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
