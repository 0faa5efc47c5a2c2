import type { Urls } from "../http/request.ts";
import { appOf, fullName, headSha, repositoryOf } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { PullRequest, World } from "../world/world.ts";
import type { CheckRun } from "../world/world-apps.ts";
import { appView } from "./app.ts";

type View = Readonly<Record<string, unknown>>;

export function checkRunView(urls: Urls, world: World, run: CheckRun): View {
  const name = fullName(world, repositoryOf(world, run.repositoryId));
  const url = `${urls.api}/repos/${name}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${urls.html}/${name}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotationCount,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: appView(urls, world, appOf(world, run.appId)),
    pull_requests: sameRepositoryPullRequests(world, run).map((found) => minimal(urls, world, found)),
  };
}

/** GitHub lists only pull requests from branches of the same repository: for forks the list is empty. */
export const sameRepositoryPullRequests = (
  world: World,
  at: { readonly repositoryId: number; readonly headSha: string },
): readonly PullRequest[] =>
  [...world.pullRequests.values()].filter(
    (pullRequest) =>
      pullRequest.repositoryId === at.repositoryId &&
      pullRequest.head.repositoryId === at.repositoryId &&
      pullRequest.state === "open" &&
      headSha(pullRequest) === at.headSha,
  );

function minimal(urls: Urls, world: World, pullRequest: PullRequest): View {
  const repository = repositoryOf(world, pullRequest.repositoryId);
  const url = `${urls.api}/repos/${fullName(world, repository)}`;
  const repo = { id: repository.id, url, name: repository.name };
  return {
    id: pullRequest.id,
    number: pullRequest.number,
    url: `${url}/pulls/${pullRequest.number}`,
    head: { ref: pullRequest.head.branch, sha: headSha(pullRequest), repo },
    base: { ref: pullRequest.base, sha: pullRequest.baseSha, repo },
  };
}

/** The suite as `check_run` webhooks embed it. */
export const checkSuiteView = (urls: Urls, world: World, run: CheckRun): View => {
  const name = fullName(world, repositoryOf(world, run.repositoryId));
  const pullRequests = sameRepositoryPullRequests(world, run);
  return {
    id: run.suiteId,
    node_id: nodeId("CheckSuite", run.suiteId),
    head_branch: pullRequests[0]?.head.branch ?? null,
    head_sha: run.headSha,
    status: run.status,
    conclusion: run.conclusion,
    url: `${urls.api}/repos/${name}/check-suites/${run.suiteId}`,
    before: null,
    after: null,
    pull_requests: pullRequests.map((found) => minimal(urls, world, found)),
    app: appView(urls, world, appOf(world, run.appId)),
    created_at: run.startedAt,
    updated_at: run.startedAt,
  };
};
