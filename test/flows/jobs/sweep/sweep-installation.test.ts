import { plusDays } from "../../../../src/clock.ts";
import { repositoryId } from "../../../../src/ids.ts";
import type { PullRequestSweep } from "../../../../src/store/store.ts";
import { no, yes } from "../../../dossier/played-gateway.ts";
import { expect, test } from "../../../support/jest.ts";
import { ACCOUNT, expectNothingCaught, type Given, INSTALLATION, NOW, readNow } from "../../scene.ts";

import { changed, listed, swept, type World } from "./sweep-scene.ts";

const LIVE = { mode: "live" } as const;
const NEVER: PullRequestSweep = { underWay: null, openCount: 0, completeUntil: null, wholeAt: null };
/** The last one was begun so many days ago, and the last whole one so many. */
const since = (complete: number, whole: number): PullRequestSweep => ({
  ...{ underWay: null, openCount: 9, completeUntil: plusDays(NOW, -complete), wholeAt: plusDays(NOW, -whole) },
});

test("sweep: nothing is asked for an installation that is gone", async () => {
  const { outcome, asked } = await swept({}, { installation: null });
  expect([outcome.kind, asked]).toEqual(["cancelled", []]);
});

test("sweep: its beginning is stored with when the next one is due, and its end with what is known then", async () => {
  const { outcome, saved, did } = await swept({ open: [listed(changed(1), changed(2)), listed()] });
  const from = { page: 1, repository: null, after: null };
  const underWay = { startedAt: NOW, whole: true, from, openCount: 0, unread: 0, filed: 0 };
  expect(outcome).toEqual({ kind: "completed" });
  expect(saved).toEqual([
    [{ ...NEVER, underWay }, plusDays(NOW, 0.25)],
    [{ underWay: null, openCount: 2, completeUntil: NOW, wholeAt: NOW }],
  ]);
  expect(did("log")).toEqual([
    ["sweep.completed", { installation: INSTALLATION.id, open: 2, missing: 2, unread: 0, whole: true }],
  ]);
});

const OLD = { items: [changed(1, 3)], next: "second" };
test.each<[string, PullRequestSweep | null, boolean]>([
  ["the first one", null, true],
  ["one after another that left things out", { ...since(1, 0.5), completeUntil: null }, true],
  ["one without a whole one before", { ...since(1, 0.5), wholeAt: null }, true],
  ["one within a day of the last whole one", since(0.25, 0.999), false],
  ["one a day after it", since(0.25, 1), true],
  ["one in the same moment as the last", since(0, 0), false],
  ["one after a mark in the future", since(-1, 0.5), true],
  ["one after a whole one in the future", since(0.25, -1), true],
])("sweep: lists are read to their end: %s", async (_, stored, whole) => {
  const { asked, last } = await swept({ open: [OLD], stored, checks: [1], reports: [1] }, { policy: LIVE });
  expect(asked.includes("moreOpen")).toBe(whole);
  expect(last).toEqual({ underWay: null, openCount: 1, completeUntil: NOW, wholeAt: whole ? NOW : stored?.wholeAt });
});

test("sweep: what changed within the hour before the last one is read again", async () => {
  const readTo = async (hours: number) => {
    const page = { items: [changed(1, 0.25 + hours / 24)], next: "second" };
    return (await swept({ open: [page], stored: since(0.25, 0.5), checks: [1], reports: [1] })).asked.includes(
      "moreOpen",
    );
  };
  expect([await readTo(0.9), await readTo(1.1)]).toEqual([true, false]);
});

test("sweep: where GitHub did not show a list nothing counts as known, and the next one asks again", async () => {
  const { last, did } = await swept({ open: [listed(), null], stored: since(0.25, 2) });
  expect(last).toEqual({ ...since(0.25, 2), openCount: 0 });
  expect(did("log")).toMatchObject([["sweep.completed", { unread: 1 }]]);
});

