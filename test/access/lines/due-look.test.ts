import { effectiveAccess } from "../../../src/access/effective.ts";
import type { LastActs } from "../../../src/access/exposure.ts";
import {
  coversLine,
  type ExposureDecision,
  endOf,
  lineKey,
  withDecisions,
} from "../../../src/access/exposure-decision.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { dueLooks } from "../../../src/access/lines/due-look.ts";
import { auditReport } from "../../../src/access/report.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId } from "../../../src/ids.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, grant, octoOrg, type Plain } from "../graphs.ts";

const NOW = "2026-11-30T06:00:00.000Z";
const due = (
  change: Plain<Partial<AccessSnapshot>>,
  everyMonths: number | null = 6,
  lastActs: LastActs | null = null,
) => atOnce(dueLooks(effectiveAccess(octoOrg(change)), { everyMonths, lastActs }));

const GRANTS = [
  grant("2", "10", "maintain", "team:core"),
  grant("2", "11", "write", "direct"),
  grant("3", "10", "write", "direct"),
  grant("4", "11", "admin", "outside"),
];

test("due look: everybody who holds maintain or admin, with what, where and by which months", () => {
  const line = { kind: "access-due-look", level: "low", dueEvery: 6 };
  expect(due({ grants: GRANTS })).toEqual([
    { ...line, account: "1", role: "admin", repository: null, repositoryCount: 2, everywhere: true },
    { ...line, account: "2", role: "maintain", repository: "10", repositoryCount: 1 },
    { ...line, account: "4", role: "admin", repository: "11", repositoryCount: 1 },
  ]);
  expect(due({ grants: GRANTS }, null)).toEqual([]);
});

test("due look: what every member holds by the base permission is no line of each", () => {
  const organization = { login: "octo-org", basePermission: "admin" } as const;
  expect(due({ organization, grants: GRANTS }).map(({ account }) => account)).toEqual(["1", "2", "4"]);
  expect(due({ organization, grants: [] }).map(({ account }) => account)).toEqual(["1"]);
});

test("due look: the last act stands beside it where somebody asked", () => {
  const searchedSince = "2025-11-30T00:00:00.000Z";
  const lastActs: LastActs = new Map([
    [accountKey("1"), { lastActAt: NOW, searchedSince }],
    [accountKey("2"), { lastActAt: null, searchedSince }],
  ]);
  const lines = due({ grants: GRANTS }, 6, lastActs);
  expect(lines.map((one) => ("lastActAt" in one ? one.lastActAt : "not asked"))).toEqual([NOW, null, "not asked"]);
});

const [, LINE] = due({ grants: GRANTS });
if (LINE === undefined) throw new Error("there is a line");
const decided = (days: number): ExposureDecision => {
  const { level: _, dueEvery: _d, ...line } = LINE;
  const by = { accountId: accountId(1), login: "olive-owner" };
  return { line, outcome: "keep", reason: "leads the work", by, at: NOW, until: plusDays(NOW, days) };
};

test("due look: kept for as long as was said, and at most for the months of the policy", () => {
  const covers = (decision: ExposureDecision, days: number) =>
    coversLine(decision, { seen: LINE, seenAt: plusDays(NOW, days), now: plusDays(NOW, days) });
  expect([179.9, 180].map((days) => covers(decided(365), days))).toEqual([true, false]);
  expect([29.9, 30].map((days) => covers(decided(30), days))).toEqual([true, false]);
  expect(endOf(decided(365), LINE)).toBe(plusDays(NOW, 180));
  expect(endOf(decided(365), {})).toBe(plusDays(NOW, 365));
  const given = { decisions: [decided(365)], seenAt: plusDays(NOW, 7), now: plusDays(NOW, 7) };
  expect(atOnce(withDecisions([LINE], given))).toMatchObject([{ keptUntil: plusDays(NOW, 180) }]);
});

test("due look: a policy that asks more often asks again sooner, and more than was looked at is asked about", () => {
  const at = plusDays(NOW, 40);
  const now = { seenAt: at, now: at };
  expect(coversLine(decided(365), { ...now, seen: LINE })).toBe(true);
  expect(coversLine(decided(365), { ...now, seen: { ...LINE, dueEvery: 1 } })).toBe(false);
  expect(coversLine(decided(365), { ...now, seen: { ...LINE, role: "admin" } })).toBe(false);
  expect(coversLine(decided(365), { ...now, seen: { ...LINE, repository: null, repositoryCount: 2 } })).toBe(false);
  expect(lineKey(LINE)).toBe("access-due-look.2.all");
});

test("due look: an audit asks only where the policy does", () => {
  const about = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
  const kinds = (recertifyMonths?: number | null) =>
    auditReport(octoOrg(), { ...about, ...(recertifyMonths !== undefined && { recertifyMonths }) }).exposure.map(
      ({ kind }) => kind,
    );
  expect(kinds()).not.toContain("access-due-look");
  expect(kinds(null)).not.toContain("access-due-look");
  expect(kinds(12)).toContain("access-due-look");
});
