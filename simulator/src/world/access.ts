import { accountOf, isInOrganization, lineage } from "./lookup.ts";
import type { Organization, Repository, RepositoryRole, Team, World } from "./world.ts";
import { REPOSITORY_ROLES } from "./world.ts";

/** One reason why an account can use a repository. */
export interface AccessSource {
  readonly role: RepositoryRole;
  readonly source: Organization | Repository | Team;
}

/** Every source of an account's access, strongest first; empty when it has none beyond being public. */
export function accessSources(world: World, repository: Repository, accountId: number): readonly AccessSource[] {
  const owner = accountOf(world, repository.ownerId);
  const direct = repository.direct.get(accountId);
  const found: AccessSource[] = direct === undefined ? [] : [{ role: direct, source: repository }];
  if (owner.id === accountId) found.push({ role: "admin", source: repository });
  if (owner.type === "Organization") found.push(...organizationSources(owner, repository, accountId));
  return found.sort((a, b) => roleRank(b.role) - roleRank(a.role));
}

/** The strongest role over all sources; null when there is none. */
export const effectiveRole = (world: World, repository: Repository, accountId: number): RepositoryRole | null =>
  accessSources(world, repository, accountId)[0]?.role ?? null;

export const roleRank = (role: RepositoryRole): number => REPOSITORY_ROLES.indexOf(role);

function organizationSources(
  organization: Organization,
  repository: Repository,
  accountId: number,
): readonly AccessSource[] {
  const found: AccessSource[] = [];
  if (organization.owners.has(accountId)) found.push({ role: "admin", source: organization });
  if (organization.members.has(accountId) && organization.basePermission !== "none")
    found.push({ role: organization.basePermission, source: organization });
  for (const team of organization.teams.filter((candidate) => teamHas(candidate, accountId)))
    for (const ancestor of lineage(organization, team)) {
      const role = ancestor.repositories.get(repository.id);
      if (role !== undefined) found.push({ role, source: ancestor });
    }
  return found;
}

const teamHas = (team: Team, accountId: number): boolean =>
  team.members.has(accountId) || team.maintainers.has(accountId);

/** Accounts with any access source to the repository. */
export function collaboratorIds(world: World, repository: Repository): readonly number[] {
  const owner = accountOf(world, repository.ownerId);
  const people = owner.type === "Organization" ? [...owner.owners, ...owner.members] : [owner.id];
  return [...new Set([...repository.direct.keys(), ...people])].filter(
    (id) => effectiveRole(world, repository, id) !== null,
  );
}

/** Accounts with a direct grant on one of the organisation's repositories who are not in the organisation. */
export function outsideCollaboratorIds(
  organization: Organization,
  repositories: readonly Repository[],
): readonly number[] {
  const holders = repositories.flatMap((repository) => [...repository.direct.keys()]);
  return [...new Set(holders)].filter((id) => !isInOrganization(organization, id));
}

/** The author's standing as GitHub words it; `showPrivate` false is what payloads carry: no viewer, public members only. */
export function authorAssociation(
  world: World,
  subject: { readonly authorId: number | null; readonly repositoryId: number; readonly createdAt: string },
  showPrivate: boolean,
): string {
  const repository = world.repositories.get(subject.repositoryId);
  const { authorId } = subject;
  if (repository === undefined || authorId === null) return "NONE";
  const owner = accountOf(world, repository.ownerId);
  if (owner.id === authorId) return "OWNER";
  if (owner.type === "Organization" && isInOrganization(owner, authorId))
    if (showPrivate || owner.publicMembers.has(authorId)) return "MEMBER";
  if (repository.direct.has(authorId)) return "COLLABORATOR";
  return contributorAssociation(world, repository, { authorId, createdAt: subject.createdAt });
}

function contributorAssociation(
  world: World,
  repository: Repository,
  subject: { readonly authorId: number; readonly createdAt: string },
): string {
  const merged = [...world.pullRequests.values()].filter(
    ({ authorId, mergedAt }) => authorId === subject.authorId && mergedAt !== null && mergedAt < subject.createdAt,
  );
  if (merged.some(({ repositoryId }) => repositoryId === repository.id)) return "CONTRIBUTOR";
  const committed = repository.commits.some(({ author }) => author.accountId === subject.authorId);
  if (committed) return "CONTRIBUTOR";
  return merged.length > 0 ? "FIRST_TIME_CONTRIBUTOR" : "FIRST_TIMER";
}
