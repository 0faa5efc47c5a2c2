import type { Flag } from "../../src/access/flag.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import type { Notice, WeeklyNotice } from "../../src/job/notice.ts";
import { dueNotice, testNotice, urgentNotice, weeklyNotice } from "../../src/notification/notices.ts";
import { mailOf } from "../../src/notification/render/mail.ts";
import { noticeSchema, signedBody } from "../../src/notification/render/signed.ts";
import { slackBody } from "../../src/notification/render/slack.ts";
import type { Plain } from "../access/graphs.ts";
import { octoOrg } from "../access/graphs.ts";
import { expect, test } from "../support/jest.ts";
import { aFlag, aHead, anAuditOf, NO_PUSHES, NOW, OCCASION } from "./samples.ts";

/** In every text that is somebody's; ids are of nine digits. */
const MARK = "qx7";
const IDS = [881234001, 881234002, 881234003, 882234001, 882234002];

/** An organisation whose every name and number can be told from anything else. */
function marked(people: number): AccessSnapshot {
  const [owner, member, outside, wallet, relayer] = IDS.map(String) as [string, string, string, string, string];
  const plain: Plain<Partial<AccessSnapshot>> = {
    accounts: [owner, member, outside].slice(0, people).map((id) => ({ id, login: `${MARK}-${id}`, kind: "user" })),
    owners: [owner],
    members: [owner, member],
    repositories: [wallet, relayer].map((id) => ({
      id,
      name: `${MARK}-${id}`,
      visibility: "private",
      archived: false,
    })),
    grants: [
      { account: member, repository: wallet, role: "write", via: { kind: "team", team: `${MARK}-team` } },
      ...(people > 2
        ? [{ account: outside, repository: relayer, role: "admin", via: { kind: "outside" } } as const]
        : []),
    ],
    notChecked: [{ what: `${MARK}-part`, because: `${MARK}-why`, opensWith: `${MARK}-permission` }],
  };
  return octoOrg(plain);
}

const flag = aFlag({
  id: `${MARK}-flag`,
  repositoryId: repositoryId(882234002),
  repositoryName: `${MARK}-relayer`,
  accountId: accountId(881234003),
  login: `${MARK}-outside`,
  band: "high",
  because: `${MARK}: write meets stop and look; commits of ${MARK}@example.org`,
  reportId: `${MARK}-report`,
});
const kept: Flag = {
  ...flag,
  state: {
    kind: "acknowledged",
    byAccountId: accountId(881234001),
    byLogin: `${MARK}-owner`,
    reason: `${MARK}-reason`,
    at: NOW,
    outcome: "keep",
    until: "2026-12-01T00:00:00.000Z",
  },
};
const flags = [flag, kept];
const audit = anAuditOf(marked(3), { previous: marked(2), flags });
const weekly = weeklyNotice(OCCASION, {
  audit,
  before: aHead({ writers: 2, outside: 0 }),
  flags,
  decisions: [],
}) as WeeklyNotice;
const urgent = urgentNotice(OCCASION, { flags: [flag], pushes: NO_PUSHES }) as Notice;
const due = dueNotice(OCCASION, { flags, decisions: [] }) as Notice;
const asked = testNotice(OCCASION);

test("the audit and the flag that the messages are made of hold every mark", () => {
  const whole = JSON.stringify([audit, flags]);
  for (const id of IDS) expect(whole).toContain(String(id));
  expect(whole.split(MARK).length).toBeGreaterThan(20);
});

test.each([
  ["weekly", weekly],
  ["urgent", urgent],
  ["due", due],
  ["test", asked],
])("%s: no form of the message holds a login, an id, a repository, a team or evidence", (_, notice) => {
  const mail = mailOf(notice);
  for (const form of [slackBody(notice), signedBody(notice), mail.subject, mail.text]) {
    expect(form).not.toContain(MARK);
    expect(form).not.toMatch(/88[12]234/);
    expect(form).not.toMatch(/\b(?:review|elevated|high)\b(?!s? (?:is|are) due)/);
  }
});

