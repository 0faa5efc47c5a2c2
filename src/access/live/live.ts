import type { Instant } from "../../clock.ts";
import type { OrganizationRole } from "../beside-grants/schema.ts";
import { membersRead } from "../effective.ts";
import { type AccessRepository, type AccessSnapshot, type Grant, isPersonal, type Role } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";

/** What GitHub said of one source of access when it was asked, after the audit beneath it was taken. */
export type LiveSource = LiveTeam | LiveRepository | LiveAccount;

interface Asked {
  readonly askedAt: Instant;
}

/** A team: everybody it reaches, those of teams below it too, and the roles that are its own. Of one that is gone neither. */
export interface LiveTeam extends Asked {
  readonly kind: "team";
  readonly id: number;
  readonly slug: string;
  readonly members: readonly LivePerson[];
  readonly roles: readonly { readonly repository: AccessRepository; readonly role: Role }[];
}

/** A repository and who holds a role of their own there. */
export interface LiveRepository extends Asked {
  readonly kind: "repository";
  readonly id: RepositoryKey;
  /** Null when it is gone, or another account's by now. */
  readonly is: AccessRepository | null;
  /** Null where GitHub did not say. */
  readonly direct: readonly (LivePerson & { readonly role: Role })[] | null;
  /** Nobody is outside of a personal account. */
  readonly ofOrganization: boolean;
}

/** How an account belongs to the organisation. */
export interface LiveAccount extends Asked, LivePerson {
  readonly kind: "account";
  readonly standing: "owner" | "member" | "none";
}

export interface LivePerson {
  readonly id: AccountKey;
  readonly login: string;
}

/** All that GitHub said since an audit, or the part of it that is about one account or repository. */
export interface LiveAccess {
  readonly teams: readonly LiveTeam[];
  readonly repositories: readonly LiveRepository[];
  readonly accounts: readonly LiveAccount[];
}

export const liveAccess = (sources: readonly LiveSource[]): LiveAccess => ({
  teams: sources.filter((source) => source.kind === "team"),
  repositories: sources.filter((source) => source.kind === "repository"),
  accounts: sources.filter((source) => source.kind === "account"),
});

/**
 * A snapshot, or a part of one, with what GitHub said since in the place of what it says of the same sources: each team,
 * each repository's own grants and each account's standing is replaced as a whole. What was not asked about stays.
 */
export function withLive(snapshot: AccessSnapshot, live: LiveAccess): AccessSnapshot {
  if (live.teams.length + live.repositories.length + live.accounts.length === 0) return snapshot;
  const people = peopleIn(snapshot, live);
  const reached = live.teams.map((team) => ({ ...team, members: team.members.filter(people.stillIn(team)) }));
  for (const { members } of reached) for (const { id } of members) people.members.add(id);
  const grants = [
    ...keptGrants(snapshot, live, people),
    ...teamGrants(reached),
    ...directGrants(snapshot, live, people),
  ];
  return {
    ...snapshot,
    accounts: accountsIn(snapshot, live),
    owners: [...people.owners],
    members: [...people.members],
    repositories: repositoriesIn(snapshot, live),
    grants,
    ...(snapshot.organizationRoles && { organizationRoles: keptRoles(snapshot.organizationRoles, live, people) }),
  };
}

/** Whoever leaves loses roles of the organisation, and whoever leaves a team those that come through it. */
function keptRoles(roles: readonly OrganizationRole[], live: LiveAccess, people: People): readonly OrganizationRole[] {
  const inTeam = new Map(live.teams.map(({ slug, members }) => [slug, new Set(members.map(({ id }) => id))]));
  return roles.filter(({ account, team }) => {
    const asked = team === undefined ? undefined : inTeam.get(team);
    return !people.left.has(account) && (asked === undefined || asked.has(account));
  });
}

