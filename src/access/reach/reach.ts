import { canWrite } from "../../dossier/role.ts";
import { type EffectiveAccess, type Held, type Holder, heldOn } from "../effective.ts";
import type { AccessSnapshot, NotChecked } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { ReachEdge } from "./edge.ts";
import { edgesOf, type Known } from "./edges-of.ts";
import type { Actor } from "./gates.ts";
import { rulesByRepository } from "./repository-rules.ts";
import type { AccessRules, Bypass, ExtraPermission, Protection, RuleActor } from "./rules-schema.ts";

/** Which edges are asked for; null for all. */
export interface ReachQuestion {
  readonly account: AccountKey | null;
  readonly repository: RepositoryKey | null;
}

/**
 * Who can do what on which branch, edge by edge, repositories and accounts in id order. Members who write by the base
 * permission alone are one edge without an account. Time is linear in the accounts that write times the branches of
 * what they write to; nothing is kept.
 */
export function* reachEdges(
  access: EffectiveAccess,
  { account, repository }: ReachQuestion = { account: null, repository: null },
): Generator<ReachEdge, void> {
  const { snapshot } = access;
  const known = knownIn(snapshot);
  const rulesOf = rulesByRepository(snapshot);
  const actorOf = actors(access);
  const writers = account === null ? writersByRepository(access) : null;
  const named = namedByRules(snapshot);
  const unread = new Set(snapshot.rulesUnread);
  for (const [id, entry] of access.active) {
    if (repository !== null && id !== repository) continue;
    const rules = rulesOf(entry);
    const knownHere = unread.has(id) ? { ...known, guards: false } : known;
    for (const each of writers?.(id, named) ?? (account === null ? [] : [account])) {
      const held = heldOn(access, each, id);
      if (held !== null) yield* edgesOf(actorOf(each, id, held), held, rules, knownHere);
    }
    const base = account === null ? everyMember(snapshot) : null;
    if (base !== null) yield* edgesOf(base.actor, base.held, rules, knownHere);
  }
}

const knownIn = ({ protections, rulesets, secrets, runners }: AccessRules): Known => ({
  guards: protections !== undefined && rulesets !== undefined,
  secrets: secrets !== undefined,
  runners: runners !== undefined,
});

/** What nobody looked at, so that no edge of its kind is in the answer. */
export function unreadRules(rules: AccessRules): readonly NotChecked[] {
  const { protections, rulesets, secrets, runners, branches, environments, teams } = rules;
  const gap = (what: string, opensWith: string): NotChecked => ({ what, because: "nobody read it", opensWith });
  return [
    ...(protections ? [] : [gap("branch protections, and so who can push", "Administration: read")]),
    ...(rulesets ? [] : [gap("rulesets, and so who can push", "Metadata: read")]),
    ...(branches ? [] : [gap("branches beside the default one", "Contents: read")]),
    ...(secrets ? [] : [gap("names of secrets", "Organization secrets: read, Secrets: read")]),
    ...(runners ? [] : [gap("self-hosted runners", "Self-hosted runners of the organization: read")]),
    ...(environments || !secrets?.some(({ scope }) => scope === "environment")
      ? []
      : [gap("environments that hold secrets", "Actions: read")]),
    ...(teams || !namesTeams(rules) ? [] : [gap("members of teams that rules name", "Members: read")]),
    ...(protections?.some(slashGap) ? [SLASHES] : []),
  ];
}

const slashGap = ({ pattern, restrictsPushes, blocksCreations }: Protection): boolean =>
  pattern === "*" && restrictsPushes === true && blocksCreations === true;

const SLASHES: NotChecked = {
  what: "new branches with a slash in their name, where a rule for * blocks creations (counted as blocked)",
  because: "by GitHub's documentation it does not fit them, and nobody published a test",
  opensWith: null,
};

