import type { SectionName } from "../../src/dossier/facts.ts";

/**
 * What a collected field is for: a section of the dossier, the access audit, files that say what runs, how the thing is called or found again
 * (`address`), what a public criterion looks at, or the asking itself.
 */
export type Purpose = SectionName | "access.snapshot" | "workflow.files" | "address" | "public" | "operation";

/**
 * The closed list of what is read through GraphQL, by `Type.field`; a test fails when a stored query asks for more.
 * Widening it widens what we look at about people: do it in a commit of its own, with the section it feeds.
 */
export const ALLOWED_GRAPHQL: Readonly<Record<string, Purpose>> = {
  "Actor.login": "address",
  // Of files that run something and that a change touches; and of GitHub Actions files for `sallyport workflows --repo`.
  "Blob.isTruncated": "operation",
  "Blob.text": "change.files",
  "Bot.databaseId": "change.commits",
  "Bot.id": "address",
  "Commit.authoredByCommitter": "change.commits",
  "Commit.authoredDate": "change.commits",
  "Commit.committedDate": "change.commits",
  "Commit.committedViaWeb": "change.commits",
  // Hashed with the rest of the commit in `history/rebuild.ts`, read for the number of a pull request, and dropped there.
  "Commit.message": "history.scan",
  // Searched for commands in `github/octokit/repository/running-texts.ts`, as bodies of pull requests are, and dropped there.
  "Commit.messageBody": "change.texts",
  "Commit.messageHeadline": "change.texts",
  "Commit.oid": "change.commits",
  "ContributionsCollection.endedAt": "account.activity",
  "ContributionsCollection.restrictedContributionsCount": "account.activity",
  "ContributionsCollection.startedAt": "account.activity",
  "ContributionsCollection.totalCommitContributions": "account.activity",
  "ContributionsCollection.totalIssueContributions": "account.activity",
  "ContributionsCollection.totalPullRequestContributions": "account.activity",
  "ContributionsCollection.totalPullRequestReviewContributions": "account.activity",
  "ContributionsCollection.totalRepositoryContributions": "account.activity",
  "CreatedCommitContribution.occurredAt": "access.lastActivity",
  "CreatedPullRequestContribution.occurredAt": "access.lastActivity",
  "CreatedPullRequestReviewContribution.occurredAt": "access.lastActivity",
  "CommitHistoryConnection.totalCount": "history.scan",
  // Compared with the names of four bots in `github/octokit/repository/commits.ts` and dropped there; in histories with one another.
  "GitActor.date": "history.dates",
  "GitActor.email": "change.commits",
  "GitActor.name": "change.commits",
  "GitSignature.isValid": "change.commits",
  "GitSignature.payload": "history.scan",
  "GitSignature.signature": "history.identity",
  "GitSignature.state": "change.commits",
  "GitSignature.wasSignedByGitHub": "change.commits",
  "GitObject.oid": "history.scan",
  // Moments and commits, without who: what stood there before the head of now.
  "HeadRefForcePushedEvent.createdAt": "change.commits",
  "Issue.createdAt": "account.activity",
  "Issue.number": "history.origin",
  "IssueComment.createdAt": "account.activity",
  "IssueCommentConnection.totalCount": "account.activity",
  "IssueConnection.totalCount": "account.activity",
  "Mannequin.databaseId": "address",
  "Mannequin.id": "address",
  "Organization.databaseId": "address",
  "Organization.id": "address",
  "Organization.viewerCanAdminister": "operation",
  "Organization.viewerIsAMember": "operation",
  "OrganizationMemberConnection.totalCount": "operation",
  "OrganizationMemberEdge.role": "access.snapshot",
  "PageInfo.endCursor": "operation",
  "PageInfo.hasNextPage": "operation",
  "PermissionSource.permission": "access.snapshot",
  "PermissionSource.roleName": "access.snapshot",
  "PullRequest.additions": "change.files",
  "PullRequest.authorAssociation": "change.texts",
  "PullRequest.body": "change.texts",
  "PullRequest.changedFiles": "change.files",
  "PullRequest.createdAt": "account.pullRequests",
  "PullRequest.deletions": "change.files",
  "PullRequest.headRefName": "change.texts",
  "PullRequest.headRefOid": "address",
  "PullRequest.id": "address",
  "PullRequest.mergedAt": "account.pullRequests",
  "PullRequest.number": "address",
  "PullRequest.state": "public",
  "PullRequest.title": "change.texts",
  // Of two heads that wait the newer one is read.
  "PullRequest.updatedAt": "address",
  "PullRequestChangedFile.path": "public",
  "PullRequestCommitConnection.totalCount": "change.commits",
  "PullRequestConnection.totalCount": "account.pullRequests",
  "PullRequestReview.state": "change.commits",
  "PullRequestReview.submittedAt": "access.lastActivity",
  "PullRequestTimelineItemsConnection.totalCount": "history.scan",
  "RateLimit.cost": "operation",
  "Ref.name": "history.scan",
  "Repository.createdAt": "account.repositories",
  "Repository.databaseId": "address",
  // Read for words such as "mirror of" in `github/octokit/account/owned-repositories.ts` and dropped there.
  "Repository.description": "history.origin",
  "Repository.diskUsage": "history.scan",
  "Repository.id": "address",
  "Repository.isArchived": "access.snapshot",
  "Repository.isMirror": "history.origin",
  "Repository.name": "address",
  "Repository.nameWithOwner": "address",
  "Repository.pushedAt": "account.repositories",
  "Repository.visibility": "access.snapshot",
  "RepositoryCollaboratorEdge.permission": "access.snapshot",
  "RepositoryConnection.totalCount": "account.repositories",
  "RepositoryOwner.id": "account.pullRequests",
  "RepositoryOwner.login": "address",
  "SearchResultItemConnection.issueCount": "access.recordHere",
  "Team.databaseId": "access.snapshot",
  "Team.id": "operation",
  "Team.slug": "access.snapshot",
  "TeamConnection.totalCount": "operation",
  "TeamRepositoryEdge.permission": "access.snapshot",
  "Tree.oid": "history.scan",
  "TreeEntry.name": "workflow.files",
  "User.createdAt": "account.profile",
  "User.databaseId": "account.profile",
  "User.id": "address",
  "User.login": "address",
};

