import { receiptSteps } from "../../../src/history/people/receipts.ts";
import { findRepository } from "../../../src/history/read/read.ts";
import type { Table } from "../../../src/history/read/table.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { git, readRepository, repository } from "../loaded.ts";

const NOTHING = "0".repeat(40);

/** A chain of commits, oldest first, with its table. */
async function chain(count: number): Promise<{ readonly table: Table; readonly oids: readonly string[] }> {
  const { path, oids } = repository(Array.from({ length: count }, () => ({})));
  const { table } = await readRepository(await findRepository(path, git), git);
  return { table, oids };
}

/** When each commit was received, oldest first; null where that is not known. */
function received(
  table: Table,
  oids: readonly string[],
  pushes: Parameters<typeof receiptSteps>[1],
): readonly (number | null)[] {
  const { at } = atOnce(receiptSteps(table, pushes));
  const rows = new Map(Array.from({ length: table.rowCount }, (_, row) => [table.oid(row), row]));
  return oids.map((oid) => {
    const moment = at[rows.get(oid) ?? -1] ?? Number.NaN;
    return Number.isNaN(moment) ? null : moment;
  });
}

const push = (at: number, before: string | undefined, after: string | undefined, bySubject = true) => ({
  at,
  bySubject,
  before: before ?? NOTHING,
  after: after ?? NOTHING,
  fromTheStart: before === undefined,
});

test("receipts: a first push brought everything, later ones what came since", async () => {
  const { table, oids } = await chain(5);
  expect(received(table, oids, [push(20, oids[2], oids[4]), push(10, undefined, oids[2])])).toEqual([
    10, 10, 10, 20, 20,
  ]);
});

test("receipts: what is older than the log is not known", async () => {
  const { table, oids } = await chain(5);
  expect(received(table, oids, [push(20, oids[1], oids[3]), push(30, oids[3], oids[4])])).toEqual([
    null,
    null,
    20,
    20,
    30,
  ]);
});

test("receipts: a push over a head that is gone brought nobody knows what", async () => {
  const { table, oids } = await chain(4);
  expect(received(table, oids, [push(20, "a".repeat(40), oids[3])])).toEqual([null, null, null, null]);
  expect(received(table, oids, [push(10, undefined, oids[1]), push(20, "a".repeat(40), oids[3])])).toEqual([
    10, 10, 20, 20,
  ]);
});

test("receipts: of two repositories each has its own beginning", async () => {
  const first = await chain(3);
  const pushes = [push(10, first.oids[0], first.oids[2]), push(5, "b".repeat(40), "c".repeat(40))];
  expect(received(first.table, first.oids, pushes)).toEqual([null, 10, 10]);
});

test("receipts: only the subject's own pushes attest", async () => {
  const { table, oids } = await chain(2);
  const { bySubject } = atOnce(receiptSteps(table, [push(1, undefined, oids[0]), push(2, oids[0], oids[1], false)]));
  expect([...bySubject].reduce((sum, each) => sum + each, 0)).toBe(1);
});
