import type { InstallationId } from "../../ids.ts";
import type { InstallationGateway, LookingGateway } from "../gateway.ts";
import { repositoryAccess, teamWithAncestors } from "./access/live.ts";
import { invitationOf } from "./access/people.ts";
import { accessSnapshot } from "./access/snapshot.ts";
import { accountEvents, accountKeys } from "./account/account-dates.ts";
import { accountHistory } from "./account/account-history.ts";
import { ownedRepositories } from "./account/owned-repositories.ts";
import { isInTeam, membership, role } from "./account/roles.ts";
import { cloneAddresses, pushes, repositoriesWithTree } from "./account/scan.ts";
import { lastActivity, recordHere } from "./account/standing-here.ts";
import {
  addAnnotations,
  addLabel,
  createFindingsCheck,
  createSealedCheck,
  findCheckRun,
  findFindingsCheck,
  resealCheck,
} from "./repository/check-runs.ts";
import { commitHistory } from "./repository/commit-history.ts";
import { commitFacts, pullRequestCommits } from "./repository/commit-origins.ts";
import { headFiles } from "./repository/head-files.ts";
import { listings } from "./repository/listing.ts";
import { pullRequest } from "./repository/pull-request.ts";
import { pullRequestFiles } from "./repository/pull-request-files.ts";
import { compared, earlierCommits, mergedInto } from "./repository/pushes.ts";
import {
  accountNamed,
  accountSince,
  accountWithId,
  fileOnDefaultBranch,
  loginOf,
  pullRequestHead,
  pullRequestsOfHead,
  repositoryAt,
} from "./repository/repository.ts";
import { signedBefore } from "./repository/signed-before.ts";
import { threadComments } from "./repository/thread-comments.ts";
import { workflowFiles } from "./repository/workflow-files.ts";
import type { Session } from "./transport/session.ts";

/**
 * What may be asked with any token, over one octokit client; `usage` counts what this gateway has asked.
 * @param organizationNodeIds node ids of organisations by login, kept for the life of the process
 */
export const readingGateway = (session: Session, organizationNodeIds: Map<string, string>): LookingGateway => ({
  usage: session.usage,
  accountHistory: (input) => accountHistory(session, input),
  accountKeys: (login) => accountKeys(session, login),
  accountEvents: (login) => accountEvents(session, login),
  recordHere: (input) => recordHere(session, input),
  lastActivity: (input) => lastActivity(session, organizationNodeIds, input),
  accountNamed: (login) => accountNamed(session, login),
  membership: (input) => membership(session, input),
  repositoryAt: (address) => repositoryAt(session, address),
  accessSnapshot: (input) => accessSnapshot(session, input),
  pullRequestFiles: (input) => pullRequestFiles(session, input),
  pullRequestHead: (input) => pullRequestHead(session, input),
  headFiles: (input) => headFiles(session, input),
  workflowFiles: (repository) => workflowFiles(session, repository),
});

/** GitHub as one installation sees it. */
export function makeInstallationGateway(
  session: Session,
  about: {
    readonly installationId: InstallationId;
    readonly appId: number;
    /** Where git is: the origin of GitHub's pages. */
    readonly webUrl: string;
    /** Node ids of organisations by login, kept for the life of the process. */
    readonly organizationNodeIds: Map<string, string>;
  },
): InstallationGateway {
  return {
    ...readingGateway(session, about.organizationNodeIds),
    installationId: about.installationId,
    pullRequest: (input) => pullRequest(session, input),
    threadComments: (nodeIds) => threadComments(session, nodeIds),
    signedBefore: (input) => signedBefore(session, input),
    role: (input) => role(session, input),
    async isOwner(input) {
      const standing = await membership(session, input);
      return standing.ok ? { ok: true, value: standing.value === "owner" } : standing;
    },
    isInTeam: (input) => isInTeam(session, input),
    loginOf: (id) => loginOf(session, id),
    accountSince: (login) => accountSince(session, login),
    accountWithId: (id) => accountWithId(session, id),
    invitationOf: (input) => invitationOf(session, input),
    teamAccess: (input) => teamWithAncestors(session, input),
    repositoryAccess: (address) => repositoryAccess(session, address),
    fileOnDefaultBranch: (input) => fileOnDefaultBranch(session, input),
    mergedInto: (input) => mergedInto(session, input),
    compared: (input) => compared(session, input),
    earlierCommits: (input) => earlierCommits(session, input),
    pullRequestsOfHead: (input) => pullRequestsOfHead(session, input),
    ...listings(session),
    ownedRepositories: (input) => ownedRepositories(session, input),
    pushes: (repository) => pushes(session, repository),
    pullRequestCommits: (repository) => pullRequestCommits(session, repository),
    commitFacts: (input) => commitFacts(session, input),
    commitHistory: (input) => commitHistory(session, input),
    repositoriesWithTree: (input) => repositoriesWithTree(session, input),
    cloneAddress: cloneAddresses(session, about),
    findCheckRun: (input) => findCheckRun(session, about.appId, input),
    findFindingsCheck: (input) => findFindingsCheck(session, about.appId, input),
    createFindingsCheck: (input) => createFindingsCheck(session, input),
    addAnnotations: (input) => addAnnotations(session, input),
    createSealedCheck: (input) => createSealedCheck(session, input),
    resealCheck: (input) => resealCheck(session, input),
    addLabel: (input) => addLabel(session, input),
  };
}
