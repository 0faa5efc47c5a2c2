import type { Instant } from "../../../src/clock.ts";
import { accountOf, headSha } from "../world/lookup.ts";
import type { PullRequest, Repository, User, World } from "../world/world.ts";
import { addBranch, addHistory, addPush, moveHead, placeOf } from "./build-history.ts";
import { openPullRequest } from "./build-work.ts";
import type { HistoryCommit, HistoryPerson } from "./history-commit.ts";

/** GitHub's three buttons, and what a maintainer does in a shell of his own. */
export const MERGE_WAYS = ["merge", "squash", "rebase", "fast_forward", "pull", "apply"] as const;
export type MergeWay = (typeof MERGE_WAYS)[number];

/** A pull request whose commits git can serve; they build on the default branch's head of now unless they say else. */
export function openHistoryPullRequest(
  world: World,
  repository: Repository,
  input: {
    readonly author: User;
    readonly title: string;
    readonly at: Instant;
    readonly branch?: string;
    readonly commits: readonly HistoryCommit[];
  },
): PullRequest {
  const made = addBranch(world, repository, input.commits);
  return openPullRequest(world, repository, { ...input, commits: [], made });
}

/** Rewrites the pull request's branch: other commits on the head of now, and GitHub remembers what was pushed over. */
export function forcePush(
  world: World,
  pullRequest: PullRequest,
  input: { readonly at: Instant; readonly commits: readonly HistoryCommit[] },
): void {
  const repository = repositoryAt(world, pullRequest);
  const before = pullRequest.commits.at(-1);
  if (before === undefined) throw new Error(`simulator/build: pull request ${pullRequest.id} has no commit; add one`);
  pullRequest.forcedOver.push({ at: input.at, before });
  pullRequest.commits.splice(0, Number.POSITIVE_INFINITY, ...addBranch(world, repository, input.commits));
  pullRequest.updatedAt = input.at;
}

/**
 * Merges a pull request and writes what GitHub's activity log says of it: `pr_merge` for a button, `push` for what
 * came from a shell. `apply` is `git am` or `git cherry-pick`: GitHub sees no merge, and somebody closes the request.
 */
export function mergePullRequest(
  world: World,
  pullRequest: PullRequest,
  input: { readonly by: User; readonly as: HistoryPerson; readonly at: Instant; readonly way: MergeWay },
): void {
  const { by, at, way } = input;
  const repository = repositoryAt(world, pullRequest);
  const before = repository.commits[0]?.sha;
  const button = way === "merge" || way === "squash" || way === "rebase";
  if (way === "fast_forward") moveHead(world, repository, headSha(pullRequest));
  else addHistory(world, repository, commitsOf(world, pullRequest, input));
  addPush(world, repository, { by, at, ...(before && { before }), kind: button ? "pr_merge" : "push" });
  Object.assign(pullRequest, { state: "closed", closedAt: at, updatedAt: at });
  if (way === "apply") return;
  const mergeCommit = repository.commits[0] ?? null;
  Object.assign(pullRequest, { state: "merged", mergedAt: at, mergedById: by.id, mergeCommit });
}

/** What the merge adds to the branch, beside what the pull request brought. */
function commitsOf(
  world: World,
  pullRequest: PullRequest,
  { as, at, way }: { readonly as: HistoryPerson; readonly at: Instant; readonly way: MergeWay },
): readonly HistoryCommit[] {
  const repository = repositoryAt(world, pullRequest);
  const { number, title, head } = pullRequest;
  const merger = { ...as, at };
  const web = { name: "GitHub", email: "noreply@github.com", at, offsetMinutes: 0 };
  const parents = [repository.commits[0]?.sha ?? null, headSha(pullRequest)].map((sha) =>
    placeOf(world, repository, sha),
  );
  const built = world.histories.get(repository.id)?.commits ?? [];
  const inputs = pullRequest.commits.flatMap(
    ({ sha }) => built.findLast(({ commit }) => commit.sha === sha)?.input ?? [],
  );
  const login = pullRequest.authorId === null ? "ghost" : accountOf(world, pullRequest.authorId).login;
  switch (way) {
    case "merge":
      return [
        {
          author: merger,
          committer: web,
          parents,
          message: `Merge pull request #${number} from ${login}/${head.branch}\n\n${title}`,
        },
      ];
    case "pull":
      return [
        {
          author: merger,
          parents,
          message: `Merge branch '${head.branch}' of https://github.com/${login}/${repository.name}`,
        },
      ];
    case "squash": {
      // GitHub puts the opener's own name there, which everybody can set: the worst it could be is what the commits say.
      const author = { ...(inputs[0]?.author ?? merger), at };
      return [
        {
          author,
          committer: web,
          message: `${title} (#${number})`,
          files: Object.assign({}, ...inputs.map(({ files }) => files)),
        },
      ];
    }
    default:
      return inputs.map(({ author, message, files = {} }) => ({ author, committer: merger, message, files }));
  }
}

function repositoryAt(world: World, { id, repositoryId }: PullRequest): Repository {
  const repository = world.repositories.get(repositoryId);
  if (repository === undefined) throw new Error(`simulator/build: pull request ${id} has no repository`);
  return repository;
}
