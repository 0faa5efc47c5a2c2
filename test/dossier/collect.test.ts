import type { Fetched } from "../../src/absence.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { collectPullRequest, type KnownSections, MAX_REQUESTS } from "../../src/dossier/collect.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { DossierGateway, PullRequestFacts } from "../../src/dossier/gateway.ts";
import { required } from "../../src/errors.ts";
import { repositoryId } from "../../src/ids.ts";
import { file } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { aCommit, anAccount, aPullRequest, KNOWN, NO_LOOKS, NOW, no, playedGateway, yes } from "./played-gateway.ts";

const REPOSITORY = { id: repositoryId(5), owner: "example-org", name: "app" };
const { author } = aPullRequest();

const DELIVERED = { nodeId: "PR_7", number: 7, headSha: "a".repeat(40), updatedAt: NOW };

/** Collects what GitHub answers like this, and says what was asked. */
async function collected(
  facts: Fetched<PullRequestFacts>,
  more: {
    readonly delivered?: Partial<typeof DELIVERED>;
    readonly author?: { readonly id: number; readonly login: string } | null;
    readonly known?: KnownSections;
    readonly isSensitive?: (paths: readonly string[]) => boolean;
    readonly answers?: Partial<DossierGateway>;
    readonly costs?: Parameters<typeof playedGateway>[1];
  } = {},
) {
  const { gateway, asked } = playedGateway(
    {
      pullRequest: async () => facts,
      pullRequestFiles: async () => yes({ files: [], truncated: false }),
      accountHistory: async () => anAccount(),
      accountKeys: async () => yes({ keys: [] }),
      signedBefore: async () => yes(new Map([["U_12", []]])),
      ...more.answers,
    },
    more.costs,
  );
  const answer = await collectPullRequest({
    gateway,
    repository: REPOSITORY,
    pullRequest: { ...DELIVERED, ...more.delivered },
    author: more.author === undefined ? { id: 12, login: "ada-example" } : more.author,
    known: more.known ?? {},
    isSensitive: more.isSensitive ?? (() => false),
    looks: NO_LOOKS,
    secretHash: () => "0123456789abcdef",
    asOf: NOW,
  });
  return { answer, asked, found: answer.ok && !answer.value.behind ? answer.value : null };
}

const BEFORE = "2026-11-20T11:59:59Z";
test.each<[string, Partial<PullRequestFacts>, boolean]>([
  ["older, and of another head", { updatedAt: BEFORE, headSha: "b".repeat(40) }, true],
  ["older, and of the same head", { updatedAt: BEFORE }, false],
  ["of the same second, and of another head", { updatedAt: "2026-11-20T12:00:00Z", headSha: "b".repeat(40) }, false],
  ["newer, and of another head", { updatedAt: "2026-11-20T12:00:01Z", headSha: "b".repeat(40) }, false],
])("collecting: an answer that is %s than the delivery", async (_, facts, behind) => {
  const { answer, asked } = await collected(yes(aPullRequest(facts)));
  expect(required("answer", answer).behind).toBe(behind);
  expect(asked.length > 1).toBe(!behind);
});

const LOCK_PATH = "package-lock.json";
const resolved = (version: string, host = "registry.npmjs.org"): string =>
  `"resolved": "https://${host}/a/-/a-${version}.tgz",`;
const lockOf = (middle: string): string =>
  `{\n"lockfileVersion": 3,\n"packages": {\n"": {"dependencies": {"a": "^1"}},\n"node_modules/a": {\n"version": "1.0.0",\n${middle}\n"integrity": "sha512-AAAA"\n}\n}\n}\n`;

test("collecting: of a lock file that was read whole its differing entries are kept, and not its text", async () => {
  const changed: ChangedFile = {
    ...{ path: LOCK_PATH, previousPath: null, status: "modified", additions: 1, deletions: 1 },
    hunks: [
      {
        lines: [
          { kind: "context", line: 6, text: '"version": "1.0.0",' },
          { kind: "removed", line: 7, text: resolved("1.0.0") },
          { kind: "added", line: 7, text: resolved("1.0.0", "packages.example.net") },
        ],
      },
    ],
  };
  const { found, asked } = await collected(yes(aPullRequest()), {
    answers: {
      pullRequestFiles: async () => yes({ files: [changed], truncated: false }),
      headFiles: async () => yes(new Map([[LOCK_PATH, lockOf(resolved("1.0.0", "packages.example.net"))]])),
    },
  });
  const section = found?.dossier.sections["change.files"];
  const [kept] = section?.state === "present" ? section.value.files : [];
  expect(asked).toContain("headFiles");
  expect(kept?.texts).toBeUndefined();
  expect(kept?.lock?.before?.dependencies[0]?.source.host).toBe("registry.npmjs.org");
  expect(kept?.lock?.after?.dependencies[0]?.source.host).toBe("packages.example.net");
});

