import { closeSync, existsSync, fsyncSync, openSync, readdirSync, statSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DataInUse } from "../../../data-in-use.ts";
import { InvalidInput } from "../../../errors.ts";
import type { Room } from "../../../machine.ts";
import { lockDirectory } from "./lock.ts";
import { flushDirectory } from "./reach-disk.ts";
import { roomAt } from "./room.ts";

/** Why there is nothing to copy where a server keeps the database. */
export const NO_FILES = {
  where: "DATABASE_URL",
  what: "the database has no files here",
  mend: "back it up with `pg_dump` (docs/operations.md)",
} as const;

/** What a backup of the embedded database made. */
export interface Backup {
  /** The directory that holds it, in the form of a `DATA_DIR`. */
  readonly directory: string;
  readonly bytes: number;
}

/**
 * Copies the files of the embedded database into `backup` beside them; the copy before it goes when the new one is whole
 * and on the disk. Nobody may write meanwhile. A copy that was cut off leaves `backup.unfinished`, which the next one
 * begins anew. Throws InvalidInput where there is nothing to copy, or no room for it.
 */
export async function copyCluster(dataDir: string, { freeBytes, neededBytes }: Room): Promise<Backup> {
  const cluster = join(dataDir, "postgres");
  if (!existsSync(join(cluster, "PG_VERSION"))) throw refused(dataDir, ...NOTHING_HERE);
  const bytes = sizeOf(cluster);
  if (freeBytes < bytes + neededBytes)
    throw refused(
      dataDir,
      `a copy and what it runs with need ${inMiB(bytes + neededBytes)} MiB, and ${inMiB(freeBytes)} are free`,
      "make room there",
    );
  const directory = join(dataDir, "backup");
  const [unfinished, former] = [`${directory}.unfinished`, `${directory}.former`];
  await rm(unfinished, { recursive: true, force: true });
  await cp(cluster, join(unfinished, "postgres"), { recursive: true });
  await flushDirectory(unfinished);
  await rm(former, { recursive: true, force: true });
  if (existsSync(directory)) await rename(directory, former);
  await rename(unfinished, directory);
  flushEntry(dataDir);
  await rm(former, { recursive: true, force: true });
  return { directory, bytes };
}

/**
 * The same of a database that nobody has open; null while another process holds it. Throws InvalidInput with a server.
 */
export async function copyIdle(
  { databaseUrl, dataDir }: { readonly databaseUrl: string | null; readonly dataDir: string },
  startedAt: string,
): Promise<Backup | null> {
  if (databaseUrl !== null) throw new InvalidInput([NO_FILES]);
  if (!existsSync(dataDir)) throw refused(dataDir, ...NOTHING_HERE);
  try {
    const lock = lockDirectory(dataDir, { pid: process.pid, startedAt });
    return await copyCluster(dataDir, roomAt(dataDir)).finally(() => lock.release());
  } catch (error) {
    if (error instanceof DataInUse) return null;
    throw error;
  }
}

const NOTHING_HERE = ["no database is here", "set DATA_DIR"] as const;

/** Makes the new names stay. Nothing else of the directory is opened: closing its lock file would let go of the lock. */
function flushEntry(directory: string): void {
  const descriptor = openSync(directory, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function sizeOf(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const inMiB = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

const refused = (where: string, what: string, mend: string): InvalidInput => new InvalidInput([{ where, what, mend }]);