test.each<[string, World, Given, readonly (readonly [string, number])[]]>([
  [
    "both",
    {},
    { policy: LIVE },
    [
      ["check", 1],
      ["report", 1],
    ],
  ],
  ["the check run", { reports: [1] }, { policy: LIVE }, [["check", 1]]],
  ["the report", { checks: [1] }, { policy: LIVE }, [["report", 1]]],
  ["nothing", { checks: [1], reports: [1] }, { policy: LIVE }, []],
  ["no check run where none is published", {}, {}, [["report", 1]]],
  [
    "no check run where the policy says off",
    {},
    { policy: { ...LIVE, publication: { check_run: "off" } } },
    [["report", 1]],
  ],
  [
    "no report of a bot that the policy skips",
    {},
    { policy: { ...LIVE, triage: { skip_bots: [ACCOUNT.id] } } },
    [["check", 1]],
  ],
  [
    "a check run under rules that nobody has read yet",
    {},
    { tenant: { policy: async () => null }, gateway: { fileOnDefaultBranch: async () => no("timeout") } },
    [
      ["check", 1],
      ["report", 1],
    ],
  ],
  ["nothing of what was given up", {}, { policy: LIVE, setAside: () => true }, []],
  [
    "not the report that was given up",
    {},
    { policy: LIVE, setAside: ({ kind }) => kind === "triage-pull-request" },
    [["check", 1]],
  ],
])("sweep: what a head is missing is filed: %s", async (_, world, given, expected) => {
  const { wanted, did } = await swept(world, given);
  expect(wanted).toEqual(expected);
  expect(did("log")).toMatchObject([["sweep.completed", { missing: expected.length > 0 ? 1 : 0 }]]);
});

test("sweep: two pull requests of one head have a report each, and one check run", async () => {
  const twin = { ...changed(2), headSha: "head-1" };
  const { wanted } = await swept({ open: [listed(changed(1), twin)], checks: [1], reports: [1] }, { policy: LIVE });
  expect(wanted).toEqual([["report", 2]]);
});

test("sweep: of a list without anything neither what is done nor the policy is looked for", async () => {
  const { did } = await swept({ open: [listed()] });
  expect([did("headsDone"), did("policy")]).toEqual([[], []]);
  expect((await swept({ checks: [1], reports: [1] })).did("policy")).toEqual([]);
  expect((await swept({})).did("headsDone")).toEqual([[1, ["head-1"]]]);
});

const first = repositoryId(1);
test.each<[string, World, readonly number[]]>([
  ["that stands on GitHub's list of closed ones", { known: [[first, 3]], closed: [3] }, [3]],
  ["that stands on neither list", { known: [[first, 3]] }, []],
  ["that is on the list of open ones", { known: [[first, 1]], closed: [1] }, []],
  ["of another repository", { known: [[repositoryId(2), 3]], closed: [3] }, []],
  ["of a repository whose list GitHub does not show", { known: [[first, 3]], closed: [3], open: [null] }, []],
  ["that nobody knew", { closed: [3] }, []],
])("sweep: one is closed here %s", async (_, world, closed) => {
  const { wanted } = await swept({ checks: [1], reports: [1], ...world });
  expect(wanted).toEqual(closed.map((number) => ["close", number]));
});

test("sweep: of the list of closed ones no more is read than since all was known", async () => {
  const known: World["known"] = [[first, 3]];
  const moreClosed = async () => yes({ items: [], next: null });
  const page = { items: [{ number: 8, updatedAt: plusDays(NOW, -0.5) }], next: "second" };
  const lists = { openCount: 0, open: listed(), closed: page };
  const gateway = { moreClosed, pullRequestsOf: async () => yes(new Map([["R_1", lists]])) };
  const asks = async (stored: PullRequestSweep | null) =>
    (await swept({ known, stored }, { gateway })).asked.includes("moreClosed");
  expect([await asks(since(0.25, 0.5)), await asks(since(1, 2)), await asks(since(-1, 2)), await asks(null)]).toEqual([
    ...[false, true, true, true],
  ]);
});

/** So many repositories with one pull request each. */
const many = (count: number) => Array.from({ length: count }, (_, at) => listed(changed(at + 1)));

test("sweep: after twenty heads others get their turn, and it goes on where it was when its share of the hour lets it", async () => {
  const { outcome, last, did } = await swept({ open: many(21) });
  expect(last).toMatchObject({
    underWay: { openCount: 20, filed: 20, from: { page: 1, repository: 21, after: null } },
  });
  // 2 requests here and 11 for each head, of 1,500 an hour.
  const until = plusDays(NOW, 222 / 1_500 / 24);
  expect(outcome).toEqual({ kind: "snooze", until, because: "share of the budget" });
  expect(did("log")).toEqual([]);
  const goneOn = await swept({ open: many(21), stored: last ?? null });
  expect(goneOn.outcome.kind).toBe("completed");
  expect(goneOn.saved).toHaveLength(1);
  expect(goneOn.last).toEqual({ underWay: null, openCount: 21, completeUntil: NOW, wholeAt: NOW });
  expect(goneOn.did("log")).toMatchObject([["sweep.completed", { missing: 21 }]]);
  expect((await swept({ open: many(20) })).outcome.kind).toBe("completed");
});

