import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeServices } from "../../src/boot/services.ts";
import { readConfigFile } from "../../src/cli/config-files.ts";
import { InvalidInput } from "../../src/errors.ts";
import { silentLog } from "../../src/log.ts";
import { lockDirectory } from "../../src/store/postgres/engine/lock.ts";
import { makeMetrics } from "../../src/web/metrics.ts";
import { makeOperationsServer } from "../../src/web/operations.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { openTestSite, type TestSite } from "../web/support/desk.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-backup-"));
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

const backup = (environment: Readonly<Record<string, string>>) =>
  makeServices({ environment: () => environment, readFile: readConfigFile, envFile: "none", tell: () => {} }).backup();
const SELF = { pid: 1, startedAt: "2026-11-20T12:00:00.000Z" };

/** A directory with what looks like a cluster; only its files matter here. */
function dataDirectory(name: string): string {
  const directory = join(folder, name);
  mkdirSync(join(directory, "postgres", "base"), { recursive: true });
  writeFileSync(join(directory, "postgres", "PG_VERSION"), "18\n");
  writeFileSync(join(directory, "postgres", "base", "1"), "rows");
  return directory;
}

test("backup: without a server the files are copied here, and the copy before is replaced", async () => {
  const DATA_DIR = dataDirectory("stopped");
  mkdirSync(join(DATA_DIR, "backup", "postgres"), { recursive: true });
  writeFileSync(join(DATA_DIR, "backup", "postgres", "old"), "");
  const made = await backup({ DATA_DIR });
  expect(made).toEqual({ directory: join(DATA_DIR, "backup"), bytes: 7 });
  expect(readFileSync(join(made.directory, "postgres", "base", "1"), "utf8")).toBe("rows");
  expect(existsSync(join(made.directory, "postgres", "old"))).toBe(false);
});

test("backup: a server that runs is asked, and what it refuses is said as it says it", async () => {
  const DATA_DIR = dataDirectory("running");
  const lock = lockDirectory(DATA_DIR, SELF);
  let answer = async () => ({ directory: "/data/backup", bytes: 9 });
  const store = { ...site.store, backup: () => answer() };
  const operations = makeOperationsServer({ store, metrics: makeMetrics(site.store), log: silentLog });
  const { port } = new URL(await operations.listen({ host: "127.0.0.1", port: 0 }));
  try {
    const here = { DATA_DIR, OPERATIONS_PORT: port };
    expect(await backup(here)).toEqual({ directory: "/data/backup", bytes: 9 });
    const problem = { where: DATA_DIR, what: "no room", mend: "make room there" };
    answer = () => Promise.reject(new InvalidInput([problem]));
    await expect(backup(here)).rejects.toEqual(new InvalidInput([problem]));
    answer = () => Promise.reject(new Error("broken"));
    await expect(backup(here)).rejects.toMatchObject({ code: "database_unavailable" });
  } finally {
    await operations.close();
    lock.release();
  }
});

test.each<[string, () => Readonly<Record<string, string>>, string]>([
  ["a PostgreSQL server", () => ({ DATABASE_URL: "postgres://localhost/x" }), "pg_dump"],
  ["a directory that is not there", () => ({ DATA_DIR: join(folder, "nowhere") }), "no database is here"],
  ["a directory without a database", () => ({ DATA_DIR: folder }), "no database is here"],
])("backup: of %s it says what to do", async (_, environment, says) => {
  await expect(backup(environment())).rejects.toThrow(says);
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});
