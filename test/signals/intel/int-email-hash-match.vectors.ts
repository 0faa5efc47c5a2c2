import { daysAgo, listed } from "../given.ts";
import type { Vector } from "../vector.ts";

const address = (more: Parameters<typeof listed>[0] = {}) => listed({ by: "address", ...more });
const of = (...matches: readonly ReturnType<typeof listed>[]) => ({ "intel.matches": { matches } });

export default [
  {
    kind: "fires",
    when: "a list of its authors' own names an address of the account",
    given: of(address()),
    expect: { outcome: "fired", strength: 0.6, bits: 1.8, fact: "The list “a team” names it." },
  },
  {
    kind: "fires",
    when: "two independent lists do",
    given: of(address(), address({ source: "another team" })),
    expect: { outcome: "fired", strength: 1, bits: 3 },
  },
  {
    kind: "look_alike",
    when: "a list names the account and none of its addresses",
    given: of(listed()),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "anybody can add to the list",
    given: of(address({ primary: false })),
    expect: {
      outcome: "clear",
      unseen: "lists name it that anybody can add to, or that say neither why nor where; both count for nothing",
    },
  },
  {
    kind: "boundary",
    when: "the entry ends tomorrow",
    given: of(address({ until: daysAgo(-1) })),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "the entry ended this moment",
    given: of(address({ until: daysAgo(0) })),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
