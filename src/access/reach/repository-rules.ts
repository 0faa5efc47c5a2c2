import type { AccessRepository, AccessSnapshot } from "../grant.ts";
import type { RepositoryKey } from "../keys.ts";
import type { Guards } from "./gates.ts";
import { isExact, refFits, sampleOf } from "./ref-pattern.ts";
import type { Environment, Protection, Ruleset } from "./rules-schema.ts";

/** What one repository offers and what guards it. */
export interface RepositoryRules {
  readonly repository: AccessRepository;
  /** The default branch first, then release branches, each with what stands before it. */
  readonly branches: readonly { readonly name: string; readonly guards: Guards }[];
  /** Kinds of branch that do not exist yet: any, and those that a rule treats apart. */
  readonly newBranches: readonly { readonly pattern: string | null; readonly name: string; readonly guards: Guards }[];
  /** What stands, or would stand, before a branch of this name. */
  readonly guardsOf: (name: string, isNew?: boolean) => Guards;
  readonly tagRulesets: readonly Ruleset[];
  readonly pushRulesets: readonly Ruleset[];
  readonly environments: ReadonlyMap<string, Environment>;
  /** Secrets and runners by what they are; secrets of environments carry its name. */
  readonly secrets: readonly {
    readonly name: string;
    readonly environment: string | null;
    readonly isAgents: boolean;
  }[];
  readonly runners: readonly string[];
  /** Some branch has a classic protection, so that environments for protected branches mean something. */
  readonly hasProtections: boolean;
}

/** A name that nobody would make, of a branch without a slash: what is said of it holds for any. */
const ANY = "zz-any";

/** Looks up, repository by repository, what a snapshot says beside roles. Building it is linear in the file. */
export function rulesByRepository(snapshot: AccessSnapshot): (repository: AccessRepository) => RepositoryRules {
  const branches = grouped(snapshot.branches ?? [], ({ repository }) => [repository]);
  const protections = grouped(snapshot.protections ?? [], ({ repository }) => [repository]);
  const environments = grouped(snapshot.environments ?? [], ({ repository }) => [repository]);
  const active = (snapshot.rulesets ?? []).filter(({ enforcement }) => enforcement === "active");
  const rulesets = placed(active);
  const secrets = placed(snapshot.secrets ?? []);
  const runners = placed(snapshot.runners ?? []);
  return (repository) => {
    const { id, defaultBranch } = repository;
    const classic = protections.get(id) ?? [];
    const all = rulesets(id);
    const names = new Set([
      ...(defaultBranch ? [defaultBranch] : []),
      ...(branches.get(id) ?? []).map(({ name }) => name),
    ]);
    const guardsOf = (name: string, isNew = false): Guards => ({
      classic: protectionOf(name, classic, isNew),
      rulesets: all.filter((ruleset) => ruleset.target === "branch" && covers(ruleset, name, defaultBranch)),
    });
    return {
      repository,
      branches: [...names].map((name) => ({ name, guards: guardsOf(name) })),
      newBranches: kindsOfNew(classic, all, environments.get(id) ?? [])
        .filter(({ name }) => !names.has(name))
        .map((kind) => ({ ...kind, guards: guardsOf(kind.name, true) })),
      guardsOf,
      tagRulesets: all.filter(({ target }) => target === "tag"),
      pushRulesets: all.filter(({ target }) => target === "push"),
      environments: new Map((environments.get(id) ?? []).map((environment) => [environment.name, environment])),
      secrets: secrets(id).map(({ name, scope, environment }) => ({
        ...{ name, isAgents: scope === "agents" },
        environment: scope === "environment" ? (environment ?? "") : null,
      })),
      runners: runners(id).map(({ name }) => name),
      hasProtections: classic.length > 0,
    };
  };
}

/**
 * GitHub takes the rule that names the branch, and among those with wildcards the one made first. Of new names `*` is
 * taken to fit those with a slash too, for want of a test; `slashGap` says so.
 */
const protectionOf = (name: string, classic: readonly Protection[], isNew: boolean): Protection | null =>
  classic.find(({ pattern }) => pattern === name) ??
  classic.find(({ pattern }) => !isExact(pattern) && ((isNew && pattern === "*") || refFits(name, pattern))) ??
  null;

/** Whether a branch or tag ruleset is about a ref. */
export const covers = ({ include, exclude }: Ruleset, name: string, defaultBranch: string | undefined): boolean => {
  const isOne = (pattern: string): boolean =>
    pattern === "~ALL" ||
    (pattern === "~DEFAULT_BRANCH"
      ? name === defaultBranch
      : refFits(name, pattern.replace(/^refs\/(?:heads|tags)\//, "")));
  return include.some(isOne) && !exclude.some(isOne);
};

/** Names to try: any, and one of each kind that a protection, an exception or an environment treats apart. */
function kindsOfNew(
  classic: readonly Protection[],
  rulesets: readonly Ruleset[],
  environments: readonly Environment[],
): readonly { readonly pattern: string | null; readonly name: string }[] {
  const apart = new Set([
    ...classic.map(({ pattern }) => pattern).filter((pattern) => !isExact(pattern) && !refFits(ANY, pattern)),
    ...rulesets
      .filter(({ target }) => target === "branch")
      .flatMap(({ exclude }) => exclude.filter((pattern) => !pattern.startsWith("~")))
      .map((pattern) => pattern.replace(/^refs\/heads\//, "")),
    ...environments.flatMap(({ branches }) => (typeof branches === "string" ? [] : branches)),
  ]);
  return [{ pattern: null, name: ANY }, ...[...apart].map((pattern) => ({ pattern, name: sampleOf(pattern) }))];
}

function grouped<Entry>(
  entries: readonly Entry[],
  keys: (entry: Entry) => readonly RepositoryKey[],
): ReadonlyMap<RepositoryKey, readonly Entry[]> {
  const groups = new Map<RepositoryKey, Entry[]>();
  for (const entry of entries)
    for (const key of keys(entry)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
  return groups;
}

/** Entries that hold everywhere, and those that hold in some repositories. */
function placed<Entry extends { readonly repositories: "all" | readonly RepositoryKey[] }>(
  entries: readonly Entry[],
): (repository: RepositoryKey) => readonly Entry[] {
  const everywhere = entries.filter(({ repositories }) => repositories === "all");
  const some = grouped(entries, ({ repositories }) => (repositories === "all" ? [] : repositories));
  return (repository) => [...everywhere, ...(some.get(repository) ?? [])];
}
