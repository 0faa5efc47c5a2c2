import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";
import { databaseOver } from "../../src/store/postgres/database.ts";
import { openEmbedded } from "../../src/store/postgres/embedded.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import { attachFsync } from "../../src/store/postgres/reach-disk.ts";
import { startChild } from "./child.ts";

let dataDir = "";
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sallyport-data-"));
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const open = () => openDatabase({ databaseUrl: null, dataDir, clock: systemClock });

test("data directory: a second process is refused in one line, and kill -9 leaves nothing that refuses the next", async () => {
  const holder = startChild("--data", dataDir);
  await holder.opened();
  await expect(open()).rejects.toThrow(
    /^\S+: another Sallyport uses this data directory \(process \d+, started .+Z\); .+$/,
  );
  await holder.kill();
  const next = await open();
  await next.close();
}, 120_000);

test("data directory: this process cannot open it twice either, and can again after closing", async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(/another Sallyport/);
  await first.close();
  const second = await open();
  await second.close();
}, 120_000);

test("disk: every commit asks the disk to keep it", async () => {
  let count = () => 0;
  const engine = await openEmbedded(dataDir, {
    startedAt: systemClock.now(),
    attach: (pglite) => {
      const watch = attachFsync(pglite);
      count = watch.count;
      return watch;
    },
  });
  const before = count();
  const database = databaseOver(engine);
  for (let number = 0; number < 10; number += 1)
    await database.query((db) =>
      db
        .insertInto("program_state")
        .values({ name: "number", value: String(number) })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: String(number) }))
        .execute(),
    );
  expect(count() - before).toBeGreaterThanOrEqual(10);
  await database.close();
}, 120_000);

test("disk: a database whose commits do not reach it is refused, and the directory is free again", async () => {
  const withoutFsync = openEmbedded(dataDir, { startedAt: systemClock.now(), attach: () => ({ count: () => 0 }) });
  await expect(withoutFsync).rejects.toThrow(/a commit did not reach the disk/);
  const next = await open();
  await next.close();
}, 120_000);
