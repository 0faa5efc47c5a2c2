import { canWrite, type Role, roleRank } from "../../dossier/role.ts";
import type { AccountKey } from "../keys.ts";
import { REASONS, type Way } from "./edge.ts";
import type { Bypass, ExtraPermission, Protection, RuleActor, Ruleset } from "./rules-schema.ts";

/** What rules ask about whoever stands before them, on one repository. */
export interface Actor {
  /** Null for any member, who is named by no rule. */
  readonly account: AccountKey | null;
  readonly role: Role;
  readonly isOwner: boolean;
  readonly teams: ReadonlySet<string>;
  readonly permissions: ReadonlySet<ExtraPermission>;
}

/** The rules that stand before one branch, existing or thought of. */
export interface Guards {
  /** Of classic protections exactly one counts for a branch. */
  readonly classic: Protection | null;
  /** All active rulesets count together, of every level. */
  readonly rulesets: readonly Ruleset[];
}

/** Whether somebody can push to a branch, and what lets him; null when a rule stops him. Sources: docs/reach.md. */
export function pushWay(actor: Actor, { classic, rulesets }: Guards): Way | null {
  const passed: (Way | null)[] = [];
  if (classic && asksForReview(classic)) passed.push(pastReview(actor, classic));
  if (classic?.restrictsPushes) passed.push(pastRestriction(actor, classic));
  for (const ruleset of rulesets)
    if (hasRule(ruleset, "pull_request", "update", "merge_queue")) passed.push(pastRuleset(actor, ruleset, "always"));
  return allOf(passed);
}

/** Whether somebody can merge into a branch without the reviews that it asks for; null where it asks for none. */
export function reviewBypassWay(actor: Actor, { classic, rulesets }: Guards): Way | null {
  const passed: (Way | null)[] = [];
  if (classic && asksForReview(classic)) passed.push(pastReview(actor, classic));
  for (const ruleset of rulesets)
    if (hasRule(ruleset, "pull_request")) passed.push(pastRuleset(actor, ruleset, "pull_request"));
  if (passed.length === 0 || !canMerge(actor, { classic, rulesets })) return null;
  return allOf(passed);
}

/** Whether somebody can have what he pushed merged without anybody else's yes; null where he cannot, or may push. */
export function ownApprovalWay(actor: Actor, guards: Guards): Way | null {
  const rules = guards.rulesets.flatMap(({ name, rules }) =>
    rules.filter(({ type }) => type === "pull_request").map((rule) => ({ ...rule, rule: name })),
  );
  const { classic } = guards;
  const asked = [...rules, ...(classic?.requiresPullRequest ? [{ ...classic, rule: classic.pattern }] : [])];
  const [first] = asked;
  if (first === undefined || classic?.locked || !canMerge(actor, guards)) return null;
  if (asked.some(({ codeOwners }) => codeOwners)) return null;
  if (asked.every(({ approvals = 0 }) => approvals === 0)) return { reason: "no_review_required", rule: first.rule };
  if (asked.some(({ lastPushApproval, approvals = 0 }) => lastPushApproval && approvals > 0)) return null;
  return asked.every(({ approvals = 0 }) => approvals <= 1)
    ? { reason: "last_push_approval_off", rule: first.rule }
    : null;
}

/** Whether somebody can make a branch that these rules would stand before. */
export function createWay(actor: Actor, { classic, rulesets }: Guards): Way | null {
  const passed: (Way | null)[] = [];
  // GitHub takes the second setting back where the first is off.
  if (classic?.restrictsPushes && classic.blocksCreations) passed.push(pastRestriction(actor, classic));
  for (const ruleset of rulesets) if (hasRule(ruleset, "creation")) passed.push(pastRuleset(actor, ruleset, "always"));
  return allOf(passed);
}

