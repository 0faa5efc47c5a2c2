import { deploysFrom, RELEASE_TAG, tagGuards } from "./edges-of.ts";
import type { Guards } from "./gates.ts";
import {
  BRANCH_DOORS,
  create,
  type Demands,
  type Door,
  demandsOf,
  type Gain,
  type Guarded,
  gains,
  type Kept,
  keptBy,
  type TeamsOf,
  type Who,
  workflowFiles,
} from "./probes.ts";
import type { RepositoryRules } from "./repository-rules.ts";

/** What may have become looser. */
export const LOOSENED_DOORS = [
  "push",
  "review_bypass",
  "merge",
  "approvals",
  "code_owners",
  "last_push_approval",
  "create_branch",
  "create_tag",
  "workflow_files",
  "environment_reviewers",
  "environment_branches",
] as const;
export type LoosenedDoor = (typeof LOOSENED_DOORS)[number];

/** One thing that became looser in a repository, whichever that is. */
export interface Loosening {
  readonly branch: string | null;
  readonly what: LoosenedDoor;
  readonly who: Who | null;
  readonly kept: Kept | null;
  /** A name that the rule was about. */
  readonly ref: string | null;
  readonly environment?: string;
  readonly approvals?: { readonly from: number; readonly to: number };
}

/** What rules of a repository let through that those of before did not. */
export function* looseningsOf(was: RepositoryRules, is: RepositoryRules, teamsOf: TeamsOf): Generator<Loosening, void> {
  for (const { name, guards } of is.branches) {
    const { defaultBranch } = is.repository;
    // The default branch may have another name now: it is the default branch all the same.
    const earlier = name === defaultBranch ? (was.repository.defaultBranch ?? name) : name;
    yield* onBranch(name, { before: was.guardsOf(earlier), after: guards }, teamsOf);
  }
  yield* newBranches(was, is, teamsOf);
  const tags = { before: tagGuards(was), after: tagGuards(is) };
  yield* through("create_tag", create, { place: tags, ref: RELEASE_TAG, teamsOf });
  const pushes = { before: ofPushes(was), after: ofPushes(is) };
  yield* through("workflow_files", workflowFiles, { place: pushes, ref: null, teamsOf });
  yield* environments(was, is);
}

const ofPushes = ({ pushRulesets }: RepositoryRules): Guards => ({ classic: null, rulesets: pushRulesets });

function* through(
  what: LoosenedDoor,
  door: Door,
  { place, ref, teamsOf }: { readonly place: Guarded; readonly ref: string | null; readonly teamsOf: TeamsOf },
): Generator<Loosening, void> {
  for (const gain of gains(place, door, teamsOf)) yield { branch: null, what, ...gain, ref };
}

/** Of several doors that opened for somebody the widest is told. */
function* onBranch(branch: string, place: Guarded, teamsOf: TeamsOf): Generator<Loosening, void> {
  const told = new Set<string>();
  for (const what of ["push", "review_bypass", "merge"] as const)
    for (const gain of gains(place, BRANCH_DOORS[what], teamsOf)) {
      const key = keyOf(gain);
      if (!told.has(key)) yield { branch, what, ...gain, ref: branch };
      told.add(key);
      if (what !== "merge" && key === EVERYBODY) return;
    }
  yield* demands(branch, place);
}

const keyOf = ({ who }: Pick<Gain, "who">): string => JSON.stringify(who);
const EVERYBODY = keyOf({ who: { kind: "role", role: "write" } });

/** What pull requests need less of. */
function* demands(branch: string, { before, after }: Guarded): Generator<Loosening, void> {
  const [was, is] = [demandsOf(before), demandsOf(after)];
  const less = (what: LoosenedDoor, asks: (demands: Demands) => boolean): Loosening => ({
    ...{ branch, what, who: null, ref: branch },
    kept: keptBy(before, (guards) => asks(demandsOf(guards))),
  });
  if (is.approvals < was.approvals)
    yield {
      ...less("approvals", ({ approvals }) => approvals === was.approvals),
      approvals: { from: was.approvals, to: is.approvals },
    };
  if (was.codeOwners && !is.codeOwners) yield less("code_owners", ({ codeOwners }) => codeOwners);
  if (was.lastPushApproval && !is.lastPushApproval && is.approvals > 0)
    yield less("last_push_approval", ({ lastPushApproval }) => lastPushApproval);
}

/** Kinds of branch that a rule of either moment treats apart; what opened for any of them is told once. */
function* newBranches(was: RepositoryRules, is: RepositoryRules, teamsOf: TeamsOf): Generator<Loosening, void> {
  const kinds = new Map([...is.newBranches, ...was.newBranches].map(({ pattern, name }) => [pattern, name]));
  const existing = new Set(is.branches.map(({ name }) => name));
  const told = new Set<string>();
  for (const [pattern, name] of kinds) {
    if (existing.has(name)) continue;
    const place = { before: was.guardsOf(name, true), after: is.guardsOf(name, true) };
    for (const gain of gains(place, create, teamsOf)) {
      if (told.has(keyOf(gain))) continue;
      if (pattern === null) told.add(keyOf(gain));
      yield { branch: pattern, what: "create_branch", ...gain, ref: name };
    }
  }
}

function* environments(was: RepositoryRules, is: RepositoryRules): Generator<Loosening, void> {
  const names = [...is.branches, ...is.newBranches, ...was.newBranches].map(({ name }) => name);
  const about = { branch: null, who: null, kept: null, ref: null };
  for (const [environment, now] of is.environments) {
    const then = was.environments.get(environment);
    if (then === undefined || now.reviewers) continue;
    if (then.reviewers) yield { ...about, what: "environment_reviewers", environment };
    else if (
      JSON.stringify(now.branches) !== JSON.stringify(then.branches) &&
      names.some((name) => deploysFrom(name, now, is) && !deploysFrom(name, then, was))
    )
      yield { ...about, what: "environment_branches", environment };
  }
}
