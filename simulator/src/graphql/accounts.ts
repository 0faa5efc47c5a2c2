import { canSee, grants } from "../http/rules.ts";
import { accountOf, isInOrganization, lineage, pullRequestsBy, repositoriesOf } from "../world/lookup.ts";
import type { Bot, Organization, Repository, Team, User } from "../world/world.ts";
import { connection } from "./connection.ts";
import { contributionsOf } from "./contributions.ts";
import { type Args, type Fields, type GraphqlContext, many, ordered } from "./fields.ts";
import { REPOSITORY_ORDER } from "./order.ts";
import { isVisible, requireMembers, seesTeam } from "./see.ts";

export const BOT: Fields<Bot> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  // GraphQL leaves out the ending that REST shows.
  login: ({ login }) => login.replace(/\[bot\]$/, ""),
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

/** What SIGNALS.md §3 keeps out of every dossier has no resolver: a query that asks for it fails its test. */
export const USER: Fields<User> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  login: ({ login }) => login,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  contributionsCollection: (user, args, context) => contributionsOf(user, args, context),
  repositories: (user, args, context) => connection(ownedBy(user, args, context), args),
  pullRequests: (user, args, context) => {
    const states = many(args.states);
    const seen = pullRequestsBy(context.world, user.id).filter(
      (pull) => isVisible(context, pull) && (states === null || states.includes(pull.state.toUpperCase())),
    );
    return connection(ordered(seen, args.orderBy, DATED_ORDER), args);
  },
  issues: (user, args, context) => {
    const own = [...context.world.issues.values()].filter(({ authorId }) => authorId === user.id);
    const seen = own.filter((issue) => isVisible(context, issue));
    return connection(ordered(seen, args.orderBy, DATED_ORDER), args);
  },
  following: (user, args, { world }) => connection([...user.follows], args, { node: (id) => accountOf(world, id) }),
  issueComments: (user, args, context) => {
    const own = context.world.comments.filter(({ authorId }) => authorId === user.id);
    const seen = own.filter((comment) => isVisible(context, comment));
    return connection(ordered(seen, args.orderBy, { UPDATED_AT: ({ createdAt }) => createdAt }), args);
  },
};

const DATED_ORDER = {
  CREATED_AT: ({ createdAt }: { readonly createdAt: string }) => createdAt,
  UPDATED_AT: ({ updatedAt }: { readonly updatedAt: string }) => updatedAt,
} as const;

/** Only the owner's affiliation is simulated, which is also all that an App sees of a stranger. */
function ownedBy(account: User | Organization, args: Args, context: GraphqlContext): readonly Repository[] {
  const { isFork, privacy } = args;
  const affiliations = many(args.ownerAffiliations);
  if (affiliations !== null && !affiliations.includes("OWNER")) return [];
  const owned = repositoriesOf(context.world, account.id).filter(
    (repository) =>
      isVisible(context, repository) &&
      (isFork == null || (repository.parentId !== null) === isFork) &&
      (privacy == null || (repository.visibility === "public") === (privacy === "PUBLIC")),
  );
  return ordered(owned, args.orderBy, REPOSITORY_ORDER);
}

export const ORGANIZATION: Fields<Organization> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  login: ({ login }) => login,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  // Null to everybody who may not read the settings.
  requiresTwoFactorAuthentication: (organization, _, { caller }) =>
    caller.kind === "installation" && grants(caller.permissions, "organization_administration", "read")
      ? organization.requiresTwoFactor
      : null,
  membersCanForkPrivateRepositories: () => false,
  viewerIsAMember: (organization, _, { caller }) =>
    caller.kind === "person" && isInOrganization(organization, caller.user.id),
  viewerCanAdminister: (organization, _, { caller }) =>
    caller.kind === "person" && organization.owners.has(caller.user.id),
  repositories: (organization, args, context) => connection(ownedBy(organization, args, context), args),
  teams: (organization, args, context) => {
    requireMembers(context, organization.id);
    const { world, caller } = context;
    return connection(
      organization.teams.filter((team) => seesTeam(world, caller, team)),
      args,
    );
  },
  membersWithRole: (organization, args, context) => {
    requireMembers(context, organization.id);
    const ids = [...organization.owners, ...organization.members];
    return connection(ids, args, {
      node: (id) => accountOf(context.world, id),
      edge: (id) => ({ role: organization.owners.has(id) ? "ADMIN" : "MEMBER", hasTwoFactorEnabled: null }),
    });
  },
};

export const TEAM: Fields<Team> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  privacy: ({ privacy }) => privacy,
  parentTeam: (team, _, { world }) => organizationOf(world, team).teams.find(({ id }) => id === team.parentId) ?? null,
  ancestors: (team, args, context) => {
    requireMembers(context, team.organizationId);
    const { world, caller } = context;
    const [, ...above] = lineage(organizationOf(world, team), team);
    return connection(
      above.filter((one) => seesTeam(world, caller, one)),
      args,
    );
  },
  members: (team, args, context) => {
    requireMembers(context, team.organizationId);
    const { world } = context;
    const organization = organizationOf(world, team);
    const teams = args.membership === "IMMEDIATE" ? [team] : [team, ...descendants(organization, team)];
    const ids = [...new Set(teams.flatMap(({ maintainers, members }) => [...maintainers, ...members]))];
    return connection(
      ids.filter((id) => isInOrganization(organization, id)),
      args,
      {
        node: (id) => accountOf(world, id),
        edge: (id) => ({ role: team.maintainers.has(id) ? "MAINTAINER" : "MEMBER" }),
      },
    );
  },
  repositories: (team, args, context) => {
    requireMembers(context, team.organizationId);
    const { world, caller } = context;
    const rows = [...team.repositories].flatMap(([id, role]) => {
      const repository = world.repositories.get(id);
      return repository !== undefined && canSee(caller, repository) ? [{ repository, role }] : [];
    });
    return connection(rows, args, {
      node: ({ repository }) => repository,
      edge: ({ role }) => ({ permission: role.toUpperCase() }),
    });
  },
};

function organizationOf(world: GraphqlContext["world"], team: Team): Organization {
  const organization = accountOf(world, team.organizationId);
  if (organization.type !== "Organization")
    throw new Error(`simulator/graphql: team ${team.id} is not in an organisation`);
  return organization;
}

const descendants = (organization: Organization, team: Team): readonly Team[] =>
  organization.teams
    .filter(({ parentId }) => parentId === team.id)
    .flatMap((child) => [child, ...descendants(organization, child)]);
