import { canAdminister, canSee } from "../http/rules.ts";
import { accountOf } from "../world/lookup.ts";
import type { Repository, Team, World } from "../world/world.ts";
import type { BranchProtection, RuleActor, Ruleset, RulesetBypass } from "../world/world-rules.ts";
import { connection } from "./connection.ts";
import { type Args, type GraphqlContext, text, Unsimulated } from "./fields.ts";
import { requireRepository } from "./see.ts";

/** Classic protections, in the order in which they were made. */
export function branchProtectionRules(repository: Repository, args: Args, context: GraphqlContext): unknown {
  requireRepository(context, repository, "administration");
  return connection(repository.protections, args, { node: (rule) => protection(rule, context) });
}

const protection = (
  { nodeId, mayPush, maySkipReview, ...rule }: BranchProtection,
  context: GraphqlContext,
): object => ({
  ...{ type: "BranchProtectionRule", id: nodeId, ...rule },
  pushAllowances: allowances(mayPush, context),
  bypassPullRequestAllowances: allowances(maySkipReview, context),
});

const allowances = (actors: readonly RuleActor[], context: GraphqlContext): object =>
  connection(actors, { first: 100 }, { node: (who) => ({ actor: actor(who, context) }) });

function actor(who: RuleActor, { world }: GraphqlContext): unknown {
  if ("user" in who) return accountOf(world, who.user);
  return "team" in who ? teamWith(world, who.team) : { type: "App", slug: who.app };
}

/** Rulesets of the repository, and with `includeParents` those above it. Who may change one sees who may bypass it. */
export function rulesets(repository: Repository, args: Args, context: GraphqlContext): unknown {
  if (args.includeParents !== true) throw new Unsimulated("rulesets without those above");
  const all = context.world.rulesets.filter(({ source }) =>
    source.type === "Repository" ? source.id === repository.id : source.id === repository.ownerId,
  );
  const mayChange = canAdminister(context.caller, repository);
  return connection(all, args, { node: (ruleset) => shown(ruleset, mayChange, context) });
}

const shown = (ruleset: Ruleset, mayChange: boolean, context: GraphqlContext): object => ({
  ...{
    type: "RepositoryRuleset",
    id: ruleset.nodeId,
    name: ruleset.name,
    target: ruleset.target,
    enforcement: ruleset.enforcement,
  },
  source: { type: ruleset.source.type },
  conditions: { refName: { include: ruleset.include, exclude: ruleset.exclude } },
  rules: connection(ruleset.rules, { first: 100 }),
  bypassActors: mayChange
    ? connection(ruleset.bypass, { first: 100 }, { node: (each) => bypass(each, context) })
    : null,
});

const bypass = ({ mode, who }: RulesetBypass, { world }: GraphqlContext): object => ({
  bypassMode: mode,
  organizationAdmin: who === "owners",
  enterpriseOwner: false,
  deployKey: who === "deployKey",
  repositoryRoleName: typeof who === "object" && "role" in who ? who.role : null,
  actor:
    typeof who !== "object" || "role" in who
      ? null
      : "team" in who
        ? teamWith(world, who.team)
        : { type: "App", slug: who.app },
});

/** The protection or ruleset with a node id, for whoever may see it; null when nothing has it. */
export function ruleWith(context: GraphqlContext, id: string): unknown {
  const { world, caller } = context;
  for (const repository of world.repositories.values()) {
    const found = repository.protections.find(({ nodeId }) => nodeId === id);
    if (found === undefined) continue;
    requireRepository(context, repository, "administration");
    return protection(found, context);
  }
  const ruleset = world.rulesets.find(({ nodeId }) => nodeId === id);
  if (ruleset === undefined) return null;
  const { source } = ruleset;
  const about = [...world.repositories.values()].filter((repository) =>
    source.type === "Repository" ? repository.id === source.id : repository.ownerId === source.id,
  );
  if (!about.some((repository) => canSee(caller, repository))) return null;
  return shown(
    ruleset,
    about.every((repository) => canAdminister(caller, repository)),
    context,
  );
}

/** Keys that reach one repository without an account. */
export function deployKeys(repository: Repository, args: Args, context: GraphqlContext): unknown {
  if (context.caller.kind !== "person") requireRepository(context, repository, "administration");
  else if (!canAdminister(context.caller, repository)) return connection([], args);
  return connection(repository.settings.deployKeys, args, { node: (key) => ({ type: "DeployKey", ...key }) });
}

const teamWith = (world: World, id: number): Team | undefined =>
  [...world.accounts.values()]
    .flatMap((account) => (account.type === "Organization" ? account.teams : []))
    .find((team) => team.id === id);

/** Branches whose names hold a text. */
export function refs(repository: Repository, args: Args): unknown {
  if (args.refPrefix !== "refs/heads/") throw new Unsimulated(`refPrefix ${text(args.refPrefix)}`);
  const names = [repository.defaultBranch, ...repository.branches].filter((name) => name.includes(text(args.query)));
  return connection(names, args, { node: (name) => ({ type: "Ref", name, repository }) });
}
