import { dates, sitting } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "three years of work, committed within an hour",
    given: dates({ sittings: [sitting(1, { commitCount: 400, inHourCount: 390, spanDays: 1_100 })] }),
    expect: {
      outcome: "fired",
      strength: 0.5,
      evidenceCount: 1,
      fact: "390 of its 400 commits in one repository are dated over 37 months, and were committed within one hour by their own commit dates.",
    },
  },
  {
    kind: "look_alike",
    when: "a branch of a year ago that was rebased, beside much other work",
    given: dates({ sittings: [sitting(1, { commitCount: 900, inHourCount: 60, spanDays: 400 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a week's work, tidied up before it was shown",
    given: dates({ sittings: [sitting(1, { commitCount: 45, inHourCount: 45, spanDays: 7 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "thirty commits, a year, half of the work",
    given: dates({ sittings: [sitting(1, { commitCount: 60, inHourCount: 30, spanDays: 365 })] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "twenty-nine commits",
    given: dates({ sittings: [sitting(1, { commitCount: 58, inHourCount: 29, spanDays: 365 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a day less than a year",
    given: dates({ sittings: [sitting(1, { commitCount: 60, inHourCount: 30, spanDays: 364 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "less than half of the work",
    given: dates({ sittings: [sitting(1, { commitCount: 61, inHourCount: 30, spanDays: 365 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two repositories",
    given: dates({ sittings: [sitting(1), sitting(2)] }),
    expect: { outcome: "fired", strength: 0.5, evidenceCount: 2 },
  },
  {
    kind: "boundary",
    when: "three repositories, and others that could not be kept",
    given: dates({ sittings: [sitting(1), sitting(2), sitting(3)], sittingsLeftOut: 4 }),
    expect: { outcome: "fired", strength: 1, unseen: "4 further repositories were too many to keep" },
  },
  {
    kind: "unknown",
    when: "the histories were read before this was looked at",
    given: dates(),
    expect: { outcome: "unknown", unseen: "the histories were read before this was looked at" },
  },
] satisfies readonly Vector[];
