import type { Instant } from "../../../src/clock.ts";
import type { RepositoryRole } from "./world.ts";

/** What an organisation has set up beside people, teams and repositories. */
export interface OrganizationSettings {
  readonly roles: OrganizationRole[];
  readonly secrets: OrganizationSecret[];
  readonly runnerGroups: RunnerGroup[];
  readonly runners: Runner[];
  readonly tokens: TokenGrant[];
}

/** A role of the organisation; accounts hold it by themselves and through teams. */
export interface OrganizationRole {
  readonly id: number;
  readonly name: string;
  /** What it gives on every repository. */
  readonly baseRole: RepositoryRole | null;
  readonly accountIds: readonly number[];
  readonly teamIds: readonly number[];
}

interface InRepositories {
  readonly visibility: "all" | "private" | "selected";
  /** Of `selected`. */
  readonly repositoryIds: readonly number[];
}

export interface OrganizationSecret extends InRepositories {
  readonly name: string;
}

export interface RunnerGroup extends InRepositories {
  readonly id: number;
  readonly name: string;
  readonly allowsPublic: boolean;
}

export interface Runner {
  readonly id: number;
  readonly groupId: number;
  readonly name: string;
}

/** A fine-grained token that the organisation let in. */
export interface TokenGrant {
  readonly id: number;
  readonly ownerId: number;
  readonly selection: "none" | "all" | "subset";
  readonly permissions: Readonly<Record<string, string>>;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

/** What a repository has set up beside its code. */
export interface RepositorySettings {
  readonly deployKeys: DeployKey[];
  readonly invitations: RepositoryInvitation[];
  readonly secrets: string[];
  readonly environments: Environment[];
  /** Whose workflows of a fork wait for a yes; GitHub's own default unless somebody chose. */
  forkApproval: "first_time_contributors_new_to_github" | "first_time_contributors" | "all_external_contributors";
}

export interface DeployKey {
  readonly title: string;
  readonly readOnly: boolean;
  readonly createdAt: Instant;
}

export interface RepositoryInvitation {
  readonly id: number;
  readonly inviteeId: number | null;
  readonly inviterId: number;
  readonly role: RepositoryRole;
  readonly createdAt: Instant;
  readonly expired: boolean;
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly reviewerIds: readonly number[];
  /** Every branch, those with a protection, or those that fit a pattern. */
  readonly branches: "all" | "protected" | readonly string[];
  readonly secrets: readonly string[];
}

export const noOrganizationSettings = (): OrganizationSettings => ({
  ...{ roles: [], secrets: [], runnerGroups: [], runners: [], tokens: [] },
});

export const noRepositorySettings = (): RepositorySettings => ({
  ...{ deployKeys: [], invitations: [], secrets: [], environments: [] },
  forkApproval: "first_time_contributors",
});