/** Accounts that write to a repository by a grant of their own, as owners or by a role of the organisation, in id order, and those that rules name. */
function writersByRepository(
  access: EffectiveAccess,
): (repository: RepositoryKey, named: ReadonlySet<AccountKey>) => readonly AccountKey[] {
  const granted = new Map<RepositoryKey, AccountKey[]>();
  const everywhere: Holder[] = [];
  for (const holder of access.holders.values()) {
    if (holder.everywhere !== null && canWrite(holder.everywhere.role)) everywhere.push(holder);
    for (const [repository, held] of holder.pairs)
      if (canWrite(held.role)) {
        const known = granted.get(repository);
        if (known === undefined) granted.set(repository, [holder.account]);
        else known.push(holder.account);
      }
  }
  const byOrder = byOrderOf(access);
  return (repository, named) => {
    const own = granted.get(repository) ?? [];
    const withGrant = new Set(own);
    const others = everywhere
      .filter((holder) => !withGrant.has(holder.account) && (isHeldByOne(holder) || named.has(holder.account)))
      .map(({ account }) => account);
    return [...own, ...others].sort(byOrder);
  };
}

/** True when it is the account's own, as an owner or by a role of the organisation; the base permission is every member's. */
const isHeldByOne = ({ everywhere }: Holder): boolean =>
  (everywhere?.sources ?? []).some(({ source, role }) => source.kind !== "base" && canWrite(role));

const byOrderOf = ({ holders }: EffectiveAccess): ((a: AccountKey, b: AccountKey) => number) => {
  const order = new Map([...holders.keys()].map((id, at) => [id, at]));
  return (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0);
};

/** Whom rules make exceptions for. */
function* exceptionsOf({ protections = [], rulesets = [] }: AccessRules): Generator<RuleActor | Bypass["who"], void> {
  for (const { pushAllowances = [], bypassPullRequestAllowances = [] } of protections) {
    yield* pushAllowances;
    yield* bypassPullRequestAllowances;
  }
  for (const { bypass } of rulesets) for (const { who } of bypass) yield who;
}

const namesTeams = (rules: AccessRules): boolean => exceptionsOf(rules).some(({ kind }) => kind === "team");

/** Accounts that some rule makes an exception for, by themselves or through a team. */
function namedByRules(snapshot: AccessSnapshot): ReadonlySet<AccountKey> {
  const accounts = new Set<AccountKey>();
  const teams = new Set<string>();
  for (const who of exceptionsOf(snapshot)) {
    if (who.kind === "account") accounts.add(who.account);
    if (who.kind === "team") teams.add(who.team);
  }
  for (const [account, slugs] of teamsByAccount(snapshot))
    if ([...slugs].some((slug) => teams.has(slug))) accounts.add(account);
  return accounts;
}

/** Teams of each account, and the teams above them. */
function teamsByAccount({ teams = [] }: AccessRules): ReadonlyMap<AccountKey, ReadonlySet<string>> {
  const parents = new Map(teams.map(({ slug, parent }) => [slug, parent]));
  const byAccount = new Map<AccountKey, Set<string>>();
  for (const { slug, members } of teams) {
    const chain = new Set<string>();
    for (let at: string | null | undefined = slug; at != null && !chain.has(at); at = parents.get(at)) chain.add(at);
    for (const member of members) {
      const known = byAccount.get(member) ?? new Set<string>();
      for (const each of chain) known.add(each);
      byAccount.set(member, known);
    }
  }
  return byAccount;
}

function actors({ snapshot }: EffectiveAccess): (id: AccountKey, repository: RepositoryKey, held: Held) => Actor {
  const owners = new Set(snapshot.owners);
  const teams = teamsByAccount(snapshot);
  const extras = new Map<string, Set<ExtraPermission>>();
  for (const { account, repository, permissions } of snapshot.grants)
    if (permissions !== undefined) {
      const key = `${account} ${repository}`;
      const known = extras.get(key) ?? new Set();
      for (const permission of permissions) known.add(permission);
      extras.set(key, known);
    }
  return (account, repository, held) => ({
    ...{ account, role: held.role, isOwner: owners.has(account) },
    teams: new Set([
      ...(teams.get(account) ?? []),
      ...held.sources.flatMap(({ source }) => (source.team === undefined ? [] : [source.team])),
    ]),
    permissions: extras.get(`${account} ${repository}`) ?? NO_EXTRAS,
  });
}

const NO_EXTRAS: ReadonlySet<ExtraPermission> = new Set();

function everyMember({ organization: { basePermission: role } }: AccessSnapshot): {
  readonly actor: Actor;
  readonly held: Held;
} | null {
  if (role === "none" || !canWrite(role)) return null;
  const held: Held = { role, sources: [{ source: { kind: "base" }, role }] };
  return {
    held,
    actor: { account: null, role, isOwner: false, teams: new Set(), permissions: NO_EXTRAS },
  };
}
