import type { AccessSnapshot, NotChecked } from "../grant.ts";

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
  forkApprovals: "which forks wait for approval",
  selections: "where secrets and runners may be used",
} as const;

/** None of these gives an account a role; organisation roles do. */
const WITHOUT_ROLES: readonly string[] = Object.values(SETTINGS_GAPS).filter(
  (what) => what !== SETTINGS_GAPS.organizationRoles,
);

/** True for a gap that may hide a role of somebody. */
export const mayHideRoles = ({ what }: Pick<NotChecked, "what">): boolean =>
  !WITHOUT_ROLES.some((start) => what.startsWith(start));

/** Lists that a file may have and this one has not; a collector says itself what it could not read. */
export function unlisted(snapshot: AccessSnapshot): readonly NotChecked[] {
  const absent = LISTS.filter(([list]) => snapshot[list] === undefined).map(([, name]) => name);
  if (absent.length === 0) return [];
  return [{ what: absent.join(", "), because: "the file does not list them", opensWith: null }];
}

const LISTS = [
  ["repositoryInvitations", SETTINGS_GAPS.repositoryInvitations],
  ["deployKeys", SETTINGS_GAPS.deployKeys],
  ["organizationRoles", SETTINGS_GAPS.organizationRoles],
  ["apps", "installed Apps"],
  ["tokens", SETTINGS_GAPS.tokens],
  ["protections", SETTINGS_GAPS.rules],
] as const;
