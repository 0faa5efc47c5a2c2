import type { Steps } from "../../slices.ts";
import { SETTINGS_GAPS } from "../beside-grants/gaps.ts";
import type { EffectiveAccess } from "../effective.ts";
import type { AccessSnapshot, NotChecked } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import { type LoosenedDoor, type Loosening, looseningsOf } from "./loosenings.ts";
import type { TeamsOf, Who } from "./probes.ts";
import { teamsByAccount } from "./reach.ts";
import { covers, type RepositoryRules, rulesByRepository } from "./repository-rules.ts";
import type { AccessRules, Ruleset } from "./rules-schema.ts";

/** What became of the rule that kept something shut. */
export const BECAME = ["gone", "disabled", "evaluate", "elsewhere", "changed"] as const;
export type Became = (typeof BECAME)[number];

/** Something that rules let somebody do now and did not before, whoever had which role then and now. */
export interface GuardLoosened {
  readonly repository: RepositoryKey;
  /** The branch, or the pattern of those that can be made; null for any, and where it is about none. */
  readonly branch: string | null;
  readonly what: LoosenedDoor;
  /** The lowest role that can, or whom an exception names; null where it is about no role. */
  readonly who: Who | null;
  /** The rule or the environment that stood before it; null where several did together. */
  readonly rule: string | null;
  readonly became: Became | null;
  readonly approvals?: { readonly from: number; readonly to: number };
}

const rulesRead = ({ protections, rulesets }: AccessRules): boolean =>
  protections !== undefined && rulesets !== undefined;

const hasNoGap = ({ notChecked = [] }: AccessSnapshot, gap: string): boolean =>
  notChecked.every(({ what }) => !what.startsWith(gap));

const bypassRead = (snapshot: AccessSnapshot): boolean => hasNoGap(snapshot, SETTINGS_GAPS.bypass);

const environmentsRead = (snapshot: AccessSnapshot): boolean =>
  snapshot.environments !== undefined && hasNoGap(snapshot, SETTINGS_GAPS.environments);

/**
 * What guards of two moments let through now that they did not before, repository by repository: a rule that took
 * another name, or another one that asks for as much, is none, nor is whatever became tighter. Null where the rules of
 * one of them were not read. Linear in the rules; equal ones are compared once.
 */
export function* guardsLoosened(
  before: EffectiveAccess,
  after: EffectiveAccess,
): Steps<readonly GuardLoosened[] | null> {
  if (!rulesRead(before.snapshot) || !rulesRead(after.snapshot)) return null;
  const seesBypass = bypassRead(before.snapshot) && bypassRead(after.snapshot);
  const seen = { seesBypass, numberOf: numbered() };
  const [then, now] = [sideOf(before, seen), sideOf(after, seen)];
  yield;
  const teamsOf = teamsIn(after.snapshot);
  const compared = new Map<string, readonly Loosening[]>();
  const found: GuardLoosened[] = [];
  for (const repository of comparableIn(before, after)) {
    yield;
    const [was, is] = [then.rulesOf(repository), now.rulesOf(repository)];
    const [old, current] = [then.contentOf(was), now.contentOf(is)];
    if (old === current) continue;
    const key = `${old}\n${current}`;
    const known = compared.get(key) ?? [...looseningsOf(was, is, teamsOf)];
    compared.set(key, known);
    for (const { kept, ref, environment, ...rest } of known) {
      const became = environment === undefined ? kept && now.became(kept, is, ref) : "changed";
      found.push({ repository, ...rest, rule: environment ?? kept?.name ?? null, became });
    }
  }
  return found;
}

/** What of that could not be compared. */
export function guardsNotCompared(before: EffectiveAccess, after: EffectiveAccess): readonly NotChecked[] {
  const [then, now] = [before.snapshot, after.snapshot];
  if (!rulesRead(then) || !rulesRead(now)) return [RULES_NOT_COMPARED];
  const both = [...after.active.keys()].filter((id) => before.active.has(id)).length;
  const unread = both - comparableIn(before, after).length;
  return [
    ...(unread > 0 ? [notShown(unread)] : []),
    ...(bypassRead(then) && bypassRead(now) ? [] : [BYPASS_NOT_COMPARED]),
    ...(environmentsRead(then) && environmentsRead(now) ? [] : [ENVIRONMENTS_NOT_COMPARED]),
  ];
}

const RULES_NOT_COMPARED: NotChecked = {
  what: "guards loosened since the last audit",
  because: "branch rules were not read both times",
  opensWith: "Administration: read",
};
const BYPASS_NOT_COMPARED: NotChecked = {
  what: "new entries on bypass lists of rulesets",
  because: "GitHub did not show the lists both times",
  opensWith: "an owner's token",
};
const ENVIRONMENTS_NOT_COMPARED: NotChecked = {
  what: "environments that lost reviewers or take more branches",
  because: "environments were not read both times",
  opensWith: "actions: read",
};
const notShown = (count: number): NotChecked => ({
  what: `guards loosened on ${count} ${count === 1 ? "repository" : "repositories"}`,
  because: "not all of their rules were shown both times",
  opensWith: null,
});

