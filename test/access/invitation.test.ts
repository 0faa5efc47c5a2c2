import { auditCsv } from "../../src/access/audit-csv.ts";
import { accessAuditSchema } from "../../src/access/audit-schema.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { compareInvitations, type Invitation, invitedAs, invitedName } from "../../src/access/invitation.ts";
import { type AuditContext, auditReport } from "../../src/access/report.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { InvalidInput } from "../../src/errors.ts";
import { expect, test } from "../support/jest.ts";
import { octoOrg } from "./graphs.ts";

const ALONE: AuditContext = { previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 };
const ida: Invitation = { login: "ida-example", role: "member", teamCount: 2, invitedAt: "2026-11-01T00:00:00.000Z" };
const OWNER: Invitation = { ...ida, login: null, role: "owner", teamCount: 0 };
const calm = (change: Partial<AccessSnapshot>) => octoOrg({ owners: [], grants: [], ...change });
const unchecked = (snapshot: AccessSnapshot) => auditReport(snapshot, ALONE).notChecked.map(({ what }) => what);

test("invitations: the gravest role stands first, then the oldest", () => {
  const older = { ...ida, login: "abe-example", invitedAt: "2026-10-01T00:00:00.000Z" };
  expect(auditReport(calm({ invitations: [ida, OWNER, older] }), ALONE).invitations).toEqual([OWNER, older, ida]);
});

test("invitations: of the same role and moment by login, an address before any", () => {
  const inOrder = [null, "abe-example", "bea-example"].map((login): Invitation => ({ ...ida, login }));
  expect(inOrder.toSorted(compareInvitations)).toEqual(inOrder);
  expect(inOrder.toReversed().toSorted(compareInvitations)).toEqual(inOrder);
});

test("invitations: in words", () => {
  expect([0, 1, 2].map((teamCount) => invitedAs({ ...ida, teamCount }))).toEqual([
    "a member",
    "a member with 1 team",
    "a member with 2 teams",
  ]);
  expect([ida, OWNER].map(invitedName)).toEqual(["ida-example", "somebody by e-mail"]);
});

test("invitations: a snapshot without them is not one in which nobody is invited", () => {
  const { invitations: _, ...unread } = calm({});
  expect(auditReport(unread, ALONE).invitations).toBeNull();
  expect(unchecked(unread)).toEqual(["invitations to the organisation"]);
  expect(auditReport(calm({}), ALONE).invitations).toEqual([]);
  expect(unchecked(calm({}))).toEqual([]);
});

test("invitations: what the collector says about them is said once", () => {
  const { invitations: _, ...unread } = calm({});
  const gap = { what: "invitations to the organisation", because: "GitHub refuses it", opensWith: "Members: read" };
  expect(auditReport({ ...unread, notChecked: [gap] }, ALONE).notChecked).toEqual([gap]);
});

test("invitations: one week without them does not keep roles from being compared", () => {
  const { invitations: _, ...unread } = calm({});
  const gap = { what: "invitations to the organisation", because: "GitHub refuses it", opensWith: "Members: read" };
  const previous = { ...unread, notChecked: [gap] };
  expect(auditReport(calm({}), { ...ALONE, previous }).changes).not.toBeNull();
});

test("invitations: an audit that was stored before they were looked at opens, and says that nobody looked", () => {
  const { invitations: _, ...stored } = auditReport(calm({}), ALONE);
  expect(accessAuditSchema.parse(stored).invitations).toBeNull();
});

test("invitations: a file holds them with any offset, and a role of its own is refused", () => {
  const file = { ...calm({}), invitations: [{ ...ida, invitedAt: "2026-11-01T01:00:00+01:00" }] };
  expect(parseAccessSnapshot(file).invitations).toEqual([ida]);
  expect(() => parseAccessSnapshot({ ...file, invitations: [{ ...ida, role: "king" }] })).toThrow(InvalidInput);
});

test("invitations: each has a row in the CSV", () => {
  const rows = auditCsv(auditReport(calm({ invitations: [ida, OWNER] }), ALONE))
    .trim()
    .split("\r\n");
  expect(rows.slice(1)).toEqual([
    ",,,,,,,,becomes an owner,invited",
    ",ida-example,,,,,,,becomes a member with 2 teams,invited",
  ]);
});
