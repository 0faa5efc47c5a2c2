import type { Steps } from "../../slices.ts";
import type { AccountMap } from "./account-map.ts";
import type { Person } from "./person.ts";
import { addTo, type Counts, usualOf } from "./usual.ts";

/**
 * The account that an address names: by its id, by the caller's word, or by a login that is one id's; null for none.
 * `uses` are commits by person.
 */
export function* accountSteps(
  people: readonly Person[],
  accounts: AccountMap["accounts"],
  uses: ArrayLike<number>,
): Steps<(person: Person) => number | null> {
  const byAddress = new Map(accounts.flatMap(({ id, emails }) => emails.map((address) => [address.toLowerCase(), id])));
  const byLogin = yield* idsOfLogins(people, uses);
  for (const { id, login } of accounts) {
    if (login === undefined) continue;
    const known = byLogin.get(login.toLowerCase());
    // Logins are given away and taken again: where the caller and the commits differ, neither is believed.
    byLogin.set(login.toLowerCase(), known === undefined || known === id ? id : null);
  }
  return ({ address, noreply }) =>
    noreply?.accountId ?? byAddress.get(address) ?? (noreply && byLogin.get(noreply.login)) ?? null;
}

/**
 * Ids of the logins that stand in addresses without an id. A login is an id's where several commits have both, and
 * they are most of either's: one commit under somebody's login says nothing.
 */
function* idsOfLogins(people: readonly Person[], uses: ArrayLike<number>): Steps<Map<string, number | null>> {
  const wanted = new Set<string>();
  for (const { noreply } of people) if (noreply?.accountId === null) wanted.add(noreply.login);
  yield;
  const candidates = new Set<number>();
  for (const { noreply } of people)
    if (noreply?.accountId != null && wanted.has(noreply.login)) candidates.add(noreply.accountId);
  yield;
  const loginsOf = new Map<number, Counts<string>>();
  const idsOf = new Map<string, Counts<number>>();
  for (const [index, { noreply }] of people.entries()) {
    yield;
    if (noreply?.accountId == null || !candidates.has(noreply.accountId)) continue;
    addTo(within(loginsOf, noreply.accountId), noreply.login, uses[index] ?? 0);
    addTo(within(idsOf, noreply.login), noreply.accountId, uses[index] ?? 0);
  }
  const found = new Map<string, number | null>();
  for (const login of wanted) {
    const ids = idsOf.get(login);
    if (ids === undefined) continue;
    const id = usualOf(ids);
    const isItsOwn = id !== null && usualOf(within(loginsOf, id)) === login && (ids.get(id) ?? 0) > 1;
    found.set(login, isItsOwn ? id : null);
  }
  return found;
}

function within<Key, Value>(groups: Map<Key, Counts<Value>>, key: Key): Counts<Value> {
  const known = groups.get(key) ?? new Map();
  groups.set(key, known);
  return known;
}
