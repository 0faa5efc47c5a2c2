import type { AccessAudit } from "../../src/access/audit.ts";
import type { AuditHead } from "../../src/access/audit-head.ts";
import type { ExposureDecision } from "../../src/access/exposure-decision.ts";
import type { Flag } from "../../src/access/flag.ts";
import type { Exposure } from "../../src/access/lines/kinds.ts";
import { plusDays } from "../../src/clock.ts";
import { accountId } from "../../src/ids.ts";
import { dayOf, dueNotice, urgentNotice, weeklyNotice } from "../../src/notification/notices.ts";
import { accountKey, grant, octoOrg } from "../access/graphs.ts";
import { expect, test } from "../support/jest.ts";
import { aFlag, aHead, anAuditOf, NO_PUSHES, NOW, OCCASION } from "./samples.ts";

const unread = [{ what: "teams", because: "nobody may look", opensWith: null }];
const [more, gaps] = [
  octoOrg({ grants: [...octoOrg().grants, grant("3", "10", "write", "direct")] }),
  octoOrg({ notChecked: unread }),
];
const acknowledged = aFlag({
  state: { kind: "acknowledged", byAccountId: accountId(1), byLogin: "olive-owner", reason: "known", at: NOW },
});

/** Kept through the day that is so many days from now. */
const kept = (days: number) =>
  aFlag({
    state: {
      ...{ kind: "acknowledged", byAccountId: accountId(1), byLogin: "olive-owner", reason: "known", at: NOW },
      ...{ outcome: "keep", until: plusDays(`${dayOf(NOW)}T00:00:00.000Z`, days + 1) },
    },
  });

interface Week {
  readonly audit?: ReturnType<typeof anAuditOf>;
  readonly before?: AuditHead | null;
  readonly flags?: readonly Flag[];
  readonly decisions?: readonly ExposureDecision[];
}
const weekly = ({ audit = anAuditOf(), before = aHead(), flags = [], decisions = [] }: Week) =>
  weeklyNotice(OCCASION, { audit, before, flags, decisions });

/** The audit of a week in which nothing changed, with one line that has been open for so many days. */
function openLine(days: number, more: Partial<Exposure> = {}): AccessAudit {
  const audit = anAuditOf();
  const [line] = audit.exposure;
  if (line === undefined) throw new Error("the audit has a line");
  return { ...audit, exposure: [{ ...line, openSince: plusDays(NOW, -days), ...more }] };
}

/** The audit of a week in which so many approvals became so many, and nothing else changed. */
function ruled(before: number, now: number): AccessAudit {
  const [wallet, ...others] = octoOrg().repositories;
  const of = (approvals: number) =>
    octoOrg({
      repositories: [...(wallet ? [{ ...wallet, defaultBranch: "main" }] : []), ...others],
      protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals }],
      rulesets: [],
    });
  return anAuditOf(of(now), { previous: of(before) });
}

/** A line of exposure that is kept through the day that is so many days from now, or another decision of that end. */
const keptLine = (days: number, more: Partial<ExposureDecision> = {}): ExposureDecision => ({
  line: {
    kind: "acc-dormant-privilege",
    account: accountKey("2"),
    repository: null,
    repositoryCount: 2,
    role: "write",
  },
  ...{ outcome: "keep", reason: "on leave", by: { accountId: accountId(1), login: "olive-owner" } },
  ...{ at: plusDays(NOW, -9), until: plusDays(`${dayOf(NOW)}T00:00:00.000Z`, days + 1), ...more },
});

