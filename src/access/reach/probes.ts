import type { Role } from "../../dossier/role.ts";
import { workflowsAreKept } from "./edges-of.ts";
import { type Actor, canMerge, createWay, type Guards, pushWay, reviewBypassWay } from "./gates.ts";
import { account, type Bypass, type RuleActor, type Ruleset } from "./rules-schema.ts";

/** Somebody whom rules can tell apart, whoever that is today: all of a role, or whom an exception names. */
export type Who = Bypass["who"];

/** Something that guards let somebody do, or not. */
export type Door = (actor: Actor, guards: Guards) => boolean;

/** The same place under the rules of two moments. */
export interface Guarded {
  readonly before: Guards;
  readonly after: Guards;
}

const push: Door = (actor, guards) => pushWay(actor, guards) !== null;
/** His own change comes in without anybody else's yes. */
const ownChange: Door = (actor, guards) =>
  push(actor, guards) ||
  reviewBypassWay(actor, guards) !== null ||
  (canMerge(actor, guards) && guards.classic?.locked !== true && asksForNoYes(demandsOf(guards)));
const merge: Door = (actor, guards) =>
  ownChange(actor, guards) || (canMerge(actor, guards) && guards.classic?.locked !== true);

/** Each lets through whoever an earlier one does. */
export const BRANCH_DOORS = { push, review_bypass: ownChange, merge } as const;

export const create: Door = (actor, guards) => createWay(actor, guards) !== null;
export const workflowFiles: Door = (actor, { rulesets }) => !workflowsAreKept(actor, rulesets);

/** What pull requests into a branch need, by all its rules together. */
export interface Demands {
  readonly approvals: number;
  readonly codeOwners: boolean;
  readonly lastPushApproval: boolean;
}

export function demandsOf({ classic, rulesets }: Guards): Demands {
  const asked = [
    ...(classic?.requiresPullRequest ? [classic] : []),
    ...rulesets.flatMap(({ rules }) => rules.filter(({ type }) => type === "pull_request")),
  ];
  return {
    approvals: asked.reduce((most, { approvals = 0 }) => Math.max(most, approvals), 0),
    codeOwners: asked.some(({ codeOwners }) => codeOwners),
    lastPushApproval: asked.some(({ lastPushApproval, approvals = 0 }) => lastPushApproval && approvals > 0),
  };
}

const asksForNoYes = ({ approvals, codeOwners }: Demands): boolean => approvals === 0 && !codeOwners;

/** Whom a door opened for, least first, and the rule that kept it shut to him. */
export interface Gain {
  readonly who: Who;
  readonly kept: Kept | null;
}

/** A rule of before, by what it is called. */
export type Kept =
  | { readonly kind: "classic"; readonly name: string }
  | { readonly kind: "ruleset"; readonly name: string; readonly level: Ruleset["level"] };

/**
 * For whom a door stands open now that was shut before: the lowest role, above which it stands open too, and whoever an
 * exception names and whose role alone does not do. Teams are those that accounts are in now.
 */
export function* gains(place: Guarded, door: Door, teamsOf: TeamsOf): Generator<Gain, void> {
  const role = ROLES_THAT_WRITE.find(({ actor }) => gained(actor, place, door));
  if (role !== undefined) yield { who: role.who, kept: keeper(role.actor, place.before, door) };
  const lower = ROLES_THAT_WRITE.slice(0, role === undefined ? WRITING.length : ROLES_THAT_WRITE.indexOf(role));
  for (const who of namedIn(place.after)) {
    const known = { before: asAccount(place.before, who), after: asAccount(place.after, who) };
    const actor = lower
      .map((each) => ({ ...each.actor, ...namedActor(who, teamsOf) }))
      .find((each) => gained(each, known, door));
    if (actor !== undefined) yield { who, kept: keeper(actor, known.before, door) };
  }
}

/** Teams of an account, and what is above a team, itself included. */
export interface TeamsOf {
  account(id: Extract<Who, { kind: "account" }>["account"]): ReadonlySet<string>;
  team(slug: string): ReadonlySet<string>;
}

const WRITING = ["write", "maintain", "admin"] as const satisfies readonly Role[];
const NOBODY: Actor = { account: null, role: "write", isOwner: false, teams: new Set(), permissions: new Set() };

/** Least first; what one can do, the next can too. */
const ROLES_THAT_WRITE: readonly { readonly who: Who; readonly actor: Actor }[] = [
  ...WRITING.map((role) => ({ who: { kind: "role", role } as const, actor: { ...NOBODY, role } })),
  { who: { kind: "organization_owner" }, actor: { ...NOBODY, role: "admin", isOwner: true } },
];

const gained = (actor: Actor, { before, after }: Guarded, door: Door): boolean =>
  !door(actor, before) && door(actor, after);

/** The first rule that alone keeps a door shut. */
const keeper = (actor: Actor, guards: Guards, door: Door): Kept | null =>
  keptBy(guards, (alone) => !door(actor, alone));

/** The first rule of which something holds when it stands alone. */
export function keptBy({ classic, rulesets }: Guards, holds: (alone: Guards) => boolean): Kept | null {
  if (classic !== null && holds({ classic, rulesets: [] })) return { kind: "classic", name: classic.pattern };
  const ruleset = rulesets.find((each) => holds({ classic: null, rulesets: [each] }));
  return ruleset === undefined ? null : { kind: "ruleset", name: ruleset.name, level: ruleset.level };
}

/** Whom exceptions name one by one, each once. */
function namedIn({ classic, rulesets }: Guards): readonly Who[] {
  const all = [
    ...(classic?.pushAllowances ?? []),
    ...(classic?.bypassPullRequestAllowances ?? []),
    ...rulesets.flatMap(({ bypass }) => bypass.map(({ who }) => who)),
  ];
  const named = all.filter(({ kind }) => kind !== "role" && kind !== "organization_owner");
  return [...new Map(named.map((who) => [JSON.stringify(who), who])).values()];
}

/** No account has it: GitHub's ids are numbers. */
const NOT_AN_ACCOUNT = account.parse("not-an-account");

function namedActor(who: Who, teamsOf: TeamsOf): Pick<Actor, "account" | "teams"> {
  if (who.kind === "account") return { account: who.account, teams: teamsOf.account(who.account) };
  if (who.kind === "team") return { account: null, teams: teamsOf.team(who.team) };
  return { account: NOT_AN_ACCOUNT, teams: new Set() };
}

/** The gates know accounts and teams: an App or the deploy keys stand before them as an account of their own. */
function asAccount({ classic, rulesets }: Guards, who: Who): Guards {
  if (who.kind !== "app" && who.kind !== "deploy_key") return { classic, rulesets };
  const wanted = JSON.stringify(who);
  const put = <Entry extends Who | RuleActor>(entry: Entry) =>
    JSON.stringify(entry) === wanted ? ({ kind: "account", account: NOT_AN_ACCOUNT } as const) : entry;
  return {
    classic: classic && {
      ...classic,
      ...(classic.pushAllowances && { pushAllowances: classic.pushAllowances.map(put) }),
      ...(classic.bypassPullRequestAllowances && {
        bypassPullRequestAllowances: classic.bypassPullRequestAllowances.map(put),
      }),
    },
    rulesets: rulesets.map((ruleset) => ({
      ...ruleset,
      bypass: ruleset.bypass.map((entry) => ({ ...entry, who: put(entry.who) })),
    })),
  };
}
