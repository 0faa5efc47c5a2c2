import { BASE_NOT_CHECKED, MEMBERS_NOT_CHECKED, type NotChecked, ROLES_BEYOND } from "../../../access/grant.ts";
import type { Session } from "../transport/session.ts";

/** Roles that no App is told of. */
export const NEVER_SHOWN: NotChecked = {
  what: "roles held through an enterprise",
  because: "GitHub does not show them to an App",
  opensWith: null,
};

export const REFUSED = "GitHub refuses it to this App";
export const REFUSED_TOKEN = "GitHub refuses it to this token";

/** Things that an organisation has and that GitHub may refuse, in the order in which they are asked for. */
const PEOPLE = [
  { what: MEMBERS_NOT_CHECKED, scope: "a member's token with the scope read:org" },
  { what: "who is an outside collaborator", scope: "an owner's token with the scope read:org" },
  { what: "invitations to the organisation", scope: "an owner's token with the scope admin:org" },
  { what: "teams", scope: "a member's token with the scope read:org" },
] as const;

/** One entry each for members, people outside, invitations and teams, in this order. */
export const peopleRefused = (asker: Session["asker"]): readonly NotChecked[] =>
  PEOPLE.map(({ what, scope }) =>
    asker === "token"
      ? { what, because: REFUSED_TOKEN, opensWith: scope }
      : { what, because: REFUSED, opensWith: "Members: read" },
  );

export const baseRefused = (asker: Session["asker"]): NotChecked => ({
  what: BASE_NOT_CHECKED,
  because: `GitHub does not show it to this ${asker === "token" ? "token" : "App"}`,
  opensWith: asker === "token" ? "an owner's token with the scope admin:org" : "Organization administration: read",
});
export const HIDDEN_FROM_TOKEN: NotChecked = {
  what: "repositories this token does not see",
  because: "GitHub does not count them for it",
  opensWith: "an owner's token with the scope repo, or the App",
};
export const SECRET_TEAMS: NotChecked = {
  what: "secret teams of other people",
  because: "GitHub shows them to owners",
  opensWith: "an owner's token with the scope read:org, or the App",
};
export const SELECTED_ONLY: NotChecked = {
  what: "repositories the App is not installed on",
  because: "the installation covers selected repositories",
  opensWith: "installation on all repositories",
};

/** Repositories of which something was hidden; none makes no entry. */
export const hiddenRepositories = (count: number, what: string, asker: Session["asker"]): readonly NotChecked[] =>
  count > 0
    ? [
        {
          what: `${what} of ${count} repositories`,
          because: asker === "token" ? REFUSED_TOKEN : REFUSED,
          opensWith: asker === "token" ? "write on them, or the App" : null,
        },
      ]
    : [];

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
