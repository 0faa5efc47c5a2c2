import { OperatingError } from "../../errors.ts";
import { endOf, type GitProcess, type GitSettings, runGit, startDialogue, startGit } from "../../history/read/git.ts";
import type { RepositoryLocation } from "../../history/read/read.ts";
import type { AttributesFile } from "../code-index/attributes.ts";

/** One blob of a repository, once, under the first path that a walk through its history meets it at. */
export interface StoredBlob {
  readonly oid: string;
  readonly size: number;
  readonly path: string;
}

export interface StoredCounts {
  readonly blobCount: number;
  /** Blobs and trees that are named and not there, as in a partial clone; what a missing tree names is unknown. */
  readonly missingCount: number;
}

const BLOB = /^([0-9a-f]{40}) blob (\d+) ?(.*)$/;

/**
 * Shows every blob that any reference reaches, without a look into one: one git process names the objects, another
 * says what each is. Commits of submodules are objects of other repositories and named by none.
 */
export async function eachBlob(
  { path: directory }: Pick<RepositoryLocation, "path">,
  settings: GitSettings,
  see: (blob: StoredBlob) => void,
): Promise<StoredCounts> {
  const walk = startGit(["--git-dir", directory, "rev-list", "--objects", "--missing=print", "--all", "--"], settings);
  const check = ["cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize) %(rest)", "--buffer"];
  const sizes = startDialogue(["--git-dir", directory, ...check], settings);
  walk.stdout.pipe(sizes.stdin);
  const counts = { blobCount: 0, missingCount: 0 };
  const ends = Promise.all([endOf(walk), endOf(sizes)]);
  await eachLine(sizes.stdout, (line) => {
    const [, oid = "", size = "", path = ""] = BLOB.exec(line) ?? [];
    if (oid !== "") {
      counts.blobCount++;
      see({ oid, size: Number(size), path });
    } else if (line.endsWith(" missing")) counts.missingCount++;
  });
  const failed = (await ends).find(({ code }) => code !== 0);
  if (failed === undefined) return counts;
  if (failed.aborted) throw new OperatingError("timeout", "the reading was stopped");
  throw new OperatingError("upstream_error", `${directory} cannot be read to its end: ${failed.complaint}`);
}

/** Roots of one repository that are looked at: a history that was joined from others has several. */
const MOST_ROOTS = 100;

/** Ids of the blobs that stand in a first commit, one without a parent: what a repository was begun with. */
export async function blobsAtFirst(
  { path: directory }: Pick<RepositoryLocation, "path">,
  settings: GitSettings,
): Promise<ReadonlySet<string>> {
  const asked = ["--git-dir", directory, "rev-list", "--max-parents=0", `--max-count=${MOST_ROOTS}`, "--all", "--"];
  const { stdout } = await runGit(asked, settings);
  const found = new Set<string>();
  for (const root of stdout.toString("latin1").split("\n").filter(Boolean)) {
    const tree = startGit(["--git-dir", directory, "ls-tree", "-r", "-z", root, "--"], settings);
    const ended = endOf(tree);
    await eachLine(
      tree.stdout,
      (entry) => {
        const oid = /^\d+ blob ([0-9a-f]{40})\t/.exec(entry)?.[1];
        if (oid !== undefined) found.add(oid);
      },
      0,
    );
    await ended;
  }
  return found;
}

/** Files of one repository that are read for what they call generated. */
const MOST_ATTRIBUTES = 50;

/** The `.gitattributes` files of the commit that HEAD stands for. */
export async function attributesAt(
  { path: directory, head }: Pick<RepositoryLocation, "path" | "head">,
  settings: GitSettings,
): Promise<readonly AttributesFile[]> {
  if (head === null) return [];
  const paths: string[] = [];
  const tree = startGit(["--git-dir", directory, "ls-tree", "-r", "-z", "--name-only", head, "--"], settings);
  const ended = endOf(tree);
  await eachLine(
    tree.stdout,
    (path) => {
      if (/(^|\/)\.gitattributes$/.test(path) && paths.length < MOST_ATTRIBUTES) paths.push(path);
    },
    0,
  );
  await ended;
  const files: AttributesFile[] = [];
  for (const path of paths) {
    const { code, stdout } = await runGit(["--git-dir", directory, "cat-file", "blob", `${head}:${path}`], settings);
    if (code === 0) files.push({ folder: path.slice(0, -"/.gitattributes".length), text: stdout.toString("utf8") });
  }
  return files;
}

const LINE_FEED = 10;

/** Shows what git prints, line by line, or by another byte that ends each piece; as UTF-8. */
export async function eachLine(
  source: GitProcess["stdout"],
  see: (line: string) => void,
  end = LINE_FEED,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, from)) {
      see(bytes.toString("utf8", from, at));
      from = at + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) see(rest.toString("utf8"));
}
