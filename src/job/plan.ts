import type { Delivery } from "../delivery/delivery.ts";
import type {
  CheckRunEvent,
  CheckSuiteEvent,
  InstallationEvent,
  MemberEvent,
  PullRequestEvent,
  RepositoryEvent,
} from "../delivery/events.ts";
import type { InstallationId, RepositoryId } from "../ids.ts";
import { givenBy } from "./giver.ts";
import type { Job, JobOf, PullRequestRef, RepositoryRef } from "./job.ts";
import { followRepository, planOrganization, planTeam } from "./plan-access.ts";
import { planPush, planSuite } from "./plan-push.ts";
import { accountRef, repositoryRef } from "./references.ts";

export interface PlanOptions {
  /** Our GitHub App's id: buttons and re-runs of other apps' checks are not ours to answer. */
  readonly appId: number;
}

/**
 * The jobs a delivery leads to, in the order they should start; none for what does not concern us. A delivery is a
 * hint: every job fetches the state again, so lost order or a repeated delivery changes nothing.
 */
export function plan(delivery: Delivery, { appId }: PlanOptions): readonly Job[] {
  const { event, installationId } = delivery;
  if (event.name === "github_app_authorization") {
    return [{ kind: "end-sessions", accountId: event.payload.sender.id }];
  }
  if (installationId === null) return [];
  const context = { installationId, appId, at: delivery.receivedAt };
  switch (event.name) {
    case "pull_request":
      return planPullRequest(event.payload, context);
    case "member":
      return [...planMember(event.payload, context), followRepository(event.payload.repository, context)];
    case "check_run":
      return planCheckRun(event.payload, context);
    case "check_suite":
      return planCheckSuite(event.payload, context);
    case "push":
      return [planPush(event.payload, context)];
    case "installation":
      return planInstallation(event.payload, context);
    case "installation_repositories":
      // Of repositories that were added only a look tells which pull requests are open there.
      return event.payload.action === "added"
        ? [{ kind: "sweep-installation", installationId }]
        : forget(
            event.payload.repositories_removed.map(({ id }) => id),
            context,
          );
    case "repository":
      return planRepository(event.payload, context);
    case "membership":
    case "team":
      return planTeam(event, context);
    case "organization":
      return planOrganization(event.payload, context);
    case "deploy_key":
    case "repository_ruleset":
    case "branch_protection_rule":
    case "personal_access_token_request": {
      const { repository } = event.payload;
      return [
        { kind: "note-rule-change", installationId, repositoryId: repository?.id ?? null, at: delivery.receivedAt },
      ];
    }
  }
}

interface Context {
  readonly installationId: InstallationId;
  readonly appId: number;
  readonly at: string;
}

/** Actions after which there is a head to look at. `edited` reaches us for a new base only: a new diff. */
const NEW_HEAD: ReadonlySet<string> = new Set(["opened", "reopened", "synchronize", "ready_for_review", "edited"]);

/** Drafts, bots and members get the same sealed check as everybody: a missing one would tell something. */
function planPullRequest(payload: PullRequestEvent, { installationId }: Context): readonly Job[] {
  const { action, changes } = payload;
  const { number, node_id: nodeId, head, updated_at: updatedAt, user } = payload.pull_request;
  const repository = repositoryRef(payload.repository);
  if (action === "closed")
    return [{ kind: "close-pull-request", installationId, repository, pullRequestNumber: number }];
  if (!NEW_HEAD.has(action) || (action === "edited" && !changes?.base)) return [];
  const pullRequest = { nodeId, number, headSha: head.sha, updatedAt, author: user && accountRef(user) };
  const { check, report } = jobsOfHead(installationId, repository, pullRequest);
  return [check, { ...report, newBase: action === "edited" }];
}

/** What the head of an open pull request needs, whether a delivery told of it or a look at GitHub found it. */
export function jobsOfHead(
  installationId: InstallationId,
  repository: RepositoryRef,
  pullRequest: PullRequestRef,
): {
  readonly check: JobOf<"publish-sealed-check">;
  readonly report: JobOf<"triage-pull-request">;
} {
  const { number: pullRequestNumber, headSha, updatedAt } = pullRequest;
  const about = { installationId, repository };
  return {
    check: { kind: "publish-sealed-check", ...about, headSha, pullRequestNumber, updatedAt },
    report: { kind: "triage-pull-request", ...about, pullRequest, force: false, newBase: false, secondLook: false },
  };
}

/** GitHub's words for roles that cannot change what a repository ships. A role not listed may be a custom one. */
const BELOW_WRITE: ReadonlySet<string> = new Set(["none", "pull", "read", "triage"]);