test("collecting: of a key in the change what it is is kept, and not the key", async () => {
  const token = ["ghp", "_q8ZkVn3LtYw7RbXc5Hf2Jm9Ds4Gp6TaUeWi1"].join("");
  const files = [file("src/a.ts", [`+const token = "${token}";`])];
  const { found } = await collected(yes(aPullRequest()), {
    answers: { pullRequestFiles: async () => yes({ files, truncated: false }) },
  });
  const kept = JSON.stringify(found?.dossier);
  expect(kept).not.toContain(token);
  expect(kept).toContain("a GitHub token is not shown, 0123456789abcdef");
});

const Q2 = "accountHistory";
test.each<[string, Partial<PullRequestFacts>, Parameters<typeof collected>[1], boolean]>([
  ["an unknown account", {}, {}, true],
  ["a known one", {}, { known: KNOWN }, false],
  ["a known one, by an older delivery of another account", {}, { known: KNOWN, author: { id: 13, login: "x" } }, true],
  ["a known one, when the delivery named nobody", {}, { known: KNOWN, author: null }, true],
  ["one of which a part is missing", {}, { known: { ...KNOWN, "account.activity": unavailable("timeout") } }, true],
  ["a bot", { author: { ...author, kind: "bot" } }, {}, false],
  ["an organisation", { author: { ...author, kind: "organization" } }, {}, false],
  ["a deleted account", { author: { ...author, id: null, nodeId: null, kind: "ghost" } }, {}, false],
  ["a person GitHub does not number", { author: { ...author, nodeId: null } }, {}, false],
])("collecting: whether %s is asked about", async (_, facts, more, asks) => {
  expect((await collected(yes(aPullRequest(facts)), more)).asked.includes(Q2)).toBe(asks);
});

test("collecting: without Q1 there is nothing, without anything else a section is missing", async () => {
  expect((await collected(no("not_found"))).answer).toEqual(no("not_found"));
  const { found } = await collected(yes(aPullRequest()), {
    answers: { pullRequestFiles: async () => no("timeout"), accountHistory: async () => no("rate_limited", NOW) },
  });
  expect(found?.dossier.sections).toMatchObject({
    "change.files": { state: "unavailable", reason: "timeout" },
    "account.activity": { state: "unavailable", reason: "rate_limited", retryAt: NOW },
    "account.profile": { state: "present", value: { accountId: 12, createdAt: NOW } },
  });
});

test.each<[string, Parameters<typeof anAccount>[0], boolean]>([
  ["all of it was read", {}, true],
  ["Q1 says what Q2 leaves out", { profile: no("incomplete") }, true],
  ["a part was not", { activity: no("incomplete") }, false],
])("collecting: what was read is worth keeping when %s", async (_, account, keeps) => {
  const { found } = await collected(yes(aPullRequest()), {
    answers: { accountHistory: async () => anAccount(account) },
  });
  expect(found?.toCache !== null).toBe(keeps);
});

test("collecting: what is known stands, and nothing of it is kept anew", async () => {
  const { found } = await collected(yes(aPullRequest()), { known: KNOWN });
  expect(found?.dossier.sections).toMatchObject({ "account.activity": KNOWN["account.activity"] });
  expect(found?.toCache).toBeNull();
});

test("collecting: a record that search could not give is missing, and one that it gave has no first contact", async () => {
  const recordOf = async (mergesInOrganization: PullRequestFacts["mergesInOrganization"]) =>
    (await collected(yes(aPullRequest({ mergesInOrganization })))).found?.dossier.sections["access.recordHere"];
  expect(await recordOf(null)).toMatchObject({ state: "unavailable", reason: "incomplete" });
  expect(await recordOf({ mergedCount: 3, mergerCount: 2 })).toMatchObject({
    value: { mergedCount: 3, mergerCount: 2, firstContactAt: null },
  });
});

const signed = aCommit({ signature: "valid", signerAccountId: 12 });
test.each<[string, PullRequestFacts["commits"], Parameters<typeof playedGateway>[1], boolean]>([
  ["when the author signs", [signed], {}, true],
  ["when the author does not", [aCommit()], {}, false],
  ["when somebody else signs", [{ ...signed, signerAccountId: 13 }], {}, false],
  ["when GitHub signs", [{ ...signed, signedByGitHub: true }], {}, false],
  ["with two of the seven requests left", [signed], { pullRequest: 1, pullRequestFiles: 1, accountHistory: 3 }, true],
  ["with one of the seven left", [signed], { pullRequest: 2, pullRequestFiles: 1, accountHistory: 3 }, false],
  ["however many files there are", [signed], { pullRequest: 1, pullRequestFiles: 30, accountHistory: 3 }, true],
])("collecting: keys are asked for %s", async (_, commits, costs, asks) => {
  expect(MAX_REQUESTS).toBe(7);
  expect((await collected(yes(aPullRequest({ commits })), { costs })).asked.includes("accountKeys")).toBe(asks);
});
