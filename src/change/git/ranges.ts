import { join } from "node:path";
import type { Instant } from "../../clock.ts";
import { InvalidInput, OperatingError } from "../../errors.ts";
import { type GitSettings, runGit } from "../../history/read/git.ts";
import { inSlices } from "../../slices.ts";
import { runsHeads } from "../actions/runs-heads.ts";
import type { ChangeBase, ChangedFile } from "../change.ts";
import { type DiffEntry, readDiff } from "../diff/read-diff.ts";
import { type Memory, remember } from "../memory.ts";
import { bringsHooks } from "../packages/in-change.ts";
import { openBlobs } from "./blobs.ts";
import { withContents } from "./contents.ts";
import { type Dialogue, openDialogue } from "./dialogue.ts";
import { workflowsAt } from "./workflows-at.ts";

/** What could not be read of a change, for the list of what was not looked at. */
export interface Unread {
  readonly path: string | null;
  readonly what: string;
}

export interface ReadChange {
  readonly files: readonly ChangedFile[];
  readonly unread: readonly Unread[];
  /** What the tree that is compared with tells of its repository; whose it is, a clone does not say. */
  readonly base: ChangeBase;
}

/** Reads changes of one local repository, one after the other. */
export interface RangeReader {
  /**
   * The change from BASE to HEAD as `BASE..HEAD`, or as `BASE...HEAD` from where HEAD parted from BASE. Throws
   * InvalidInput for a range that is none or names what is not there. With a memory what is read of files is kept there.
   */
  read(range: string, memory?: Memory): Promise<ReadChange>;
  close(): Promise<void>;
}

export interface ReaderOptions extends GitSettings {
  /** Files whose whole text is read where it can be, beside their hunks. */
  readonly wantsWhole: (path: string) => boolean;
  /** The moment that GitHub's rules about workflows are those of. */
  readonly at: Instant;
}

/** Git repeats a line that names no tree. No line of a diff begins so, and the names in it are quoted. */
const END = "=end";
/** Larger differences are cut, and that is said. */
const MAX_DIFF_BYTES = 200 * 2 ** 20;
/** Two trees are compared as they are: renames found, nothing run that the repository's configuration names. */
const DIFF =
  "diff-tree --stdin -r -p -M --full-index --no-color --no-ext-diff --no-textconv --src-prefix=a/ --dst-prefix=b/";

/**
 * Opens the repository in this git directory. Attributes that its files set are not followed, for they could hide lines,
 * and nothing is checked out. Three git processes stay until `close`.
 */
export function openRanges(gitDirectory: string, { wantsWhole, at, ...settings }: ReaderOptions): RangeReader {
  const bare = ["--git-dir", gitDirectory, "--work-tree", gitDirectory, "-c", "core.attributesFile=/dev/null"];
  // Where git finds no work tree and no index it finds no attributes of the files either.
  const env = { GIT_INDEX_FILE: join(gitDirectory, "no-index") };
  const open = (): Dialogue => openDialogue([...bare, ...DIFF.split(" ")], { ...settings, env });
  let differ = open();
  const blobs = openBlobs(gitDirectory, settings);

  async function treesOf(names: readonly string[], range: string): Promise<readonly string[]> {
    const trees = await blobs.resolve(names.map((name) => `${name}^{tree}`));
    return trees.map((tree, at) => {
      if (tree !== null) return tree;
      const what = `no commit ${names[at] || "before the dots"} here`;
      throw problem(range, what, "give branches, tags or commit ids of this clone");
    });
  }

  async function differenceOf(
    trees: readonly string[],
    range: string,
  ): Promise<Awaited<ReturnType<Dialogue["until"]>>> {
    try {
      differ.ask(`${trees.join(" ")}\n${END}\n`);
      await differ.line();
      return await differ.until(END, MAX_DIFF_BYTES);
    } catch (error) {
      if (!(error instanceof OperatingError) || error.code !== "upstream_error") throw error;
      // Git ends where an object is missing; the next range may have all of its own.
      differ = open();
      throw problem(range, error.message, "fetch what a partial clone left out, or try `git fsck`");
    }
  }

  return {
    async read(range, memory) {
      const { base, head, parted } = endsOf(range);
      const from = parted ? await partingOf(bare, { base, head, range }, settings) : base;
      const trees = await treesOf([from, head], range);
      const { text, cut } = await differenceOf(trees, range);
      const entries = [...readDiff(text.toString("utf8"))];
      const files = await withContents(entries.filter(isFile), blobs, wantsWhole);
      const unread: Unread[] = entries.flatMap((entry) => ("unread" in entry ? [entry.unread] : []));
      const tooLarge = { path: null, what: `the difference is larger than ${MAX_DIFF_BYTES / 2 ** 20} MiB` };
      if (memory !== undefined) remember(files, memory);
      const asks = await inSlices(bringsHooks(files));
      const heads = asks ? runsHeads(await workflowsAt(trees[0] ?? "", blobs), at) : null;
      return { files, unread: cut ? [...unread, tooLarge] : unread, base: { owner: null, runsHeads: heads } };
    },
    async close() {
      await Promise.all([differ.close(), blobs.close()]);
    },
  };
}

const isFile = (entry: DiffEntry): entry is Extract<DiffEntry, { file: unknown }> => "file" in entry;

function endsOf(range: string): { readonly base: string; readonly head: string; readonly parted: boolean } {
  const [, base = "", dots = "", head = ""] = /^(.+?)(\.{2,3})([^.].*)?$/.exec(range.trim()) ?? [];
  if (base === "") throw problem(range, "not a range", "write BASE..HEAD, such as main..topic");
  return { base, head: head || "HEAD", parted: dots === "..." };
}

async function partingOf(
  bare: readonly string[],
  { base, head, range }: { readonly base: string; readonly head: string; readonly range: string },
  settings: GitSettings,
): Promise<string> {
  const { code, stdout } = await runGit([...bare, "merge-base", "--end-of-options", base, head], settings);
  if (code === 0) return stdout.toString("latin1").trim();
  throw problem(range, "the two have no commit in common here", "fetch more of the history, or write two dots");
}

const problem = (range: string, what: string, mend: string): InvalidInput =>
  new InvalidInput([{ where: range.slice(0, 100), what, mend }]);
