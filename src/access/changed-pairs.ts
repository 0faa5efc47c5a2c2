import type { Steps } from "../slices.ts";
import { type EffectiveAccess, type Held, type Holder, heldOn, LISTED_EVERYWHERE_ROWS } from "./effective.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import { compareIds } from "./text-order.ts";

/** An account and a repository whose effective role differs; null on the side where there was none. */
export interface ChangedPair {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly before: Held | null;
  readonly after: Held | null;
}

export interface UnlistedRows {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/**
 * Pairs whose role changed, by account and repository. Pairs with a grant of their own are always listed; those that
 * only ownership or base permission explains are counted instead when they exceed the limit. Work is linear in
 * the grants and the listed rows, never in accounts x repositories.
 */
export function* changedPairs(
  before: EffectiveAccess,
  after: EffectiveAccess,
): Steps<{ readonly pairs: readonly ChangedPair[]; readonly unlisted: UnlistedRows }> {
  const scope = scopeOf(before, after);
  const accounts = [...new Set([...before.holders.keys(), ...after.holders.keys()])].sort(compareIds);
  let counted = NONE;
  for (const account of accounts) {
    counted = plus(counted, countEverywhere(moveOf(account, before, after), scope));
    yield;
  }
  const listed = counted.added + counted.removed + counted.changed <= LISTED_EVERYWHERE_ROWS;
  const pairs: ChangedPair[] = [];
  for (const account of accounts) {
    const move = moveOf(account, before, after);
    yield;
    for (const pair of pairsOf(move, { scope: listed ? scope : EMPTY_SCOPE, before, after })) pairs.push(pair);
    yield;
  }
  return { pairs, unlisted: listed ? NONE : counted };
}

const NONE: UnlistedRows = { added: 0, removed: 0, changed: 0 };

const plus = (a: UnlistedRows, b: UnlistedRows): UnlistedRows => ({
  added: a.added + b.added,
  removed: a.removed + b.removed,
  changed: a.changed + b.changed,
});

/** Active repositories by the snapshots that have them. */
interface Scope {
  readonly both: ReadonlySet<RepositoryKey>;
  readonly onlyBefore: ReadonlySet<RepositoryKey>;
  readonly onlyAfter: ReadonlySet<RepositoryKey>;
}

const EMPTY_SCOPE: Scope = { both: new Set(), onlyBefore: new Set(), onlyAfter: new Set() };

function scopeOf(before: EffectiveAccess, after: EffectiveAccess): Scope {
  const old = [...before.active.keys()];
  return {
    both: new Set(old.filter((id) => after.active.has(id))),
    onlyBefore: new Set(old.filter((id) => !after.active.has(id))),
    onlyAfter: new Set(after.active.keys().filter((id) => !before.active.has(id))),
  };
}

/** One account in both snapshots. */
interface Move {
  readonly account: AccountKey;
  readonly before: Holder | undefined;
  readonly after: Holder | undefined;
  /** Repositories with a grant of the account's own on either side. */
  readonly granted: ReadonlySet<RepositoryKey>;
}

function moveOf(account: AccountKey, before: EffectiveAccess, after: EffectiveAccess): Move {
  const was = before.holders.get(account);
  const is = after.holders.get(account);
  return {
    account,
    before: was,
    after: is,
    granted: new Set([...(was?.pairs.keys() ?? []), ...(is?.pairs.keys() ?? [])]),
  };
}

/** How many rows ownership and base permission alone make, by arithmetic. */
function countEverywhere({ before, after, granted }: Move, scope: Scope): UnlistedRows {
  const was = before?.everywhere?.role;
  const is = after?.everywhere?.role;
  const alone = (repositories: ReadonlySet<RepositoryKey>): number =>
    repositories.size === 0
      ? 0
      : repositories.size -
        granted
          .values()
          .filter((id) => repositories.has(id))
          .toArray().length;
  const both = was === is ? 0 : alone(scope.both);
  return {
    added: (was === undefined ? both : 0) + (is === undefined ? 0 : alone(scope.onlyAfter)),
    removed: (is === undefined ? both : 0) + (was === undefined ? 0 : alone(scope.onlyBefore)),
    changed: was === undefined || is === undefined ? 0 : both,
  };
}

function pairsOf(
  move: Move,
  {
    scope,
    before,
    after,
  }: { readonly scope: Scope; readonly before: EffectiveAccess; readonly after: EffectiveAccess },
): readonly ChangedPair[] {
  const { account, granted } = move;
  return [...new Set([...granted, ...movedEverywhere(move, scope)])].sort(compareIds).flatMap((repository) => {
    const was = heldOn(before, account, repository);
    const is = heldOn(after, account, repository);
    return was?.role === is?.role ? [] : [{ account, repository, before: was, after: is }];
  });
}

/** Repositories on which ownership or base permission changes something, whatever else is granted there. */
function movedEverywhere({ before, after }: Move, { both, onlyBefore, onlyAfter }: Scope): readonly RepositoryKey[] {
  const was = before?.everywhere?.role;
  const is = after?.everywhere?.role;
  return [
    ...(was === is ? [] : both),
    ...(was === undefined ? [] : onlyBefore),
    ...(is === undefined ? [] : onlyAfter),
  ];
}
