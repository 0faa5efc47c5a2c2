import { sql } from "kysely";
import { silentLog } from "../../src/log.ts";
import type { Database } from "../../src/store/postgres/engine/database.ts";
import { moveRows } from "../../src/store/postgres/move.ts";
import { storeOver } from "../../src/store/postgres/open.ts";
import { freshDatabase } from "../support/database.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { OWNER, openTestSite, type TestSite } from "../web/support/desk.ts";
import { INSTALLATION } from "../web/support/reports.ts";
import { aDelivery, closing, NOW } from "./samples.ts";

const LOOKED = { at: NOW, actorId: OWNER, act: "report.viewed", target: "report-1", reason: null } as const;

let site: TestSite;
let target: Database;
beforeAll(async () => {
  site = await openTestSite();
  // More than are copied at once.
  await Promise.all(Array.from({ length: 201 }, (_, n) => site.store.inbox.accept(aDelivery(`guid-${n}`))));
  await site.store.tenant(INSTALLATION).addToTrail(LOOKED);
  await site.store.queue.enqueue([closing(1, 1)]);
  await site.database.query((db) =>
    sql`insert into program_state (name, value) values (${"odd '\"\\ \\u0000 \u{1F512}\u202E"}, now())`.execute(db),
  );
  target = await freshDatabase();
});
afterAll(async () => {
  await target.close();
  await site.close();
});

/** What every table holds, byte for byte. */
async function contents(database: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = await database.query((db) =>
    sql<{ name: string }>`select relname::text as name from pg_class where relkind = 'r'
      and relnamespace = current_schema()::regnamespace and relname::text !~ '^kysely_' order by 1`.execute(db),
  );
  const all = new Map<string, readonly string[]>();
  for (const { name } of named.rows) {
    const { rows } = await database.query((db) =>
      sql<{ text: string }>`select t::text as text from ${sql.table(name)} t order by 1`.execute(db),
    );
    all.set(
      name,
      rows.map(({ text }) => text),
    );
  }
  return all;
}

test("move: every row of every table arrives byte for byte, and the trail's chain holds", async () => {
  const before = await contents(site.database);
  const moved = await moveRows(site.database, target);
  expect(await contents(target)).toEqual(before);
  expect(Object.fromEntries(moved.map(({ table, rows }) => [table, rows]))).toEqual(
    Object.fromEntries([...before].map(([table, rows]) => [table, rows.length])),
  );
  expect([...before.values()].filter((rows) => rows.length > 0).length).toBeGreaterThan(8);
  const store = storeOver(target, { clock: fixedClock(NOW), log: silentLog });
  expect(await store.brokenTrails()).toEqual([]);
  // What counts goes on behind what arrived.
  expect(await store.inbox.accept(aDelivery("guid-new"))).toBe("stored");
  await store.tenant(INSTALLATION).addToTrail(LOOKED);
  await store.queue.enqueue([closing(1, 2)]);
  expect(await store.queue.counts()).toMatchObject({ waiting: 2 });
  expect(await store.brokenTrails()).toEqual([]);
});

test("move: a database that has rows is refused and left as it is", async () => {
  const before = await contents(target);
  await expect(moveRows(site.database, target)).rejects.toThrow(/has rows already/);
  expect(await contents(target)).toEqual(before);
});

test("move: nothing to move is said", async () => {
  const [from, to] = [await freshDatabase(), await freshDatabase()];
  await expect(moveRows(from, to)).rejects.toThrow(/nothing to move/);
  await Promise.all([from.close(), to.close()]);
});
