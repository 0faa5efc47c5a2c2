import { appView } from "../represent/app.ts";
import { accountOf, appOf, fullName, installationFor, repositoryOf } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account, Repository } from "../world/world.ts";
import type { Commit } from "../world/world-commit.ts";
import type { BranchPush } from "../world/world-history.ts";
import { repositoryWebhook, type Stage, type Webhook } from "./common.ts";

/** `push`, as an App with contents:read gets it that asked for it. */
export function pushWebhook({ world, urls }: Stage, push: BranchPush): Webhook {
  const repository = repositoryOf(world, push.repositoryId);
  const sender = accountOf(world, push.byId);
  const place = `${urls.html}/${fullName(world, repository)}`;
  const shown = push.commits.map((commit) => ({
    ...pushedCommit(commit),
    distinct: true,
    url: `${place}/commit/${commit.sha}`,
    ...{ added: pathsOf(push, "added"), modified: pathsOf(push, "modified"), removed: pathsOf(push, "removed") },
  }));
  return repositoryWebhook(
    { world, urls },
    { event: "push", action: null, repository, sender },
    {
      ref: `refs/heads/${push.branch}`,
      before: push.before,
      after: push.after,
      created: /^0+$/.test(push.before),
      deleted: /^0+$/.test(push.after),
      forced: push.forced,
      base_ref: null,
      compare: `${place}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`,
      commits: shown,
      head_commit: shown.at(-1) ?? null,
      pusher: { name: sender.login, email: addressOf(sender) },
    },
  );
}

/** `check_suite.requested`, which an App with checks:write gets of every push that brings a commit GitHub had not seen. */
export function checkSuiteRequestedWebhook({ world, urls }: Stage, push: BranchPush): Webhook {
  const repository = repositoryOf(world, push.repositoryId);
  const sender = accountOf(world, push.byId);
  const head = push.commits.at(-1);
  if (head === undefined) throw new Error("simulator/payload: a push without a commit brings no check suite");
  const id = suiteIdOf(repository, head);
  const url = `${urls.api}/repos/${fullName(world, repository)}/check-suites/${id}`;
  return repositoryWebhook(
    { world, urls },
    { event: "check_suite", action: "requested", repository, sender },
    {
      check_suite: {
        id,
        node_id: nodeId("CheckSuite", id),
        head_branch: push.branch,
        head_sha: push.after,
        status: "queued",
        conclusion: null,
        url,
        before: push.before,
        after: push.after,
        pull_requests: [],
        app: suiteApp({ world, urls }, repository),
        created_at: push.at,
        updated_at: push.at,
        rerequestable: true,
        runs_rerequestable: true,
        latest_check_runs_count: 0,
        check_runs_url: `${url}/check-runs`,
        head_commit: pushedCommit(head),
      },
    },
  );
}

function suiteApp({ world, urls }: Stage, repository: Repository) {
  const app = appOf(world, installationFor(world, repository)?.appId ?? 0);
  const owner = accountOf(world, app.ownerId);
  return {
    ...appView(urls, world, app),
    events: app.events.filter((name) => name !== "github_app_authorization"),
    owner: { id: owner.id, login: owner.login, type: owner.type },
  };
}

const suiteIdOf = (repository: Repository, { sha }: Commit): number =>
  repository.id * 1_000 + (Number.parseInt(sha.slice(0, 4), 16) % 1_000);

const pushedCommit = ({ sha, message, author, committer }: Commit) => ({
  id: sha,
  tree_id: sha,
  message,
  timestamp: new Date(committer.date).toISOString(),
  author: { name: author.name, email: author.email },
  committer: { name: committer.name, email: committer.email },
});

const pathsOf = ({ files }: BranchPush, status: string): readonly string[] =>
  files.filter((file) => file.status === status).map(({ path }) => path);

const addressOf = ({ id, login }: Account): string => `${id}+${login}@users.noreply.github.com`;