interface People {
  readonly owners: Set<AccountKey>;
  readonly members: Set<AccountKey>;
  /** Those who left, and when GitHub said so. */
  readonly left: ReadonlyMap<AccountKey, Instant>;
  /** Whoever left after a team was asked about is not in it any more. */
  readonly stillIn: (team: LiveTeam) => (person: LivePerson) => boolean;
}

function peopleIn(snapshot: AccessSnapshot, { accounts }: LiveAccess): People {
  const owners = new Set(snapshot.owners);
  const members = new Set(snapshot.members);
  const left = new Map<AccountKey, Instant>();
  for (const { id, standing, askedAt } of accounts) {
    if (standing === "owner") owners.add(id);
    else owners.delete(id);
    if (standing === "none") {
      members.delete(id);
      left.set(id, askedAt);
    } else members.add(id);
  }
  const stillIn =
    ({ askedAt }: LiveTeam) =>
    ({ id }: LivePerson) =>
      (left.get(id) ?? "") < askedAt;
  return { owners, members, left, stillIn };
}

/** Grants of sources that were not asked about since, of repositories that are still there. */
function keptGrants(snapshot: AccessSnapshot, live: LiveAccess, people: People): readonly Grant[] {
  const teams = new Set(live.teams.map(({ slug }) => slug));
  const gone = new Set(live.repositories.flatMap(({ id, is }) => (is === null ? [id] : [])));
  const asked = new Set(live.repositories.flatMap(({ id, direct }) => (direct === null ? [] : [id])));
  const standings = new Map(live.accounts.map(({ id, standing }) => [id, standing]));
  return snapshot.grants.flatMap((grant) => {
    const { account, repository, via } = grant;
    if (gone.has(repository)) return [];
    if (via.kind === "team") return teams.has(via.team ?? "") || people.left.has(account) ? [] : [grant];
    if (!isPersonal(via.kind)) return [grant];
    if (asked.has(repository)) return [];
    const standing = standings.get(account);
    return [standing === undefined ? grant : { ...grant, via: { kind: standing === "none" ? "outside" : "direct" } }];
  });
}

const teamGrants = (teams: readonly LiveTeam[]): readonly Grant[] =>
  teams.flatMap(({ slug, members, roles }) =>
    roles.flatMap(({ repository, role }) =>
      members.map(
        ({ id }): Grant => ({ account: id, repository: repository.id, role, via: { kind: "team", team: slug } }),
      ),
    ),
  );

function directGrants(snapshot: AccessSnapshot, { repositories }: LiveAccess, people: People): readonly Grant[] {
  const knowsMembers = membersRead(snapshot);
  return repositories.flatMap(({ id: repository, is, direct, ofOrganization }) =>
    (is === null ? [] : (direct ?? [])).map(({ id, role }): Grant => {
      const outside = ofOrganization && knowsMembers && !people.members.has(id);
      return { account: id, repository, role, via: { kind: outside ? "outside" : "direct" } };
    }),
  );
}

/** With the newest login of each. */
function accountsIn(snapshot: AccessSnapshot, live: LiveAccess): AccessSnapshot["accounts"] {
  const found = new Map(snapshot.accounts.map((account) => [account.id, account]));
  const add = ({ id, login }: LivePerson) => found.set(id, { kind: "user", ...found.get(id), id, login });
  for (const { members } of live.teams) members.forEach(add);
  for (const { direct } of live.repositories) direct?.forEach(add);
  live.accounts.forEach(add);
  return [...found.values()];
}

function repositoriesIn(snapshot: AccessSnapshot, live: LiveAccess): AccessSnapshot["repositories"] {
  const found = new Map(snapshot.repositories.map((repository) => [repository.id, repository]));
  for (const { roles } of live.teams)
    for (const { repository } of roles) if (!found.has(repository.id)) found.set(repository.id, repository);
  for (const { id, is } of live.repositories) {
    if (is === null) found.delete(id);
    else found.set(id, { ...found.get(id), ...is });
  }
  return [...found.values()];
}