/** `role_name` is the role; `permission` is its old-style class, where maintain counts as write and triage as read. */
function planMember(payload: MemberEvent, { installationId, at }: Context): readonly Job[] {
  const { action, member, changes } = payload;
  if (member === null) return [];
  const repository = repositoryRef(payload.repository);
  // Without changes GitHub did not say which role; the job asks for the one in force.
  const role = changes?.role_name?.to ?? changes?.permission?.to ?? "unknown";
  if (action === "removed" || (action === "edited" && BELOW_WRITE.has(role))) {
    return [{ kind: "withdraw-grant", installationId, repository, accountId: member.id, at }];
  }
  if (BELOW_WRITE.has(role)) return [];
  return [
    {
      kind: "assess-collaborator",
      installationId,
      repository,
      account: accountRef(member),
      role,
      previousRole: changes?.role_name?.from ?? changes?.permission?.from ?? changes?.old_permission?.from ?? null,
      grantedAt: at,
      ...givenBy(payload),
    },
  ];
}

/** The two buttons and GitHub's own re-run. Whether the sender may do so is asked when the job runs. */
function planCheckRun(payload: CheckRunEvent, { installationId, appId }: Context): readonly Job[] {
  const { check_run, sender } = payload;
  if (check_run.app?.id !== appId || !sender) return [];
  const head = {
    installationId,
    repository: repositoryRef(payload.repository),
    headSha: check_run.head_sha,
    senderLogin: sender.login,
    senderId: sender.id,
  };
  if (payload.action === "rerequested") return [{ kind: "rerun-head", ...head }];
  if (payload.action !== "requested_action") return [];
  switch (payload.requested_action?.identifier) {
    case "rerun":
      return [{ kind: "rerun-head", ...head }];
    case "mark_reviewed":
      return [{ kind: "mark-reviewed", ...head }];
    default:
      return [];
  }
}

/**
 * "Re-run all checks", and the push of a commit that GitHub had not seen. `pull_requests` is empty for forks, so the head
 * SHA is the key.
 */
function planCheckSuite(payload: CheckSuiteEvent, context: Context): readonly Job[] {
  const { check_suite, sender } = payload;
  const { installationId, appId } = context;
  if (check_suite.app?.id !== appId) return [];
  if (payload.action === "requested") {
    return planSuite(payload, context);
  }
  if (payload.action !== "rerequested" || !sender) return [];
  return [
    {
      kind: "rerun-head",
      installationId,
      repository: repositoryRef(payload.repository),
      headSha: check_suite.head_sha,
      senderLogin: sender.login,
      senderId: sender.id,
    },
  ];
}

/** The first audit is enqueued by the bootstrap job itself, which also runs when this delivery never came. */
function planInstallation(payload: InstallationEvent, { installationId }: Context): readonly Job[] {
  const { account, permissions = {} } = payload.installation;
  const bootstrap: Job = {
    kind: "bootstrap-installation",
    installationId,
    account: { id: account.id, login: account.login ?? account.slug ?? "", type: account.type ?? "Enterprise" },
    permissions,
  };
  switch (payload.action) {
    case "created":
    case "new_permissions_accepted":
      return [bootstrap];
    case "deleted":
      return [{ kind: "purge-installation", installationId }];
    case "suspend":
    case "unsuspend":
      return [{ kind: "set-installation-paused", installationId, paused: payload.action === "suspend" }];
    default:
      return [];
  }
}

/**
 * A transfer is told to the receiving account only. It must not inherit what was stored when the repository was
 * here before; the giving account's rows go with its own `installation_repositories.removed`.
 */
function planRepository(payload: RepositoryEvent, context: Context): readonly Job[] {
  const about = { installationId: context.installationId, repository: repositoryRef(payload.repository) };
  const follow = followRepository(payload.repository, context, payload.action === "deleted");
  switch (payload.action) {
    case "publicized":
    case "privatized":
      return [{ kind: "reseal-repository", ...about, afterRef: null }, follow];
    case "renamed":
      return [{ kind: "rename-repository", ...about }, follow];
    case "transferred":
    case "deleted":
      return [...forget([payload.repository.id], context), follow];
    case "created":
    case "archived":
    case "unarchived":
      return [follow];
    default:
      return [];
  }
}

function forget(repositoryIds: readonly RepositoryId[], { installationId }: Context): readonly Job[] {
  return repositoryIds.length === 0 ? [] : [{ kind: "forget-repositories", installationId, repositoryIds }];
}