/** Whether somebody can take away or weaken what guards a branch; null where nothing guards it, or not by him. */
export function editWay({ role, permissions, isOwner }: Actor, { classic, rulesets }: Guards): Way | null {
  const own = classic?.pattern ?? rulesets.find(({ level }) => level === "repository")?.name;
  if (own !== undefined && role === "admin") return { reason: "admin", rule: own };
  if (own !== undefined && permissions.has("edit_repo_protections"))
    return { reason: "edit_repo_protections", rule: own };
  const above = rulesets.find(({ level }) => level === "organization");
  return above !== undefined && isOwner ? { reason: "organization_owner", rule: above.name } : null;
}

/** Whether a push ruleset keeps somebody from pushing a path. */
export const pathIsKept = (actor: Actor, rulesets: readonly Ruleset[], fits: (pattern: string) => boolean): boolean =>
  rulesets.some(
    (ruleset) =>
      ruleset.rules.some(({ type, paths = [] }) => type === "file_path_restriction" && paths.some(fits)) &&
      pastRuleset(actor, ruleset, "always") === null,
  );

const asksForReview = ({ requiresPullRequest, locked }: Protection): boolean =>
  requiresPullRequest === true || locked === true;

const hasRule = ({ rules }: Ruleset, ...types: readonly Ruleset["rules"][number]["type"][]): boolean =>
  rules.some(({ type }) => types.includes(type));

/** What restricts pushes restricts merges. */
export const canMerge = (actor: Actor, { classic, rulesets }: Guards): boolean =>
  (!classic?.restrictsPushes || pastRestriction(actor, classic) !== null) &&
  rulesets.every((ruleset) => !hasRule(ruleset, "update") || pastRuleset(actor, ruleset, "pull_request") !== null);

function pastReview(actor: Actor, classic: Protection): Way | null {
  const rule = classic.pattern;
  if (classic.enforcedForAdmins) return null;
  if (actor.role === "admin") return { reason: "admin", rule };
  if (actor.permissions.has("bypass_branch_protection")) return { reason: "bypass_branch_protection", rule };
  // It is about reviews alone: nobody who is on that list writes to a locked branch.
  const isAllowed = !classic.locked && names(classic.bypassPullRequestAllowances ?? [], actor);
  return isAllowed ? { reason: "bypass_pr_allowance", rule } : null;
}

/** `enforcedForAdmins` says nothing about who may push. */
function pastRestriction(actor: Actor, classic: Protection): Way | null {
  const rule = classic.pattern;
  if (actor.role === "admin") return { reason: "admin", rule };
  if (actor.role === "maintain" || actor.permissions.has("push_protected_branch"))
    return { reason: "push_protected_branch", rule };
  return names(classic.pushAllowances ?? [], actor) ? { reason: "push_allowance", rule } : null;
}

const pastRuleset = (actor: Actor, { name, bypass }: Ruleset, mode: Bypass["mode"]): Way | null =>
  bypass.some((entry) => (entry.mode === "always" || entry.mode === mode) && isMeant(entry.who, actor))
    ? { reason: "ruleset_bypass", rule: name }
    : null;

const names = (list: readonly RuleActor[], actor: Actor): boolean => list.some((entry) => isMeant(entry, actor));

function isMeant(who: Bypass["who"], actor: Actor): boolean {
  if (who.kind === "account") return who.account === actor.account;
  if (who.kind === "team") return actor.teams.has(who.team);
  if (who.kind === "organization_owner") return actor.isOwner;
  return who.kind === "role" && canWrite(actor.role) && roleRank(actor.role) >= roleRank(who.role);
}

/** Every gate must let him through; of several ways the one that stands first in the list of reasons is told. */
function allOf(passed: readonly (Way | null)[]): Way | null {
  let told: Way = { reason: "no_protection", rule: null };
  for (const way of passed) {
    if (way === null) return null;
    if (told.rule === null || REASONS.indexOf(way.reason) < REASONS.indexOf(told.reason)) told = way;
  }
  return told;
}
