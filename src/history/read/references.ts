import { endOf, type GitSettings, startGit } from "./git.ts";

/** Which references are read: branches, remote branches, tags and HEAD; or everything there is. */
export const REFERENCES = ["branches", "all"] as const;
export type ReferenceChoice = (typeof REFERENCES)[number];

/** How many references of each kind a repository has. */
export interface References {
  readonly branches: number;
  /** Heads of pull requests, merge requests and changes under review: anybody can open one. */
  readonly requests: number;
  /** Notes, stashes and whatever else tools keep. */
  readonly others: number;
  /** Commits that stand in for others; they are never applied, and counted here alone. */
  readonly replaced: number;
}

/** Counts the references of a repository by kind. */
export async function referencesOf({ path }: { readonly path: string }, settings: GitSettings): Promise<References> {
  const counts = { branches: 0, requests: 0, others: 0, replaced: 0 };
  const child = startGit(["--git-dir", path, "for-each-ref", "--format=%(refname)"], settings);
  const ended = endOf(child);
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const name of lines) counts[kindOf(name)]++;
  });
  await ended;
  return counts;
}

/**
 * Some fetch the heads of pull requests into remote branches, under these names with a number behind. A branch that is
 * called so goes with them: what was left out is said.
 */
const FETCHED = ["pr", "pull", "pull-requests", "merge-requests"];
const FETCHED_NAME = new RegExp(`^refs/remotes/.*/(${FETCHED.join("|")})/[0-9]`);
const REQUEST_NAME = /^refs\/(pull|pull-requests|merge-requests|changes)\//;

function kindOf(name: string): keyof References {
  if (REQUEST_NAME.test(name) || FETCHED_NAME.test(name)) return "requests";
  if (/^refs\/(heads|tags|remotes)\//.test(name)) return "branches";
  return name.startsWith("refs/replace/") ? "replaced" : "others";
}

/** What `git rev-list` is given to read them. On a branch without commits HEAD is no commit, and null. */
export function referenceArguments(choice: ReferenceChoice, head: string | null): readonly string[] {
  if (choice === "all") return ["--all"];
  const fetched = FETCHED.map((name) => `--exclude=*/${name}/[0-9]*`);
  return ["--branches", "--tags", ...fetched, "--remotes", ...(head === null ? [] : [head])];
}
