import type { AccessSnapshot } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { AccessRules } from "./rules-schema.ts";

/** The rules as far as they are about what the graph has: somebody without access passes no rule. What nobody read stays out. */
export function fittedTo(
  rules: AccessRules,
  { accounts, repositories }: Pick<AccessSnapshot, "accounts" | "repositories">,
): AccessRules {
  const people = new Set(accounts.map(({ id }) => id));
  const places = new Set(repositories.map(({ id }) => id));
  const isKnown = (who: { readonly kind: string; readonly account?: AccountKey }): boolean =>
    who.account === undefined || people.has(who.account);
  const isHere = (each: { readonly repository: RepositoryKey }): boolean => places.has(each.repository);
  const among = <Of extends { repositories: "all" | RepositoryKey[] }>(each: Of): Of => ({
    ...each,
    repositories: each.repositories === "all" ? "all" : each.repositories.filter((id) => places.has(id)),
  });
  const { branches, protections, rulesets: sets, secrets, environments, runners, actions, rulesUnread } = rules;
  return {
    ...(branches && { branches: branches.filter(isHere) }),
    ...(protections && {
      protections: protections
        .filter(isHere)
        .map(({ pushAllowances = [], bypassPullRequestAllowances = [], ...rest }) => ({
          ...rest,
          pushAllowances: pushAllowances.filter(isKnown),
          bypassPullRequestAllowances: bypassPullRequestAllowances.filter(isKnown),
        })),
    }),
    ...(sets && {
      rulesets: sets.map(among).map((each) => ({ ...each, bypass: each.bypass.filter(({ who }) => isKnown(who)) })),
    }),
    ...(secrets && { secrets: secrets.map(among) }),
    ...(environments && { environments: environments.filter(isHere) }),
    ...(runners && { runners: runners.map(among) }),
    ...(actions && { actions: actions.filter(isHere) }),
    ...(rulesUnread && { rulesUnread: rulesUnread.filter((id) => places.has(id)) }),
  };
}
