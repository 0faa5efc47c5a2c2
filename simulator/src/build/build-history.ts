import type { Instant } from "../../../src/clock.ts";
import { shaOf, treesOf } from "../git/git-objects.ts";
import { accountIdOfEmail } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Repository, User, World } from "../world/world.ts";
import type { Commit, GitPerson } from "../world/world-commit.ts";
import type { GitObject, History, Push } from "../world/world-history.ts";
import { takeId } from "./build.ts";
import type { HistoryCommit, HistoryPerson } from "./history-commit.ts";

/**
 * Puts commits on the default branch that git can serve: the last one becomes its head. A second call goes on where
 * the first ended. SHAs depend on the content alone, as in git. Nothing is said about when it was pushed, or by whom:
 * that is GitHub's own clock, see `addPush`. Returns the commits in the order given.
 */
export function addHistory(world: World, repository: Repository, commits: readonly HistoryCommit[]): readonly Commit[] {
  const made = addBranch(world, repository, commits);
  const head = made.at(-1);
  if (head !== undefined) moveHead(world, repository, head.sha);
  return made;
}

/** Commits as `addHistory` makes them, on no branch of the repository's own: what a pull request brings. */
export function addBranch(world: World, repository: Repository, commits: readonly HistoryCommit[]): readonly Commit[] {
  const history = world.histories.get(repository.id) ?? { commits: [], head: null, objects: new Map() };
  if (history.commits.length === 0 && repository.commits.length > 0)
    throw new Error(`simulator/build: ${repository.name} has commits git knows nothing of; begin with addHistory`);
  world.histories.set(repository.id, history);
  const made: Commit[] = [];
  for (const commit of commits) made.push(addCommit(world, { repository, history }, commit, made.at(-1) ?? null));
  return made;
}

/** Lets the default branch end at a commit that was built before, as a push does. */
export function moveHead(world: World, repository: Repository, sha: string): void {
  const history = world.histories.get(repository.id);
  const head = history?.commits.findLast(({ commit }) => commit.sha === sha);
  if (history === undefined || head === undefined) throw new Error(`simulator/build: ${repository.name} has no ${sha}`);
  history.head = sha;
  repository.commits.splice(0, Number.POSITIVE_INFINITY, ...reachable(history));
  repository.files.clear();
  for (const [path, blob] of head.files) repository.files.set(path, history.objects.get(blob)?.data.toString() ?? "");
}

/** Where a commit stands in the order of building; what `parents` counts. */
export function commitIndex(world: World, repository: Repository, sha: string | null): number {
  const index = world.histories.get(repository.id)?.commits.findLastIndex(({ commit }) => commit.sha === sha) ?? -1;
  if (index < 0) throw new Error(`simulator/build: ${repository.name} has no commit ${sha}`);
  return index;
}

type RepositoryHistory = { readonly repository: Repository; readonly history: History };

function addCommit(
  world: World,
  { repository, history }: RepositoryHistory,
  input: HistoryCommit,
  before: Commit | null,
): Commit {
  const committer = input.committer ?? input.author;
  const parents = parentsOf(history, input, before?.sha ?? history.head);
  const { tree, files } = snapshot(history, parents[0], input.files);
  const shas = parents.map(({ commit }) => commit.sha);
  const data = Buffer.from(commitText({ ...input, committer }, { tree, parents: shas }));
  const sha = keep(history, { kind: "commit", data });
  const written = Object.values(input.files ?? {});
  const commit: Commit = {
    type: "Commit",
    sha,
    tree,
    nodeId: nodeId("Commit", sha),
    repositoryId: repository.id,
    message: input.message,
    author: person(world, input.author),
    committer: person(world, committer),
    parents: shas,
    additions: written.reduce((lines, text) => lines + text.split("\n").length, 0),
    deletions: 0,
    changedFiles: written.length,
    paths: Object.keys(input.files ?? {}),
    viaWeb: committer.email === "noreply@github.com",
    signature: input.signature === undefined ? null : signatureOf(world, { ...input, committer }, input.signature),
  };
  history.commits.push({ commit, tree, files, input });
  return commit;
}

function parentsOf(history: History, { parents }: HistoryCommit, before: string | null): History["commits"] {
  if (parents === undefined)
    return before === null ? [] : history.commits.filter(({ commit }) => commit.sha === before).slice(-1);
  return parents.map((place) => {
    const found = history.commits[place];
    if (found === undefined) throw new Error(`simulator/build: no commit ${place} yet; parents name earlier commits`);
    return found;
  });
}

function keep({ objects }: History, object: GitObject): string {
  const sha = shaOf(object);
  objects.set(sha, object);
  return sha;
}

