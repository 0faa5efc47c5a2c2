import { type Handler, notFound, ok, paged, pageOf, type RestRequest, type RestResponse } from "../http/request.ts";
import { simpleUser, teamView } from "../represent/account.ts";
import { installationView } from "../represent/app.ts";
import { repositoryView } from "../represent/repository.ts";
import { accountOf, organizationNamed, repositoryNamed } from "../world/lookup.ts";
import type { Organization, Repository } from "../world/world.ts";
import type { Environment } from "../world/world-settings.ts";

/** What organisations and repositories have set up: roles, Apps, tokens, secrets by name, runners, environments. */
export const settingsRoutes: Readonly<Record<string, Handler>> = {
  "orgs/list-org-roles": (request) => inOrganization(request, (organization) => ok(rolesOf(request, organization))),
  "orgs/list-org-role-users": (request) => inOrganization(request, (organization) => holders(request, organization)),
  "orgs/list-org-role-teams": (request) =>
    inOrganization(request, (organization) => holdingTeams(request, organization)),
  "orgs/list-app-installations": (request) =>
    inOrganization(request, ({ id }) => {
      const all = [...request.world.installations.values()].filter(({ accountId }) => accountId === id);
      return listed(request, "installations", all, (each) => installationView(request.urls, request.world, each));
    }),
  "orgs/list-pat-grants": (request) =>
    inOrganization(request, ({ settings, login }) =>
      paged(request, settings.tokens, (token) => ({
        ...{ id: token.id, owner: simpleUser(request.urls, accountOf(request.world, token.ownerId)) },
        repository_selection: token.selection,
        repositories_url: `${request.urls.api}/orgs/${login}/personal-access-tokens/${token.id}/repositories`,
        permissions: { repository: token.permissions },
        ...{ access_granted_at: token.grantedAt, token_id: token.id, token_name: `token ${token.id}` },
        token_expired: token.expiresAt !== null && token.expiresAt < request.now,
        ...{ token_expires_at: token.expiresAt, token_last_used_at: token.lastUsedAt },
      })),
    ),
  "actions/list-org-secrets": (request) =>
    inOrganization(request, ({ settings, login }) =>
      listed(request, "secrets", settings.secrets, ({ name, visibility }) => ({
        ...{ name, visibility, ...MADE },
        ...(visibility === "selected" && {
          selected_repositories_url: `${request.urls.api}/orgs/${login}/actions/secrets/${name}/repositories`,
        }),
      })),
    ),
  "actions/list-selected-repos-for-org-secret": (request) =>
    inOrganization(request, ({ settings }) => {
      const secret = settings.secrets.find(({ name }) => name === request.params.secret_name);
      return secret === undefined ? notFound() : selected(request, secret.repositoryIds);
    }),
  "actions/list-self-hosted-runner-groups-for-org": (request) =>
    inOrganization(request, ({ settings, login }) =>
      listed(request, "runner_groups", settings.runnerGroups, ({ id, name, visibility, allowsPublic }) => ({
        ...{ id, name, visibility, default: false, inherited: false, allows_public_repositories: allowsPublic },
        runners_url: `${request.urls.api}/orgs/${login}/actions/runner-groups/${id}/runners`,
      })),
    ),
  "actions/list-repo-access-to-self-hosted-runner-group-in-org": (request) =>
    inOrganization(request, ({ settings }) => {
      const group = settings.runnerGroups.find(({ id }) => id === Number(request.params.runner_group_id));
      return group === undefined ? notFound() : selected(request, group.repositoryIds);
    }),
  "actions/list-self-hosted-runners-for-org": (request) =>
    inOrganization(request, ({ settings }) =>
      listed(request, "runners", settings.runners, ({ id, name, groupId }) => ({
        ...{ id, name, runner_group_id: groupId, os: "linux", status: "online", busy: false, labels: [] },
      })),
    ),
  "actions/get-fork-pr-contributor-approval-permissions-repository": (request) =>
    inRepository(request, ({ settings }) => ok({ approval_policy: settings.forkApproval })),
  "actions/list-repo-secrets": (request) =>
    inRepository(request, ({ settings }) =>
      listed(request, "secrets", settings.secrets, (name) => ({ name, ...MADE })),
    ),
  "actions/list-environment-secrets": (request) =>
    inEnvironment(request, ({ secrets }) => listed(request, "secrets", secrets, (name) => ({ name, ...MADE }))),
  "repos/get-all-environments": (request) =>
    inRepository(request, (repository) =>
      listed(request, "environments", repository.settings.environments, (each) => environmentView(request, each)),
    ),
  "repos/list-deployment-branch-policies": (request) =>
    inEnvironment(request, ({ branches }) => {
      const names = typeof branches === "string" ? [] : branches;
      return listed(request, "branch_policies", names, (name) => ({ id: 1, node_id: "DBP_1", name, type: "branch" }));
    }),
  "repos/list-invitations": (request) => inRepository(request, (repository) => invitations(request, repository)),
};

