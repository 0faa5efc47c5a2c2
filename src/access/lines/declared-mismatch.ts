import { canWrite, roleRank } from "../../dossier/role.ts";
import { type EffectiveAccess, type Holder, heldOn } from "../effective.ts";
import type { NotChecked } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { Declared } from "./declaration.ts";
import type { Exposure } from "./kinds.ts";

/** A declaration and what it is about: one repository, or the organisation. */
export interface Declaration extends Declared {
  readonly repository: RepositoryKey | null;
}

/**
 * Declared against effective: whoever is declared and cannot write there, and whoever could do most there and is
 * declared nowhere. A hint, and only where there is a declaration: the file may be old. Bots are declared nowhere.
 */
export function declaredMismatch(access: EffectiveAccess, declarations: readonly Declaration[]): readonly Exposure[] {
  const places = new Set(declarations.map(({ repository }) => repository));
  return [...places].flatMap((place) => {
    const here = declarations.filter(({ repository }) => repository === place);
    const all = declarations.filter(({ repository }) => repository === place || repository === null);
    return [...withoutWrite(access, place, here), ...undeclared(access, place, all)];
  });
}

/** What of declarations nobody can be asked about, so that nobody is called undeclared by them. */
export function declaredGaps(
  { snapshot }: EffectiveAccess,
  declarations: readonly Declaration[],
): readonly NotChecked[] {
  const logins = new Set(snapshot.accounts.map(({ login }) => login.toLowerCase()));
  const strangers = new Set(declarations.flatMap((each) => [...each.logins].filter((login) => !logins.has(login))));
  const unread = declarations.reduce((sum, each) => sum + each.unread, 0);
  const teams = new Set(declarations.flatMap((each) => unreadTeams(snapshot.teams, each)));
  return [
    ...gap("declared accounts without a grant", strangers.size, "they may be gone, or have another name by now"),
    ...gap("who is declared nowhere", unread, "entries of declarations name an address, or cannot be read"),
    ...gap("who is declared nowhere", teams.size, "declared teams have members that were not read"),
  ];
}

const gap = (what: string, count: number, because: string): readonly NotChecked[] =>
  count === 0 ? [] : [{ what, because: `${because} (${count})`, opensWith: null }];

type Teams = EffectiveAccess["snapshot"]["teams"];

const unreadTeams = (teams: Teams = [], declared: Declared): readonly string[] =>
  [...declared.teams].filter((slug) => !teams.some((team) => team.slug.toLowerCase() === slug));

function* withoutWrite(
  access: EffectiveAccess,
  repository: RepositoryKey | null,
  declarations: readonly Declaration[],
): Generator<Exposure, void> {
  const logins = new Set(declarations.flatMap((each) => [...each.logins]));
  const about = { kind: "acc-declared-mismatch", level: "low", ...extentOf(access, repository) } as const;
  for (const { id, login } of access.snapshot.accounts) {
    if (!logins.has(login.toLowerCase())) continue;
    const places = repository === null ? [...access.active.keys()] : [repository];
    const held = places.flatMap((place) => heldOn(access, id, place) ?? []);
    if (held.some(({ role }) => canWrite(role))) continue;
    const [first] = held.toSorted((a, b) => roleRank(b.role) - roleRank(a.role));
    yield { ...about, account: id, role: first?.role ?? "read" };
  }
}

function* undeclared(
  access: EffectiveAccess,
  repository: RepositoryKey | null,
  declarations: readonly Declaration[],
): Generator<Exposure, void> {
  const { accounts, teams } = access.snapshot;
  if (declarations.some((each) => each.unread > 0 || unreadTeams(teams, each).length > 0)) return;
  const known = declaredAccounts(access, declarations);
  const about = { kind: "acc-declared-mismatch", level: "low", ...extentOf(access, repository) } as const;
  for (const { id, kind } of accounts) {
    const holder = access.holders.get(id);
    if (kind === "bot" || known.has(id) || holder === undefined) continue;
    const role = mostOn(access, holder, repository);
    if (role !== null) yield { ...about, account: id, role };
  }
}

const extentOf = ({ active }: EffectiveAccess, repository: RepositoryKey | null) =>
  ({ repository, repositoryCount: repository === null ? active.size : 1 }) as const;

/** Maintain or admin on one repository, write on every one of an organisation; null for less. */
function mostOn(access: EffectiveAccess, { account, everywhere, pairs }: Holder, repository: RepositoryKey | null) {
  if (repository !== null) {
    const role = heldOn(access, account, repository)?.role ?? "read";
    return roleRank(role) >= roleRank("maintain") ? role : null;
  }
  if (everywhere !== null && canWrite(everywhere.role)) return everywhere.role;
  const roles = [...pairs.values()].map(({ role }) => role);
  const isEverywhere = access.active.size > 0 && pairs.size === access.active.size && roles.every(canWrite);
  return isEverywhere ? (roles.toSorted((a, b) => roleRank(a) - roleRank(b))[0] ?? null) : null;
}

/** By their own login, or by a team of theirs; a team's members belong to the teams above it. */
function declaredAccounts(
  { snapshot }: EffectiveAccess,
  declarations: readonly Declaration[],
): ReadonlySet<AccountKey> {
  const logins = new Set(declarations.flatMap((each) => [...each.logins]));
  const slugs = new Set(declarations.flatMap((each) => [...each.teams]));
  const known = new Set<AccountKey>();
  for (const { id, login } of snapshot.accounts) if (logins.has(login.toLowerCase())) known.add(id);
  const teams = snapshot.teams ?? [];
  const parents = new Map(teams.map(({ slug, parent }) => [slug, parent]));
  for (const { slug, members } of teams) {
    const above = new Set<string>();
    for (let at: string | null | undefined = slug; at != null && !above.has(at); at = parents.get(at)) above.add(at);
    if ([...above].some((each) => slugs.has(each.toLowerCase()))) for (const member of members) known.add(member);
  }
  return known;
}
