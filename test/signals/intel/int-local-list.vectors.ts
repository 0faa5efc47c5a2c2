import { entry } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...entries: readonly ReturnType<typeof entry>[]) => ({ "intel.localList": { entries } });

export default [
  {
    kind: "fires",
    when: "a maintainer denounced the account",
    given: of(entry("denounced")),
    expect: { outcome: "fired", strength: 1, fact: "A maintainer of this organisation put a warning on its own list." },
  },
  {
    kind: "look_alike",
    when: "a maintainer vouched for the account",
    given: of(entry("vouched")),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "the entry ends tomorrow", given: of(entry("denounced", 1)), expect: { outcome: "fired" } },
  {
    kind: "boundary",
    when: "the entry ended this moment",
    given: of(entry("denounced", 0)),
    expect: { outcome: "unknown", unseen: "nobody here has written about this account" },
  },
  {
    kind: "unknown",
    when: "nobody wrote anything",
    given: of(),
    expect: { outcome: "unknown", unseen: "nobody here has written about this account" },
  },
] satisfies readonly Vector[];
