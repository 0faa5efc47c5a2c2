import { MEMBERS_NOT_CHECKED, type NotChecked, ROLES_BEYOND } from "../../../access/grant.ts";

const NOT_READ = "this version does not read it";

/** Sources of access that no audit of this version looks at, with the permission each would need. */
export const NEVER_CHECKED: readonly NotChecked[] = [
  { what: "deploy keys", because: NOT_READ, opensWith: "Administration: read" },
  { what: "invitations to repositories", because: NOT_READ, opensWith: "Administration: read" },
  { what: "organisation roles", because: NOT_READ, opensWith: "Custom organization roles: read" },
  { what: "personal access tokens", because: NOT_READ, opensWith: "Personal access tokens: read" },
  { what: "other installed Apps", because: NOT_READ, opensWith: "Organization administration: read" },
  { what: "roles held through an enterprise", because: "GitHub does not show them to an App", opensWith: null },
];

const REFUSED = "GitHub refuses it to this App";

export const NO_MEMBERS: NotChecked = { what: MEMBERS_NOT_CHECKED, because: REFUSED, opensWith: "Members: read" };
export const NO_TEAMS: NotChecked = { what: "teams", because: REFUSED, opensWith: "Members: read" };
export const NO_OUTSIDE: NotChecked = {
  what: "who is an outside collaborator",
  because: REFUSED,
  opensWith: "Members: read",
};
export const NO_INVITATIONS: NotChecked = {
  what: "invitations to the organisation",
  because: REFUSED,
  opensWith: "Members: read",
};
export const NO_BASE: NotChecked = {
  what: "the role every member has everywhere (counted as none)",
  because: "GitHub does not show it to this App",
  opensWith: "Organization administration: read",
};
export const SELECTED_ONLY: NotChecked = {
  what: "repositories the App is not installed on",
  because: "the installation covers selected repositories",
  opensWith: "installation on all repositories",
};

/** Repositories of which something was hidden; none makes no entry. */
export const hiddenRepositories = (count: number, what: string): readonly NotChecked[] =>
  count > 0 ? [{ what: `${what} of ${count} repositories`, because: REFUSED, opensWith: null }] : [];

/** Grants of teams on repositories that exist and were not shown; none makes no entry. */
export const hiddenTeamGrants = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${count} grants of teams on repositories that were not shown`,
          because: "GitHub does not show them to this App",
          opensWith: null,
        },
      ]
    : [];

/** Grants whose role this version has no word for; none makes no entry. */
export const unknownRoles = (count: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${count} grants of an unknown role`,
          because: "GitHub knows a role this version does not",
          opensWith: null,
        },
      ]
    : [];

/** Roles that are more than are kept; none makes no entry. */
export const grantsBeyond = (count: number, kept: number): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: ROLES_BEYOND,
          because: `there are ${count} more than the ${kept} that are kept`,
          opensWith: null,
        },
      ]
    : [];

/** Invitations that are more than are kept; none makes no entry. */
export const invitationsBeyond = (count: number): readonly NotChecked[] =>
  count > 0
    ? [{ what: `${count} further invitations to the organisation`, because: "there are too many", opensWith: null }]
    : [];
