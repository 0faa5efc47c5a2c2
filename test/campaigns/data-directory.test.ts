import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { systemClock } from "../../src/clock.ts";
import { installationId } from "../../src/ids.ts";
import type { Job } from "../../src/job/job.ts";
import { silentLog } from "../../src/log.ts";
import { databaseOver } from "../../src/store/postgres/engine/database.ts";
import { openEmbedded } from "../../src/store/postgres/engine/embedded.ts";
import { diskAt } from "../../src/store/postgres/engine/reach-disk.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import { openQueue } from "../../src/store/postgres/queue/queue.ts";
import { startChild } from "../store/child.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";

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
  try {
    await holder.opened();
    await expect(open()).rejects.toThrow(
      /^\S+: another Sallyport uses this data directory \(process \d+, started .+Z\); .+$/,
    );
  } finally {
    await holder.kill();
  }
  const next = await open();
  await next.close();
});

test("data directory: this process cannot open it twice either, and can again after closing", async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(/another Sallyport/);
  await first.close();
  const second = await open();
  await second.close();
});

test("backup: a copy made while many write is whole, has every commit before it, and starts by itself", async () => {
  const running = await open();
  const write = (name: string) =>
    running.query((db) => db.insertInto("program_state").values({ name, value: name }).execute());
  for (let number = 0; number < 20; number += 1) await write(`before-${number}`);
  let stopped = false;
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (let number = 0; !stopped; number += 1) await write(`during-${writer}-${number}`);
  });
  const { directory, bytes } = await running.backup();
  await running.backup();
  // Closing any descriptor of a file lets go of what this process has locked of it.
  await expect(startChild("--data", dataDir).opened()).rejects.toThrow("another Sallyport uses this data directory");
  stopped = true;
  await Promise.all(writers);
  await running.close();
  expect([directory, bytes > 1_000_000]).toEqual([join(dataDir, "backup"), true]);
  expect(["backup.unfinished", "backup.former"].filter((name) => existsSync(join(dataDir, name)))).toEqual([]);

  const restored = await openDatabase({ databaseUrl: null, dataDir: directory, clock: systemClock });
  const rows = await restored.query((db) => db.selectFrom("program_state").select("name").execute());
  await restored.close();
  const names = new Set(rows.map(({ name }) => name));
  expect(Array.from({ length: 20 }, (_, number) => names.has(`before-${number}`))).not.toContain(false);
  // Of each writer a run without a hole: nothing later came in without what was before it.
  for (const writer of [0, 1, 2, 3]) {
    const written = [...names].filter((name) => name.startsWith(`during-${writer}-`)).length;
    expect(names.has(`during-${writer}-${written}`)).toBe(false);
    if (written > 0) expect(names.has(`during-${writer}-${written - 1}`)).toBe(true);
  }
  rmSync(directory, { recursive: true });
});

test("disk: every commit asks the disk to keep it", async () => {
  let count = () => 0;
  const engine = await openEmbedded(dataDir, {
    startedAt: systemClock.now(),
    disk: (...given) => {
      const disk = diskAt(...given);
      count = disk.syncCount;
      return disk;
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
});

test("disk: a database whose commits do not reach it is refused, and the directory is free again", async () => {
  const withoutFsync = openEmbedded(dataDir, {
    startedAt: systemClock.now(),
    disk: (directory) => ({ fs: new NodeFS(directory), syncCount: () => 0 }),
  });
  await expect(withoutFsync).rejects.toThrow(/a commit did not reach the disk/);
  const next = await open();
  await next.close();
});

test("data directory: what a dead process was doing is taken up at the next start, not when its lease ends", async () => {
  const audit: Job = { kind: "audit-organization", installationId: installationId(1), first: true };
  const options = { clock: systemClock, log: silentLog, tuning: { pollMs: 10, secondMs: 1_000 } };
  const first = await open();
  const dead = openQueue(first, options);
  await dead.enqueue([audit]);
  let begun = false;
  const hung = await dead.work({ concurrency: 1 }, () => {
    begun = true;
    return new Promise(() => {});
  });
  await eventually(() => begun);
  await hung.stop(0);
  await first.close();
  const second = await open();
  const attempts: number[] = [];
  const work = await openQueue(second, options).work({ concurrency: 1 }, async (_job, attempt) => {
    attempts.push(attempt);
    return { kind: "completed" };
  });
  await eventually(() => attempts.length === 1);
  await work.stop(5_000);
  await second.close();
  expect(attempts).toEqual([1]);
});

test("data directory: a first start that was killed half-way is made up for by the next", async () => {
  const half = join(dataDir, "half");
  mkdirSync(join(half, "postgres"), { recursive: true });
  writeFileSync(join(half, "postgres.unfinished"), "");
  writeFileSync(join(half, "postgres", "PG_VERSION"), "18\n");
  const database = await openDatabase({ databaseUrl: null, dataDir: half, clock: systemClock });
  await database.close();
  expect(existsSync(join(half, "postgres.unfinished"))).toBe(false);
});

test("data directory: one of another PostgreSQL version is refused before anything touches it", async () => {
  const other = join(dataDir, "other");
  mkdirSync(join(other, "postgres"), { recursive: true });
  writeFileSync(join(other, "postgres", "PG_VERSION"), "17\n");
  const opening = openDatabase({ databaseUrl: null, dataDir: other, clock: systemClock });
  await expect(opening).rejects.toThrow(/made by PostgreSQL 17/);
});

test("data directory: one that cannot be written is refused with what to do", async () => {
  const file = join(dataDir, "a-file");
  writeFileSync(file, "");
  const opening = openDatabase({ databaseUrl: null, dataDir: join(file, "below"), clock: systemClock });
  await expect(opening).rejects.toThrow(/cannot be written \(ENOTDIR\); give this user/);
});
