import { plusDays } from "../../../src/clock.ts";
import type { ReadHistories } from "../../../src/dossier/collect-histories.ts";
import type { MergesOf, OwnedRepository } from "../../../src/dossier/scan-gateway.ts";
import { deepScanAccountFlow, readHistoriesFlow } from "../../../src/flows/jobs/deep-scan-account.ts";
import type { Reader } from "../../../src/history/traces/scan.ts";
import { installationId, repositoryId } from "../../../src/ids.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { triage } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { ACCOUNT, expectNothingCaught, type Given, NOW, ORDINARY, scene } from "../scene.ts";

const AGAIN = { ...triage(1), force: true, secondLook: true };
const ABOUT = { installationId: installationId(1), account: ACCOUNT, again: AGAIN };
const FLOWS = {
  git: (context: Parameters<typeof deepScanAccountFlow>[0]) =>
    deepScanAccountFlow(context, { kind: "deep-scan-account", ...ABOUT }),
  api: (context: Parameters<typeof deepScanAccountFlow>[0]) =>
    readHistoriesFlow(context, { kind: "read-histories", ...ABOUT }),
} satisfies Readonly<Record<Reader, unknown>>;

/** One that nobody has pushed to yet: no reader asks for its commits. */
const EMPTY: OwnedRepository = {
  ...{ id: repositoryId(1), owner: "ada-example", name: "notes", createdAt: NOW, pushedAt: null, headSha: null },
  ...{ defaultBranch: null, diskKiB: 0, pullRequestCount: 0, highestNumber: 0, othersActed: false },
  declaresOrigin: false,
};

/** Nobody merged anything of it. */
const ALONE: MergesOf = {
  ...{ id: ACCOUNT.id, nodeId: ACCOUNT.nodeId, createdAt: NOW, merges: [] },
  ...{ forks: { count: 0, orphanCount: 0 }, followedIds: [] },
};

async function scanned(by: Reader, more: Given = {}) {
  const stage = scene({
    ...more,
    gateway: { ownedRepositories: async () => yes([EMPTY]), mergesOf: async () => yes([ALONE]), ...more.gateway },
    tenant: {
      cachedAccount: async () => ORDINARY,
      snapshotsOf: async () => [],
      letInBy: async () => [],
      localList: async () => ({ entries: [] }),
      indicatorsOn: async () => [],
      addressesCameSince: async () => false,
      rolesOf: async () => null,
      settingsOn: async () => ({}),
      historiesOf: async () => null,
      codeIndexes: async () => [],
      keepHistories: async () => {},
      ...more.tenant,
    },
  });
  const outcome = await FLOWS[by](stage.context);
  const [kept] = stage.did("keepHistories").map(([, found]) => found as ReadHistories);
  return { ...stage, outcome, kept };
}

test.each<Reader>(["git", "api"])(
  "scan: what %s read is kept as its own, and then what asked for it is made again",
  async (by) => {
    const { outcome, kept, calls, did } = await scanned(by);
    expect(outcome).toEqual({ kind: "completed" });
    expect(did("ownedRepositories")).toMatchObject([[{ nodeId: ACCOUNT.nodeId }]]);
    expect(kept).toMatchObject({ by, sections: { "history.scan": { state: "present", asOf: NOW, value: { by } } } });
    expect(kept?.heads).toContain("1:empty");
    expect(calls.slice(-2)).toEqual([
      ["keepHistories", ACCOUNT.id, kept, NOW],
      ["enqueue", [AGAIN]],
    ]);
  },
);

test("scan: nothing is asked for an installation that is gone", async () => {
  const { outcome, asked, jobs } = await scanned("git", { installation: null });
  expect([outcome.kind, asked, jobs()]).toEqual(["cancelled", [], []]);
});

test.each<Reader>(["git", "api"])(
  "scan: while no head has moved what %s found stands, and is looked at again",
  async (by) => {
    const first = await scanned(by);
    if (!first.kept) throw new Error("nothing was kept");
    const earlier = { ...first.kept, at: plusDays(NOW, -8) };
    const historiesOf = async (_account: number, reader: Reader) => (reader === by ? earlier : null);
    const { kept, jobs } = await scanned(by, { tenant: { historiesOf } });
    const state = (found: ReadHistories | undefined) => found?.sections["history.scan"];
    expect(state(kept)).toMatchObject({ value: { repositories: [{ cached: true }] } });
    expect(state(first.kept)).toMatchObject({ value: { repositories: [{ cached: false }] } });
    expect(jobs()).toEqual([AGAIN]);
    // What the other reader found is nothing to go by.
    const other = await scanned(by === "git" ? "api" : "git", { tenant: { historiesOf } });
    expect(state(other.kept)).toMatchObject({ value: { repositories: [{ cached: false }] } });
  },
);

test.each<[string, object, boolean]>([
  ["when the account was made", ORDINARY, true],
  ["nothing of the account", {}, false],
])("scan: with %s known, work from before is counted: %s", async (_, cached, counted) => {
  const { kept } = await scanned("git", { tenant: { cachedAccount: async () => cached } });
  const dates = kept?.sections["history.dates"];
  expect(dates?.state === "present" && dates.value.predating !== null).toBe(counted);
});

test("scan: without an answer about the repositories the job waits as long as GitHub says, and nothing is kept", async () => {
  const kept: unknown[] = [];
  const keepHistories = async (...found: unknown[]) => void kept.push(found);
  const answer = { ownedRepositories: async () => no("rate_limited", plusDays(NOW, 1)) };
  await expect(scanned("api", { gateway: answer, tenant: { keepHistories } })).rejects.toMatchObject({
    ...{ code: "rate_limited", retryAt: plusDays(NOW, 1) },
  });
  expect(kept).toEqual([]);
});

test("scan: what is too large is kept as looked at, and is looked at again", async () => {
  const { kept, jobs } = await scanned("git", {
    gateway: { ownedRepositories: async () => yes([{ ...EMPTY, headSha: "a".repeat(40), diskKiB: 2 ** 30 }]) },
  });
  expect(kept?.sections["history.scan"]).toMatchObject({ value: { repositories: [{ because: "too_large" }] } });
  expect(jobs()).toEqual([AGAIN]);
});

test("scan: whatever fails ends the job with its error", async () => {
  await expectNothingCaught((fails) => scanned("git", { fails }));
  await expectNothingCaught((fails) => scanned("api", { fails }));
});
