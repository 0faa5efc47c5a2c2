import { daysAgo } from "../given.ts";
import { identity, shared, sharer } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "one key made many commits of two identities with unrelated names",
    given: identity({ sharedKeys: [shared(40, [sharer("unrelated", 12)])] }),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 1,
      fact: "The key of 40 of its commits also made 12 of another identity with an unrelated name.",
    },
  },
  {
    kind: "fires",
    when: "the strongest of several keys counts",
    given: identity({ sharedKeys: [shared(2, [sharer("unrelated", 2)]), shared(9, [sharer("unrelated", 3)])] }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 2 },
  },
  {
    kind: "look_alike",
    when: "a second account of the same person",
    given: identity({ sharedKeys: [shared(40, [sharer("same", 40)])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a handle beside a full name, which nobody can compare",
    given: identity({ sharedKeys: [shared(40, [sharer("unknown", 40)])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "two who work in a pair and name each other in their commits",
    given: identity({ sharedKeys: [shared(40, [{ ...sharer("unrelated", 12), paired: true }])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a pair, and a third whom nobody names",
    given: identity({
      sharedKeys: [shared(40, [{ ...sharer("unrelated", 12), paired: true }, sharer("unrelated", 7)])],
    }),
    expect: {
      outcome: "fired",
      fact: "The key of 40 of its commits also made 7 of another identity with an unrelated name.",
    },
  },
  {
    kind: "boundary",
    when: "used last by the other two years ago",
    given: identity({
      sharedKeys: [{ ...shared(40, [{ ...sharer("unrelated", 12), lastAt: daysAgo(730) }]), lastAt: daysAgo(900) }],
    }),
    expect: { outcome: "fired", at: daysAgo(730) },
  },
  {
    kind: "boundary",
    when: "three commits on both sides",
    given: identity({ sharedKeys: [shared(3, [sharer("unrelated", 3)])] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "two commits on one side",
    given: identity({ sharedKeys: [shared(3, [sharer("unrelated", 2)])] }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "look_alike",
    when: "signatures that nobody verified, as anybody could have copied them",
    given: identity({ sharedKeys: [{ ...shared(40, [sharer("unrelated", 12)]), verified: false }] }),
    expect: { outcome: "fired", strength: 0.4, soft: true },
  },
  {
    kind: "boundary",
    when: "verified within the repositories of one owner: soft",
    given: identity({ sharedKeys: [shared(3, [sharer("unrelated", 3)])] }),
    expect: { outcome: "fired", strength: 1, soft: true },
  },
  {
    kind: "boundary",
    when: "verified across repositories of different owners: hard",
    given: identity({ sharedKeys: [shared(3, [sharer("unrelated", 3, { acrossOwners: true })])] }),
    expect: { outcome: "fired", strength: 1, soft: false },
  },
  {
    kind: "fires",
    when: "one key made commits of two unrelated identities and a related one",
    given: identity({
      sharedKeys: [shared(40, [sharer("unrelated", 12), sharer("related", 7), sharer("unrelated", 5)])],
    }),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "The key of 40 of its commits also made 17 of 2 other identities with an unrelated name.",
    },
  },
  {
    kind: "boundary",
    when: "across owners with a related name alone: soft",
    given: identity({
      sharedKeys: [shared(3, [sharer("related", 3, { acrossOwners: true }), sharer("unrelated", 3)])],
    }),
    expect: { outcome: "fired", strength: 1, soft: true },
  },
] satisfies readonly Vector[];
