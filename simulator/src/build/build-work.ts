import { createHash } from "node:crypto";
import type { Instant } from "../../../src/clock.ts";
import { nodeId } from "../world/nodes.ts";
import type { ChangedFile, Comment, Issue, PullRequest, Repository, Review, User, World } from "../world/world.ts";
import type { Commit, Signature } from "../world/world-commit.ts";
import { takeId } from "./build.ts";

export interface CommitInput {
  readonly by: User;
  readonly at: Instant;
  readonly message: string;
  /** The author's clock, when it says something else than `at`; with its own offset. */
  readonly authoredAt?: string;
  /** Defaults to the account's noreply address. */
  readonly email?: string;
  readonly committer?: { readonly name: string; readonly email: string; readonly account?: User };
  readonly signature?: Signature;
  readonly files?: readonly ChangedFile[];
}

/** A commit that is on no branch yet; its SHA depends only on the order of building. */
export function makeCommit(world: World, repository: Repository, input: CommitInput): Commit {
  const sha = createHash("sha1")
    .update(`${repository.id}/${takeId(world)}/${input.message}`)
    .digest("hex");
  const email = input.email ?? `${input.by.id}+${input.by.login}@users.noreply.github.com`;
  const author = { name: input.by.login, email, date: input.authoredAt ?? input.at, accountId: input.by.id };
  const { committer } = input;
  return {
    type: "Commit",
    sha,
    tree: null,
    nodeId: nodeId("Commit", sha),
    repositoryId: repository.id,
    message: input.message,
    author,
    committer:
      committer === undefined
        ? { ...author, date: input.at }
        : { ...committer, date: input.at, accountId: committer.account?.id ?? null },
    parents: repository.commits.slice(0, 1).map((parent) => parent.sha),
    additions: sum(input.files, "additions"),
    deletions: sum(input.files, "deletions"),
    changedFiles: input.files?.length ?? 1,
    paths: input.files?.map(({ path }) => path) ?? [],
    viaWeb: false,
    signature: input.signature ?? null,
  };
}

/** Puts a commit on the default branch and moves the push date. */
export function commitTo(world: World, repository: Repository, input: CommitInput): Commit {
  const commit = makeCommit(world, repository, input);
  repository.commits.unshift(commit);
  repository.pushedAt = input.at;
  return commit;
}

