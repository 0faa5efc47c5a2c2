import type { GitSettings } from "../../history/read/git.ts";
import { openDialogue } from "./dialogue.ts";

/** Objects of a local repository, each by one answer of two git processes that stay. */
export interface Blobs {
  /** The ids of what names stand for; null for a name of nothing here. */
  resolve(names: readonly string[]): Promise<readonly (string | null)[]>;
  /**
   * The first `maxBytes` bytes of each object with its whole size, one after the other as they are asked for; null for one
   * that is not there, as in a partial clone. All must be asked for before anything else is.
   */
  read(ids: readonly string[], maxBytes: number): () => Promise<Blob | null>;
  close(): Promise<void>;
}

export interface Blob {
  readonly bytes: Buffer;
  readonly size: number;
}

export function openBlobs(gitDirectory: string, settings: GitSettings): Blobs {
  const named = (flag: string) => openDialogue(["--git-dir", gitDirectory, "cat-file", flag], settings);
  const names = named("--batch-check");
  const contents = named("--batch");
  return {
    async resolve(wanted) {
      // One request is one line: a name with a line feed in it is none.
      const isLine = (name: string): boolean => !/[\n\0]/.test(name);
      const asked = wanted.filter(isLine).map((name) => `${name}\n`);
      if (asked.length > 0) names.ask(asked.join(""));
      const ids: (string | null)[] = [];
      for (const name of wanted) ids.push(isLine(name) ? (OBJECT.exec(await names.line())?.[1] ?? null) : null);
      return ids;
    },
    read(ids, maxBytes) {
      // Each write wakes another process, which costs as much as a small file.
      if (ids.length > 0) contents.ask(ids.map((id) => `${id}\n`).join(""));
      return async () => {
        const size = Number(OBJECT.exec(await contents.line())?.[3] ?? Number.NaN);
        if (Number.isNaN(size)) return null;
        const bytes = await contents.bytes(size, maxBytes);
        await contents.bytes(1);
        return { bytes, size };
      };
    },
    async close() {
      await Promise.all([names.close(), contents.close()]);
    },
  };
}

const OBJECT = /^([0-9a-f]{40,64}) (\w+) (\d+)$/;
