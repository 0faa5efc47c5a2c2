import { cadence, dates } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "a third of the work at one second of the day",
    given: dates({ cadence: cadence({ sameTimeShare: 0.33, sameTimeCount: 50 }) }),
    expect: {
      outcome: "fired",
      strength: 0.4,
      evidenceCount: 1,
      fact: "On 33 % of occasions a commit was made at the same second of the day.",
    },
  },
  {
    kind: "fires",
    when: "the same second and the same pause",
    given: dates({ cadence: cadence({ sameTimeShare: 0.33, sameTimeCount: 50, sameGapShare: 0.5, sameGapCount: 70 }) }),
    expect: {
      outcome: "fired",
      strength: 0.8,
      evidenceCount: 2,
      fact: "50 % of the pauses between commits have the same length to the second.",
    },
  },
  {
    kind: "look_alike",
    when: "the steadiest of ordinary authors",
    given: dates({ cadence: cadence({ sameTimeShare: 0.06, sameTimeCount: 9, sameGapShare: 0.032, sameGapCount: 5 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a repository that says a schedule commits",
    given: dates({ cadence: cadence({ declared: true, sameTimeShare: 1, sameTimeCount: 150 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "fifteen in a hundred",
    given: dates({ cadence: cadence({ sameTimeShare: 0.15, sameTimeCount: 22 }) }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "fewer than that",
    given: dates({ cadence: cadence({ sameTimeShare: 0.149, sameTimeCount: 22 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "eight times at one second",
    given: dates({ cadence: cadence({ commitCount: 50, sameTimeShare: 0.16, sameTimeCount: 8 }) }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "seven times at one second",
    given: dates({ cadence: cadence({ commitCount: 50, sameTimeShare: 0.16, sameTimeCount: 7 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "every tenth pause the same, eight of them",
    given: dates({ cadence: cadence({ sameGapShare: 0.1, sameGapCount: 8 }) }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "fewer pauses than every tenth",
    given: dates({ cadence: cadence({ sameGapShare: 0.099, sameGapCount: 8 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "seven pauses the same",
    given: dates({ cadence: cadence({ sameGapShare: 0.1, sameGapCount: 7 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "49 commits",
    given: dates({ cadence: cadence({ commitCount: 49 }) }),
    expect: { outcome: "unknown", unseen: "fewer than 50 local commits" },
  },
  {
    kind: "boundary",
    when: "shares are shown as whole percents",
    given: dates({ cadence: cadence({ sameTimeShare: 1, sameTimeCount: 150 }) }),
    expect: { outcome: "fired", fact: "On 100 % of occasions a commit was made at the same second of the day." },
  },
] satisfies readonly Vector[];
