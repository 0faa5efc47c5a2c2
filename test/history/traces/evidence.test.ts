import { heaviest, instantOf, MAX_REFS, ownedBy, refsOf } from "../../../src/history/traces/evidence.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn } from "../made-table.ts";

test.each([
  [0, "1970-01-01T00:00:00.000Z"],
  [253_402_300_799, "9999-12-31T23:59:59.000Z"],
  [253_402_300_800, "1970-01-01T00:00:00.000Z"],
  [-253_402_300_800, "1970-01-01T00:00:00.000Z"],
  [Number.NaN, "1970-01-01T00:00:00.000Z"],
])("evidence: %d seconds are a moment that can be written and compared as text: %s", (seconds, instant) => {
  expect(instantOf(seconds)).toBe(instant);
});

test.each<[readonly number[], readonly number[], number]>([
  [[1, 2, 3], [1, 2, 3], 0],
  [[1, 9, 2, 8], [9, 2, 8], 1],
  [[5, 5, 5, 5], [5, 5, 5], 1],
])("evidence: of %j the heaviest three are kept in their order: %j", (weights, kept, leftOut) => {
  const found = heaviest(
    weights.map((weight, place) => ({ weight, place })),
    ({ weight }) => weight,
    3,
  );
  expect(found.kept.map(({ weight }) => weight)).toEqual(kept);
  expect(found.leftOut).toBe(leftOut);
  // Of equal ones the first: nobody pushes off what was there before.
  if (new Set(weights).size === 1) expect(found.kept.map(({ place }) => place)).toEqual([0, 1, 2]);
});

test("evidence: five commits are shown, attested when GitHub told when it received them", () => {
  const history = historyOfRows([
    Array.from({ length: 6 }, () => ({ author: "Ada <7+ada@users.noreply.github.com>" })),
  ]);
  const rows = [5, 4, 3, 2, 1, 0];
  const refs = refsOf(history, subjectIn(history), rows);
  expect(refs.map(({ commit }) => commit)).toEqual(rows.slice(0, MAX_REFS).map((row) => history.table.oid(row)));
  expect(refs.some(({ attested }) => attested)).toBe(false);
  const received = subjectIn(history, { receivedAt: new Float64Array(6) });
  expect(refsOf(history, received, rows).every(({ attested }) => attested)).toBe(true);
});

test("evidence: an account owns the repositories whose owner it is, and none where nobody said", () => {
  const repositories = [ownedRepository(1, 8), ownedRepository(2, 7), { ...ownedRepository(3, 7), ownerId: null }];
  expect([...ownedBy({ ...subjectIn(historyOfRows([[]])), repositories })]).toEqual([1]);
});
