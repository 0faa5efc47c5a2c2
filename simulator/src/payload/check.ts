import { appView } from "../represent/app.ts";
import { checkRunView, checkSuiteView } from "../represent/check-run.ts";
import { accountOf, appOf, fullName, repositoryOf } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account } from "../world/world.ts";
import type { CheckRun } from "../world/world-apps.ts";
import { repositoryWebhook, type Stage, type Webhook } from "./common.ts";

/** `check_run.rerequested`, or `requested_action` when a button is named. Lists no pull request of a fork. */
export function checkRunWebhook(
  { world, urls }: Stage,
  about: { readonly run: CheckRun; readonly sender: Account; readonly button?: string },
): Webhook {
  const { run, sender, button } = about;
  const repository = repositoryOf(world, run.repositoryId);
  const action = button === undefined ? "rerequested" : "requested_action";
  return repositoryWebhook(
    { world, urls },
    { event: "check_run", action, repository, sender },
    {
      check_run: { ...checkRunView(urls, world, run), check_suite: checkSuiteView(urls, world, run) },
      ...(button === undefined ? {} : { requested_action: { identifier: button } }),
    },
  );
}

/** `check_suite.rerequested`, as "re-run all" sends it. */
export function checkSuiteWebhook(
  { world, urls }: Stage,
  { run, sender }: { readonly run: CheckRun; readonly sender: Account },
): Webhook {
  const repository = repositoryOf(world, run.repositoryId);
  const app = appOf(world, run.appId);
  const owner = accountOf(world, app.ownerId);
  const base = `${urls.api}/repos/${fullName(world, repository)}/check-suites/${run.suiteId}`;
  const { pull_requests, ...suite } = checkSuiteView(urls, world, run);
  const who = { name: sender.login, email: `${sender.id}+${sender.login}@users.noreply.github.com` };
  return repositoryWebhook(
    { world, urls },
    { event: "check_suite", action: "rerequested", repository, sender },
    {
      check_suite: {
        ...suite,
        pull_requests,
        node_id: nodeId("CheckSuite", run.suiteId),
        // GitHub puts the suite back to the start and leaves the runs alone.
        status: "queued",
        conclusion: null,
        app: {
          ...appView(urls, world, app),
          events: app.events.filter((name) => name !== "github_app_authorization"),
          owner: { id: owner.id, login: owner.login, type: owner.type },
        },
        latest_check_runs_count: 1,
        check_runs_url: `${base}/check-runs`,
        head_commit: {
          id: run.headSha,
          tree_id: run.headSha,
          message: "",
          timestamp: run.startedAt,
          author: who,
          committer: who,
        },
      },
    },
  );
}