/** Repositories of both moments whose rules and default branch were shown each time. */
function comparableIn(before: EffectiveAccess, after: EffectiveAccess): readonly RepositoryKey[] {
  const unread = new Set([...(before.snapshot.rulesUnread ?? []), ...(after.snapshot.rulesUnread ?? [])]);
  return [...after.active.values()].flatMap(({ id, defaultBranch }) => {
    const earlier = before.active.get(id);
    const isKnown = earlier && (earlier.defaultBranch === undefined) === (defaultBranch === undefined);
    return isKnown && !unread.has(id) ? [id] : [];
  });
}

/** The rules of one moment. */
interface Side {
  rulesOf(repository: RepositoryKey): RepositoryRules;
  /** Equal for rules that say the same, wherever they stand. */
  contentOf(rules: RepositoryRules): string;
  became(kept: NonNullable<Loosening["kept"]>, rules: RepositoryRules, ref: string | null): Became;
}

/** A number for each text, so that a ruleset of a thousand repositories is written once. */
function numbered(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
}

const isEvaluated = ({ enforcement }: Ruleset): boolean => enforcement === "evaluate";

function sideOf(
  { snapshot, active }: EffectiveAccess,
  { seesBypass, numberOf }: { readonly seesBypass: boolean; readonly numberOf: (text: string) => number },
): Side {
  const { protections = [], rulesets = [] } = snapshot;
  const seen = seesBypass ? rulesets : rulesets.map((ruleset) => ({ ...ruleset, bypass: [] }));
  const rulesOf = rulesByRepository({ ...snapshot, rulesets: seen });
  const patterns = new Set(protections.map(({ repository, pattern }) => `${repository} ${pattern}`));
  const named = Map.groupBy(rulesets, ({ level, name }) => `${level} ${name}`);
  const texts = new Map(seen.map((ruleset) => [ruleset, numberOf(textOf(ruleset))]));
  return {
    rulesOf: (repository) => rulesOf(required(active.get(repository))),
    contentOf: (rules) => contentOf(rules, (ruleset) => texts.get(ruleset) ?? -1),
    became(kept, { repository, guardsOf }, ref) {
      if (kept.kind === "classic") {
        if (!patterns.has(`${repository.id} ${kept.name}`)) return "gone";
        return ref !== null && guardsOf(ref).classic?.pattern === kept.name ? "changed" : "elsewhere";
      }
      const same = named.get(`${kept.level} ${kept.name}`) ?? [];
      const here = same.filter(({ repositories }) => repositories === "all" || repositories.includes(repository.id));
      if (here.length === 0) return same.length > 0 && kept.level !== "repository" ? "elsewhere" : "gone";
      const about = here.filter((each) => ref === null || covers(each, ref, repository.defaultBranch));
      if (about.some(({ enforcement }) => enforcement === "active")) return "changed";
      return about.length === 0 ? "elsewhere" : about.some(isEvaluated) ? "evaluate" : "disabled";
    },
  };
}

const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error("a repository of both moments is in each");
  return value;
};

/** Ids of repositories say where a rule stands, not what it says. */
const textOf = (rule: unknown): string =>
  JSON.stringify(rule, (key, value: unknown) => (key === "repository" || key === "repositories" ? undefined : value));

function contentOf(rules: RepositoryRules, numberOfRuleset: (ruleset: Ruleset) => number): string {
  const { branches, newBranches, tagRulesets, pushRulesets, environments, hasProtections, repository } = rules;
  const guarded = [...branches, ...newBranches].map(({ name, guards }) => [
    ...[name, textOf(guards.classic)],
    ...guards.rulesets.map(numberOfRuleset),
  ]);
  const others = [tagRulesets, pushRulesets].map((rulesets) => rulesets.map(numberOfRuleset));
  return JSON.stringify([
    ...[repository.defaultBranch ?? null, guarded, others],
    ...[textOf([...environments.values()]), hasProtections],
  ]);
}

function teamsIn(snapshot: AccessSnapshot): TeamsOf {
  const byAccount = teamsByAccount(snapshot);
  const parents = new Map((snapshot.teams ?? []).map(({ slug, parent }) => [slug, parent]));
  return {
    account: (id: AccountKey) => byAccount.get(id) ?? new Set<string>(),
    team(slug) {
      const chain = new Set<string>();
      for (let at: string | null | undefined = slug; at != null && !chain.has(at); at = parents.get(at)) chain.add(at);
      return chain;
    },
  };
}
