import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PGlite } from "@electric-sql/pglite";
import { CompiledQuery, type Kysely, sql } from "kysely";
import { InvalidInput } from "../../../errors.ts";
import type { Tables } from "../schema.ts";
import { copyCluster } from "./backup.ts";
import { preparedCluster, unpackCluster } from "./cluster.ts";
import type { Engine } from "./database.ts";
import { embeddedDialect } from "./embedded-dialect.ts";
import { endProcess } from "./end-process.ts";
import { lockDirectory } from "./lock.ts";
import { type Broken, type Disk, diskAt, flushDirectory, proveReachesDisk } from "./reach-disk.ts";
import { refuseFullDisk, roomAt } from "./room.ts";
import { PARSERS } from "./values.ts";

/** A data directory that lives in memory, for tests. */
export const MEMORY = "memory://";

/**
 * The database inside this process: PostgreSQL compiled to WebAssembly, one connection. Refuses a directory that
 * another process uses, one on a full disk, and one where commits do not reach the disk. Ends this process when the database has broken
 * down: what PostgreSQL calls a panic, after which only a new start, which recovers, can be trusted.
 */
export async function openEmbedded(
  dataDir: string,
  options: { readonly startedAt: string; readonly disk?: (directory: string, broken: Broken) => Disk },
): Promise<Engine> {
  if (dataDir === MEMORY) return (await openInMemory()).engine;
  refuseFullDisk(dataDir);
  const lock = lockDirectory(dataDir, { pid: process.pid, startedAt: options.startedAt });
  try {
    const pglite = await startOnDisk(dataDir, options.disk ?? diskAt);
    return engineOver(pglite, {
      room: () => roomAt(dataDir),
      backup: () => copyCluster(dataDir, roomAt(dataDir)),
      release: lock.release,
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * A database in memory, empty or as in an image of another one; `image` makes one (40 MB). For tests: an empty one
 * takes seconds to make, one from an image half a second.
 */
export async function openInMemory(
  from?: Blob,
): Promise<{ readonly engine: Engine; readonly image: () => Promise<Blob> }> {
  const pglite = await PGlite.create({ ...(from && { loadDataDir: from }), dataDir: MEMORY, ...SETTINGS });
  return { engine: engineOver(pglite, NO_DISK), image: () => pglite.dumpDataDir("none") };
}

const NO_DISK = { room: () => null, backup: null, release() {} };

const broken: Broken = (why) =>
  endProcess(`embedded database: ${why}; this process ends, and the next one starts again from what is on the disk`);

async function startOnDisk(dataDir: string, makeDisk: typeof diskAt): Promise<PGlite> {
  const directory = join(dataDir, "postgres");
  // A first start that was killed leaves half a cluster, in which nothing was ever stored.
  const unfinished = join(dataDir, "postgres.unfinished");
  if (existsSync(unfinished)) rmSync(directory, { recursive: true, force: true });
  const fresh = !existsSync(join(directory, "PG_VERSION"));
  if (fresh) writeFileSync(unfinished, "", { flush: true });
  else refuseOtherVersion(directory);
  const disk = makeDisk(directory, broken);
  const prepared = fresh ? preparedCluster() : null;
  if (prepared !== null) unpackCluster(prepared, directory);
  const pglite = await PGlite.create({ fs: disk.fs, ...SETTINGS });
  try {
    if (fresh) {
      await pglite.exec("checkpoint");
      await flushDirectory(directory);
    }
    await proveReachesDisk(pglite, disk);
  } catch (error) {
    await pglite.close();
    throw error;
  }
  if (!fresh) return pglite;
  rmSync(unfinished);
  if (prepared === null) returnMemory();
  return pglite;
}

/** PostgreSQL inside the pinned PGlite. */
const MAJOR_VERSION = "18";

function refuseOtherVersion(directory: string): void {
  const version = readFileSync(join(directory, "PG_VERSION"), "utf8").trim();
  if (version === MAJOR_VERSION) return;
  throw new InvalidInput([
    {
      where: directory,
      what: `it was made by PostgreSQL ${version}, and this program brings ${MAJOR_VERSION}`,
      mend: "dump it with the Sallyport that made it and load the dump, or start with an empty DATA_DIR",
    },
  ]);
}

const SETTINGS = {
  startParams: [
    // -F is "fsync off"; the default method, fdatasync, does nothing in this build.
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
    ...["-c", "wal_sync_method=fsync"],
    ...["-c", "TimeZone=UTC"],
    // Values are part of each plan: without them no `where state = $1` finds the index of the rows in that state.
    ...["-c", "plan_cache_mode=force_custom_plan"],
    // Filling each new 16 MB of log with zeros stops the loop for 80 ms; room on the disk is looked at before.
    ...["-c", "wal_init_zero=off"],
    // 128 MB by default, all of it resident; the working set here is a few MB.
    ...["-c", "shared_buffers=16MB"],
  ],
  parsers: PARSERS,
};

/** Making a cluster takes a second WebAssembly instance of 200 MB, and an idle process never collects it. */
function returnMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}

function engineOver(
  pglite: PGlite,
  { room, backup, release }: Pick<Engine, "room" | "backup"> & { release(): void },
): Engine {
  return {
    dialect: embeddedDialect(pglite, broken),
    insert: async (db, { text }, parameter) => (await db.executeQuery(CompiledQuery.raw(text, [parameter]))).rows,
    tidy,
    room,
    backup,
    async close() {
      await pglite.close();
      release();
    },
  };
}

/** No autovacuum and no checkpointer run in this build: without these, files, scans and restarts only grow. */
async function tidy(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ grown: number }>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::bigint as grown
    from pg_control_checkpoint()`.execute(db);
  if ((rows[0]?.grown ?? 0) < TIDY_BYTES) return;
  for (const table of BUSY_TABLES) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
  await sql`checkpoint`.execute(db);
}

/** Log since the last checkpoint that makes it worth while: about 10,000 deliveries, replayed in a second. */
const TIDY_BYTES = 32 * 2 ** 20;

const BUSY_TABLES = ["delivery", "job", "session", "report", "account_cache", "schedule"] as const;
