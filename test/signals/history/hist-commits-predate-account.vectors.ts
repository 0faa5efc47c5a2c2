import { batch, dates, impossible, predating, ref } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "half of the work is older than the account",
    given: dates({ predating: predating(50) }),
    expect: {
      outcome: "fired",
      strength: 0.5,
      evidenceCount: 1,
      fact: "50 of its 100 commits are dated more than 180 days before the account was made.",
    },
  },
  {
    kind: "fires",
    when: "and it arrived at once",
    given: dates({ predating: predating(50), batches: [batch(1, 30)] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "fires",
    when: "and its dates cannot be true",
    given: dates({ predating: predating(50), impossible: impossible(3) }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "look_alike",
    when: "one old project was brought along",
    given: dates({ predating: predating(50, { repositoryCount: 1, repositoriesRead: 8 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a few commits from before",
    given: dates({ predating: predating(5) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "three in ten",
    given: dates({ predating: predating(30) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "fewer than that",
    given: dates({ predating: predating(29) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "and fifty days of a year of it arrived at once",
    given: dates({ predating: predating(50), batches: [batch(1, 30, { dayCount: 50, spanDays: 365 })] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "and 49 days of it arrived at once",
    given: dates({ predating: predating(50), batches: [batch(1, 30, { dayCount: 49, spanDays: 365 })] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "and what arrived at once is less than a year of it",
    given: dates({ predating: predating(50), batches: [batch(1, 30, { dayCount: 50, spanDays: 364 })] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "and two of its dates cannot be true",
    given: dates({ predating: predating(50), impossible: impossible(2) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "in three of nine repositories",
    given: dates({ predating: predating(50, { repositoryCount: 3, repositoriesRead: 9 }) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "in two of three repositories",
    given: dates({ predating: predating(50, { repositoryCount: 2, repositoriesRead: 3 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "six whole months before the account",
    given: dates({ predating: predating(50, { months: 6 }) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "five whole months before the account",
    given: dates({ predating: predating(50, { months: 5 }) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "fires",
    when: "half of the work, as it was kept before months were counted",
    given: dates({
      predating: { commitCount: 100, predatingCount: 50, repositoryCount: 3, repositoriesRead: 9, refs: [ref()] },
    }),
    expect: { outcome: "fired", strength: 0.5, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "twenty commits",
    given: dates({ predating: predating(6, { commitCount: 20 }) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "unknown",
    when: "19 commits",
    given: dates({ predating: predating(6, { commitCount: 19 }) }),
    expect: { outcome: "unknown", unseen: "fewer than 20 commits" },
  },
  {
    kind: "unknown",
    when: "nobody said when the account was made",
    given: dates(),
    expect: { outcome: "unknown", unseen: "when the account was made is not known" },
  },
  {
    kind: "boundary",
    when: "and it arrived half a day after the last of it",
    given: dates({ predating: predating(50), batches: [batch(1, 30, { ref: ref(30.5) })] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "and it arrived with the last of it",
    given: dates({ predating: predating(50), batches: [batch(1, 30, { ref: ref(30) })] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
] satisfies readonly Vector[];
