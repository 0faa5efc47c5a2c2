import fc from "fast-check";
import { type AccessSnapshot, MEMBERS_NOT_CHECKED } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { plusDays } from "../../src/clock.ts";
import type { LastActivity } from "../../src/dossier/facts.ts";
import { grantsOf } from "../../src/flows/steps/known-account.ts";
import { accountId } from "../../src/ids.ts";
import outsideGrant from "../../src/signals/access/acc-direct-outside-grant.ts";
import dormantPrivilege from "../../src/signals/access/acc-dormant-privilege.ts";
import { DEFAULT_THRESHOLDS } from "../../src/signals/thresholds.ts";
import { describe, expect, test } from "../support/jest.ts";
import { accountKey, anySnapshot, octoOrg } from "./graphs.ts";

const NOW = octoOrg().takenAt;

/** What the signals of an assessment say about one account of a graph. */
function signalled(snapshot: AccessSnapshot, account: string, lastActivity: LastActivity, dormantAfterDays: number) {
  const facts = {
    asOf: NOW,
    subjectId: Number(account),
    thresholds: { ...DEFAULT_THRESHOLDS, dormantAfterDays },
    "access.grants": grantsOf(snapshot, accountId(Number(account))),
    "access.lastActivity": lastActivity,
  };
  return { dormant: dormantPrivilege.detect(facts), outside: outsideGrant.detect(facts) };
}

const days = fc.integer({ min: 0, max: 800 }).map((quarters) => quarters / 4);
const anyActs: fc.Arbitrary<LastActivity> = fc
  .record({ quiet: fc.option(days, { nil: null }), searched: days, unseen: fc.boolean() })
  .map(({ quiet, searched, unseen }) => ({
    lastActAt: quiet === null ? null : plusDays(NOW, -quiet),
    searchedSince: plusDays(NOW, -searched),
    ...(unseen ? { actsUnseen: true } : {}),
  }));

describe("a rule that an assessment and the weekly audit share has one home", () => {
  test("dormant: fired, clear and unknown of the signal are listed, absent and not checked in the audit", () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(anySnapshot, anyActs, fc.constantFrom(31, 180), (snapshot, acts, dormantAfterDays) => {
        // Who owns archived repositories only has nothing that an audit lists.
        fc.pre(snapshot.repositories.some(({ archived }) => !archived));
        for (const { id } of snapshot.accounts) {
          const { outcome } = signalled(snapshot, id, acts, dormantAfterDays).dormant;
          outcomes.add(outcome);
          // Of everybody else it is known that they were here today.
          const awake = { lastActAt: NOW, searchedSince: NOW };
          const lastActs = new Map(snapshot.accounts.map((each) => [each.id, each.id === id ? acts : awake]));
          const report = auditReport(snapshot, { previous: null, flags: null, lastActs, dormantAfterDays });
          const listed = report.exposure.filter(({ kind }) => kind === "acc-dormant-privilege");
          const unjudged = report.notChecked.filter(({ what }) => what.startsWith("dormant write"));
          expect([listed.length, unjudged.length]).toEqual([
            outcome === "fired" ? 1 : 0,
            outcome === "unknown" ? 1 : 0,
          ]);
        }
      }),
    );
    expect([...outcomes].sort()).toEqual(["clear", "fired", "unknown"]);
  });

  test("direct from outside: the signal fires where the audit lists, with the gravest level of its lines", () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const context = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
        const { exposure } = auditReport(snapshot, context);
        for (const { id } of snapshot.accounts) {
          const said = signalled(snapshot, id, { lastActAt: NOW, searchedSince: NOW }, 180).outside;
          outcomes.add(said.outcome);
          const lines = exposure.filter(({ kind, account }) => kind === "acc-direct-outside-grant" && account === id);
          expect(said.outcome).toBe(lines.length > 0 ? "fired" : "clear");
          // Most severe first.
          if (said.outcome === "fired") expect(said.severity).toBe(lines[0]?.level);
        }
      }),
    );
    expect([...outcomes].sort()).toEqual(["clear", "fired"]);
  });
});

describe("who belongs was not read", () => {
  test("direct from outside: the audit lists nobody, and the signal knows nothing of whoever may be a member", () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(anySnapshot, (read) => {
        const notChecked = [{ what: MEMBERS_NOT_CHECKED, because: "GitHub did not show it", opensWith: null }];
        const snapshot = { ...read, owners: [], members: [], notChecked };
        const context = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
        const { exposure } = auditReport(snapshot, context);
        expect(exposure.filter(({ kind }) => kind === "acc-direct-outside-grant")).toEqual([]);
        for (const { id } of snapshot.accounts) {
          const { outcome } = signalled(snapshot, id, { lastActAt: NOW, searchedSince: NOW }, 180).outside;
          outcomes.add(outcome);
        }
      }),
    );
    expect([...outcomes].sort()).toEqual(["clear", "unknown"]);
  });
});

describe("dormant in the audit", () => {
  const audited = (acts: ReadonlyMap<string, LastActivity>) => {
    const lastActs = new Map([...acts].map(([id, act]) => [accountKey(id), act]));
    return auditReport(octoOrg(), { previous: null, flags: [], lastActs, dormantAfterDays: 180 });
  };
  const awake = { lastActAt: NOW, searchedSince: plusDays(NOW, -364) };

  test("dormant: acts that GitHub counts and does not show are not checked, by their own words, and nobody is called dormant", () => {
    const hidden: LastActivity = { lastActAt: null, searchedSince: plusDays(NOW, -364), actsUnseen: true };
    const { exposure, notChecked } = audited(
      new Map([
        ["1", awake],
        ["2", hidden],
        ["4", hidden],
      ]),
    );
    expect(exposure.filter(({ kind }) => kind === "acc-dormant-privilege")).toEqual([]);
    expect(notChecked).toEqual([
      {
        what: "dormant write of 2 accounts",
        because: "GitHub counts acts here that it does not show this App",
        opensWith: null,
      },
    ]);
  });

  test("dormant: every reason for not knowing stands on its own line", () => {
    const short: LastActivity = { lastActAt: null, searchedSince: plusDays(NOW, -20) };
    const { notChecked } = audited(
      new Map([
        ["1", awake],
        ["2", short],
      ]),
    );
    expect(notChecked.map(({ what, because }) => [what, because])).toEqual([
      ["dormant write of 1 account", "the search did not look back far enough"],
      ["dormant write of 1 account", "when they last acted here was not asked"],
    ]);
  });
});
