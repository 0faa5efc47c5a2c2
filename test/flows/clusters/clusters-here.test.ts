import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { addedFile, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../../src/clock.ts";
import { clustersHere } from "../../../src/flows/clusters/clusters-here.ts";
import { accountId } from "../../../src/ids.ts";
import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import { armour } from "../../support/people.ts";
import { type RunningApp, runApp } from "../../support/running-app.ts";
import { signIn } from "../../support/visitor.ts";

// Two accounts of one hand, and somebody whom the first of them tries to draw in.

const NOW = "2026-03-02T10:00:00.000Z";
const ago = (days: number): string => plusDays(NOW, -days);
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const [relayer, wallet] = ["relayer", "wallet"].map((name) =>
  addRepository(world, { owner: organization, name, createdAt: "2017-01-01T00:00:00Z" }),
);
const [first, second, victim] = ["ada-example", "bo-example", "vera-example"].map((login) =>
  addUser(world, { login, createdAt: "2021-01-01T00:00:00Z" }),
);
if (!relayer || !wallet || !first || !second || !victim) throw new Error("the world is not whole");

const SHARED = "00112233aabbccdd";
const THEIRS = "ffeeddccbbaa9988";

/**
 * Commits under an account's own address. \`key\` is what the signatures claim, which nobody signs for; \`verifiedWith\` is
 * the key that GitHub found to have made them. \`signedBy\` is null where a signature was copied: it is verified for nobody.
 */
const commits = (
  by: User,
  key: string,
  { signedBy = by, verifiedWith = key }: { readonly signedBy?: User | null; readonly verifiedWith?: string } = {},
): readonly HistoryCommit[] =>
  Array.from({ length: 8 }, (_, index) => ({
    author: {
      ...{ name: by.login, email: `${by.id}+${by.login}@users.noreply.github.com`, offsetMinutes: 60 },
      at: plusDays(ago(300), index * 9 + ((index * index * 37) % 400) / 1_000),
    },
    message: `Change ${index}\n`,
    files: { [`src/${index}.txt`]: `${by.login} ${index}\n` },
    signature: armour(key),
    ...(signedBy && { signedBy, signingKey: verifiedWith }),
  }));

function owns(by: User, name: string, made: readonly HistoryCommit[]): void {
  const repository = addRepository(world, { owner: by, name, createdAt: ago(320) });
  addHistory(world, repository, made);
  addPush(world, repository, { by, at: ago(2) });
}

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
  owns(first, "tools", commits(first, SHARED));
  owns(second, "notes", commits(second, SHARED));
  owns(victim, "garden", commits(victim, THEIRS));
  // All that anybody can write: the victim's commits, its signatures, its files.
  owns(first, "copied", commits(victim, THEIRS));
  owns(second, "quoted", commits(second, THEIRS, { signedBy: null }));
  // A signature of its own that names the victim's key as the one it was made with.
  owns(second, "claimed", commits(second, THEIRS, { verifiedWith: "aaaabbbbccccdddd" }));
  for (const [repository, author] of [
    [relayer, first],
    [wallet, first],
    [wallet, second],
    [wallet, victim],
  ] as const) {
    const files = [addedFile(`docs/${author.login}.md`, "Fine")];
    const pullRequest = openPullRequest(world, repository, { author, title: "Tidy", at: ago(0), files });
    await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  }
});
afterAll(() => app.stop());

test("clusters: two accounts under one verified key, what they reach, and nobody whose work was copied", async () => {
  const { clusters, leftOut } = await clustersHere(app.tenant(), null);
  expect([clusters.length, leftOut]).toEqual([1, 0]);
  const [cluster] = clusters;
  expect(cluster?.accounts.map(({ login, opened }) => [login, opened])).toEqual([
    [
      "ada-example",
      [
        { repository: "relayer", count: 1 },
        { repository: "wallet", count: 1 },
      ],
    ],
    ["bo-example", [{ repository: "wallet", count: 1 }]],
  ]);
  expect(cluster?.edges).toEqual([
    { kind: "key", between: [first.id, second.id], count: 6, firstAt: expect.any(String), lastAt: expect.any(String) },
  ]);
  expect(cluster?.reaches).toEqual([
    { repository: "wallet", writers: 0, openers: 2 },
    { repository: "relayer", writers: 0, openers: 1 },
  ]);
});

test("clusters: owners see the page and the way to it; whoever stands in a group does not see that group", async () => {
  const visitor = await signIn(app, owner.login);
  const base = `/orgs/${app.installation.id}`;
  const page = await visitor.get(`${base}/clusters`);
  expect(page.status).toBe(200);
  expect(page.text).toContain("ada-example");
  expect(page.text).toContain("One signing key made commits of both");
  expect(page.text).not.toContain("vera-example");
  expect((await visitor.get(base)).text).toContain("1 group of accounts joined by hard evidence");
  expect((await visitor.get(`${base}/accounts/${second.id}`)).text).toContain("Joined with 1 other account");
  expect((await visitor.get(`${base}/accounts/${victim.id}`)).text).not.toContain("Joined with");
  expect((await clustersHere(app.tenant(), accountId(second.id))).clusters).toEqual([]);
  expect((await (await signIn(app, first.login)).get(`${base}/clusters`)).status).toBe(404);
});

test("clusters: whoever is erased joins nobody any more", async () => {
  await app.tenant().eraseSubject(accountId(first.id), { actorId: null, at: NOW });
  expect(await clustersHere(app.tenant(), null)).toEqual({ clusters: [], leftOut: 0 });
});
