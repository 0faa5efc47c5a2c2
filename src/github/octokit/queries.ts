import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../queries");
const load = (file: string): string => readFileSync(join(folder, file), "utf8");

/** The stored queries by name; `test/github/queries.test.ts` holds each against GitHub's schema and prices it. */
export const QUERIES = {
  WorkflowFiles: load("workflow-files.graphql"),
  HeadFiles: load("head-files.graphql"),
  PrTriage: load("pr-triage.graphql"),
  AuthorHistory: load("author-history.graphql"),
  RecordHere: load("record-here.graphql"),
  OrganizationId: load("organization-id.graphql"),
  ActivityHere: load("activity-here.graphql"),
  OwnedRepositories: load("owned-repositories.graphql"),
  ContributionYears: load("contribution-years.graphql"),
  MergesOf: load("merges-of.graphql"),
  PullRequestCommits: load("pull-request-commits.graphql"),
  CommitFacts: load("commit-facts.graphql"),
  ThreadComments: load("thread-comments.graphql"),
  SignedBefore: load("signed-before.graphql"),
  CommitHistory: load("commit-history.graphql"),
  OpenPullRequests: load("open-pull-requests.graphql"),
  MorePullRequests: load("more-pull-requests.graphql"),
  OpenThreads: load("open-threads.graphql"),
  EarlierCommits: load("earlier-commits.graphql"),
  PullRequestsOfHead: load("pull-requests-of-head.graphql"),
  OrgRepos: load("access/org-repos.graphql"),
  UserRepos: load("access/user-repos.graphql"),
  RepoCollaborators: load("access/repo-collaborators.graphql"),
  OrgRules: load("access/org-rules.graphql"),
  ProtectionAllowances: load("access/protection-allowances.graphql"),
  RulesetRules: load("access/ruleset-rules.graphql"),
  OrgTeams: load("access/org-teams.graphql"),
  TeamAccess: load("access/team-access.graphql"),
  RepoAccess: load("access/repo-access.graphql"),
  TeamMembers: load("access/team-members.graphql"),
  TeamRepos: load("access/team-repos.graphql"),
  OrgMembers: load("access/org-members.graphql"),
  ViewerInOrg: load("access/viewer-in-org.graphql"),
} as const;

export type QueryName = keyof typeof QUERIES;
