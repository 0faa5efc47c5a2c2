import { fields, type Handler, listOf, notFound, ok, paged, type RestRequest, textOf } from "../http/request.ts";
import { covers, grants } from "../http/rules.ts";
import { commitView } from "../represent/commit.ts";
import { fileView, labelView, pullRequestSimple, pullRequestView } from "../represent/pull-request.ts";
import { headSha, pullRequestNumbered, repositoryNamed } from "../world/lookup.ts";
import type { PullRequest } from "../world/world.ts";
import type { Commit } from "../world/world-commit.ts";

/** REST lists at most this many files and commits of a pull request. */
const MOST_FILES = 3000;
const MOST_COMMITS = 250;

export const pullRoutes: Readonly<Record<string, Handler>> = {
  "pulls/get": (request) =>
    withPullRequest(request, (pullRequest) =>
      ok(pullRequestView(request.urls, request.world, { pullRequest, showPrivate: seesMembers(request) })),
    ),
  "pulls/list-files": (request) =>
    withPullRequest(request, (pullRequest) =>
      paged(request, pullRequest.files.slice(0, MOST_FILES), (file) =>
        fileView(request.urls, request.world, {
          repositoryId: pullRequest.repositoryId,
          sha: headSha(pullRequest),
          file,
        }),
      ),
    ),
  "pulls/list-commits": (request) =>
    withPullRequest(request, (pullRequest) =>
      paged(request, pullRequest.commits.slice(0, MOST_COMMITS), (commit) =>
        commitView(request.urls, request.world, { commit, keepOffset: false }),
      ),
    ),
  "repos/list-pull-requests-associated-with-commit": (request) => {
    const { world, params, urls } = request;
    const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
    const found = [...world.pullRequests.values()].filter(
      (pullRequest) =>
        pullRequest.repositoryId === repository?.id &&
        broughtBy(pullRequest).some(({ sha }) => sha === params.commit_sha),
    );
    return paged(request, found, (pullRequest) =>
      pullRequestSimple(urls, world, { pullRequest, showPrivate: seesMembers(request) }),
    );
  },
  "issues/add-labels": (request) =>
    withPullRequest(request, (pullRequest) => {
      const { world, urls, now } = request;
      const repository = repositoryNamed(world, request.params.owner ?? "", request.params.repo ?? "");
      if (repository === undefined) return notFound();
      for (const name of namesIn(request.body)) pullRequest.labels.add(name);
      pullRequest.updatedAt = now;
      return ok([...pullRequest.labels].map((name) => labelView(urls, world, repository, name)));
    }),
};

/**
 * The commits that GitHub knows a pull request by: what merging made, and its own where they are in the repository.
 * Commits of forks belong to no pull request here until they are merged.
 */
export const broughtBy = ({ head, repositoryId, state, mergeCommit, commits }: PullRequest): readonly Commit[] => [
  ...(mergeCommit === null ? [] : [mergeCommit]),
  ...(head.repositoryId === repositoryId || state === "merged" ? commits : []),
];

function withPullRequest(request: RestRequest, answer: (pullRequest: PullRequest) => ReturnType<Handler>) {
  const { world, params } = request;
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  const number = Number(params.pull_number ?? params.issue_number);
  const found = repository && pullRequestNumbered(world, repository.id, number);
  return found === undefined ? notFound() : answer(found);
}

/** Labels as names, as objects with a name, or as a bare list: GitHub takes all three. */
function namesIn(body: unknown): readonly string[] {
  const labels = Array.isArray(body) ? body : listOf(fields(body).labels);
  return labels.flatMap((label) => textOf(label) ?? textOf(fields(label).name) ?? []);
}

function seesMembers({ caller, world, params }: RestRequest): boolean {
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  if (caller.kind !== "installation" || repository === undefined) return false;
  return covers(caller, repository) && grants(caller.permissions, "members", "read");
}
