import type { Instant } from "../../../src/clock.ts";
import type { App, CheckRun, Delivery, Installation } from "./world-apps.ts";
import type { Commit } from "./world-commit.ts";
import type { BranchPush, History, Push } from "./world-history.ts";
import type { BranchProtection, Ruleset } from "./world-rules.ts";
import type { OrganizationSettings, RepositorySettings } from "./world-settings.ts";

export const REPOSITORY_ROLES = ["read", "triage", "write", "maintain", "admin"] as const;
export type RepositoryRole = (typeof REPOSITORY_ROLES)[number];

/** Everything that exists on this GitHub. Plain and mutable: a scenario changes it, the handlers read it. */
export interface World {
  nextId: number;
  readonly accounts: Map<number, Account>;
  readonly repositories: Map<number, Repository>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly issues: Map<number, Issue>;
  readonly comments: Comment[];
  readonly checkRuns: Map<number, CheckRun>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly deliveries: Delivery[];
  /** Git histories by repository; only what `addHistory` made can be cloned. */
  readonly histories: Map<number, History>;
  /** Every repository's activity log, in the order of writing. */
  readonly pushes: Push[];
  /** What pushes brought, in the order of building. */
  readonly branchPushes: BranchPush[];
  readonly rulesets: Ruleset[];
  /** Whom a story is about, by account: a few words for those who choose somebody to be. */
  readonly introductions: Map<number, string>;
}

export type Account = User | Bot | Organization;

interface AccountFields {
  readonly id: number;
  readonly nodeId: string;
  login: string;
  readonly createdAt: Instant;
  updatedAt: Instant;
}

export interface User extends AccountFields {
  readonly type: "User";
  readonly gpgKeys: { readonly id: number; readonly keyId: string; readonly createdAt: Instant }[];
  readonly sshSigningKeys: { readonly id: number; readonly key: string; readonly createdAt: Instant }[];
  /** Commits to default branches of public repositories by day, as the contribution graph counts them. */
  readonly commitDays: { readonly day: string; readonly count: number; readonly repositoryId: number }[];
  readonly reviewDays: { readonly day: string; readonly count: number; readonly repositoryId: number }[];
  /** Private contributions the person chose to show as a number. */
  readonly restrictedDays: { readonly day: string; readonly count: number }[];
  readonly follows: Set<number>;
}

export interface Bot extends AccountFields {
  readonly type: "Bot";
}

export interface Organization extends AccountFields {
  readonly type: "Organization";
  readonly owners: Set<number>;
  /** Members without the owners. */
  readonly members: Set<number>;
  /** Members and owners who show their membership to everybody. */
  readonly publicMembers: Set<number>;
  basePermission: "none" | "read" | "write" | "admin";
  requiresTwoFactor: boolean;
  readonly teams: Team[];
  /** Invitations that wait for an answer. */
  readonly invitations: Invitation[];
  readonly settings: OrganizationSettings;
}

export interface Invitation {
  readonly id: number;
  readonly nodeId: string;
  /** Null for an address that belongs to no account. */
  readonly login: string | null;
  readonly email: string | null;
  readonly role: "direct_member" | "admin" | "billing_manager" | "hiring_manager" | "reinstate";
  readonly createdAt: Instant;
  readonly inviterId: number;
  readonly teamIds: readonly number[];
}

export interface Team {
  readonly type: "Team";
  readonly id: number;
  readonly nodeId: string;
  readonly organizationId: number;
  readonly name: string;
  readonly slug: string;
  readonly privacy: "VISIBLE" | "SECRET";
  readonly parentId: number | null;
  readonly maintainers: Set<number>;
  readonly members: Set<number>;
  readonly repositories: Map<number, RepositoryRole>;
}

export interface Repository {
  readonly type: "Repository";
  readonly id: number;
  readonly nodeId: string;
  ownerId: number;
  name: string;
  visibility: "public" | "private" | "internal";
  archived: boolean;
  readonly createdAt: Instant;
  pushedAt: Instant;
  readonly parentId: number | null;
  readonly templateId: number | null;
  stars: number;
  diskUsage: number;
  language: string | null;
  description: string | null;
  /** Where a mirror takes its commits from. */
  mirrorUrl: string | null;
  readonly defaultBranch: string;
  /** Names of its other branches. */
  readonly branches: string[];
  readonly protections: BranchProtection[];
  readonly settings: RepositorySettings;
  /** Roles granted to one account by itself: members and outside collaborators alike. */
  readonly direct: Map<number, RepositoryRole>;
  /** Path to text, default branch. */
  readonly files: Map<string, string>;
  /** Commits of the default branch, newest first; empty for a repository nobody has pushed to. */
  readonly commits: Commit[];
  nextNumber: number;
}

export interface ChangedFile {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  readonly previousPath: string | null;
  readonly additions: number;
  readonly deletions: number;
  /** Null for binary files and for files GitHub finds too large to show. */
  readonly patch: string | null;
  /** The whole file at the head; null where none stands, or no text. */
  readonly text: string | null;
}

export interface PullRequest {
  readonly type: "PullRequest";
  readonly id: number;
  readonly nodeId: string;
  readonly repositoryId: number;
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed" | "merged";
  draft: boolean;
  /** Null when the account is gone. */
  readonly authorId: number | null;
  readonly createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
  mergedAt: Instant | null;
  mergedById: number | null;
  /** What merging put on the base branch last; null for one that was not merged, or whose merge has no commit here. */
  mergeCommit: Commit | null;
  /** Heads that were pushed over, oldest first. */
  readonly forcedOver: { readonly at: Instant; readonly before: Commit }[];
  base: string;
  baseSha: string;
  readonly head: { readonly branch: string; readonly repositoryId: number | null };
  maintainerCanModify: boolean;
  /** Oldest first; the last one is the head. */
  readonly commits: Commit[];
  files: readonly ChangedFile[];
  readonly labels: Set<string>;
  readonly reviews: Review[];
  /** Edits of its text, oldest first. */
  readonly edits: Edit[];
  /** Who gave it another title, oldest first. */
  readonly renamed: Edit[];
}

/** A change of a text, its writer's own or somebody else's. */
export interface Edit {
  readonly at: Instant;
  readonly byId: number;
}

export interface Review {
  readonly reviewerId: number;
  readonly at: Instant;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  /** The head of then. */
  readonly commit: Commit;
}

export interface Issue {
  readonly type: "Issue";
  readonly id: number;
  readonly nodeId: string;
  readonly repositoryId: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly authorId: number;
  readonly createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
  /** Why it was closed; null while it is open. */
  stateReason: "completed" | "not_planned" | "duplicate" | null;
  readonly edits: Edit[];
}

export interface Comment {
  readonly type: "IssueComment";
  readonly id: number;
  readonly nodeId: string;
  /** An issue or a pull request. */
  readonly issueId: number;
  readonly repositoryId: number;
  readonly authorId: number;
  readonly createdAt: Instant;
  readonly body: string;
  readonly edits: Edit[];
}

/** A GitHub on which nothing happened yet; ids count up from one million. */
export function createWorld(): World {
  return {
    nextId: 1_000_000,
    accounts: new Map(),
    repositories: new Map(),
    pullRequests: new Map(),
    issues: new Map(),
    comments: [],
    checkRuns: new Map(),
    apps: new Map(),
    installations: new Map(),
    deliveries: [],
    histories: new Map(),
    pushes: [],
    branchPushes: [],
    rulesets: [],
    introductions: new Map(),
  };
}
