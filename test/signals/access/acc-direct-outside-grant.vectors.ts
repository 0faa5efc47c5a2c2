import type { GrantList } from "../../../src/dossier/facts.ts";
import { repositoryId } from "../../../src/ids.ts";
import { grant, grants } from "../given.ts";
import type { Vector } from "../vector.ts";

const one = (role: GrantList["grants"][number]["role"], via: GrantList["grants"][number]["via"], repository = 1) => ({
  repositoryId: repositoryId(repository),
  role,
  via,
});

export default [
  {
    kind: "fires",
    when: "outside admin",
    given: { "access.grants": grants([one("admin", "outside"), one("write", "outside", 2)], { member: false }) },
    expect: {
      outcome: "fired",
      severity: "high",
      evidenceCount: 2,
      fact: "Holds admin on 1 repository as an outside collaborator.",
    },
  },
  {
    kind: "fires",
    when: "a direct grant to somebody who is no member",
    given: { "access.grants": grants([one("write", "direct")], { member: false }) },
    expect: { outcome: "fired", severity: "medium", fact: "Holds write on 1 repository as an outside collaborator." },
  },
  {
    kind: "look_alike",
    when: "a member with a direct grant",
    given: { "access.grants": grants([one("admin", "direct")]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "a direct grant to somebody who may be a member: who belongs was not read",
    given: { "access.grants": grants([one("admin", "direct")], { member: false, membersUnread: true }) },
    expect: { outcome: "unknown", unseen: "who belongs to the organisation was not read" },
  },
  {
    kind: "look_alike",
    when: "no write of its own, whoever belongs",
    given: { "access.grants": grants([one("read", "direct")], { member: false, membersUnread: true }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "write through a team",
    given: { "access.grants": grants([one("write", "team")]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two grants on one repository are its higher role",
    given: { "access.grants": grants([one("admin", "outside"), one("write", "direct")], { member: false }) },
    expect: { outcome: "fired", severity: "high", evidenceCount: 1 },
  },
  {
    kind: "look_alike",
    when: "a grant called outside of somebody who has become a member",
    given: { "access.grants": grants([one("admin", "outside")]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "outside triage",
    given: { "access.grants": grants([one("triage", "outside")], { member: false }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "outside write",
    given: { "access.grants": grants([one("write", "outside")], { member: false }) },
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "fires",
    when: "the grant was just made and no list was read yet",
    given: { "access.grant": grant({ role: "admin", via: "outside" }) },
    expect: { outcome: "fired", severity: "high", evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "the new grant is in the list already",
    given: {
      "access.grant": grant({ via: "outside" }),
      "access.grants": grants([one("write", "outside")], { member: false }),
    },
    expect: { outcome: "fired", evidenceCount: 1 },
  },
  {
    kind: "unknown",
    when: "neither was read",
    given: {},
    expect: { outcome: "unknown", unseen: "no list of grants and no new grant was read" },
  },
] satisfies readonly Vector[];
