import type { Account, Organization, PullRequest, Repository, Team, User, World } from "./world.ts";
import type { App, Installation } from "./world-apps.ts";

/** The account with this login, whatever its letter case; undefined when there is none. */
export function accountNamed(world: World, login: string): Account | undefined {
  const wanted = login.toLowerCase();
  return world.accounts.values().find((account) => account.login.toLowerCase() === wanted);
}

export function userNamed(world: World, login: string): User | undefined {
  const account = accountNamed(world, login);
  return account?.type === "User" ? account : undefined;
}

export function organizationNamed(world: World, login: string): Organization | undefined {
  const account = accountNamed(world, login);
  return account?.type === "Organization" ? account : undefined;
}

export function repositoryNamed(world: World, owner: string, name: string): Repository | undefined {
  const account = accountNamed(world, owner);
  return world.repositories
    .values()
    .find((repository) => repository.ownerId === account?.id && repository.name.toLowerCase() === name.toLowerCase());
}

/** The account behind a noreply address; null for every other address. */
export function accountIdOfEmail(world: World, email: string): number | null {
  const id = Number(/^(\d+)\+[^@]+@users\.noreply\.github\.com$/.exec(email)?.[1]);
  return world.accounts.has(id) ? id : null;
}

/** The account, which must exist: ids inside the world never dangle. */
export function accountOf(world: World, id: number): Account {
  const account = world.accounts.get(id);
  if (account === undefined)
    throw new Error(`simulator/world: no account ${id}; the scenario used an id it never made`);
  return account;
}

export function repositoryOf(world: World, id: number): Repository {
  const repository = world.repositories.get(id);
  if (repository === undefined)
    throw new Error(`simulator/world: no repository ${id}; the scenario used an id it never made`);
  return repository;
}

export const fullName = (world: World, repository: Repository): string =>
  `${accountOf(world, repository.ownerId).login}/${repository.name}`;

export const repositoriesOf = (world: World, ownerId: number): readonly Repository[] =>
  [...world.repositories.values()].filter((repository) => repository.ownerId === ownerId);

export const pullRequestNumbered = (world: World, repositoryId: number, number: number): PullRequest | undefined =>
  world.pullRequests
    .values()
    .find((pullRequest) => pullRequest.repositoryId === repositoryId && pullRequest.number === number);

export const pullRequestsBy = (world: World, authorId: number): readonly PullRequest[] =>
  [...world.pullRequests.values()].filter((pullRequest) => pullRequest.authorId === authorId);

/** The commit at the tip of the pull request's branch. */
export function headSha(pullRequest: PullRequest): string {
  const head = pullRequest.commits.at(-1);
  if (head === undefined) throw new Error(`simulator/world: pull request ${pullRequest.id} has no commit; add one`);
  return head.sha;
}

/** Team and its ancestors: members of a child team inherit what its parents may do. */
export function lineage(organization: Organization, team: Team): readonly Team[] {
  const parent = organization.teams.find((candidate) => candidate.id === team.parentId);
  return parent === undefined ? [team] : [team, ...lineage(organization, parent)];
}

export const isInOrganization = (organization: Organization, accountId: number): boolean =>
  organization.owners.has(accountId) || organization.members.has(accountId);

export function appOf(world: World, id: number): App {
  const app = world.apps.get(id);
  if (app === undefined) throw new Error(`simulator/world: no App ${id}; register it first`);
  return app;
}

/** Repositories an installation may touch. */
export const repositoriesOfInstallation = (world: World, installation: Installation): readonly Repository[] =>
  repositoriesOf(world, installation.accountId).filter(
    (repository) => installation.repositorySelection === "all" || installation.repositoryIds.has(repository.id),
  );

/** The installation that covers a repository for one App; undefined when none does or it is suspended. */
export const installationFor = (world: World, repository: Repository): Installation | undefined =>
  world.installations
    .values()
    .find(
      (installation) =>
        installation.accountId === repository.ownerId &&
        installation.suspendedAt === null &&
        (installation.repositorySelection === "all" || installation.repositoryIds.has(repository.id)),
    );
