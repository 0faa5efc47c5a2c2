import { type Handler, notFound, ok, paged, type RestRequest, type RestResponse } from "../http/request.ts";
import { grants, standsIn } from "../http/rules.ts";
import { organizationSimple, simpleUser, teamView } from "../represent/account.ts";
import { repositoryView } from "../represent/repository.ts";
import { outsideCollaboratorIds } from "../world/access.ts";
import { accountNamed, accountOf, isInOrganization, organizationNamed, repositoriesOf } from "../world/lookup.ts";
import type { Invitation, Organization, RepositoryRole, Team } from "../world/world.ts";

export const organizationRoutes: Readonly<Record<string, Handler>> = {
  "orgs/get": (request) => withOrganization(request, (organization) => ok(organizationView(request, organization))),
  "orgs/list-members": (request) =>
    withOrganization(request, (organization) => {
      const role = request.query.get("role") ?? "all";
      const owners = role === "member" ? [] : [...organization.owners];
      const members = role === "admin" ? [] : [...organization.members];
      return people(request, [...owners, ...members]);
    }),
  "orgs/get-membership-for-user": (request) => withOrganization(request, (found) => membership(request, found)),
  "orgs/list-outside-collaborators": (request) =>
    withOrganization(request, (organization) =>
      people(request, outsideCollaboratorIds(organization, repositoriesOf(request.world, organization.id))),
    ),
  "orgs/list-pending-invitations": (request) =>
    withOrganization(request, (organization) => {
      const role = request.query.get("role") ?? "all";
      // Nobody is provisioned here: every invitation came from a member.
      const shown = request.query.get("invitation_source") === "scim" ? [] : organization.invitations;
      const asked = shown.filter((invitation) => role === "all" || invitation.role === role);
      return paged(request, asked, (invitation) => invitationView(request, organization, invitation));
    }),
  "orgs/list-invitation-teams": (request) =>
    withOrganization(request, (organization) => {
      const invitation = organization.invitations.find(({ id }) => id === Number(request.params.invitation_id));
      if (invitation === undefined) return notFound();
      const teams = organization.teams.filter(({ id }) => invitation.teamIds.includes(id));
      return paged(request, teams, (team) => teamView(request.urls, organization, team));
    }),
  "teams/list": (request) =>
    withOrganization(request, (organization) =>
      paged(request, organization.teams, (team) => teamView(request.urls, organization, team)),
    ),
  "teams/list-members-in-org": (request) =>
    withTeam(request, (_, team) => people(request, [...team.maintainers, ...team.members])),
  "teams/get-membership-for-user-in-org": (request) =>
    withTeam(request, (organization, team) => teamMembership(request, organization, team)),
  "teams/list-repos-in-org": (request) =>
    withTeam(request, (_, team) => {
      const { world, urls } = request;
      return paged(request, [...team.repositories], ([id, role]) => {
        const repository = world.repositories.get(id);
        if (repository === undefined)
          throw new Error(`simulator/routes: team ${team.id} lists a repository that is gone`);
        return { ...repositoryView(urls, world, repository), permissions: flags(role), role_name: role };
      });
    }),
};

function withOrganization(request: RestRequest, answer: (organization: Organization) => RestResponse): RestResponse {
  const organization = organizationNamed(request.world, request.params.org ?? "");
  return organization === undefined ? notFound() : answer(organization);
}

function withTeam(
  request: RestRequest,
  answer: (organization: Organization, team: Team) => RestResponse,
): RestResponse {
  return withOrganization(request, (organization) => {
    const team = organization.teams.find(({ slug }) => slug === request.params.team_slug);
    return team === undefined ? notFound() : answer(organization, team);
  });
}

const invitationView = (
  { world, urls }: RestRequest,
  organization: Organization,
  { id, nodeId, login, email, role, createdAt, inviterId, teamIds }: Invitation,
) => ({
  ...{ id, node_id: nodeId, login, email, role },
  created_at: createdAt,
  failed_at: null,
  failed_reason: null,
  inviter: simpleUser(urls, accountOf(world, inviterId)),
  team_count: teamIds.length,
  invitation_teams_url: `${urls.api}/organizations/${organization.id}/invitations/${id}/teams`,
  invitation_source: "member",
});

const people = (request: RestRequest, ids: readonly number[]): RestResponse =>
  paged(request, ids, (id) => simpleUser(request.urls, accountOf(request.world, id)));

function membership(request: RestRequest, organization: Organization): RestResponse {
  const { world, urls, params } = request;
  const account = accountNamed(world, params.username ?? "");
  if (account === undefined || !isInOrganization(organization, account.id)) return notFound();
  const url = `${urls.api}/orgs/${organization.login}`;
  return ok({
    url: `${url}/memberships/${account.login}`,
    state: "active",
    role: organization.owners.has(account.id) ? "admin" : "member",
    organization_url: url,
    organization: organizationSimple(urls, organization),
    user: simpleUser(urls, account),
  });
}

/** Of a team with its child teams, whose people GitHub counts as its own. */
function teamMembership({ world, urls, params }: RestRequest, organization: Organization, team: Team): RestResponse {
  const account = accountNamed(world, params.username ?? "");
  if (account === undefined) return notFound();
  const role = team.maintainers.has(account.id)
    ? "maintainer"
    : inTeam(organization, team, account.id)
      ? "member"
      : null;
  if (role === null) return notFound();
  const url = `${urls.api}/orgs/${organization.login}/teams/${team.slug}/memberships/${account.login}`;
  return ok({ url, role, state: "active" });
}

const inTeam = (organization: Organization, team: Team, id: number): boolean =>
  team.maintainers.has(id) ||
  team.members.has(id) ||
  organization.teams.some((child) => child.parentId === team.id && inTeam(organization, child, id));

/** Everybody sees the public half; the settings need organization_administration, or an owner's `admin:org`. */
function organizationView({ urls, world, caller }: RestRequest, organization: Organization) {
  const repositories = repositoriesOf(world, organization.id);
  const full =
    (caller.kind === "person" && standsIn(caller, organization, "administrator")) ||
    (caller.kind === "installation" &&
      caller.installation.accountId === organization.id &&
      grants(caller.permissions, "organization_administration", "read"));
  return {
    ...organizationSimple(urls, organization),
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: repositories.filter(({ visibility }) => visibility === "public").length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${urls.html}/${organization.login}`,
    type: "Organization",
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
    archived_at: null,
    ...(full ? settings(organization) : {}),
  };
}

const settings = (organization: Organization) => ({
  default_repository_permission: organization.basePermission,
  two_factor_requirement_enabled: organization.requiresTwoFactor,
  members_can_fork_private_repositories: false,
  members_can_invite_outside_collaborators: true,
});

const flags = (role: RepositoryRole) => ({
  pull: true,
  triage: role !== "read",
  push: role === "write" || role === "maintain" || role === "admin",
  maintain: role === "maintain" || role === "admin",
  admin: role === "admin",
});