/** The closed list of what is read of REST answers about people, changes and access, by route. */
export const ALLOWED_REST: Readonly<Record<string, Readonly<Record<string, Purpose>>>> = {
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": {
    sha: "change.files",
    filename: "change.files",
    previous_filename: "change.files",
    status: "change.files",
    additions: "change.files",
    deletions: "change.files",
    patch: "change.files",
  },
  "GET /users/{username}/gpg_keys": { created_at: "account.keys" },
  "GET /users/{username}/ssh_signing_keys": { created_at: "account.keys" },
  "GET /users/{username}/events/public": { created_at: "account.activity" },
  "GET /user/{account_id}": { id: "address", node_id: "address", login: "address", type: "address" },
  "GET /users/{username}": { id: "address", node_id: "address", login: "address", type: "address" },
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": {
    permission: "access.grant",
    role_name: "access.grant",
  },
  "GET /installation/repositories": {
    ...{ repositories: "operation", id: "address", node_id: "address", full_name: "address" },
    ...{ archived: "operation", owner: "address", login: "address", type: "address" },
  },
  "GET /repos/{owner}/{repo}": { id: "address", full_name: "address", created_at: "history.scan" },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": { head: "address", sha: "address" },
  "GET /repos/{owner}/{repo}/activity": {
    timestamp: "history.dates",
    activity_type: "history.scan",
    ref: "history.scan",
    actor: "history.dates",
    id: "history.dates",
    before: "history.dates",
    after: "history.dates",
  },
  "GET /search/commits": {
    items: "operation",
    sha: "history.scan",
    author: "history.scan",
    commit: "history.scan",
    email: "history.scan",
    repository: "history.scan",
    id: "history.scan",
    fork: "history.scan",
    owner: "history.scan",
    name: "address",
    login: "address",
  },
  "GET /orgs/{org}/memberships/{username}": { role: "access.grant", state: "access.grant" },
  // Of a reader of the pages, never of whoever is looked at.
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": { state: "operation" },
  "GET /orgs/{org}": { default_repository_permission: "access.snapshot" },
  "GET /orgs/{org}/outside_collaborators": { id: "access.snapshot", login: "address" },
  "GET /orgs/{org}/invitations": {
    login: "address",
    role: "access.snapshot",
    created_at: "access.snapshot",
    team_count: "access.snapshot",
  },
};

/**
 * Never asked for, of anybody (SIGNALS.md §3). The lists above are closed already; this names what must not be added
 * to them, whatever the reason, by GraphQL or REST name.
 */
export const PROHIBITED_FIELDS: readonly string[] = [
  ...["name", "bio", "bioHTML", "company", "companyHTML", "location", "pronouns", "email", "status"],
  ...["avatarUrl", "avatar_url", "gravatar_id", "websiteUrl", "blog", "twitterUsername", "twitter_username"],
  ...["socialAccounts", "followers", "following", "organizations", "starredRepositories", "gists", "sponsors"],
  ...["isHireable", "hireable", "interactionAbility", "hovercard", "language", "languages", "primaryLanguage"],
].map((field) => `User.${field}`);
