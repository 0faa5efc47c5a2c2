import { daysAgo, grant, record } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (made: ReturnType<typeof grant>, known: ReturnType<typeof record>) => ({
  "access.grant": made,
  "access.recordHere": known,
});
const known = record({ mergedCount: 3, mergerCount: 2, firstContactAt: daysAgo(400) });

export default [
  {
    kind: "fires",
    when: "write without any record",
    given: of(grant(), record()),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "Granted write: 0 pull requests of the account were merged here, fewer than 3.",
    },
  },
  {
    kind: "fires",
    when: "merges by one person only",
    given: of(grant(), { ...known, mergerCount: 1 }),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "Granted write: its pull requests here were merged by 1 other people, fewer than 2.",
    },
  },
  {
    kind: "look_alike",
    when: "a new hire with the organisation's own sign-on",
    given: of(grant({ ssoLinked: true }), record()),
    expect: { outcome: "fired", severity: "low" },
  },
  {
    kind: "look_alike",
    when: "a role that cannot write",
    given: of(grant({ role: "triage" }), record()),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "three merges by two people", given: of(grant(), known), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "two merges by two people",
    given: of(grant(), { ...known, mergedCount: 2 }),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "known for 29 days",
    given: of(grant(), { ...known, firstContactAt: daysAgo(29) }),
    expect: { outcome: "fired", fact: "Granted write: its first contact here was less than 30 days before." },
  },
  {
    kind: "boundary",
    when: "known for 30 days",
    given: of(grant(), { ...known, firstContactAt: daysAgo(30) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "who merged is not known",
    given: of(grant(), { ...known, mergerCount: null }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "two mergers were seen and the policy asks for five, but most merges do not name who made them",
    given: of(grant(), { ...known, mergedCount: 200, mergersUnseen: true }),
    thresholds: { thinGrant: { merged: 3, mergers: 5, days: 30 }, dormantAfterDays: 180 },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "all mergers were seen and the policy asks for five",
    given: of(grant(), { ...known, mergedCount: 200 }),
    thresholds: { thinGrant: { merged: 3, mergers: 5, days: 30 }, dormantAfterDays: 180 },
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "boundary",
    when: "the policy asks for more",
    given: of(grant(), known),
    thresholds: { thinGrant: { merged: 10, mergers: 2, days: 30 }, dormantAfterDays: 180 },
    expect: { outcome: "fired" },
  },
] satisfies readonly Vector[];
