import type { Flag } from "../../../src/access/flag.ts";
import { plusDays } from "../../../src/clock.ts";
import { announceDeadlinesFlow, announceFlagsFlow } from "../../../src/flows/jobs/announce-flags.ts";
import { sendNoticeFlow } from "../../../src/flows/jobs/send-notice.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Notice, OpenPushes } from "../../../src/job/notice.ts";
import type { Sent } from "../../../src/notification/messenger.ts";
import { dayOf, dueNotice, testNotice, urgentNotice, weeklyNotice } from "../../../src/notification/notices.ts";
import type { Tellable, TenantStore } from "../../../src/store/store.ts";
import { aFlag, aHead, anAuditOf, OCCASION } from "../../notification/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";
import { expectNothingCaught, INSTALLATION, NOW, scene } from "../scene.ts";

const occasion = { ...OCCASION, now: NOW };
const urgent = aFlag({ band: "high" });
const NONE: OpenPushes = { alerts: 0, repositories: 0 };
const weekly = weeklyNotice(occasion, {
  audit: anAuditOf(),
  before: aHead(),
  flags: [urgent],
  decisions: [],
}) as Notice;
const keptThrough = (days: number) =>
  aFlag({
    state: {
      ...{ kind: "acknowledged", byAccountId: accountId(1), byLogin: "olive-owner", reason: "known", at: NOW },
      ...{ outcome: "keep", until: plusDays(`${dayOf(NOW)}T00:00:00.000Z`, days + 1) },
    },
  });
const dueOn = (now: string, days: number) =>
  dueNotice({ ...occasion, now }, { flags: [keptThrough(days)], decisions: [] }) as Notice;
const atOnce = urgentNotice(occasion, { flags: [urgent], pushes: NONE }) as Notice;
const codeFound = urgentNotice(occasion, { flags: [], pushes: NONE, code: { accounts: 1 } }) as Notice;

interface Given {
  readonly notice?: Notice;
  readonly sent?: Sent;
  readonly named?: readonly string[];
  readonly latest?: string | null;
  readonly flags?: readonly Flag[];
  readonly pushes?: OpenPushes;
  readonly isOurs?: boolean;
  readonly gone?: boolean;
  readonly fails?: string | undefined;
}

async function run(given: Given = {}) {
  const { notice = testNotice(occasion), sent = { state: "sent" }, named = ["team"], flags = [urgent] } = given;
  const asked: unknown[] = [];
  const stage = scene({
    installation: given.gone ? null : {},
    fails: given.fails,
    tenant: {
      ...{ latestAuditAt: async () => given.latest ?? null, flags: async () => flags },
      openAlerts: async () => given.pushes ?? NONE,
    },
    messenger: {
      destinationsOf: (...question) => {
        asked.push(question);
        return named;
      },
      send: async (...said) => {
        asked.push(said);
        return sent;
      },
    },
  });
  const context = { ...stage.context, isOurs: async () => given.isOurs ?? true };
  const job = { kind: "send-notice", installationId: INSTALLATION.id, destination: "team", notice } as const;
  return { ...stage, outcome: await sendNoticeFlow(context, job), asked };
}

test("notice: sent to its place, and told in the log by the place's name", async () => {
  const { outcome, asked, did } = await run();
  expect(outcome).toEqual({ kind: "completed" });
  expect(asked).toEqual([
    [{ id: INSTALLATION.accountId, login: INSTALLATION.accountLogin }, "test"],
    ["team", testNotice(occasion)],
  ]);
  expect(did("log")).toEqual([["notice.sent", { installation: INSTALLATION.id, destination: "team", about: "test" }]]);
});

test.each<[string, Sent, object]>([
  [
    "waits by itself, without end",
    { state: "away", because: "answered 503", retryAt: null },
    { kind: "held", by: "job" },
  ],
  ["waits until it said", { state: "away", because: "answered 429", retryAt: NOW }, { kind: "snooze", until: NOW }],
  [
    "is set aside",
    { state: "refused", because: "answered 404" },
    { kind: "discarded", because: "destination_refused" },
  ],
])("notice: one that does not arrive %s", async (_, sent, outcome) => {
  expect((await run({ sent })).outcome).toMatchObject(outcome);
});

test.each<[string, Given]>([
  ["of an installation that is gone", { gone: true }],
  ["to a place that the file names no more", { named: ["mail"] }],
  ["of an audit that a newer one overtook", { notice: weekly, latest: plusDays(NOW, 7) }],
  ["of urgent flags that were decided meanwhile", { notice: atOnce, flags: [aFlag()] }],
  ["of a decision that ended yesterday", { notice: dueOn(plusDays(NOW, -1), -1) }],
  ["that another worker took over", { isOurs: false }],
])("notice: nothing is sent %s", async (_, given) => {
  const { outcome, asked } = await run(given);
  expect(outcome.kind).toBe("cancelled");
  expect(asked.filter((question) => Array.isArray(question) && question[0] === "team")).toEqual([]);
});

test.each<[string, Given]>([
  ["of the newest audit", { notice: weekly, latest: NOW }],
  ["of urgent flags", { notice: atOnce }],
  ["of code that was found", { notice: codeFound, flags: [] }],
  ["of a decision that ends today", { notice: dueOn(NOW, 0) }],
])("notice: one %s is sent", async (_, given) => {
  expect((await run(given)).outcome).toEqual({ kind: "completed" });
});

test("notice: it catches nothing", async () => {
  for (const notice of [weekly, atOnce])
    await expectNothingCaught((fails) => run({ notice, ...(fails !== undefined && { fails }) }));
});

