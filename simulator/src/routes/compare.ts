import { type Handler, notFound, ok, pageOf, type RestRequest, type RestResponse } from "../http/request.ts";
import { commitView } from "../represent/commit.ts";
import { fileView } from "../represent/pull-request.ts";
import { fullName, repositoryNamed } from "../world/lookup.ts";
import { allCommits } from "../world/nodes.ts";
import type { Repository, World } from "../world/world.ts";
import type { Commit } from "../world/world-commit.ts";
import type { BranchPush } from "../world/world-history.ts";

export const compareRoutes: Readonly<Record<string, Handler>> = { "repos/compare-commits": compare };

/** A comparison shows no more files than this, all of them on its first page. */
const MOST_FILES = 300;

/** What a push brought, asked for by the commits that it was told by; a branch's name stands for its head. */
function compare(request: RestRequest): RestResponse {
  const { world, params, urls, query } = request;
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  const [base, head] = (params.basehead ?? "").split("...");
  if (repository === undefined || base === undefined || head === undefined) return notFound();
  const baseSha = base === repository.defaultBranch ? (repository.commits[0]?.sha ?? "") : base;
  const push = pushBetween(world, repository, { baseSha, head });
  const [from, to] = [commitAt(world, repository, baseSha), commitAt(world, repository, head)];
  if (from === undefined || to === undefined) return notFound();
  const commits = push?.commits ?? [];
  const files = push?.files ?? [];
  const { slice, headers } = pageOf(request, commits);
  const place = `${urls.html}/${fullName(world, repository)}/compare/${baseSha}...${head}`;
  const show = (commit: Commit) => commitView(urls, world, { commit, keepOffset: false });
  const isFirst = Number(query.get("page") ?? 1) === 1;
  return ok(
    {
      url: `${urls.api}${request.path}`,
      html_url: place,
      permalink_url: place,
      diff_url: `${place}.diff`,
      patch_url: `${place}.patch`,
      base_commit: show(from),
      merge_base_commit: show(from),
      status: push === undefined ? "identical" : push.forced ? "diverged" : "ahead",
      ahead_by: commits.length,
      behind_by: push?.forced ? 1 : 0,
      total_commits: commits.length,
      commits: slice.map(show),
      ...(isFirst && {
        files: files
          .slice(0, MOST_FILES)
          .map((file) => fileView(urls, world, { repositoryId: repository.id, sha: head, file })),
      }),
    },
    headers,
  );
}

/** A new branch is measured by the default branch. */
const pushBetween = (
  world: World,
  { id }: Repository,
  { baseSha, head }: { readonly baseSha: string; readonly head: string },
): BranchPush | undefined =>
  world.branchPushes.findLast(
    ({ repositoryId, before, after }) =>
      repositoryId === id && after === head && (before === baseSha || /^0+$/.test(before)) && head !== baseSha,
  );

const commitAt = (world: World, { id }: Repository, sha: string): Commit | undefined =>
  [...allCommits(world), ...world.branchPushes.flatMap(({ commits }) => commits)].find(
    (commit) => commit.repositoryId === id && commit.sha === sha,
  );
