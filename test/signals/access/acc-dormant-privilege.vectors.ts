import type { Role } from "../../../src/dossier/role.ts";
import { repositoryId } from "../../../src/ids.ts";
import { daysAgo, grants } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (role: Role, lastDays: number | null, sinceDays = 365) => ({
  "access.grants": grants([{ repositoryId: repositoryId(1), role, via: "team" }]),
  "access.lastActivity": { lastActAt: lastDays === null ? null : daysAgo(lastDays), searchedSince: daysAgo(sinceDays) },
});

export default [
  {
    kind: "fires",
    when: "write unused for a year",
    given: of("write", 364),
    expect: {
      outcome: "fired",
      severity: "medium",
      fact: "Holds write access and has no commit, pull request, issue or review in the organisation for 364 days.",
    },
  },
  {
    kind: "fires",
    when: "nothing found as far as the search looked back",
    given: of("write", null),
    expect: {
      outcome: "fired",
      severity: "medium",
      fact: "Holds write access and has no commit, pull request, issue or review in the organisation for at least 365 days, as far as the search looked back.",
    },
  },
  { kind: "look_alike", when: "a reader who was away", given: of("read", 364), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "a seasonal maintainer within half a year",
    given: of("maintain", 150),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "write unused for 180 days", given: of("write", 180), expect: { outcome: "fired" } },
  { kind: "boundary", when: "write unused for 179 days", given: of("write", 179), expect: { outcome: "clear" } },
  {
    kind: "unknown",
    when: "GitHub counts acts of this year that it does not show",
    given: {
      ...of("write", 200),
      "access.lastActivity": { lastActAt: daysAgo(200), searchedSince: daysAgo(364), actsUnseen: true },
    },
    expect: { outcome: "unknown", unseen: "GitHub counts acts here that it does not show this App" },
  },
  {
    kind: "look_alike",
    when: "a recent act and others that are not shown",
    given: {
      ...of("write", 10),
      "access.lastActivity": { lastActAt: daysAgo(10), searchedSince: daysAgo(364), actsUnseen: true },
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "fires",
    when: "write that every member has by the base permission, unused for a year",
    given: { ...of("read", 364), "access.grants": { grants: [], owner: false, member: true, base: "write" } },
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a member who was away where the base permission is read",
    given: { ...of("read", 364), "access.grants": { grants: [], owner: false, member: true, base: "read" } },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "admin unused for 90 days",
    given: of("admin", 90),
    expect: {
      outcome: "fired",
      fact: "Holds admin access and has no commit, pull request, issue or review in the organisation for 90 days.",
    },
  },
  {
    kind: "unknown",
    when: "the search did not look back far enough",
    given: of("write", null, 100),
    expect: { outcome: "unknown", unseen: "the search did not look back far enough" },
  },
] satisfies readonly Vector[];