/** A changed file from its added lines; the patch is what GitHub would show for them. */
export function addedFile(path: string, text: string): ChangedFile {
  const lines = text.replace(/\n$/, "").split("\n");
  const patch = [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join("\n");
  return { path, status: "added", previousPath: null, additions: lines.length, deletions: 0, patch, text };
}

const CONTEXT_LINES = 3;

/** A file whose text becomes another, with one hunk and the three lines around it that git shows. */
export function editedFile(path: string, change: { readonly from: string; readonly to: string }): ChangedFile {
  const [old, fresh] = [linesOf(change.from), linesOf(change.to)];
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const [removed, added] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  const above = old.slice(Math.max(0, head - CONTEXT_LINES), head);
  const below = old.slice(old.length - tail, old.length - tail + CONTEXT_LINES);
  const around = above.length + below.length;
  const at = (count: number): string => `${head - above.length + (count > 0 ? 1 : 0)},${count}`;
  const patch = [
    `@@ -${at(removed.length + around)} +${at(added.length + around)} @@`,
    ...above.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...below.map((line) => ` ${line}`),
  ].join("\n");
  const counts = { additions: added.length, deletions: removed.length };
  return { path, status: "modified", previousPath: null, ...counts, patch, text: change.to };
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

export interface PullRequestInput {
  readonly author: User;
  readonly title: string;
  readonly at: Instant;
  readonly body?: string;
  readonly draft?: boolean;
  readonly branch?: string;
  /** The fork it comes from; left out for a branch of the same repository. */
  readonly from?: Repository;
  readonly files?: readonly ChangedFile[];
  /** Left out: one commit by the author at `at`. */
  readonly commits?: readonly CommitInput[];
  /** Instead of `commits`: what `addBranch` made, which git can serve. */
  readonly made?: readonly Commit[];
}

export function openPullRequest(world: World, repository: Repository, input: PullRequestInput): PullRequest {
  const id = takeId(world);
  const files = input.files ?? [addedFile("NOTES.md", "A note.")];
  const commits = input.commits ?? [{ by: input.author, at: input.at, message: input.title, files }];
  const pullRequest: PullRequest = {
    type: "PullRequest",
    id,
    nodeId: nodeId("PullRequest", id),
    repositoryId: repository.id,
    number: repository.nextNumber,
    title: input.title,
    body: input.body ?? null,
    state: "open",
    draft: input.draft ?? false,
    authorId: input.author.id,
    createdAt: input.at,
    updatedAt: input.at,
    closedAt: null,
    mergedAt: null,
    mergedById: null,
    mergeCommit: null,
    forcedOver: [],
    base: repository.defaultBranch,
    baseSha: repository.commits[0]?.sha ?? "0".repeat(40),
    head: { branch: input.branch ?? `change-${id}`, repositoryId: (input.from ?? repository).id },
    maintainerCanModify: true,
    commits: input.made ? [...input.made] : commits.map((commit) => makeCommit(world, repository, commit)),
    files,
    labels: new Set(),
    reviews: [],
    edits: [],
    renamed: [],
  };
  repository.nextNumber += 1;
  world.pullRequests.set(id, pullRequest);
  return pullRequest;
}

/** Adds a commit to the pull request's branch; returns the head before and after, as `synchronize` reports them. */
export function pushTo(
  world: World,
  pullRequest: PullRequest,
  input: CommitInput,
): { readonly before: string; readonly after: string } {
  const repository = world.repositories.get(pullRequest.repositoryId);
  if (repository === undefined) throw new Error(`simulator/build: pull request ${pullRequest.id} has no repository`);
  const before = pullRequest.commits.at(-1)?.sha ?? pullRequest.baseSha;
  const commit = makeCommit(world, repository, input);
  pullRequest.commits.push(commit);
  pullRequest.files = [...pullRequest.files, ...(input.files ?? [])];
  pullRequest.updatedAt = input.at;
  return { before, after: commit.sha };
}

/** A review of the pull request's head of now. */
export function review(
  pullRequest: PullRequest,
  { by, at, state = "APPROVED" }: { readonly by: User; readonly at: Instant; readonly state?: Review["state"] },
): void {
  const commit = pullRequest.commits.at(-1);
  if (commit === undefined) throw new Error(`simulator/build: pull request ${pullRequest.id} has no commit; add one`);
  pullRequest.reviews.push({ reviewerId: by.id, at, state, commit });
  pullRequest.updatedAt = at;
}

/** Closes the pull request; with `merger` it is merged, and its commits reach the default branch. */
export function closePullRequest(
  world: World,
  pullRequest: PullRequest,
  input: { readonly at: Instant; readonly merger?: User },
): void {
  const { at, merger } = input;
  pullRequest.closedAt = at;
  pullRequest.updatedAt = at;
  pullRequest.state = merger === undefined ? "closed" : "merged";
  if (merger === undefined) return;
  pullRequest.mergedAt = at;
  pullRequest.mergedById = merger.id;
  const repository = world.repositories.get(pullRequest.repositoryId);
  if (repository === undefined) throw new Error(`simulator/build: pull request ${pullRequest.id} has no repository`);
  repository.commits.unshift(...pullRequest.commits.toReversed());
  repository.pushedAt = at;
}

export function openIssue(
  world: World,
  repository: Repository,
  input: { readonly author: User; readonly title: string; readonly at: Instant; readonly body?: string },
): Issue {
  const id = takeId(world);
  const issue: Issue = {
    type: "Issue",
    id,
    nodeId: nodeId("Issue", id),
    repositoryId: repository.id,
    number: repository.nextNumber,
    title: input.title,
    body: input.body ?? "",
    authorId: input.author.id,
    createdAt: input.at,
    updatedAt: input.at,
    closedAt: null,
    stateReason: null,
    edits: [],
  };
  repository.nextNumber += 1;
  world.issues.set(id, issue);
  return issue;
}

export function comment(
  world: World,
  subject: Issue | PullRequest,
  input: { readonly author: User; readonly at: Instant; readonly body?: string },
): Comment {
  const id = takeId(world);
  const made: Comment = {
    type: "IssueComment",
    id,
    nodeId: nodeId("IssueComment", id),
    issueId: subject.id,
    repositoryId: subject.repositoryId,
    authorId: input.author.id,
    createdAt: input.at,
    body: input.body ?? "A comment.",
    edits: [],
  };
  world.comments.push(made);
  subject.updatedAt = input.at;
  return made;
}

const sum = (files: readonly ChangedFile[] | undefined, key: "additions" | "deletions"): number =>
  (files ?? []).reduce((total, file) => total + file[key], 0);