const MADE = { created_at: "2020-01-01T00:00:00Z", updated_at: "2020-01-01T00:00:00Z" };

function inOrganization(request: RestRequest, answer: (organization: Organization) => RestResponse): RestResponse {
  const organization = organizationNamed(request.world, request.params.org ?? "");
  return organization === undefined ? notFound() : answer(organization);
}

function inRepository(request: RestRequest, answer: (repository: Repository) => RestResponse): RestResponse {
  const { owner = "", repo = "" } = request.params;
  const repository = repositoryNamed(request.world, owner, repo);
  return repository === undefined ? notFound() : answer(repository);
}

const inEnvironment = (request: RestRequest, answer: (environment: Environment) => RestResponse): RestResponse =>
  inRepository(request, ({ settings }) => {
    const found = settings.environments.find(({ name }) => name === request.params.environment_name);
    return found === undefined ? notFound() : answer(found);
  });

/** A list that GitHub wraps in an object, with the count of all. */
function listed<T>(request: RestRequest, name: string, items: readonly T[], show: (item: T) => unknown): RestResponse {
  const { slice, headers } = pageOf(request, items);
  return ok({ total_count: items.length, [name]: slice.map(show) }, headers);
}

function selected(request: RestRequest, ids: readonly number[]): RestResponse {
  const { world, urls } = request;
  const all = ids.flatMap((id) => world.repositories.get(id) ?? []);
  return listed(request, "repositories", all, (repository) => repositoryView(urls, world, repository));
}

const rolesOf = ({ world, urls }: RestRequest, organization: Organization) => ({
  total_count: organization.settings.roles.length,
  roles: organization.settings.roles.map(({ id, name, baseRole }) => ({
    ...{ id, name, base_role: baseRole, source: "Organization", permissions: [], ...MADE },
    organization: simpleUser(urls, accountOf(world, organization.id)),
  })),
});

/** Everybody with the role, by himself or through a team, as GitHub lists them. */
function holders(request: RestRequest, organization: Organization): RestResponse {
  const { world, urls } = request;
  const role = organization.settings.roles.find(({ id }) => id === Number(request.params.role_id));
  if (role === undefined) return notFound();
  const teams = organization.teams.filter(({ id }) => role.teamIds.includes(id));
  const through = (id: number) => teams.filter(({ members, maintainers }) => members.has(id) || maintainers.has(id));
  const all = new Set([...role.accountIds, ...teams.flatMap((team) => [...team.maintainers, ...team.members])]);
  return paged(request, [...all], (id) => {
    const isDirect = role.accountIds.includes(id);
    const inherited = through(id).map((team) => teamView(urls, organization, team));
    return {
      ...simpleUser(urls, accountOf(world, id)),
      assignment: isDirect ? (inherited.length > 0 ? "mixed" : "direct") : "indirect",
      inherited_from: inherited,
    };
  });
}

function holdingTeams(request: RestRequest, organization: Organization): RestResponse {
  const role = organization.settings.roles.find(({ id }) => id === Number(request.params.role_id));
  if (role === undefined) return notFound();
  const teams = organization.teams.filter(({ id }) => role.teamIds.includes(id));
  return paged(request, teams, (team) => teamView(request.urls, organization, team));
}

function environmentView({ urls, world, params }: RestRequest, { id, name, reviewerIds, branches }: Environment) {
  const base = `${urls.api}/repos/${params.owner}/${params.repo}/environments/${name}`;
  const reviewers = reviewerIds.map((each) => ({ type: "User", reviewer: simpleUser(urls, accountOf(world, each)) }));
  const rule = { id: 1, node_id: "GA_1", prevent_self_review: false, type: "required_reviewers", reviewers };
  const isCustom = typeof branches !== "string";
  return {
    ...{ id, node_id: `EN_${id}`, name, url: base, html_url: base, ...MADE },
    protection_rules: reviewers.length > 0 ? [rule] : [],
    deployment_branch_policy:
      branches === "all" ? null : { protected_branches: !isCustom, custom_branch_policies: isCustom },
  };
}

function invitations(request: RestRequest, repository: Repository): RestResponse {
  const { world, urls } = request;
  return paged(request, repository.settings.invitations, ({ id, inviteeId, inviterId, role, createdAt, expired }) => ({
    ...{ id, node_id: `RI_${id}`, permissions: role, created_at: createdAt, expired },
    invitee: inviteeId === null ? null : simpleUser(urls, accountOf(world, inviteeId)),
    inviter: simpleUser(urls, accountOf(world, inviterId)),
    repository: repositoryView(urls, world, repository),
    ...{ url: `${urls.api}/user/repository_invitations/${id}`, html_url: `${urls.html}/invitations` },
  }));
}
