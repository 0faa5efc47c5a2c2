import fc from "fast-check";
import { effectiveAccess } from "../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import type { ReachEdge } from "../../../src/access/reach/edge.ts";
import { reachEdges } from "../../../src/access/reach/reach.ts";
import type { Protection } from "../../../src/access/reach/rules-schema.ts";
import { expect, test } from "../../support/jest.ts";
import { runs } from "../../support/rows.ts";
import { accountKey, keyed, type Plain } from "../graphs.ts";
import { anyOrganization as organization } from "./any-organization.ts";

const told = (snapshot: AccessSnapshot): readonly ReachEdge[] => [...reachEdges(effectiveAccess(snapshot))];

/** What one account can do, whatever the branch is that it runs its code on. */
const open = (snapshot: AccessSnapshot, account: string): ReadonlySet<string> =>
  new Set(
    [...reachEdges(effectiveAccess(snapshot), { account: accountKey(account), repository: null })]
      .filter(({ can }) => !NARROWER.includes(can))
      .map(({ repository, branch, can, target }) =>
        JSON.stringify([repository, can, OF_CODE.includes(can) ? "" : branch, REACHED.includes(can) ? target : ""]),
      ),
  );
/** What more rights or fewer rules may take away: there is no own approval to need, or nothing left to pass or edit. */
const NARROWER = ["approve_own_change", "edit_protection", "bypass_review"];
const REACHED = ["read_secret", "use_runner"];
const OF_CODE = ["read_secret", "use_runner", "start_workflow", "mint_oidc", "publish_package", "create_branch"];

const all = (property: (snapshot: AccessSnapshot) => void): void =>
  fc.assert(fc.property(organization, property), { numRuns: runs(600) });

test("reach: one account asked about alone is told what the whole answer says of it", () =>
  all((snapshot) => {
    const access = effectiveAccess(snapshot);
    for (const account of ["1", "2", "3"].map(accountKey))
      for (const edge of told(snapshot).filter((each) => each.account === account))
        expect([...reachEdges(access, { account, repository: null })]).toContainEqual(edge);
  }));

test("reach: rules that are evaluated, disabled or elsewhere change nothing", () =>
  all((snapshot) => {
    const without = (snapshot.rulesets ?? []).filter(
      ({ enforcement, repositories }) => enforcement === "active" && repositories.includes("10" as never),
    );
    const everywhere = (snapshot.rulesets ?? []).filter(
      ({ enforcement, repositories }) => enforcement === "active" && repositories === "all",
    );
    const kept = (snapshot.rulesets ?? []).filter((each) => without.includes(each) || everywhere.includes(each));
    const here = (edge: ReachEdge): boolean => edge.repository === keyed("10");
    expect(told({ ...snapshot, rulesets: kept }).filter(here)).toEqual(told(snapshot).filter(here));
  }));

const lost = (before: AccessSnapshot, after: AccessSnapshot, account: string): readonly string[] => {
  const now = open(after, account);
  return [...open(before, account)].filter((edge) => !now.has(edge));
};

test("reach: a gate that is taken away, or an exception that is made, closes nothing", () =>
  all((snapshot) => {
    const looser = (change: Plain<Partial<Protection>>): AccessSnapshot => ({
      ...snapshot,
      protections: (snapshot.protections ?? []).map((each) => ({ ...each, ...keyed<Partial<Protection>>(change) })),
    });
    const steps = [
      ...[looser({ requiresPullRequest: false, locked: false }), looser({ restrictsPushes: false })],
      ...[looser({ enforcedForAdmins: false }), { ...snapshot, protections: [] }, { ...snapshot, rulesets: [] }],
    ];
    for (const step of steps) for (const account of ["1", "2", "3"]) expect(lost(snapshot, step, account)).toEqual([]);
    const named = looser({ pushAllowances: [{ kind: "account", account: "2" }] });
    if (!isOnTeamList(snapshot)) expect(lost(snapshot, named, "2")).toEqual([]);
  }));

/** The new list takes the place of one that may have named the account's team. */
const isOnTeamList = ({ protections = [] }: AccessSnapshot): boolean =>
  protections.some(({ pushAllowances = [] }) => pushAllowances.some(({ kind }) => kind === "team"));

test("reach: a higher role loses nothing", () =>
  all((snapshot) => {
    const raised = { ...snapshot, grants: snapshot.grants.map((each) => ({ ...each, role: "admin" as const })) };
    for (const account of ["2", "3"]) expect(lost(snapshot, raised, account)).toEqual([]);
  }));

test("reach: lists that nobody read open nothing", () =>
  all(({ protections: _, ...snapshot }) => {
    expect(told(snapshot).filter(({ can }) => can !== "approve_fork_run")).toEqual([]);
  }));
