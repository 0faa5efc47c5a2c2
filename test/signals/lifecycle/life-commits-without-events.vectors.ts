import type { SectionTypes } from "../../../src/dossier/facts.ts";
import { activity, profile } from "../given.ts";
import { claimed, dates } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

/** Ten calendar years in which GitHub dates so much, by year; nothing where none is said. */
const counted = (
  dated: Readonly<Record<number, number>> = {},
  restricted: Readonly<Record<number, number>> = {},
): Pick<SectionTypes, "account.years"> => ({
  "account.years": {
    years: Array.from({ length: 10 }, (_, index) => 2017 + index).map((year) => ({
      ...{ year, dated: dated[year] ?? 0, restricted: restricted[year] ?? 0 },
    })),
  },
});

/** An account of 2015 whose only acts are of this year, and commits dated into these years. */
const given = (years: readonly ReturnType<typeof claimed>[], known = counted()): Vector["given"] => ({
  ...dates({ years }),
  ...known,
  "account.profile": profile(4_000),
  "account.activity": activity([10, 5]),
});

export default [
  {
    kind: "fires",
    when: "three years of commits, and nothing that GitHub dates",
    given: given([claimed(2019), claimed(2020), claimed(2021)]),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 3,
      commit: "c1000",
      fact: "60 commits are dated into 2019, and GitHub dates no act of the account into that year or those beside it.",
    },
  },
  {
    kind: "boundary",
    when: "two years",
    given: given([claimed(2020), claimed(2021)]),
    expect: { outcome: "fired", strength: 0.6 },
  },
  { kind: "boundary", when: "one year", given: given([claimed(2020)]), expect: { outcome: "fired", strength: 0.3 } },
  { kind: "boundary", when: "fifty commits", given: given([claimed(2020, 50)]), expect: { outcome: "fired" } },
  { kind: "boundary", when: "forty-nine", given: given([claimed(2020, 49)]), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "a single act in the year after",
    given: given([claimed(2020)], counted({ 2021: 1 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "an act two years after",
    given: given([claimed(2020)], counted({ 2022: 1 })),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "the year before this one, in which it acts",
    given: given([claimed(2025)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "private work that GitHub counts without showing it",
    given: given([claimed(2019), claimed(2020), claimed(2021)], counted({}, { 2019: 200, 2020: 150, 2021: 90 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "somebody who works alone and pushed all the while",
    given: given([claimed(2019, 300, 290), claimed(2020, 300, 300), claimed(2021, 300, 1)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "work of years before the account was made, which another signal looks at",
    given: given([claimed(2012), claimed(2013), claimed(2014), claimed(2015)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "comments of those years, which GitHub's counts leave out",
    given: { ...given([claimed(2020)]), "account.activity": activity([2_200, 10, 5]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "years further back than GitHub was asked about",
    given: given([claimed(2017)]),
    expect: { outcome: "clear", unseen: "what GitHub dates in some of those years" },
  },
  {
    kind: "boundary",
    when: "a history by itself, of which nobody recorded when it came",
    given: given([claimed(2020, 60, null)]),
    expect: { outcome: "clear", unseen: "what GitHub dates in some of those years" },
  },
  {
    kind: "unknown",
    when: "what was read before years were counted",
    given: { ...given([]), ...dates() },
    expect: { outcome: "unknown" },
  },
  {
    kind: "unknown",
    when: "GitHub would not tell what it dates",
    given: {
      ...dates({ years: [claimed(2020)] }),
      "account.profile": profile(4_000),
      "account.activity": activity([10]),
    },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
