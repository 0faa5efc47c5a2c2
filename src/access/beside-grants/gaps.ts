import type { NotChecked } from "../grant.ts";

/** What of an organisation and its repositories nobody was shown, by what it is called under "not checked". */
export const SETTINGS_GAPS = {
  organizationRoles: "organisation roles",
  apps: "other installed Apps",
  tokens: "personal access tokens",
  organizationSecrets: "secrets of the organisation",
  runners: "self-hosted runners",
  repositoryInvitations: "invitations to repositories",
  deployKeys: "deploy keys",
  environments: "environments",
  repositorySecrets: "repository secrets",
  environmentSecrets: "environment secrets",
  rules: "branch rules",
  releaseBranches: "branches of releases",
  bypass: "who may bypass",
  selections: "where secrets and runners may be used",
} as const;

/** None of these gives an account a role; organisation roles do. */
const WITHOUT_ROLES: readonly string[] = Object.values(SETTINGS_GAPS).filter(
  (what) => what !== SETTINGS_GAPS.organizationRoles,
);

/** True for a gap that may hide a role of somebody. */
export const mayHideRoles = ({ what }: Pick<NotChecked, "what">): boolean =>
  !WITHOUT_ROLES.some((start) => what.startsWith(start));
