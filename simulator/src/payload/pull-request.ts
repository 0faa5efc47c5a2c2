import { pullRequestView } from "../represent/pull-request.ts";
import { repositoryOf } from "../world/lookup.ts";
import type { Account, PullRequest } from "../world/world.ts";
import { repositoryWebhook, type Stage, type Webhook } from "./common.ts";

export type PullRequestAction = "opened" | "reopened" | "synchronize" | "ready_for_review" | "edited" | "closed";

/** `pull_request`; `before`/`after` belong to synchronize, `baseFrom` to an edit of the base branch. */
export function pullRequestWebhook(
  stage: Stage,
  about: {
    readonly pullRequest: PullRequest;
    readonly action: PullRequestAction;
    readonly sender: Account;
    readonly before?: string;
    readonly after?: string;
    readonly baseFrom?: { readonly ref: string; readonly sha: string };
    readonly titleFrom?: string;
  },
): Webhook {
  const { pullRequest, action, sender, before, after, baseFrom, titleFrom } = about;
  const repository = repositoryOf(stage.world, pullRequest.repositoryId);
  const changes = {
    ...(baseFrom === undefined ? {} : { base: { ref: { from: baseFrom.ref }, sha: { from: baseFrom.sha } } }),
    ...(titleFrom === undefined ? {} : { title: { from: titleFrom } }),
  };
  return repositoryWebhook(
    stage,
    { event: "pull_request", action, repository, sender },
    {
      number: pullRequest.number,
      ...(action === "synchronize" ? { before, after } : {}),
      ...(action === "edited" ? { changes } : {}),
      // Payloads are made without a viewer: hidden members show as CONTRIBUTOR or less.
      pull_request: pullRequestView(stage.urls, stage.world, { pullRequest, showPrivate: false }),
    },
  );
}
