import type { Instant } from "../../../src/clock.ts";
import type { Account, ChangedFile, PullRequest, Repository, User, World } from "../world/world.ts";
import type { Commit, Signature } from "../world/world-commit.ts";
import type { BranchPush } from "../world/world-history.ts";
import { NO_COMMIT } from "./build-history.ts";
import { makeCommit } from "./build-work.ts";

/** What a push to a branch is told by. */
interface PushInput {
  /** Whose commits they are. */
  readonly author: User;
  /** Who pushed, when it is somebody else: a person, or an App's bot. */
  readonly by?: Account;
  readonly at: Instant;
  readonly message: string;
  readonly files: readonly ChangedFile[];
  readonly signature?: Signature;
  /** Left out: the default branch. */
  readonly branch?: string;
  /** Where the branch stood; left out: where the default branch stands. Forty zeros for a new branch. */
  readonly before?: string;
  readonly forced?: boolean;
}

/** Pushes one commit to a branch, past every pull request. */
export function pushToBranch(world: World, repository: Repository, input: PushInput): BranchPush {
  const { author, at, message, files } = input;
  const before = input.before ?? repository.commits[0]?.sha ?? NO_COMMIT;
  const { signature } = input;
  const commit = makeCommit(world, repository, { by: author, at, message, files, ...(signature && { signature }) });
  return moved(world, repository, { ...input, before, commits: [commit] });
}

/** The push by which GitHub tells of a merge: a new commit, or those of the pull request as they are or written anew. */
export function pushOfMerge(
  world: World,
  pullRequest: PullRequest,
  input: { readonly by: User; readonly at: Instant; readonly way: "merge" | "squash" | "rebase" },
): BranchPush {
  const { by, at, way } = input;
  const repository = world.repositories.get(pullRequest.repositoryId);
  if (repository === undefined) throw new Error(`simulator/build: pull request ${pullRequest.id} has no repository`);
  const before = repository.commits[0]?.sha ?? NO_COMMIT;
  const { number, title, files } = pullRequest;
  const message = way === "merge" ? `Merge pull request #${number}` : `${title} (#${number})`;
  const made = makeCommit(world, repository, { by, at, message, files });
  const own = way === "merge" ? pullRequest.commits : [];
  Object.assign(pullRequest, { state: "merged", mergedAt: at, closedAt: at, updatedAt: at, mergedById: by.id });
  pullRequest.mergeCommit = made;
  return moved(world, repository, { author: by, at, message, files, before, commits: [...own, made] });
}

/** A branch that is gone. */
export function deleteBranch(
  world: World,
  repository: Repository,
  {
    by,
    at,
    branch,
    before,
  }: { readonly by: User; readonly at: Instant; readonly branch: string; readonly before: string },
): BranchPush {
  const ended = { author: by, at, branch, before, message: "", files: [] };
  return moved(world, repository, { ...ended, commits: [], after: NO_COMMIT });
}

function moved(
  world: World,
  repository: Repository,
  input: PushInput & { readonly before: string; readonly commits: readonly Commit[]; readonly after?: string },
): BranchPush {
  const { author, by = author, at, files, commits, before, forced = false } = input;
  const branch = input.branch ?? repository.defaultBranch;
  const after = input.after ?? commits.at(-1)?.sha ?? before;
  if (branch === repository.defaultBranch) repository.commits.unshift(...commits.toReversed());
  repository.pushedAt = at;
  const push = { repositoryId: repository.id, branch, byId: by.id, at, before, after, forced, commits, files };
  world.branchPushes.push(push);
  return push;
}
