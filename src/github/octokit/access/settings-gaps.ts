import type { UnavailableReason } from "../../../absence.ts";
import { SETTINGS_GAPS as GAPS } from "../../../access/beside-grants/gaps.ts";
import type { NotChecked } from "../../../access/grant.ts";
import type { Session } from "../transport/session.ts";
import { REFUSED, REFUSED_TOKEN } from "./not-checked.ts";

/** What an organisation has set up: the permission an App needs, by GitHub's name and by that of its page. */
export const SETTINGS = {
  organizationRoles: {
    ...{ what: GAPS.organizationRoles, permission: "organization_custom_org_roles" },
    opensWith: "Custom organization roles: read",
  },
  apps: {
    ...{ what: GAPS.apps, permission: "organization_administration" },
    opensWith: "Organization administration: read",
  },
  tokens: {
    ...{ what: GAPS.tokens, permission: "organization_personal_access_tokens" },
    opensWith: "Organization personal access tokens: read",
  },
  organizationSecrets: {
    ...{ what: GAPS.organizationSecrets, permission: "organization_secrets" },
    opensWith: "Organization secrets: read",
  },
  runners: {
    ...{ what: GAPS.runners, permission: "organization_self_hosted_runners" },
    opensWith: "Organization self-hosted runners: read",
  },
  repositoryInvitations: {
    ...{ what: GAPS.repositoryInvitations, permission: "administration" },
    opensWith: "Administration: read",
  },
  deployKeys: { what: GAPS.deployKeys, permission: "administration", opensWith: "Administration: read" },
  environments: { what: GAPS.environments, permission: "actions", opensWith: "Actions: read" },
  forkApprovals: { what: GAPS.forkApprovals, permission: "administration", opensWith: "Administration: read" },
  repositorySecrets: { what: GAPS.repositorySecrets, permission: "secrets", opensWith: "Secrets: read" },
  environmentSecrets: { what: GAPS.environmentSecrets, permission: "environments", opensWith: "Environments: read" },
} as const;
export type SettingsSource = keyof typeof SETTINGS;

/** Something that GitHub does not show, without a request. */
export const REFUSAL = { ok: false, reason: "forbidden", retryAt: null } as const;

/** True when trying again would change nothing: whoever asks may not see it. */
export const isRefusal = (reason: UnavailableReason): boolean => reason === "forbidden" || reason === "not_found";

export function settingsRefused(source: SettingsSource, asker: Session["asker"]): NotChecked {
  const { what, opensWith } = SETTINGS[source];
  if (asker !== "token") return { what, because: REFUSED, opensWith };
  // "Only GitHub Apps can use this endpoint."
  if (source === "tokens") return { what, because: REFUSED_TOKEN, opensWith: `the App with ${opensWith}` };
  return { what, because: REFUSED_TOKEN, opensWith: "an owner's token with the scopes repo and admin:org" };
}

/** The same of some repositories. */
export function settingsUnread(source: SettingsSource, count: number, asker: Session["asker"]): NotChecked {
  const { what, ...rest } = settingsRefused(source, asker);
  return { what: `${what} (${count} repositories)`, ...rest };
}

/** Of a look at roles alone. */
export const settingsUnasked = (): readonly NotChecked[] =>
  Object.values(SETTINGS).map(({ what }) => ({ what, because: "this look asks for roles alone", opensWith: null }));

/** Rules that an App is not told of, without a request; of no repository no entry. */
export const rulesRefused = (count: number): readonly NotChecked[] =>
  count > 0 ? [...rulesUnread(count, "installation"), settingsRefused("deployKeys", "installation")] : [];

/** Repositories whose turn it was not; none makes no entry. */
export const invitationsInTurn = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.repositoryInvitations} (${count} repositories)`,
          because: "each audit asks for 40 repositories in turn",
          opensWith: null,
        },
      ]
    : [];

/** Of single repositories these take several requests each. */
export const settingsNotAsked = (sources: readonly SettingsSource[], count: number): readonly NotChecked[] =>
  count > 0
    ? sources.map((source) => ({
        what: `${SETTINGS[source].what} (${count} repositories)`,
        because: "that is several requests for each: `sallyport access` asks for them",
        opensWith: null,
      }))
    : [];

/** Secrets and groups of runners for selected repositories, beyond those that are asked for. */
export const selectionsBeyond = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.selections}, of ${count} (left out)`,
          because: "there are more than 50 of a kind",
          opensWith: null,
        },
      ]
    : [];

/** Runners that a repository has of its own take a request for each repository. */
export const ownRunnersUnread = (groupsRead: boolean): readonly NotChecked[] =>
  groupsRead
    ? [
        {
          what: `${GAPS.runners} of single repositories`,
          because: "this version does not read them",
          opensWith: null,
        },
      ]
    : [];

/** Repositories whose rules were not shown, or not all of them; none makes no entry. */
export const rulesUnread = (count: number, asker: Session["asker"]): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.rules} of ${count} repositories, and so who can push there`,
          because: asker === "token" ? REFUSED_TOKEN : REFUSED,
          opensWith: asker === "token" ? "a token of somebody who administers them" : "Administration: read",
        },
      ]
    : [];

/** Repositories whose deploy keys were not shown, or not all of them; none makes no entry. */
export const deployKeysUnread = (count: number, asker: Session["asker"]): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.deployKeys} (${count} repositories)`,
          because: asker === "token" ? REFUSED_TOKEN : REFUSED,
          opensWith: asker === "token" ? "a token of somebody who administers them" : "Administration: read",
        },
      ]
    : [];

/** Repositories whose branches of releases were not all shown; none makes no entry. */
export const branchesUnread = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.releaseBranches} in ${count} repositories`,
          because: "GitHub does not show them, or there are more than are read",
          opensWith: "Contents: read",
        },
      ]
    : [];

/** Public repositories with self-hosted runners, beyond those that are asked about; none makes no entry. */
export const forkApprovalsBeyond = (count: number, most: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.forkApprovals} (${count} repositories)`,
          because: `that is a request for each: the first ${most} are asked about`,
          opensWith: null,
        },
      ]
    : [];

/** Rulesets without the list of those who may bypass them; none makes no entry. */
export const bypassUnread = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${GAPS.bypass} ${count} rulesets (counted as nobody)`,
          because: "GitHub shows it to those who may change them",
          opensWith: "an owner's token",
        },
      ]
    : [];
