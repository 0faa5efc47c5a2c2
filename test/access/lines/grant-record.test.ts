import { effectiveAccess } from "../../../src/access/effective.ts";
import { lineKey } from "../../../src/access/exposure-decision.ts";
import { expiredGrants, type GrantRecord, stands } from "../../../src/access/lines/grant-record.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { grant, octoOrg } from "../graphs.ts";

const NOW = "2026-11-30T06:00:00.000Z";
const by = { accountId: accountId(1), login: "olive-owner" };

const record = (account: number, repository: number, until: string | null): GrantRecord => ({
  ...{ account: accountId(account), repository: repositoryId(repository), given: null },
  noted: { reason: "keeps the mirror", until, by, at: NOW },
});

const GRANTS = [grant("4", "11", "maintain", "outside"), grant("2", "10", "triage", "team:core")];
const access = effectiveAccess(octoOrg({ grants: GRANTS }));
const found = (...ledger: readonly GrantRecord[]) => atOnce(expiredGrants(access, { ledger, now: NOW }));

test("ledger: a grant past its day is a line, of the role in force, whatever path gives it", () => {
  const lines = found(record(4, 11, NOW), record(2, 10, plusDays(NOW, -1)));
  expect(lines).toEqual([
    { kind: "grant-expired", level: "medium", account: "4", repository: "11", role: "maintain" },
    { kind: "grant-expired", level: "medium", account: "2", repository: "10", role: "triage" },
  ]);
  expect(lines.map(lineKey)).toEqual(["grant-expired.4.11", "grant-expired.2.10"]);
});

test.each<[string, GrantRecord]>([
  ["its day is not over", record(4, 11, plusDays(NOW, 0.001))],
  ["it has no end", record(4, 11, null)],
  ["nobody wrote anything", { ...record(4, 11, NOW), noted: null }],
  ["the grant is gone", record(4, 10, NOW)],
  ["ownership alone gives the role", record(1, 10, NOW)],
  ["the repository is asleep", record(3, 12, NOW)],
])("ledger: no line where %s", (_, one) => {
  expect(found(one)).toEqual([]);
});

test("ledger: a grant stands while any path of its own gives it", () => {
  expect([record(4, 11, null), record(2, 10, null), record(1, 10, null)].map((one) => stands(access, one))).toEqual([
    ...[true, true, false],
  ]);
});
