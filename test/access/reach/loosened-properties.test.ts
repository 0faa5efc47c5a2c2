import fc from "fast-check";
import { effectiveAccess, heldOn } from "../../../src/access/effective.ts";
import type { AccessSnapshot, Role } from "../../../src/access/grant.ts";
import type { AccountKey, RepositoryKey } from "../../../src/access/keys.ts";
import type { Can, ReachEdge } from "../../../src/access/reach/edge.ts";
import { type GuardLoosened, guardsLoosened } from "../../../src/access/reach/guards-loosened.ts";
import { reachEdges } from "../../../src/access/reach/reach.ts";
import type { Protection, Ruleset } from "../../../src/access/reach/rules-schema.ts";
import { roleRank } from "../../../src/dossier/role.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { runs } from "../../support/rows.ts";
import { grant, keyed, type Plain } from "../graphs.ts";
import { anyOrganization } from "./any-organization.ts";

const loosened = (before: AccessSnapshot, after: AccessSnapshot): readonly GuardLoosened[] =>
  atOnce(guardsLoosened(effectiveAccess(before), effectiveAccess(after))) ?? [];

/** The same organisation, under the rules of another one. */
const under = (snapshot: AccessSnapshot, { protections, rulesets }: AccessSnapshot): AccessSnapshot => ({
  ...snapshot,
  ...{ protections: protections ?? [], rulesets: rulesets ?? [] },
});

