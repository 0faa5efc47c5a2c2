import fc from "fast-check";
import type { Fetched } from "../../src/absence.ts";
import { plusDays } from "../../src/clock.ts";
import type { AccountActivity, AccountRepositories } from "../../src/dossier/facts.ts";
import { accountSections } from "../../src/dossier/sources/account.ts";
import type { InstallationGateway } from "../../src/github/gateway.ts";
import { accountId } from "../../src/ids.ts";
import dormantReactivation from "../../src/signals/lifecycle/life-dormant-reactivation-break.ts";
import { DEFAULT_THRESHOLDS } from "../../src/signals/thresholds.ts";
import { expect, test } from "../support/jest.ts";

const NOW = "2026-06-01T12:00:00.000Z";
const yes = async <T>(value: T): Promise<Fetched<T>> => ({ ok: true, value });

/** An account by the days since it was made, since it acted and since it made repositories. */
interface Past {
  readonly made: number;
  readonly acts: readonly number[];
  readonly repositories?: readonly number[];
}

const before = (days: number): string => plusDays(NOW, -days);
const oldestFirst = (days: readonly number[]): readonly string[] => days.map(before).sort();

function known({ made, acts, repositories = [] }: Past) {
  const activity: AccountActivity = {
    acts: oldestFirst(acts).map((at) => ({ kind: "issue", at })),
    years: [],
    mayHaveHoles: false,
  };
  const owned: AccountRepositories = {
    ownedCount: repositories.length,
    forkCount: 0,
    repositories: oldestFirst(repositories).map((createdAt) => ({ createdAt, pushedAt: null, fork: false })),
  };
  return { profile: { accountId: accountId(7), createdAt: before(made) }, repositories: owned, activity };
}

/** What the collector asks about such an account. */
async function askedOf(past: Past): Promise<readonly string[]> {
  const asked: string[] = [];
  const { profile, repositories, activity } = known(past);
  const gateway: Pick<InstallationGateway, "accountHistory" | "accountKeys" | "accountEvents"> = {
    accountHistory: () =>
      yes({
        profile: { ok: true as const, value: profile },
        repositories: { ok: true as const, value: repositories },
        pullRequests: {
          ok: true as const,
          value: { totalCount: 0, mergedCount: 0, mergedElsewhereCount: 0, recent: [], oldest: [] },
        },
        activity: { ok: true as const, value: activity },
        texts: { ok: true as const, value: { texts: [] } },
      }),
    accountKeys() {
      asked.push("keys");
      return yes({ keys: [] });
    },
    accountEvents() {
      asked.push("events");
      return yes([]);
    },
  };
  const account = { nodeId: "U_7", login: "ada-example" };
  await accountSections(gateway as InstallationGateway, account, { asOf: NOW, requestsLeft: () => 5 });
  return asked;
}

/** Whether the signal calls a pause of the same account one. */
const fires = (past: Past): boolean => {
  const { profile, repositories, activity } = known(past);
  const facts = {
    asOf: NOW,
    subjectId: 7,
    thresholds: DEFAULT_THRESHOLDS,
    "account.profile": profile,
    "account.repositories": repositories,
    "account.activity": activity,
  };
  return dormantReactivation.detect(facts).outcome === "fired";
};

const BACK = 30;
const LONG = 4 * 365.25;

test.each<readonly [string, Past, boolean]>([
  ["four years to the day", { made: 3_000, acts: [BACK, BACK + LONG] }, true],
  ["half a day less", { made: 3_000, acts: [BACK, BACK + LONG - 0.5] }, false],
  ["a repository made meanwhile", { made: 3_000, acts: [BACK, BACK + LONG], repositories: [500] }, false],
  ["a repository made at the return", { made: 3_000, acts: [BACK + LONG], repositories: [BACK] }, true],
  ["an act dated before the account was made", { made: 900, acts: [BACK, BACK + LONG] }, false],
  ["the same of one made four calendar years ago", { made: 1_248, acts: [0], repositories: [LONG] }, false],
])("long silence: keys and events are asked for exactly where the signal calls it one: %s", async (_, past, isOne) => {
  expect(fires(past)).toBe(isOne);
  expect(await askedOf(past)).toEqual(isOne ? ["keys", "events"] : []);
});

test("long silence: collector and signal agree about any account", async () => {
  const days = fc.array(fc.integer({ min: 0, max: 3_200 }), { maxLength: 4 });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 100, max: 3_200 }), days, days, async (made, acts, repositories) => {
      const past = { made, acts, repositories };
      if (fires(past)) count++;
      expect((await askedOf(past)).length > 0).toBe(fires(past));
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(count).toBeGreaterThan(10);
});
