import { accountOf, isInOrganization, pullRequestsBy, repositoriesOf } from "../lookup.ts";
import { canSee, grants } from "../rules.ts";
import type { Bot, Organization, Repository, Team, User } from "../world.ts";
import { connection } from "./connection.ts";
import { contributionsOf } from "./contributions.ts";
import type { Args, Fields, GraphqlContext } from "./fields.ts";
import { many, ordered } from "./fields.ts";
import { REPOSITORY_ORDER } from "./order.ts";
import { isVisible, requireOrganization, visibleRepositories } from "./see.ts";

export const BOT: Fields<Bot> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  // GraphQL leaves out the ending that REST shows.
  login: ({ login }) => login.replace(/\[bot\]$/, ""),
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

export const USER: Fields<User> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  login: ({ login }) => login,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  isHireable: () => false,
  isGitHubStar: () => false,
  hasSponsorsListing: () => false,
  twitterUsername: () => null,
  websiteUrl: () => null,
  socialAccounts: ({ socialAccounts }, args) => connection(socialAccounts, args),
  organizations: (user, args, { world }) => {
    const all = [...world.accounts.values()].filter((account) => account.type === "Organization");
    return connection(
      all.filter(({ publicMembers }) => publicMembers.has(user.id)),
      args,
    );
  },
  followers: (user, args, { world }) =>
    connection(
      [...world.accounts.values()].filter((account) => account.type === "User" && account.follows.has(user.id)),
      args,
    ),
  following: (user, args, { world }) =>
    connection(
      [...user.follows].map((id) => accountOf(world, id)),
      args,
    ),
  starredRepositories: (user, args, { world }) =>
    connection(ordered(user.stars, args.orderBy, { STARRED_AT: ({ at }) => at }), args, {
      node: ({ repositoryId }) => world.repositories.get(repositoryId),
      edge: ({ at }) => ({ starredAt: at }),
    }),
  contributionsCollection: (user, args, context) => contributionsOf(user, args, context),
  repositories: (user, args, context) => connection(ownedBy(user, args, context), args),
  repositoriesContributedTo: (user, args, context) => connection(contributedTo(user, args, context), args),
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

/** Others' repositories with the person's commits or pull requests in the last year. */
function contributedTo(user: User, args: Args, context: GraphqlContext): readonly Repository[] {
  const types = many(args.contributionTypes) ?? ["COMMIT", "ISSUE", "PULL_REQUEST", "REPOSITORY"];
  const since = new Date(Date.parse(context.now) - 365 * 86_400_000).toISOString();
  const ids = new Set<number>();
  if (types.includes("COMMIT"))
    for (const { day, repositoryId } of user.commitDays) if (day >= since.slice(0, 10)) ids.add(repositoryId);
  if (types.includes("PULL_REQUEST"))
    for (const pull of pullRequestsBy(context.world, user.id)) if (pull.createdAt >= since) ids.add(pull.repositoryId);
  const found = visibleRepositories(context).filter(({ id, ownerId }) => ids.has(id) && ownerId !== user.id);
  return ordered(found, args.orderBy, REPOSITORY_ORDER);
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
  repositories: (organization, args, context) => connection(ownedBy(organization, args, context), args),
  teams: (organization, args, context) => {
    requireOrganization(context, organization.id, "members");
    return connection(organization.teams, args);
  },
  membersWithRole: (organization, args, context) => {
    requireOrganization(context, organization.id, "members");
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
  members: (team, args, context) => {
    requireOrganization(context, team.organizationId, "members");
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
    requireOrganization(context, team.organizationId, "members");
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
  if (organization.type !== "Organization") throw new Error(`sim/graphql: team ${team.id} is not in an organisation`);
  return organization;
}

const descendants = (organization: Organization, team: Team): readonly Team[] =>
  organization.teams
    .filter(({ parentId }) => parentId === team.id)
    .flatMap((child) => [child, ...descendants(organization, child)]);
