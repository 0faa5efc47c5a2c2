import { canWrite } from "../../dossier/role.ts";
import type { Held } from "../effective.ts";
import type { Can, ReachEdge, Way } from "./edge.ts";
import {
  type Actor,
  createWay,
  editWay,
  type Guards,
  ownApprovalWay,
  pathIsKept,
  pushWay,
  reviewBypassWay,
} from "./gates.ts";
import { refFits } from "./ref-pattern.ts";
import { covers, type RepositoryRules } from "./repository-rules.ts";
import type { Environment, Ruleset } from "./rules-schema.ts";

/** Which lists of rules were read: without them nothing is said that rests on them. */
export interface Known {
  readonly guards: boolean;
  readonly secrets: boolean;
  readonly runners: boolean;
}

type Found = Pick<ReachEdge, "branch" | "can" | "reason" | "target">;

/** What somebody can do on one repository. Nothing for less than write. */
export function* edgesOf(actor: Actor, held: Held, rules: RepositoryRules, known: Known): Generator<ReachEdge, void> {
  if (!canWrite(actor.role)) return;
  const via = held.sources.map(({ source }) => source);
  const given = { account: actor.account, repository: rules.repository.id, via };
  yield { ...given, ...found("approve_fork_run", null, { reason: "write_role", rule: null }) };
  if (!known.guards) return;
  for (const edge of guardedEdges(actor, rules, known)) yield { ...given, ...edge };
}

const found = (can: Can, branch: string | null, { reason, rule }: Way, target = rule): Found => ({
  ...{ branch, can, reason, target },
});

function* guardedEdges(actor: Actor, rules: RepositoryRules, known: Known): Generator<Found, void> {
  const pushable: string[] = [];
  for (const { name, guards } of rules.branches) {
    const push = pushWay(actor, guards);
    if (push !== null) pushable.push(name);
    const own = push === null ? ownApprovalWay(actor, guards) : null;
    const ways = {
      ...{ push, edit_protection: editWay(actor, guards) },
      ...{ bypass_review: reviewBypassWay(actor, guards), approve_own_change: own },
    };
    for (const [can, way] of Object.entries(ways) as readonly (readonly [Can, Way | null])[])
      if (way !== null) yield found(can, name, way);
  }
  const creatable = rules.newBranches.flatMap(({ pattern, name, guards }) => {
    const way = createWay(actor, guards);
    return way === null ? [] : [{ pattern, name, way }];
  });
  const [anyNew] = creatable;
  if (anyNew !== undefined) yield found("create_branch", anyNew.pattern, anyNew.way);
  yield* tagEdges(actor, rules);
  const { defaultBranch } = rules.repository;
  if (defaultBranch !== undefined && pushable.includes(defaultBranch))
    yield found("write_cache", defaultBranch, { reason: "push", rule: null });
  yield* codeEdges(actor, rules, { known, pushable, creatable });
}

/** A tag as releases have it: what is said of it holds for releases made from it. */
export const RELEASE_TAG = "v1.0.0";

/** What stands before a new tag of a release. */
export const tagGuards = ({ tagRulesets, repository }: RepositoryRules): Guards => ({
  classic: null,
  rulesets: tagRulesets.filter((ruleset) => covers(ruleset, RELEASE_TAG, repository.defaultBranch)),
});

function* tagEdges(actor: Actor, rules: RepositoryRules): Generator<Found, void> {
  const way = createWay(actor, tagGuards(rules));
  if (way !== null) yield found("create_tag", null, way);
}

interface Places {
  readonly known: Known;
  readonly pushable: readonly string[];
  readonly creatable: readonly { readonly pattern: string | null; readonly name: string }[];
}

/** What code of his own reaches once it runs: a workflow on a branch that he pushes to. */
function* codeEdges(
  actor: Actor,
  rules: RepositoryRules,
  { known, pushable, creatable }: Places,
): Generator<Found, void> {
  if (known.secrets) for (const { name, isAgents } of rules.secrets) if (isAgents) yield agentSecret(name);
  const isKept = workflowsAreKept(actor, rules.pushRulesets);
  const all = [
    ...creatable.map(({ pattern, name }) => ({ branch: pattern, name, reason: "create_branch" as const })),
    ...pushable.map((name) => ({ branch: name, name, reason: "push" as const })),
  ];
  const places = isKept ? [] : all;
  const [place] = places;
  if (place !== undefined) {
    const way = { reason: place.reason, rule: null };
    for (const can of ["start_workflow", "mint_oidc", "publish_package"] as const) yield found(can, place.branch, way);
    if (known.runners) for (const runner of rules.runners) yield found("use_runner", place.branch, way, runner);
  }
  if (!known.secrets) return;
  for (const { name, environment, isAgents } of rules.secrets) {
    if (isAgents) continue;
    const entry = environment === null ? null : (rules.environments.get(environment) ?? null);
    const target = environment === null ? name : `${environment}/${name}`;
    const from = environment === null ? place : entry && places.find((each) => mayDeploy(each.name, entry, rules));
    if (from) yield found("read_secret", from.branch, { reason: from.reason, rule: null }, target);
    else if (entry !== null && actor.role === "admin")
      yield found("read_secret", null, { reason: "admin", rule: null }, target);
  }
}

const WORKFLOWS = [".github/workflows/any.yml", ".github/workflows/any.yaml"];

/** Whether push rulesets keep somebody from bringing a workflow of his own. */
export const workflowsAreKept = (actor: Actor, rulesets: readonly Ruleset[]): boolean =>
  pathIsKept(actor, rulesets, (pattern) => WORKFLOWS.some((path) => refFits(path, pattern)));

const agentSecret = (name: string): Found => found("read_secret", null, { reason: "start_agent", rule: null }, name);

/** Whether a run of a branch gets an environment's secrets without anybody's yes. */
const mayDeploy = (branch: string, environment: Environment, rules: RepositoryRules): boolean =>
  !environment.reviewers && deploysFrom(branch, environment, rules);

/** Whether an environment takes runs of a branch, whoever must say yes. */
export function deploysFrom(
  branch: string,
  environment: Environment,
  { branches, hasProtections }: RepositoryRules,
): boolean {
  if (environment.branches === "all") return true;
  if (environment.branches === "protected")
    return !hasProtections || branches.some(({ name, guards }) => name === branch && guards.classic !== null);
  return environment.branches.some((pattern) => refFits(branch, pattern));
}
