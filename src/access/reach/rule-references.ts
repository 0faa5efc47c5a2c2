import type { Problem } from "../../errors.ts";
import type { AccessRules, RuleActor } from "./rules-schema.ts";

export interface Ids {
  readonly accounts: ReadonlySet<string>;
  readonly repositories: ReadonlySet<string>;
}

/** Everything in the lists of rules that points nowhere, exists twice or leads in a circle, found as it is asked for. */
export function* ruleReferenceProblems(rules: AccessRules, ids: Ids): Generator<Problem, void> {
  yield* teamProblems(rules, ids);
  for (const list of ["branches", "protections", "environments"] as const)
    for (const [at, { repository }] of (rules[list] ?? []).entries())
      if (!ids.repositories.has(repository)) yield missing(`${list}[${at}].repository`, "repositories");
  for (const [at, repository] of (rules.rulesUnread ?? []).entries())
    if (!ids.repositories.has(repository)) yield missing(`rulesUnread[${at}]`, "repositories");
  for (const list of ["rulesets", "secrets", "runners"] as const)
    for (const [at, { repositories }] of (rules[list] ?? []).entries())
      if (repositories !== "all")
        for (const [nr, repository] of repositories.entries())
          if (!ids.repositories.has(repository)) yield missing(`${list}[${at}].repositories[${nr}]`, "repositories");
  for (const [at, { pushAllowances = [], bypassPullRequestAllowances = [] }] of (rules.protections ?? []).entries()) {
    yield* strangers(`protections[${at}].pushAllowances`, pushAllowances, ids);
    yield* strangers(`protections[${at}].bypassPullRequestAllowances`, bypassPullRequestAllowances, ids);
  }
  for (const [at, { bypass }] of (rules.rulesets ?? []).entries())
    for (const [nr, { who }] of bypass.entries())
      if (who.kind === "account" && !ids.accounts.has(who.account))
        yield missing(`rulesets[${at}].bypass[${nr}].who.account`, "accounts");
}

function* teamProblems({ teams = [] }: AccessRules, { accounts }: Ids): Generator<Problem, void> {
  const parents = new Map<string, string | null>();
  for (const [at, { slug, parent, members }] of teams.entries()) {
    if (parents.has(slug))
      yield { where: `teams[${at}].slug`, what: "the same team as an earlier one", mend: "keep one of them" };
    parents.set(slug, parent);
    for (const [nr, member] of members.entries())
      if (!accounts.has(member)) yield missing(`teams[${at}].members[${nr}]`, "accounts");
  }
  const straight = new Set<string>();
  for (const [at, { slug, parent }] of teams.entries()) {
    if (parent !== null && !parents.has(parent)) yield missing(`teams[${at}].parent`, "teams");
    const chain = new Set<string>();
    let above: string | null | undefined = slug;
    while (above != null && !chain.has(above) && !straight.has(above)) {
      chain.add(above);
      above = parents.get(above);
    }
    if (above != null && chain.has(above))
      yield { where: `teams[${at}].parent`, what: "teams that are above each other", mend: "take out one parent" };
    for (const each of chain) straight.add(each);
  }
}

function* strangers(where: string, actors: readonly RuleActor[], { accounts }: Ids): Generator<Problem, void> {
  for (const [at, who] of actors.entries())
    if (who.kind === "account" && !accounts.has(who.account)) yield missing(`${where}[${at}].account`, "accounts");
}

/** A reference to nothing. */
export const missing = (where: string, list: string): Problem => ({
  where,
  what: `no entry of ${list} has this id`,
  mend: `add it to ${list} or take this out`,
});
