import type { GitSettings } from "../../history/read/git.ts";
import { openDialogue } from "./dialogue.ts";

/** Objects of a local repository, each by one answer of two git processes that stay. */
export interface Blobs {
  /** The id of what a name stands for; null when there is none. */
  resolve(name: string): Promise<string | null>;
  /** The first `maxBytes` bytes of an object with its whole size; null when it is not there, as in a partial clone. */
  read(id: string, maxBytes: number): Promise<{ readonly bytes: Buffer; readonly size: number } | null>;
  close(): Promise<void>;
}

export function openBlobs(gitDirectory: string, settings: GitSettings): Blobs {
  const named = (flag: string) => openDialogue(["--git-dir", gitDirectory, "cat-file", flag], settings);
  const names = named("--batch-check");
  const contents = named("--batch");
  return {
    async resolve(name) {
      // One request is one line: a name with a line feed in it is none.
      if (/[\n\0]/.test(name)) return null;
      names.ask(`${name}\n`);
      return OBJECT.exec(await names.line())?.[1] ?? null;
    },
    async read(id, maxBytes) {
      contents.ask(`${id}\n`);
      const size = Number(OBJECT.exec(await contents.line())?.[3] ?? Number.NaN);
      if (Number.isNaN(size)) return null;
      const bytes = await contents.bytes(size, maxBytes);
      await contents.bytes(1);
      return { bytes, size };
    },
    async close() {
      await Promise.all([names.close(), contents.close()]);
    },
  };
}

const OBJECT = /^([0-9a-f]{40,64}) (\w+) (\d+)$/;
