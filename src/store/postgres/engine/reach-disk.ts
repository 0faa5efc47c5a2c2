import { fdatasyncSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { z } from "zod";
import { InvalidInput } from "../../../errors.ts";
import { codeOf } from "./translate-error.ts";

/** Ends the process and says why: the embedded database cannot be used any more, and a new start recovers it. */
export type Broken = (why: string) => never;

/** The files of an embedded database. */
export interface Disk {
  readonly fs: NodeFS;
  /** How often something was written to the disk to stay. */
  syncCount(): number;
}

/**
 * A directory for the embedded database, with the fsync that PGlite's file system lacks: without it a commit is in
 * the kernel's memory only, lost when the power fails. This reaches into PGlite's insides, so `proveReachesDisk`
 * checks that it worked.
 *
 * After a flush that failed, or a write of the log or the control file, PostgreSQL panics: nobody knows what the disk
 * has. The embedded one cannot end itself and turns for ever around its own locks, so `broken` ends it here, before
 * it hears of the error. A table that cannot grow is an error of that statement alone, as in PostgreSQL.
 */
export function diskAt(directory: string, broken: Broken): Disk {
  let count = 0;
  const orBroken = <T>(call: () => T, path: () => string, concerned: RegExp): T => {
    try {
      return call();
    } catch (error) {
      if (concerned.test(path())) broken(`${path()} could not be written (${reasonOf(error)})`);
      throw error;
    }
  };
  const hook = ({ realPath, stream_ops: streams, node_ops: nodes }: Operations): void => {
    const { write } = streams;
    const { mknod, rename } = nodes;
    streams.fsync = ({ nfd, node }) => {
      count += 1;
      orBroken(
        () => fdatasyncSync(nfd),
        () => realPath(node),
        ANY_FILE,
      );
      return 0;
    };
    streams.write = (stream, ...rest) =>
      orBroken(
        () => write(stream, ...rest),
        () => realPath(stream.node),
        VITAL,
      );
    nodes.mknod = (parent, name, ...rest) =>
      orBroken(
        () => mknod(parent, name, ...rest),
        () => join(realPath(parent), name),
        VITAL,
      );
    nodes.rename = (node, ...rest) =>
      orBroken(
        () => rename(node, ...rest),
        () => realPath(node),
        VITAL,
      );
  };
  return { fs: new HookedFs(directory, hook), syncCount: () => count };
}

const ANY_FILE = /./;
/** The log, and the file that says where in it recovery begins. */
const VITAL = /[\\/](pg_wal[\\/]|global[\\/]pg_control$)/;

/** PGlite's file system over a directory, whose operations a hook may replace before the database runs. */
class HookedFs extends NodeFS {
  readonly #hook: (operations: Operations) => void;

  constructor(directory: string, hook: (operations: Operations) => void) {
    super(directory);
    this.#hook = hook;
  }

  override async init(...given: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(...given);
    const hookUp = ({ NODEFS }: { readonly NODEFS: unknown }): void => {
      const inside = operations.safeParse(NODEFS);
      if (inside.success) this.#hook(inside.data);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), hookUp] } };
  }
}

/** What PGlite's file system is made of, as far as it is replaced here. */
interface Operations {
  realPath(node: unknown): string;
  readonly stream_ops: {
    fsync?: (stream: Stream) => number;
    write: (stream: Stream, ...rest: readonly unknown[]) => unknown;
  };
  readonly node_ops: {
    mknod: (parent: unknown, name: string, ...rest: readonly unknown[]) => unknown;
    rename: (node: unknown, ...rest: readonly unknown[]) => unknown;
  };
}

interface Stream {
  readonly nfd: number;
  readonly node: unknown;
}

const called = z.custom<never>((value) => value instanceof Function);
const operations = z.custom<Operations>(
  (value) =>
    z
      .object({
        realPath: called,
        stream_ops: z.object({ write: called }),
        node_ops: z.object({ mknod: called, rename: called }),
      })
      .safeParse(value).success,
);

/** Node's word, or the number that PGlite made of it. */
function reasonOf(error: unknown): string {
  const errno = typeof error === "object" && error !== null && "errno" in error ? Number(error.errno) : 0;
  return codeOf(error) ?? WASI_WORDS[errno] ?? `error ${errno}`;
}

const WASI_WORDS: Readonly<Record<number, string>> = { 19: "EDQUOT", 22: "EFBIG", 29: "EIO", 51: "ENOSPC" };

/** Commits something and refuses unless the disk was asked to keep it. */
export async function proveReachesDisk(pglite: PGlite, disk: Disk): Promise<void> {
  const before = disk.syncCount();
  await pglite.exec("begin; create table disk_proof (); drop table disk_proof; commit");
  if (disk.syncCount() > before) return;
  throw new InvalidInput([
    {
      where: "embedded database",
      what: "a commit did not reach the disk, so acknowledged deliveries could be lost",
      mend: "install the pinned version of @electric-sql/pglite (npm ci), or set DATABASE_URL to a PostgreSQL server",
    },
  ]);
}

/** Writes a new cluster's files to the disk: making it asked for that of none. About 1000 files, 0.4 s. */
export async function flushDirectory(directory: string): Promise<void> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const paths = [...entries.map((entry) => join(entry.parentPath, entry.name)), directory].values();
  // Of a file system's journal several flushes at once are one.
  await Promise.all(Array.from({ length: FLUSHES }, () => flushEach(paths)));
}

const FLUSHES = 16;

async function flushEach(paths: Iterator<string> & Iterable<string>): Promise<void> {
  for (const path of paths) {
    const file = await open(path, "r");
    await file.sync().finally(() => file.close());
  }
}
