import type { Grant } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import { compareIds } from "../../../access/text-order.ts";
import { ROLES, type Role } from "../../../dossier/role.ts";
import type { AccountId } from "../../../ids.ts";
import type { Steps } from "../../../slices.ts";
import type { RepositoryGrants } from "./repositories.ts";
import { eachReach } from "./team-reach.ts";
import type { TeamAccess } from "./teams.ts";

/** Everything GitHub said of who holds what. */
interface Given {
  readonly repositories: readonly RepositoryGrants[];
  readonly teams: readonly TeamAccess[];
  /** The owner of a personal account, who is no grant. */
  readonly ownerId: AccountId | null;
  readonly isOutside: (account: AccountId) => boolean;
}

export interface KeptGrants {
  readonly grants: readonly Grant[];
  /** Grants that there are on repositories that were shown. */
  readonly count: number;
  /** Grants of teams on repositories that were not shown. */
  readonly unseenCount: number;
}

/**
 * One team of a thousand people on a thousand repositories is a million grants: of more than `max` the strongest roles
 * are kept, and of equal ones those that people hold themselves. Time and memory are linear in what GitHub gave and in
 * what is kept, never in what is left out; the order in which GitHub gave it changes nothing.
 */
export function* keptGrants(given: Given, max: number): Steps<KeptGrants> {
  const repositories = given.repositories.toSorted((a, b) => compareIds(a.repository.id, b.repository.id));
  const sorted = { ...given, repositories };
  const known = new Set(repositories.map(({ repository }) => idOf(repository.id)));
  const counts = { direct: noCounts(), team: noCounts() };
  yield* directGrants(sorted, (role) => {
    counts.direct[role]++;
    return false;
  });
  let unseenCount = 0;
  yield* eachReach(given.teams, function* (team, reached) {
    for (const [repository, role] of team.roles) {
      if (role !== null && known.has(repository)) counts.team[role] += reached.size;
      else if (role !== null) unseenCount += reached.size;
      yield;
    }
  });
  const room = roomFor(counts, max);
  const grants: Grant[] = yield* directGrants(sorted, (role) => room.direct[role]-- > 0);
  yield* eachReach(given.teams, function* (team, reached) {
    for (const [repository, role] of team.roles) {
      yield;
      if (role === null || !known.has(repository) || room.team[role] === 0) continue;
      const via = { kind: "team", team: team.slug } as const;
      for (const account of reached) {
        if (room.team[role] === 0) break;
        room.team[role]--;
        grants.push({ account: keyOf(account), repository: keyOf(repository), role, via });
        yield;
      }
    }
  });
  const count = ROLES.reduce((sum, role) => sum + counts.direct[role] + counts.team[role], 0);
  return { grants, count, unseenCount };
}

type Counts = Record<Role, number>;

const noCounts = (): Counts => ({ read: 0, triage: 0, write: 0, maintain: 0, admin: 0 });

/** How many of each are kept: the strongest role first. */
function roomFor(counts: { readonly direct: Counts; readonly team: Counts }, max: number): typeof counts {
  const room = { direct: noCounts(), team: noCounts() };
  let left = max;
  for (const role of ROLES.toReversed())
    for (const kind of ["direct", "team"] as const) {
      room[kind][role] = Math.min(left, counts[kind][role]);
      left -= room[kind][role];
    }
  return room;
}

/** Grants to people themselves, those that `keeps` keeps. */
function* directGrants(
  { repositories, ownerId, isOutside }: Omit<Given, "teams">,
  keeps: (role: Role) => boolean,
): Steps<Grant[]> {
  const grants: Grant[] = [];
  for (const { repository, direct } of repositories)
    for (const { person, role } of direct ?? []) {
      yield;
      const { databaseId: id } = person;
      if (role === null || id === ownerId || !keeps(role)) continue;
      const via = { kind: isOutside(id) ? "outside" : "direct" } as const;
      grants.push({ account: keyOf(id), repository: repository.id, role, via });
    }
  return grants;
}
