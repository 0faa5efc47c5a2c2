import type { AccountSnapshots, GrantList } from "../../../src/dossier/facts.ts";
import { repositoryId } from "../../../src/ids.ts";
import { daysAgo } from "../given.ts";
import type { Vector } from "../vector.ts";

const writes: GrantList = {
  grants: [{ repositoryId: repositoryId(9), role: "write", via: "direct" }],
  ...{ owner: false, member: false },
};
const nothing: GrantList = { grants: [], owner: false, member: false };

/** What was seen so many days ago, under which name, with how many repositories. */
const seen = (...looks: readonly (readonly [days: number, name: string, ownedCount: number])[]): AccountSnapshots => ({
  snapshots: looks.map(([days, loginHash, ownedCount]) => ({ at: daysAgo(days), loginHash, ownedCount })),
});
const given = (snapshots: AccountSnapshots, grants = writes): Vector["given"] => ({
  ...{ "account.snapshots": snapshots, "access.grants": grants },
});

export default [
  {
    kind: "fires",
    when: "renamed and emptied from one week to the next",
    given: given(seen([60, "a", 20], [30, "a", 20], [23, "b", 2])),
    expect: {
      outcome: "fired",
      strength: 0.6,
      at: daysAgo(23),
      fact: "The account was renamed, and 18 of its 20 public repositories went, within 14 days.",
    },
  },
  {
    kind: "boundary",
    when: "renamed in one week and emptied in the next",
    given: given(seen([24, "a", 20], [17, "b", 20], [10, "b", 2])),
    expect: { outcome: "fired", at: daysAgo(10) },
  },
  {
    kind: "boundary",
    when: "fifteen days between the looks",
    given: given(seen([25, "a", 20], [10, "b", 2])),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "four of five went",
    given: given(seen([10, "a", 5], [3, "b", 1])),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "three of five",
    given: given(seen([10, "a", 5], [3, "b", 2])),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "it had four in all",
    given: given(seen([10, "a", 4], [3, "b", 0])),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a new name, and everything kept",
    given: given(seen([10, "a", 20], [3, "b", 19])),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "old repositories tidied away",
    given: given(seen([10, "a", 20], [3, "a", 2])),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "renamed a year after it was tidied",
    given: given(seen([400, "a", 20], [393, "a", 2], [10, "a", 2], [3, "b", 2])),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "somebody without access",
    given: given(seen([10, "a", 20], [3, "b", 2]), nothing),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "seen once",
    given: given(seen([10, "a", 20])),
    expect: { outcome: "unknown", unseen: "the account was seen only once" },
  },
  { kind: "unknown", when: "nothing was kept of it", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