test("sweep: the same after twenty-five requests", async () => {
  const page = { items: [changed(1)], next: "page 1" };
  // A list of forty pages.
  const moreOpen = async (_repository: string, after: string) => {
    const next = Number(after.slice(5)) + 1;
    return yes({ ...page, next: next === 40 ? null : `page ${next}` });
  };
  const world = { open: [page], checks: [1], reports: [1] };
  const { outcome, asked, last } = await swept(world, { gateway: { moreOpen } });
  expect([outcome.kind, asked.length]).toEqual(["snooze", 25]);
  expect(last?.underWay?.from).toEqual({ page: 1, repository: 1, after: "page 24" });
  const goneOn = await swept({ ...world, more: listed(changed(2)), stored: last ?? null });
  expect(goneOn.wanted).toEqual([["report", 2]]);
});

test("sweep: without an answer about the lists the job waits, and comes back to where it was", async () => {
  for (const gateway of [
    { coveredRepositories: async () => no("timeout") },
    { pullRequestsOf: async () => no("timeout") },
  ])
    await expect(swept({}, { gateway })).rejects.toMatchObject({ code: "timeout" });
});

test("sweep: one whose beginning could not be stored is not begun", async () => {
  let saves = 0;
  const savePullRequestSweep = async () => {
    saves += 1;
    if (saves === 1) throw new Error("not stored");
  };
  await expect(swept({}, { tenant: { savePullRequestSweep } })).rejects.toThrow("not stored");
});

test("sweep: whatever fails ends the job with its error", async () => {
  const policy = async () => readNow(LIVE);
  await expectNothingCaught((fails) => swept({ known: [[first, 3]], closed: [3] }, { tenant: { policy }, fails }));
  await expectNothingCaught((fails) => swept({ known: [[first, 3]], closed: [3], open: [listed()] }, { fails }));
  await expectNothingCaught((fails) => swept({ open: many(21), stored: since(0.25, 0.5) }, { fails }));
});

/** Everything is there, the head was looked at two days ago, and the pull request changed an hour ago. */
const TALKED: World = {
  ...{ open: [listed(changed(1, 1 / 24))], checks: [1], reports: [1], lookedAt: plusDays(NOW, -2) },
};
const OPENER = ACCOUNT.id;
test.each<[string, World, boolean, number]>([
  [
    "two outsiders, one of them since",
    {
      said: [
        [60, 1],
        [3, 2],
      ],
    },
    true,
    1,
  ],
  ["a crowd since", { said: Array.from({ length: 50 }, (_, at) => [at / 10, at + 1] as const) }, true, 1],
  [
    "two, both before it was looked at",
    {
      said: [
        [60, 1],
        [50, 2],
      ],
    },
    true,
    0,
  ],
  [
    "one, many times",
    {
      said: [
        [9, 1],
        [8, 1],
        [7, 1],
      ],
    },
    true,
    0,
  ],
  [
    "two, a week apart",
    {
      said: [
        [200, 1],
        [3, 2],
      ],
    },
    true,
    0,
  ],
  [
    "the opener and one",
    {
      said: [
        [9, OPENER],
        [8, 1],
      ],
    },
    true,
    0,
  ],
  [
    "a member and a contributor",
    {
      said: [
        [9, 1, "MEMBER"],
        [8, 2, "CONTRIBUTOR"],
      ],
    },
    true,
    0,
  ],
  [
    "nobody since: it did not change",
    {
      said: [
        [60, 1],
        [3, 2],
      ],
      lookedAt: NOW,
    },
    false,
    0,
  ],
])("sweep: a head is looked at again, however many spoke: %s", async (_, world, asks, looks) => {
  const { jobs, asked } = await swept({ ...TALKED, ...world }, { policy: LIVE });
  expect(asked.includes("threadsOf")).toBe(asks);
  const again = { kind: "triage-pull-request", force: true, secondLook: true, newBase: false };
  expect(jobs()).toMatchObject(Array(looks).fill(again));
  expect(jobs()).toHaveLength(looks);
});

test("sweep: what GitHub does not show of a conversation is left to the next one", async () => {
  const gateway = { threadsOf: async () => no("timeout") };
  const { outcome, jobs } = await swept(
    {
      ...TALKED,
      said: [
        [60, 1],
        [3, 2],
      ],
    },
    { policy: LIVE, gateway },
  );
  expect([outcome.kind, jobs()]).toEqual(["completed", []]);
});
