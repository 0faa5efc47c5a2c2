import { copy, identity, ref, scan } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

const twins = (
  count: number,
  commitCount: number,
  relation: "unrelated" | "related" | "same" | "unknown" = "unrelated",
) => identity({ twins: { relation, commitCount, count, refs: [ref(30), ref(30)] } });

export default [
  {
    kind: "fires",
    when: "three repositories whose snapshots are older elsewhere, under other names",
    given: scan([copy(1), copy(2), copy(3)]),
    expect: {
      outcome: "fired",
      strength: 1,
      soft: false,
      evidenceCount: 3,
      fact: "5 snapshots in a row of one of its repositories stand in an older one of others, where they are somebody else's commits.",
    },
  },
  { kind: "boundary", when: "two", given: scan([copy(1), copy(2)]), expect: { outcome: "fired", strength: 0.8 } },
  { kind: "boundary", when: "one", given: scan([copy(1)]), expect: { outcome: "fired", strength: 0.5 } },
  {
    kind: "boundary",
    when: "one of the five snapshots is the account's in both",
    given: scan([copy(1, { reauthoredCount: 4 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a mirror, which keeps the names of those who wrote it",
    given: scan([copy(1, { reauthoredCount: 0 }), copy(2, { reauthoredCount: 0 }), copy(3, { reauthoredCount: 0 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "what was read before the authors were compared",
    given: scan([{ repository: 1, equalTreeCount: 5, foreignRepository: 2, refs: [ref()] }]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the search did not answer",
    given: scan(null),
    expect: { outcome: "clear", unseen: "whether others hold older copies of its repositories" },
  },
  {
    kind: "fires",
    when: "a whole history that stands there twice, the second time under an unrelated name",
    given: twins(2_000, 2_000),
    expect: {
      outcome: "fired",
      strength: 0.5,
      soft: true,
      fact: "2000 of its 2000 commits have the content and the author's second of a commit that another identity with an unrelated name made first.",
    },
  },
  { kind: "boundary", when: "fifty of them, nine in ten", given: twins(50, 55), expect: { outcome: "fired" } },
  { kind: "boundary", when: "forty-nine", given: twins(49, 49), expect: { outcome: "clear" } },
  { kind: "boundary", when: "less than nine in ten", given: twins(50, 56), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "an import that was done twice, under another address of the same person",
    given: twins(900, 900, "same"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "an import that was done twice, once with the names of another forge",
    given: twins(900, 900, "unknown"),
    expect: { outcome: "clear" },
  },
  { kind: "unknown", when: "no history was read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
