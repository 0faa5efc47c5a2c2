import { plusDays } from "../../src/clock.ts";
import { accountSections } from "../../src/dossier/sources/account.ts";
import type { Fetched, InstallationGateway } from "../../src/github/gateway.ts";
import { accountId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";

const NOW = "2026-06-01T12:00:00.000Z";
const yes = async <T>(value: T): Promise<Fetched<T>> => ({ ok: true, value });

/** What is asked about an account that came back a month ago after so many days. */
async function askedAfter(silentDays: number): Promise<readonly string[]> {
  const asked: string[] = [];
  const back = plusDays(NOW, -30);
  const acts = [plusDays(back, -silentDays), back].map((at) => ({ kind: "issue" as const, at }));
  const gateway: Pick<InstallationGateway, "accountHistory" | "accountKeys" | "accountEvents"> = {
    accountHistory: () =>
      yes({
        profile: { ok: true as const, value: { accountId: accountId(7), createdAt: plusDays(NOW, -3_000) } },
        repositories: { ok: true as const, value: { ownedCount: 0, forkCount: 0, repositories: [] } },
        pullRequests: {
          ok: true as const,
          value: { totalCount: 0, mergedCount: 0, mergedElsewhereCount: 0, recent: [], oldest: [] },
        },
        activity: { ok: true as const, value: { acts, years: [], mayHaveHoles: false } },
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

test("long silence: keys and events are asked for exactly where the signal would call the pause one", async () => {
  expect(await askedAfter(4 * 365.25)).toEqual(["keys", "events"]);
  expect(await askedAfter(4 * 365.25 - 0.5)).toEqual([]);
});