test.each<[string, boolean, Week]>([
  ["nothing changed and nothing is open", false, {}],
  ["only what a person has decided", false, { flags: [acknowledged] }],
  ["a flag is open", true, { flags: [aFlag()] }],
  ["a decision ends on the day before the next audit", true, { flags: [kept(6)] }],
  ["a decision ends on the day of the next audit, or has ended", false, { flags: [kept(7), kept(-1)] }],
  ["a line is kept until a day before the next audit", true, { decisions: [keptLine(6)] }],
  [
    "a line is kept for longer, or was removed",
    false,
    { decisions: [keptLine(7), keptLine(6, { outcome: "removed" })] },
  ],
  [
    "of two decisions on a line the newer one, which ends later",
    false,
    { decisions: [keptLine(30, { at: NOW }), keptLine(3)] },
  ],
  ["a role changed", true, { audit: anAuditOf(more), before: aHead({ writers: 4 }) }],
  ["a member left who held nothing", true, { audit: anAuditOf(octoOrg({ members: ["1", "2"] })) }],
  ["fewer are from outside", true, { before: aHead({ outside: 2 }) }],
  ["nobody could say this time who is dormant", false, { before: aHead({ dormant: 2 }) }],
  ["a guard was loosened", true, { audit: ruled(2, 1) }],
  ["a guard is as it was", false, { audit: ruled(1, 1) }],
  ["a guard was tightened", false, { audit: ruled(1, 2) }],
  ["a line is open for four weeks", false, { audit: openLine(28) }],
  ["a line is open for longer", true, { audit: openLine(28.1) }],
  ["a line that was open for longer is kept", false, { audit: openLine(60, { keptUntil: plusDays(NOW, 9) }) }],
  ["the first one", true, { audit: anAuditOf(octoOrg(), { previous: null }), before: null }],
  ["one that shows other parts than the one before", true, { audit: anAuditOf(gaps) }],
])("weekly: %s: told %s", (_, told, week) => {
  expect(weekly(week) !== null).toBe(told);
});

test("weekly: counts, what they were, and the address of the audit", () => {
  const flags = [aFlag(), aFlag({ band: "high", raisedAt: "2026-11-19T08:00:00.000Z" }), acknowledged];
  expect(weekly({ audit: anAuditOf(more), before: aHead({ writers: 5, outside: null }), flags })).toEqual({
    about: "weekly",
    id: "msg_AAAAAAAAAAAAAAAAAAAAAA",
    madeAt: NOW,
    organization: "octo-org",
    link: "https://sallyport.example/orgs/7/audit",
    writers: { now: 4, before: 5 },
    outside: { now: 1, before: null },
    dormant: null,
    changedRoles: 1,
    notChecked: 2,
    flags: { open: 2, urgent: 1, oldestAt: "2026-11-19T08:00:00.000Z" },
    longOpen: 0,
    ending: { count: 0, firstDay: null },
  });
  const ending = { count: 2, firstDay: "2026-12-02" };
  expect(weekly({ audit: openLine(29) })).toMatchObject({ longOpen: 1 });
  expect(weekly({ audit: ruled(2, 1) })).toMatchObject({ guardsLoosened: 1 });
  expect(weekly({ flags: [kept(4), kept(2), kept(40), acknowledged] })).toMatchObject({ ending });
});

test("due: on the last day that a decision covers, and on no other", () => {
  const due = (flags: readonly Flag[], decisions: readonly ExposureDecision[] = []) =>
    dueNotice(OCCASION, { flags, decisions });
  for (const days of [-1, 1, 6]) expect(due([kept(days), acknowledged, aFlag()], [keptLine(days)])).toBe(null);
  const line = { link: "https://sallyport.example/orgs/7/audit", ending: { count: 1, firstDay: "2026-11-30" } };
  expect(due([kept(1)], [keptLine(0)])).toMatchObject(line);
  expect(due([kept(0), kept(1), kept(0)])).toMatchObject({
    about: "due",
    link: "https://sallyport.example/orgs/7/flags",
    ending: { count: 2, firstDay: "2026-11-30" },
  });
});

test("urgent: only while one is open whose access should be reviewed within a day", () => {
  expect(urgentNotice(OCCASION, { flags: [aFlag()], pushes: NO_PUSHES })).toBe(null);
  expect(urgentNotice(OCCASION, { flags: [{ ...acknowledged, band: "high" }], pushes: NO_PUSHES })).toBe(null);
  expect(urgentNotice(OCCASION, { flags: [aFlag({ band: "elevated" }), aFlag()], pushes: NO_PUSHES })).toMatchObject({
    about: "urgent",
    link: "https://sallyport.example/orgs/7/flags",
    flags: { open: 2, urgent: 1 },
  });
});

test("urgent: pushes are told by how many alerts they are, and the link leads to what there is", () => {
  const pushes = { alerts: 1, repositories: 2 };
  expect(urgentNotice(OCCASION, { flags: [], pushes: NO_PUSHES })).toBe(null);
  expect(urgentNotice(OCCASION, { flags: [aFlag()], pushes })).toMatchObject({
    ...{ link: "https://sallyport.example/orgs/7/pushes", pushes },
    flags: { open: 1, urgent: 0 },
  });
  const both = urgentNotice(OCCASION, { flags: [aFlag({ band: "high" })], pushes });
  expect(both?.link).toBe("https://sallyport.example/orgs/7");
});
