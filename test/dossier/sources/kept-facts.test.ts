import { plusDays } from "../../../src/clock.ts";
import { collectPullRequest, type KnownSections } from "../../../src/dossier/collect.ts";
import { present } from "../../../src/dossier/dossier.ts";
import type { PullRequestFacts } from "../../../src/dossier/gateway.ts";
import { factsOfToday } from "../../../src/dossier/sources/kept-facts.ts";
import { accountId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { aCommit, anAccount, aPullRequest, NO_LOOKS, NOW, playedGateway, yes } from "../played-gateway.ts";

interface Given {
  readonly days: number;
  /** When the account was made, and its newest act, before the facts were read. */
  readonly accountDays?: number;
  readonly actedDays?: number;
  readonly keysDays?: number;
  readonly keep?: (known: KnownSections) => KnownSections;
}

/** Facts about the account 12 as they were read so many days ago. */
function factsOf({ days, accountDays = 731, actedDays = 29, keysDays, keep = (known) => known }: Given): KnownSections {
  const at = plusDays(NOW, -days);
  const act = { kind: "pull_request", at: plusDays(at, -actedDays) } as const;
  return keep({
    "account.profile": present({ accountId: accountId(12), createdAt: plusDays(at, -accountDays) }, at),
    "account.repositories": present({ ownedCount: 0, forkCount: 0, repositories: [] }, at),
    "account.pullRequests": present(
      { totalCount: 40, mergedCount: 30, mergedElsewhereCount: 30, recent: [], oldest: [] },
      at,
    ),
    "account.activity": present({ acts: [act], years: [], mayHaveHoles: false }, at),
    "account.texts": present({ texts: [] }, at),
    ...(keysDays !== undefined && { "account.keys": present({ keys: [] }, plusDays(NOW, -keysDays)) }),
  });
}

const MERGES = { mergedCount: 10, mergerCount: 2 };

async function collected(
  known: KnownSections,
  more: { readonly facts?: Partial<PullRequestFacts>; readonly sensitive?: string } = {},
) {
  const { gateway, asked } = playedGateway({
    pullRequest: async () => yes(aPullRequest({ mergesInOrganization: MERGES, ...more.facts })),
    pullRequestFiles: async () => yes({ files: [], truncated: false }),
    accountHistory: async () => anAccount(),
    accountKeys: async () => yes({ keys: [{ kind: "gpg", createdAt: NOW }] }),
    signedBefore: async () => yes(new Map([["U_12", []]])),
  });
  const answer = await collectPullRequest({
    gateway,
    repository: { owner: "example-org", name: "app" },
    pullRequest: { nodeId: "PR_7", number: 7, headSha: "a".repeat(40), updatedAt: NOW },
    author: { id: 12, login: "ada-example" },
    known,
    isSensitive: (paths) => more.sensitive !== undefined && paths.includes(more.sensitive),
    looks: NO_LOOKS,
    secretHash: () => "0123456789abcdef",
    asOf: NOW,
  });
  const found = answer.ok && !answer.value.behind ? answer.value : null;
  return { found, asked: asked.filter((question) => question === "accountHistory" || question === "accountKeys") };
}

const SIGNED = { commits: [aCommit({ signature: "valid", signerAccountId: 12 })] };

test.each<[string, Given, Parameters<typeof collected>[1], readonly string[]]>([
  ["of today, of anybody", { days: 0.9, accountDays: 1 }, { facts: { mergesInOrganization: null } }, []],
  ["of six days, of somebody long known here", { days: 6.9 }, {}, []],
  ["of a week", { days: 7 }, {}, ["accountHistory"]],
  ["of two days, of a younger account", { days: 2, accountDays: 729 }, {}, ["accountHistory"]],
  [
    "of two days, with nine merges here",
    { days: 2 },
    { facts: { mergesInOrganization: { ...MERGES, mergedCount: 9 } } },
    ["accountHistory"],
  ],
  [
    "of two days, with merges here by one person",
    { days: 2 },
    { facts: { mergesInOrganization: { ...MERGES, mergerCount: 1 } } },
    ["accountHistory"],
  ],
  [
    "of two days, where nobody knows who merged",
    { days: 2 },
    { facts: { mergesInOrganization: { ...MERGES, mergerCount: null } } },
    ["accountHistory"],
  ],
  ["of two days, where search failed", { days: 2 }, { facts: { mergesInOrganization: null } }, ["accountHistory"]],
  ["of two days, of somebody who had been silent", { days: 2, actedDays: 30 }, {}, ["accountHistory"]],
  ["of two days, for a sensitive path", { days: 2 }, { sensitive: "from-q1.txt" }, ["accountHistory"]],
  ["of two days, for another path than that", { days: 2 }, { sensitive: "other.txt" }, []],
  ["of two days, with more files than are named", { days: 2 }, { facts: { changedFileCount: 2 } }, ["accountHistory"]],
  ["of two days, of another account", { days: 2 }, { facts: { author: otherAuthor() } }, ["accountHistory"]],
  ["of today without keys, of somebody who signs", { days: 0.9 }, { facts: SIGNED }, []],
  ["of two days without keys, of somebody who signs", { days: 2 }, { facts: SIGNED }, ["accountKeys"]],
  ["with keys of today, of somebody who signs", { days: 6, keysDays: 0.9 }, { facts: SIGNED }, []],
  ["with keys of two days, of somebody who signs", { days: 2, keysDays: 2 }, { facts: SIGNED }, ["accountKeys"]],
  ["with keys of two days, of somebody who does not", { days: 2, keysDays: 2 }, {}, []],
])("kept facts %s: what is read anew", async (_, given, more, asked) => {
  expect((await collected(factsOf(given), more)).asked).toEqual(asked);
});

function otherAuthor(): PullRequestFacts["author"] {
  return { ...aPullRequest().author, id: accountId(13) };
}

test("kept facts: they keep the day they were read on, and keys read since are kept beside them", async () => {
  const { found } = await collected(factsOf({ days: 3, keysDays: 3 }), { facts: SIGNED });
  const read = plusDays(NOW, -3);
  expect(found?.dossier.sections).toMatchObject({ "account.activity": { asOf: read }, "account.keys": { asOf: NOW } });
  expect(found?.toCache).toMatchObject({ "account.activity": { asOf: read }, "account.keys": { asOf: NOW } });
});

test("kept facts: a grant is looked at by those of today, and what we saw ourselves has no age", () => {
  const snapshots = { "account.snapshots": present({ snapshots: [] }, plusDays(NOW, -90)) };
  expect(factsOfToday({ ...factsOf({ days: 1 }), ...snapshots }, NOW)).toEqual(snapshots);
  expect(Object.keys(factsOfToday(factsOf({ days: 0.9 }), NOW))).toHaveLength(5);
});
