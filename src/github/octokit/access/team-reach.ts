import type { AccountId } from "../../../ids.ts";
import type { Steps } from "../../../slices.ts";
import type { TeamAccess } from "./teams.ts";

export type Reached = ReadonlySet<AccountId>;

/**
 * Visits every team with all accounts that have its roles: its own members and those of the teams below it. The order
 * follows from the teams' ids alone. A set is valid only during `visit`, because the parent team goes on to use it.
 * Cost: n log n in the memberships, since the smaller set is always added to the larger one. In a loop of teams, which
 * GitHub forbids, each team counts as below the others.
 * Source: https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams#nested-teams
 */
export function* eachReach(
  teams: readonly TeamAccess[],
  visit: (team: TeamAccess, reached: Reached) => Steps<void>,
): Steps<void> {
  const byId = new Map(teams.map((team) => [team.id, team]));
  const ordered = [...byId.values()].sort((a, b) => a.id - b.id);
  const parentOf = ({ parentId }: TeamAccess): TeamAccess | undefined =>
    parentId === null ? undefined : byId.get(parentId);
  const unseenChildren = new Map<number, number>();
  for (const team of ordered) {
    const parent = parentOf(team);
    if (parent) unseenChildren.set(parent.id, (unseenChildren.get(parent.id) ?? 0) + 1);
  }
  const reach = new Map<number, Set<AccountId>>();
  for (const { id, members } of ordered) {
    reach.set(id, new Set(members.map(({ databaseId }) => databaseId)));
    yield;
  }
  const ready = ordered.filter(({ id }) => !unseenChildren.has(id));
  for (const team of ready) {
    const reached = reach.get(team.id) ?? new Set();
    yield* visit(team, reached);
    reach.delete(team.id);
    const parent = parentOf(team);
    if (!parent) continue;
    reach.set(parent.id, yield* poured(reached, reach.get(parent.id) ?? new Set()));
    const left = (unseenChildren.get(parent.id) ?? 0) - 1;
    unseenChildren.set(parent.id, left);
    if (left === 0) ready.push(parent);
  }
  // What is left stands in a loop, whose teams all have one reach.
  while (reach.size > 0) yield* visitLoop(firstLoop(reach, { byId, parentOf }), reach, visit);
}

/** The union, in the larger of the two. */
function* poured(a: Set<AccountId>, b: Set<AccountId>): Steps<Set<AccountId>> {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const account of small) {
    large.add(account);
    yield;
  }
  return large;
}

function firstLoop(
  reach: ReadonlyMap<number, unknown>,
  {
    byId,
    parentOf,
  }: {
    readonly byId: ReadonlyMap<number, TeamAccess>;
    readonly parentOf: (team: TeamAccess) => TeamAccess | undefined;
  },
): readonly TeamAccess[] {
  const loop = new Set<TeamAccess>();
  const [first] = reach.keys();
  let next = first === undefined ? undefined : byId.get(first);
  for (; next && !loop.has(next); next = parentOf(next)) loop.add(next);
  return [...loop];
}

function* visitLoop(
  loop: readonly TeamAccess[],
  reach: Map<number, Set<AccountId>>,
  visit: (team: TeamAccess, reached: Reached) => Steps<void>,
): Steps<void> {
  let all = new Set<AccountId>();
  for (const { id } of loop) all = yield* poured(reach.get(id) ?? new Set(), all);
  for (const team of loop) {
    yield* visit(team, all);
    reach.delete(team.id);
  }
}
