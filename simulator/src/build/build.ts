import type { Instant } from "../../../src/clock.ts";
import { nodeId } from "../world/nodes.ts";
import type { Bot, Invitation, Organization, Repository, RepositoryRole, Team, User, World } from "../world/world.ts";
import { noOrganizationSettings, noRepositorySettings } from "../world/world-settings.ts";

/** The next free number. Ids are never used twice and depend on nothing but the order of building. */
export function takeId(world: World): number {
  world.nextId += 1;
  return world.nextId;
}

/** Adds a person without any history. */
export function addUser(world: World, input: { readonly login: string; readonly createdAt: Instant }): User {
  const id = takeId(world);
  const user: User = {
    type: "User",
    id,
    nodeId: nodeId("User", id),
    login: input.login,
    createdAt: input.createdAt,
    updatedAt: input.createdAt,
    gpgKeys: [],
    sshSigningKeys: [],
    commitDays: [],
    reviewDays: [],
    restrictedDays: [],
    follows: new Set(),
  };
  world.accounts.set(id, user);
  return user;
}

/** Adds a bot account; the login carries its `[bot]` ending, as in REST. */
export function addBot(world: World, input: { readonly login: string; readonly createdAt: Instant }): Bot {
  const id = takeId(world);
  const { login, createdAt } = input;
  const bot: Bot = { type: "Bot", id, nodeId: nodeId("Bot", id), login, createdAt, updatedAt: createdAt };
  world.accounts.set(id, bot);
  return bot;
}

export function addOrganization(
  world: World,
  input: {
    readonly login: string;
    readonly createdAt: Instant;
    readonly owners: readonly User[];
    readonly members?: readonly User[];
    readonly publicMembers?: readonly User[];
    readonly basePermission?: Organization["basePermission"];
  },
): Organization {
  const id = takeId(world);
  const organization: Organization = {
    type: "Organization",
    id,
    nodeId: nodeId("Organization", id),
    login: input.login,
    createdAt: input.createdAt,
    updatedAt: input.createdAt,
    owners: new Set(input.owners.map((user) => user.id)),
    members: new Set((input.members ?? []).map((user) => user.id)),
    publicMembers: new Set((input.publicMembers ?? []).map((user) => user.id)),
    basePermission: input.basePermission ?? "read",
    requiresTwoFactor: true,
    teams: [],
    invitations: [],
    settings: noOrganizationSettings(),
  };
  world.accounts.set(id, organization);
  return organization;
}

/** Invites an account, or an address where `login` is null. */
export function inviteTo(
  world: World,
  organization: Organization,
  input: Pick<Invitation, "login" | "role" | "createdAt"> & {
    readonly by: User;
    readonly email?: string;
    readonly teams?: readonly Team[];
  },
): Invitation {
  const id = takeId(world);
  const { login, role, createdAt, by, email = null, teams = [] } = input;
  const teamIds = teams.map((team) => team.id);
  const invitation: Invitation = {
    ...{ id, nodeId: nodeId("OrganizationInvitation", id), login, email },
    ...{ role, createdAt, inviterId: by.id, teamIds },
  };
  organization.invitations.push(invitation);
  return invitation;
}

export function addTeam(
  world: World,
  organization: Organization,
  input: {
    readonly name: string;
    readonly privacy?: Team["privacy"];
    readonly parent?: Team;
    readonly maintainers?: readonly User[];
    readonly members?: readonly User[];
    readonly repositories?: readonly (readonly [Repository, RepositoryRole])[];
  },
): Team {
  const id = takeId(world);
  const team: Team = {
    type: "Team",
    id,
    nodeId: nodeId("Team", id),
    organizationId: organization.id,
    name: input.name,
    slug: input.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    privacy: input.privacy ?? "VISIBLE",
    parentId: input.parent?.id ?? null,
    maintainers: new Set((input.maintainers ?? []).map((user) => user.id)),
    members: new Set((input.members ?? []).map((user) => user.id)),
    repositories: new Map((input.repositories ?? []).map(([repository, role]) => [repository.id, role])),
  };
  organization.teams.push(team);
  return team;
}

/** Adds a repository. It is empty until `commitTo` puts a commit on its default branch. */
export function addRepository(
  world: World,
  input: {
    readonly owner: User | Organization;
    readonly name: string;
    readonly createdAt: Instant;
    readonly visibility?: Repository["visibility"];
    readonly parent?: Repository;
    readonly stars?: number;
    readonly language?: string;
    readonly description?: string;
    readonly mirrorUrl?: string;
    readonly files?: Readonly<Record<string, string>>;
  },
): Repository {
  const id = takeId(world);
  const repository: Repository = {
    type: "Repository",
    id,
    nodeId: nodeId("Repository", id),
    ownerId: input.owner.id,
    name: input.name,
    visibility: input.visibility ?? "public",
    archived: false,
    createdAt: input.createdAt,
    pushedAt: input.createdAt,
    parentId: input.parent?.id ?? null,
    templateId: null,
    stars: input.stars ?? 0,
    diskUsage: 120,
    language: input.language ?? null,
    description: input.description ?? null,
    mirrorUrl: input.mirrorUrl ?? null,
    defaultBranch: "main",
    branches: [],
    protections: [],
    settings: noRepositorySettings(),
    direct: new Map(),
    files: new Map(Object.entries(input.files ?? {})),
    commits: [],
    nextNumber: 1,
  };
  world.repositories.set(id, repository);
  return repository;
}
