import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { z } from "zod";
import { InvalidInput } from "../../errors.ts";

/** Counts how often the embedded database had something written to the disk. */
export interface DiskWatch {
  count(): number;
}

/**
 * Gives the embedded database's file system the fsync it lacks: without it a commit is in the kernel's memory only,
 * lost when the power fails. This reaches into PGlite's insides, so `proveReachesDisk` checks that it worked.
 */
export function attachFsync(pglite: PGlite): DiskWatch {
  let count = 0;
  const inside = insides.safeParse(pglite);
  if (inside.success) {
    inside.data.Module.NODEFS.stream_ops.fsync = ({ nfd }: { readonly nfd: number }) => {
      count += 1;
      return flush(nfd);
    };
  }
  return { count: () => count };
}

const insides = z.object({
  Module: z.object({
    NODEFS: z.object({ stream_ops: z.custom<Record<string, unknown>>((value) => value instanceof Object) }),
  }),
});

/** WASI's number for an I/O error: the database then stops at once instead of believing in a commit. */
const EIO = 29;

function flush(descriptor: number): number {
  try {
    fdatasyncSync(descriptor);
    return 0;
  } catch {
    return EIO;
  }
}

/** Commits something and refuses unless the disk was asked to keep it. */
export async function proveReachesDisk(pglite: PGlite, watch: DiskWatch): Promise<void> {
  const before = watch.count();
  await pglite.exec("begin; create table disk_proof (); drop table disk_proof; commit");
  if (watch.count() > before) return;
  throw new InvalidInput([
    {
      where: "embedded database",
      what: "a commit did not reach the disk, so acknowledged deliveries could be lost",
      mend: "install the pinned version of @electric-sql/pglite (npm ci), or set DATABASE_URL to a PostgreSQL server",
    },
  ]);
}

/** Writes a new cluster's files to the disk: they were made before the fsync was there. About 1000 files, 0.4 s. */
export function flushDirectory(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
    flushPath(join(entry.parentPath, entry.name));
  flushPath(directory);
}

function flushPath(path: string): void {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
