import { alsoHeld, copy, scan } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

const held = (...ownerCounts: readonly number[]) =>
  scan([], { shared: ownerCounts.map((ownerCount, index) => alsoHeld(index + 1, { ownerCount })) });

export default [
  {
    kind: "fires",
    when: "three repositories that two other people had before",
    given: held(2, 2, 2),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 3,
      commit: "c100",
      fact: "2 other people hold the same content as one of its repositories, and some of them had it before.",
    },
  },
  { kind: "boundary", when: "one such", given: held(2), expect: { outcome: "fired", strength: 0.33 } },
  {
    kind: "boundary",
    when: "one that nineteen others hold",
    given: held(19),
    expect: { outcome: "fired", strength: 0.11 },
  },
  { kind: "boundary", when: "one other holds it", given: held(1, 1, 1), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "one of two others is whose work was copied, which another signal tells",
    given: scan([copy(1)], { shared: [alsoHeld(1)] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two beside whose work was copied",
    given: scan([copy(1)], { shared: [alsoHeld(1, { ownerCount: 3 })] }),
    expect: { outcome: "fired", strength: 0.33 },
  },
  {
    kind: "look_alike",
    when: "others copied its repositories: nobody had them before",
    given: scan([], { shared: [1, 2, 3].map((repository) => alsoHeld(repository, { ownerCount: 9, earlierIds: [] })) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a template of a course, which more hold than are counted",
    given: scan([], { shared: [] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the search did not answer",
    given: scan(null, { shared: null }),
    expect: { outcome: "clear", unseen: "whether others hold the same repositories" },
  },
  {
    kind: "unknown",
    when: "what was read before others' repositories were counted",
    given: scan([]),
    expect: { outcome: "unknown" },
  },
  { kind: "unknown", when: "no history was read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
