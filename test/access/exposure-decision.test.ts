import { headOf } from "../../src/access/audit-head.ts";
import { coversLine, type ExposureDecision, lineKey } from "../../src/access/exposure-decision.ts";
import type { Exposure } from "../../src/access/lines/kinds.ts";
import { auditReport } from "../../src/access/report.ts";
import { plusDays } from "../../src/clock.ts";
import { accountId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";
import { accountKey, grant, octoOrg, repositoryKey } from "./graphs.ts";

const NOW = "2026-11-30T06:00:00.000Z";
const DIRECT: Exposure = {
  ...{ kind: "acc-direct-outside-grant", level: "high", account: accountKey("4"), repository: repositoryKey("10") },
  role: "maintain",
};
const DORMANT: Exposure = {
  ...{ kind: "acc-dormant-privilege", level: "medium", account: accountKey("2"), repository: null },
  ...{ repositoryCount: 2, role: "write" },
};
const ONE_PLACE: Exposure = { ...DORMANT, repository: repositoryKey("10"), repositoryCount: 1 };
const ADMINS: Exposure = {
  ...{ kind: "org-admins-everywhere", level: "medium", account: null, accountCount: 6, repository: null },
  ...{ repositoryCount: 9, role: "admin" },
};
const SECRETS: Exposure = {
  ...{ kind: "acc-secret-reach-by-branch", level: "high", account: null, accountCount: 2, role: "write" },
  ...{ repository: repositoryKey("10"), repositoryCount: 1 },
};
const BASE: Exposure = { ...ADMINS, kind: "org-base-permission", level: "high", role: "write" };

const decided = (line: Exposure, more: Partial<ExposureDecision> = {}): ExposureDecision => ({
  ...{ line, outcome: "keep", reason: "known", by: { accountId: accountId(1), login: "olive-owner" } },
  ...{ at: plusDays(NOW, -3), until: plusDays(NOW, 30), ...more },
});
const lowered = decided(DIRECT, { outcome: "lowered" });
const removed = decided(DIRECT, { outcome: "removed" });
const BEFORE = plusDays(NOW, -4);

test.each<[string, ExposureDecision, Partial<Exposure>, boolean, string?]>([
  ["kept, as it was", decided(DIRECT), {}, true],
  ["kept, a lower role", decided(DIRECT), { role: "write" }, true],
  ["kept, a higher role", decided(DIRECT), { role: "admin" }, false],
  ["kept until now", decided(DIRECT, { until: NOW }), {}, false],
  ["lowered, and it was", lowered, { role: "write" }, true],
  ["lowered, and it was not", lowered, {}, false],
  ["lowered, as the audit before saw it", lowered, {}, true, BEFORE],
  ["removed, and still seen", removed, { role: "write" }, false],
  ["removed, as the audit before saw it", removed, {}, true, BEFORE],
  ["removed, and the audit before saw more", removed, { role: "admin" }, false, BEFORE],
  ["secrets that as many read", decided(SECRETS), {}, true],
  ["secrets that fewer read", decided(SECRETS), { accountCount: 1 }, true],
  ["secrets that more read", decided(SECRETS), { accountCount: 3 }, false],
  ["secrets that every member reads", decided(SECRETS), { accountCount: null }, false],
  ["dormant on as many", decided(DORMANT), {}, true],
  ["dormant on one of them", decided(DORMANT), { repository: repositoryKey("10"), repositoryCount: 1 }, true],
  ["dormant on one more", decided(DORMANT), { repositoryCount: 3 }, false],
  ["dormant on all by now", decided(DORMANT), { everywhere: true }, false],
  ["dormant everywhere, and one is new", decided({ ...DORMANT, everywhere: true }), { repositoryCount: 3 }, true],
  ["dormant on another one than was decided", decided(ONE_PLACE), { repository: repositoryKey("11") }, false],
  ["dormant on another one besides", decided(ONE_PLACE), { repository: null, repositoryCount: 2 }, false],
  ["as many admins of all, on more repositories", decided(ADMINS), { repositoryCount: 20 }, true],
  ["one more admin of all", decided(ADMINS), { accountCount: 7 }, false],
  ["the base permission, with a new member", decided(BASE), { accountCount: 7 }, true],
  ["the base permission, graver", decided(BASE), { role: "admin" }, false],
])("exposure: a decision covers %s: what follows", (_, decision, change, expected, seenAt = NOW) => {
  const seen = { ...decision.line, level: "low", ...change } as const;
  expect(coversLine(decision, { seen, seenAt, now: NOW })).toBe(expected);
});

test("exposure: a line stays itself from audit to audit, whatever it reaches, and is no other's", () => {
  expect(lineKey(ONE_PLACE)).toBe(lineKey(DORMANT));
  const others = [
    ...[DIRECT, DORMANT, ADMINS, BASE, { ...DIRECT, repository: repositoryKey("11") }],
    ...[{ ...DIRECT, account: accountKey("5") }, { ...DIRECT, kind: "org-archived-outside-write" } as const],
  ];
  expect(new Set(others.map(lineKey)).size).toBe(others.length);
});

test("audit: what is kept counts for nobody before its day, then it does; the newest decision alone", () => {
  const quiet = { lastActAt: "2020-01-01T00:00:00.000Z", searchedSince: "2019-01-01T00:00:00.000Z" };
  const snapshot = octoOrg({ grants: [grant("2", "10", "write", "direct")], takenAt: NOW });
  const lastActs = new Map([
    [accountKey("1"), { ...quiet, lastActAt: NOW }],
    [accountKey("2"), quiet],
  ]);
  const audit = (...decisions: readonly ExposureDecision[]) =>
    auditReport(snapshot, { previous: null, flags: [], lastActs, dormantAfterDays: 180, decisions });
  const kept = decided(ONE_PLACE);
  expect(headOf(audit()).dormant).toBe(1);
  expect(headOf(audit(kept)).dormant).toBe(0);
  expect(audit(kept).exposure).toMatchObject([{ kind: "acc-dormant-privilege", keptUntil: kept.until }]);
  expect(headOf(audit(decided(ONE_PLACE, { until: NOW }))).dormant).toBe(1);
  const changedMind = decided(ONE_PLACE, { outcome: "removed", at: plusDays(NOW, -1) });
  expect(headOf(audit(changedMind, kept)).dormant).toBe(1);
});