interface Announced {
  readonly pushes?: OpenPushes;
  readonly holders?: readonly number[];
  /** Nobody was told of any of it, unless this says what is left. */
  readonly untold?: Tellable;
  readonly fails?: string | undefined;
}

async function announce(
  since: string,
  flags: readonly Flag[],
  { pushes = NONE, holders = [], ...more }: Announced = {},
) {
  const alerts = Array.from({ length: pushes.alerts }, (_, at) => `alert-${at}`);
  const stage = scene({
    fails: more.fails,
    tenant: {
      flags: async () => flags,
      openAlerts: async () => pushes,
      untold: async () => more.untold ?? { flags: flags.map(({ id }) => id), alerts },
      markTold: async () => {},
      accountsWithOurCode: async () => holders.map(accountId),
    },
    messenger: { destinationsOf: (_, about) => (about === "urgent" ? ["team", "mail"] : []) },
  });
  const job = { kind: "announce-flags", installationId: INSTALLATION.id, since } as const;
  return { ...stage, outcome: await announceFlagsFlow(stage.context, job) };
}

test("urgent flags: a minute is waited for others, then each place gets one message for all", async () => {
  const early = await announce(new Date(Date.parse(NOW) - 59_000).toISOString(), [urgent]);
  expect(early.outcome).toMatchObject({ kind: "snooze", until: new Date(Date.parse(NOW) + 1_000).toISOString() });
  expect(early.jobs()).toEqual([]);
  const { outcome, jobs } = await announce(new Date(Date.parse(NOW) - 60_000).toISOString(), [urgent, urgent, aFlag()]);
  expect(outcome).toEqual({ kind: "completed" });
  expect(jobs()).toMatchObject(
    ["team", "mail"].map((destination) => ({
      kind: "send-notice",
      destination,
      notice: { about: "urgent", organization: INSTALLATION.accountLogin, flags: { open: 3, urgent: 2 } },
    })),
  );
});

test("urgent flags: nothing is said of those that were decided in that minute", async () => {
  expect((await announce(plusDays(NOW, -1), [aFlag()])).jobs()).toEqual([]);
});

test("told: what a message says is marked when it is filed, and of nothing new there is none", async () => {
  const since = plusDays(NOW, -1);
  const burst = { alerts: 1, repositories: 3 };
  const first = await announce(since, [urgent, aFlag({ id: "flag-2" })], { pushes: burst });
  expect(first.did("markTold")).toEqual([[{ flags: [urgent.id], alerts: ["alert-0"] }, NOW]]);
  expect(first.calls.map(([name]) => name).slice(-2)).toEqual(["enqueue", "markTold"]);
  const again = await announce(since, [urgent, aFlag({ id: "flag-2" })], {
    pushes: burst,
    untold: { flags: ["another"], alerts: [] },
  });
  expect([again.jobs(), again.did("markTold")]).toEqual([[], []]);
});

test("told: a run that ends between a message and the mark says the same again under the same number", async () => {
  const since = plusDays(NOW, -1);
  await expect(announce(since, [urgent], { fails: "markTold" })).rejects.toThrow("markTold failed");
  const numbers = await Promise.all(
    [since, since, plusDays(NOW, -2)].map(async (at) => {
      const [job] = (await announce(at, [urgent])).jobs();
      return job?.kind === "send-notice" ? job.notice.id : null;
    }),
  );
  expect(numbers[0]).toMatch(/^msg_[\w-]{22}$/);
  expect([numbers[0] === numbers[1], numbers[0] === numbers[2]]).toEqual([true, false]);
});

test("pushes: told of with the flags, a burst as one, and not once they are decided", async () => {
  const burst = { alerts: 1, repositories: 3 };
  const [job] = (await announce(plusDays(NOW, -1), [], { pushes: burst })).jobs();
  expect(job).toMatchObject({ notice: { about: "urgent", pushes: { alerts: 1, repositories: 3 } } });
  const sent = await run({ notice: atOnce, flags: [], pushes: burst });
  expect(sent.outcome).toEqual({ kind: "completed" });
});

test("code: accounts in whose repositories it was found are counted, and those found long before are not", async () => {
  const since = plusDays(NOW, -1);
  const { jobs, did } = await announce(since, [], { holders: [11, 12] });
  expect(jobs()).toMatchObject(["team", "mail"].map(() => ({ notice: { code: { accounts: 2 }, flags: { open: 0 } } })));
  expect(JSON.stringify(jobs())).not.toMatch(/\b1[12]\b,|accountId/);
  expect(did("accountsWithOurCode")).toEqual([[plusDays(since, -1 / 24), 20]]);
});

test("deadlines: each organisation with somebody to tell hears of decisions on their last day, and no other is read", async () => {
  const installations = [1, 2, 3].map((id) => ({
    ...{ ...INSTALLATION, id: installationId(id), accountLogin: `org-${id}` },
  }));
  const read: unknown[] = [];
  const flags = { 1: [keptThrough(0), keptThrough(1)], 2: [keptThrough(1)] };
  const { context, jobs } = scene({
    store: {
      installations: async () => installations,
      tenant: (id) => {
        read.push(id);
        return played<TenantStore>({ flags: async () => flags[id as 1 | 2], exposureDecisions: async () => [] });
      },
    },
    messenger: { destinationsOf: ({ login }, about) => (about === "due" && login !== "org-3" ? ["team"] : []) },
  });
  expect(await announceDeadlinesFlow(context)).toEqual({ kind: "completed" });
  expect(read).toEqual([1, 2]);
  expect(jobs()).toMatchObject([
    { kind: "send-notice", installationId: 1, notice: { organization: "org-1", ending: { count: 1 } } },
  ]);
});
