import { batch, dates, ref } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "three repositories of years arrived within weeks",
    given: dates({ batches: [batch(1, 100), batch(2, 90), batch(3, 80)] }),
    expect: {
      outcome: "fired",
      strength: 0.4,
      evidenceCount: 3,
      fact: "Work of 60 days over 24 months was pushed at once.",
    },
  },
  {
    kind: "boundary",
    when: "six of them",
    given: dates({ batches: [1, 2, 3, 4, 5, 6].map((repository) => batch(repository, 100)) }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "fires",
    when: "years of work committed within minutes by its own clock",
    given: dates({ batches: [batch(1, 100, { by: "committer_clock" })] }),
    expect: {
      outcome: "fired",
      strength: 0.2,
      fact: "Work of 60 days over 24 months was committed within minutes, by its own commit dates.",
    },
  },
  {
    kind: "look_alike",
    when: "one old project was opened",
    given: dates({ batches: [batch(1, 100)] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the third within sixty days",
    given: dates({ batches: [batch(1, 140), batch(2, 100), batch(3, 80)] }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "the third a day later",
    given: dates({ batches: [batch(1, 141), batch(2, 100), batch(3, 80)] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "five of them",
    given: dates({ batches: [1, 2, 3, 4, 5].map((repository) => batch(repository, 100)) }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "two of them",
    given: dates({ batches: [batch(1, 100), batch(2, 90)] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the third of fifty days over a year",
    given: dates({ batches: [batch(1, 100), batch(2, 90), batch(3, 80, { dayCount: 50, spanDays: 365 })] }),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 3 },
  },
  {
    kind: "boundary",
    when: "the third of 49 days",
    given: dates({ batches: [batch(1, 100), batch(2, 90), batch(3, 80, { dayCount: 49, spanDays: 365 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the third over less than a year",
    given: dates({ batches: [batch(1, 100), batch(2, 90), batch(3, 80, { dayCount: 50, spanDays: 364 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a branch of a month that was rebased",
    given: dates({ batches: [batch(1, 100, { by: "committer_clock", dayCount: 22, spanDays: 30 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "by its own clock, half a day after its last commit",
    given: dates({ batches: [batch(1, 100, { by: "committer_clock", ref: ref(100.5) })] }),
    expect: { outcome: "fired", strength: 0.2 },
  },
  {
    kind: "boundary",
    when: "by its own clock, at its last commit",
    given: dates({ batches: [batch(1, 100, { by: "committer_clock", ref: ref(100) })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "months are rounded: a year and a half",
    given: dates({ batches: [1, 2, 3].map((repository) => batch(repository, 100, { spanDays: 555 })) }),
    expect: { outcome: "fired", fact: "Work of 60 days over 19 months was pushed at once." },
  },
] satisfies readonly Vector[];