const pushed = urgentNotice(OCCASION, { flags: [], pushes: { alerts: 1, repositories: 2 } }) as Notice;

test("a push that nobody reviewed in words: how many, and nothing of where or who", () => {
  const { subject, text } = mailOf(pushed);
  expect(subject).toBe("Sallyport: octo-org: a push that nobody reviewed wants a look");
  expect(text).toContain(
    "Pushes to look at: 1, in repositories: 2\n\nOpen the pushes: https://sallyport.example/orgs/7/pushes",
  );
  const both = urgentNotice(OCCASION, {
    flags: [aFlag({ band: "high" })],
    pushes: { alerts: 2, repositories: 2 },
  });
  expect(mailOf(both as Notice).subject).toBe(
    "Sallyport: octo-org: an access review is due within a day, and 2 pushes that nobody reviewed want a look",
  );
});

test.each([weekly, urgent, pushed, due, asked])("signed: the body is what docs/schema says", (notice) => {
  expect(() => noticeSchema.parse(JSON.parse(signedBody(notice)))).not.toThrow();
});

test("signed: the weekly audit, byte for byte", () => {
  expect(JSON.parse(signedBody(weekly))).toEqual({
    type: "audit.weekly",
    timestamp: NOW,
    data: {
      schema: "sallyport.notice/1",
      organization: "octo-org",
      link: "https://sallyport.example/orgs/7/audit",
      writers: { now: 3, before: 2 },
      outside: { now: 1, before: 0 },
      dormant: null,
      changedRoles: 1,
      notChecked: 3,
      flags: { open: 1, urgent: 1, oldestAt: "2026-11-20T08:00:00.000Z" },
      longOpen: 0,
      ending: { count: 1, firstDay: "2026-11-30" },
    },
  });
});

const WEEKLY_LINES = [
  "Write or more: 3 (+1) people and bots",
  "From outside: 1 (+1)",
  "Dormant: not checked",
  "Changed roles: 1",
  "Needs a decision: 1, the oldest since 2026-11-20",
  "Within a day of being raised: 1 of them",
  "Decisions that end within a week: 1, the first after 2026-11-30",
  "Not checked: 3 parts",
];

test("mail: guards that were loosened are counted where rules were compared", () => {
  const lines = (guardsLoosened: number) => mailOf({ ...weekly, guardsLoosened }).text.split("\n");
  expect(lines(2)).toContain("Guards loosened: 2");
  expect(lines(0)).toContain("Guards loosened: 0");
  expect(mailOf(weekly).text).not.toContain("Guards loosened");
});

test("mail: plain text with a plain subject", () => {
  expect(mailOf(weekly)).toEqual({
    subject: "Sallyport: Access audit of octo-org",
    text: [
      "Access audit of octo-org",
      "",
      ...WEEKLY_LINES,
      "",
      "Open the audit: https://sallyport.example/orgs/7/audit",
      "",
      "Sent by Sallyport to the address that its operator named.",
      "What is behind the link asks for a login.",
      "",
    ].join("\n"),
  });
  for (const line of mailOf(weekly).text.split("\n")) expect(line.length).toBeLessThanOrEqual(76);
  expect(mailOf(due).text).toContain("Access that is kept until today: 1\n");
  expect(mailOf(urgent).subject).toBe("Sallyport: octo-org: an access review is due within a day");
});

test("slack: blocks, the same as text, and no preview of the link", () => {
  expect(JSON.parse(slackBody(weekly))).toEqual({
    text: ["Access audit of octo-org", ...WEEKLY_LINES, "<https://sallyport.example/orgs/7/audit|Open the audit>"].join(
      "\n",
    ),
    blocks: [
      { type: "header", text: { type: "plain_text", text: "Access audit of octo-org", emoji: false } },
      { type: "section", text: { type: "mrkdwn", text: WEEKLY_LINES.join("\n") } },
      {
        type: "section",
        text: { type: "mrkdwn", text: "<https://sallyport.example/orgs/7/audit|Open the audit>" },
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  });
});
