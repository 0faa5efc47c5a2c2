import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DataInUse } from "../../../data-in-use.ts";
import { InvalidInput } from "../../../errors.ts";
import { codeOf } from "./translate-error.ts";

export interface DirectoryLock {
  release(): void;
}

/**
 * Makes this process the only one on a data directory, or refuses: two would lose data without a word.
 *
 * The lock is the operating system's own, taken through SQLite, the one thing in Node that can take it. The kernel
 * drops it however the process ends, so nothing is ever stale after kill -9, a reused process id cannot hold it, and
 * it works between containers that share a volume, where process ids mean nothing. The note beside it, who holds it
 * since when, only serves the message.
 */
export function lockDirectory(
  dataDir: string,
  self: { readonly pid: number; readonly startedAt: string },
): DirectoryLock {
  const note = join(dataDir, "sallyport.lock.txt");
  const lock = openLock(dataDir);
  try {
    lock.exec("pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DataInUse(dataDir, holder(note)) : error;
  }
  writeFileSync(note, `process ${self.pid}, started ${self.startedAt}\n`, { mode: 0o600 });
  return { release: () => lock.close() };
}

function openLock(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return new DatabaseSync(join(dataDir, "sallyport.lock"), { timeout: 0 });
  } catch (error) {
    const reason = codeOf(error) ?? "unknown error";
    throw new InvalidInput([
      {
        where: dataDir,
        what: `the data directory cannot be written (${reason})`,
        mend: "give this user a directory of its own in DATA_DIR, or set DATABASE_URL",
      },
    ]);
  }
}

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "errcode" in error && error.errcode === SQLITE_BUSY;

function holder(note: string): string {
  try {
    return readFileSync(note, "utf8").trim();
  } catch {
    return "it has not said who it is";
  }
}