function snapshot(
  history: History,
  parent: Pick<History["commits"][number], "tree" | "files"> | undefined,
  written: HistoryCommit["files"],
): Pick<History["commits"][number], "tree" | "files"> {
  if (parent !== undefined && written === undefined) return parent;
  const files = new Map(parent?.files);
  for (const [path, text] of Object.entries(written ?? {}))
    files.set(path, keep(history, { kind: "blob", data: Buffer.from(text) }));
  const shas = treesOf(files).map((tree) => keep(history, tree));
  return { tree: shas.at(-1) ?? "", files };
}

/** A commit as git writes it. */
function commitText(
  input: HistoryCommit & { readonly committer: HistoryPerson },
  { tree, parents }: { readonly tree: string; readonly parents: readonly string[] },
): string {
  const lines = [
    `tree ${tree}`,
    ...parents.map((sha) => `parent ${sha}`),
    `author ${stamp(input.author)}`,
    `committer ${stamp(input.committer)}`,
    ...(input.headers ?? []),
    // A header of many lines goes on behind a blank.
    ...(input.signature === undefined ? [] : [`gpgsig ${input.signature.trimEnd().replaceAll("\n", "\n ")}`]),
  ];
  return `${lines.join("\n")}\n\n${input.message.replace(/\n?$/, "\n")}`;
}

const stamp = ({ name, email, at, offsetMinutes }: HistoryPerson): string =>
  `${name} <${email}> ${Math.floor(Date.parse(at) / 1000)} ${offsetText(offsetMinutes, "")}`;

function offsetText(minutes: number, between: string): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}${between}${two(Math.abs(minutes) % 60)}`;
}

function person(world: World, { name, email, at, offsetMinutes }: HistoryPerson): GitPerson {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const local = new Date((seconds + offsetMinutes * 60) * 1000).toISOString().slice(0, 19);
  const date = `${local}${offsetMinutes === 0 ? "Z" : offsetText(offsetMinutes, ":")}`;
  return { name, email, date, accountId: accountIdOfEmail(world, email) };
}

/**
 * The simulator checks no mathematics: a signature is good where the scenario says whose key made it, for a committer
 * whose address is that account's. Under any other commit the same text signs something else.
 */
function signatureOf(
  world: World,
  { committer, signedBy, signingKey }: HistoryCommit & { readonly committer: HistoryPerson },
  text: string,
): NonNullable<Commit["signature"]> {
  if (signedBy !== undefined && accountIdOfEmail(world, committer.email) !== signedBy.id)
    throw new Error(`simulator/build: GitHub verifies no signature for an address that is not ${signedBy.login}'s`);
  return {
    type: text.includes("BEGIN SSH SIGNATURE") ? "SshSignature" : "GpgSignature",
    key: text,
    ...(signingKey !== undefined && { keyName: signingKey }),
    valid: signedBy !== undefined,
    byGitHub: false,
    signerId: signedBy?.id ?? null,
    verifiedAt: signedBy === undefined ? null : committer.at,
  };
}

/** What the head leads to, newest first; a branch that was never merged is not there, as after a real push. */
function reachable(history: History): readonly Commit[] {
  const wanted = new Set([history.head]);
  const found = history.commits.toReversed().flatMap(({ commit }) => {
    if (!wanted.has(commit.sha)) return [];
    for (const parent of commit.parents) wanted.add(parent);
    return [commit];
  });
  return [...new Map(found.map((commit) => [commit.sha, commit])).values()];
}

/** Forty zeros: no commit. */
export const NO_COMMIT = "0".repeat(40);

/** Writes a push into the activity log and moves the push date; left out, the branch appears with its head of now. */
export function addPush(
  world: World,
  repository: Repository,
  input: {
    /** Null for an account that is gone. */
    readonly by: User | null;
    readonly at: Instant;
    readonly before?: string;
    readonly after?: string;
    readonly kind?: Push["kind"];
    /** Left out: the default branch. */
    readonly branch?: string;
  },
): Push {
  const before = input.before ?? NO_COMMIT;
  const push: Push = {
    id: takeId(world),
    repositoryId: repository.id,
    branch: input.branch ?? repository.defaultBranch,
    actorId: input.by?.id ?? null,
    at: input.at,
    before,
    after: input.after ?? repository.commits[0]?.sha ?? NO_COMMIT,
    kind: input.kind ?? (before === NO_COMMIT ? "branch_creation" : "push"),
  };
  world.pushes.push(push);
  if (input.at > repository.pushedAt) repository.pushedAt = input.at;
  return push;
}