test("guards loosened: nothing between an organisation and itself, whatever its rules are called or in which order", () => {
  fc.assert(
    fc.property(anyOrganization, (snapshot) => {
      const rulesets = (snapshot.rulesets ?? []).toReversed().map((each) => ({ ...each, name: `${each.name} again` }));
      expect(loosened(snapshot, snapshot)).toEqual([]);
      expect(loosened(snapshot, { ...snapshot, rulesets })).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

const protectionsOf = (
  snapshot: AccessSnapshot,
  change: (protection: Protection) => Plain<Partial<Protection>>,
): AccessSnapshot => ({
  ...snapshot,
  protections: (snapshot.protections ?? []).map((each) => ({ ...each, ...keyed<Partial<Protection>>(change(each)) })),
});
const rulesetsOf = (snapshot: AccessSnapshot, change: (ruleset: Ruleset) => Partial<Ruleset>): AccessSnapshot => ({
  ...snapshot,
  rulesets: (snapshot.rulesets ?? []).map((each) => ({ ...each, ...change(each) })),
});
const withRuleset = (snapshot: AccessSnapshot, change: Partial<Ruleset>): AccessSnapshot => ({
  ...snapshot,
  rulesets: [...(snapshot.rulesets ?? []), { ...STRICT, ...change }],
});
const STRICT: Ruleset = {
  ...{ name: "strict", level: "organization", repositories: "all", target: "branch", enforcement: "active" },
  ...{ include: ["~ALL"], exclude: [], bypass: [] },
  rules: [{ type: "pull_request", approvals: 2, codeOwners: true, lastPushApproval: true }],
};

const TIGHTER: readonly ((snapshot: AccessSnapshot) => AccessSnapshot)[] = [
  (snapshot) => protectionsOf(snapshot, ({ approvals = 0 }) => ({ approvals: approvals + 1 })),
  (snapshot) => protectionsOf(snapshot, () => ({ requiresPullRequest: true, codeOwners: true })),
  (snapshot) => protectionsOf(snapshot, () => ({ lastPushApproval: true, locked: true })),
  (snapshot) => protectionsOf(snapshot, () => ({ restrictsPushes: true, blocksCreations: true })),
  (snapshot) => protectionsOf(snapshot, () => ({ enforcedForAdmins: true })),
  (snapshot) => protectionsOf(snapshot, () => ({ pushAllowances: [], bypassPullRequestAllowances: [] })),
  (snapshot) => rulesetsOf(snapshot, () => ({ enforcement: "active" })),
  (snapshot) => rulesetsOf(snapshot, () => ({ bypass: [] })),
  (snapshot) => rulesetsOf(snapshot, ({ rules }) => ({ rules: [...rules, { type: "pull_request", approvals: 2 }] })),
  (snapshot) => rulesetsOf(snapshot, ({ rules }) => ({ rules: [...rules, { type: "creation" }, { type: "update" }] })),
  (snapshot) => withRuleset(snapshot, {}),
  (snapshot) => withRuleset(snapshot, { target: "tag", rules: [{ type: "creation" }] }),
  (snapshot) => withRuleset(snapshot, { include: ["release/*"], rules: [{ type: "creation" }] }),
];

test("guards loosened: whatever becomes tighter is silent", () => {
  fc.assert(
    fc.property(anyOrganization, fc.constantFrom(...TIGHTER), (snapshot, tighten) => {
      expect(loosened(snapshot, tighten(snapshot))).toEqual([]);
    }),
    { numRuns: runs(1_500) },
  );
});

/** Of one strict rule each of these takes something. */
const LOOSER: readonly ((rule: Ruleset) => readonly Ruleset[])[] = [
  () => [],
  (rule) => [{ ...rule, enforcement: "disabled" }],
  (rule) => [{ ...rule, enforcement: "evaluate" }],
  (rule) => [{ ...rule, exclude: ["refs/heads/main"] }],
  (rule) => [{ ...rule, repositories: keyed<RepositoryKey[]>(["11"]) }],
  (rule) => [{ ...rule, bypass: [{ mode: "always", who: { kind: "account", account: keyed<AccountKey>("3") } }] }],
  (rule) => [{ ...rule, bypass: [{ mode: "pull_request", who: { kind: "app", app: "octo-bot" } }] }],
  ...([{ approvals: 0 }, { approvals: 1 }, { codeOwners: false }, { lastPushApproval: false }] as const).map(
    (less) => (rule: Ruleset) => [{ ...rule, rules: rule.rules.map((each) => ({ ...each, ...less })) }],
  ),
];

test("guards loosened: each thing that a rule loses is named, whatever else is asked for and wherever", () => {
  fc.assert(
    fc.property(
      anyOrganization,
      fc.constantFrom(...LOOSER),
      fc.constantFrom("repository" as const, "organization" as const, "enterprise" as const),
      (snapshot, loosen, level) => {
        const alone = { ...snapshot, protections: [] };
        const others = (snapshot.rulesets ?? []).filter(({ target }) => target !== "branch");
        const rule = { ...STRICT, level };
        const found = loosened(
          { ...alone, rulesets: [...others, rule] },
          { ...alone, rulesets: [...others, ...loosen(rule)] },
        );
        expect(found.filter(({ repository }) => repository === keyed("10"))).not.toEqual([]);
      },
    ),
    { numRuns: runs(300) },
  );
});

const canOf: Readonly<Partial<Record<GuardLoosened["what"], Can>>> = {
  ...{ push: "push", create_branch: "create_branch", create_tag: "create_tag" },
};

test("guards loosened: what accounts can do by new rules and could not is named, for them or for their role", () => {
  let gained = 0;
  fc.assert(
    fc.property(anyOrganization, anyOrganization, fc.constantFrom("1", "2", "3"), (before, other, id) => {
      const after = under(before, other);
      const account = keyed<AccountKey>(id);
      const found = loosened(before, after);
      const of = (snapshot: AccessSnapshot): readonly ReachEdge[] =>
        [...reachEdges(effectiveAccess(snapshot), { account, repository: null })].filter(({ can }) => NAMED.has(can));
      const was = new Set(of(before).map(keyOf));
      for (const edge of of(after).filter((each) => !was.has(keyOf(each)))) {
        gained += 1;
        const role = heldOn(effectiveAccess(after), account, edge.repository)?.role ?? "read";
        const isIt = ({ what, who, repository, branch }: GuardLoosened): boolean =>
          canOf[what] === edge.can &&
          repository === edge.repository &&
          branch === edge.branch &&
          isMeant(who, { account, role, isOwner: id === "1", isInCore: id === "2" });
        expect([found.some(isIt), edge, found]).toEqual([true, edge, found]);
      }
    }),
    { numRuns: runs(1_500) },
  );
  expect(gained).toBeGreaterThan(0);
});

/** Making branches is told once for all kinds of them, in whichever way: the others are compared one by one. */
const NAMED: ReadonlySet<Can> = new Set(["push", "create_tag"]);

const keyOf = ({ repository, branch, can }: ReachEdge): string => JSON.stringify([repository, branch, can]);

interface Somebody {
  readonly account: AccountKey;
  readonly role: Role;
  readonly isOwner: boolean;
  readonly isInCore: boolean;
}

function isMeant(who: GuardLoosened["who"], { account, role, isOwner, isInCore }: Somebody): boolean {
  if (who === null) return false;
  if (who.kind === "role") return roleRank(who.role) <= roleRank(role);
  if (who.kind === "account") return who.account === account;
  return who.kind === "team" ? isInCore : who.kind === "organization_owner" && isOwner;
}

test("guards loosened: whoever has the role that is named can do it now, and could not", () => {
  let named = 0;
  fc.assert(
    fc.property(anyOrganization, anyOrganization, (before, other) => {
      const after = under(before, other);
      for (const { what, who, repository, branch } of loosened(before, after)) {
        const can = canOf[what];
        if (can === undefined || who?.kind !== "role") continue;
        named += 1;
        const given = (snapshot: AccessSnapshot): readonly ReachEdge[] => {
          const grants = [...snapshot.grants, grant("4", repository, who.role, "direct")];
          return [...reachEdges(effectiveAccess({ ...snapshot, grants }))].filter(
            (edge) => edge.account === keyed("4") && edge.repository === repository && edge.can === can,
          );
        };
        const here = (edge: ReachEdge): boolean => can === "create_branch" || edge.branch === branch;
        expect(given(after).filter(here)).not.toEqual([]);
        if (can !== "create_branch") expect(given(before).filter(here)).toEqual([]);
      }
    }),
    { numRuns: runs(800) },
  );
  expect(named).toBeGreaterThan(0);
});
