import { daysAgo, listed } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...matches: readonly ReturnType<typeof listed>[]) => ({ "intel.matches": { matches } });
const OPEN = "lists name it that anybody can add to, or that say neither why nor where; both count for nothing";
const second = (more = {}) => listed({ source: "another team", ...more });

export default [
  {
    kind: "fires",
    when: "one list of its authors' own names it",
    given: of(listed({ reference: "https://example.com/a" })),
    expect: { outcome: "fired", strength: 0.375, bits: 3, fact: "The list “a team” names it." },
  },
  {
    kind: "fires",
    when: "two people here say that the one list is right",
    given: of(listed({ confirmed: true })),
    expect: {
      ...{ outcome: "fired", strength: 0.6, bits: 4.8 },
      fact: "The list “a team” names it; two people here say that this is right.",
    },
  },
  {
    kind: "fires",
    when: "two independent lists name it, and nobody here has looked",
    given: of(listed(), second({ primary: false })),
    expect: { outcome: "fired", strength: 0.375, bits: 3, evidenceCount: 2 },
  },
  {
    kind: "fires",
    when: "two people here say that two independent lists are right",
    given: of(listed({ confirmed: true }), second({ primary: false, confirmed: true })),
    expect: { outcome: "fired", strength: 1, bits: 8, evidenceCount: 2 },
  },
  {
    kind: "boundary",
    when: "of two independent lists one was confirmed: the other adds nothing",
    given: of(listed({ confirmed: true }), second()),
    expect: { outcome: "fired", strength: 0.6, bits: 4.8, evidenceCount: 2 },
  },
  {
    kind: "boundary",
    when: "the second list repeats the first: by its name, its finder or its page it is one word",
    given: of(
      listed({ confirmed: true, reference: "https://example.com/a" }),
      second({ confirmed: true, origin: "A Team" }),
      listed({ source: "a third team", confirmed: true, reference: "https://example.com/a" }),
    ),
    expect: { outcome: "fired", strength: 0.6, bits: 4.8, evidenceCount: 3 },
  },
  {
    kind: "look_alike",
    when: "somebody had it put on lists that anybody can add to, confirmed or not",
    given: of(listed({ primary: false }), second({ primary: false, confirmed: true })),
    expect: { outcome: "clear", unseen: OPEN },
  },
  {
    kind: "look_alike",
    when: "the list says neither why nor where",
    given: of(listed({ sourced: false }), second({ sourced: false, confirmed: true })),
    expect: { outcome: "clear", unseen: OPEN },
  },
  {
    kind: "look_alike",
    when: "a list names an address of its own",
    given: of(listed({ by: "address" })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the entry ends tomorrow",
    given: of(listed({ until: daysAgo(-1) })),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "the entry ended this moment",
    given: of(listed({ until: daysAgo(0) })),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "no list names it", given: of(), expect: { outcome: "clear" } },
] satisfies readonly Vector[];
