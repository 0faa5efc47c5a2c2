import type { ChangeCommit, ChangedFile } from "../../../src/change/change.ts";
import { dossier, present } from "../../../src/dossier/dossier.ts";
import type { PullRequestFacts } from "../../../src/dossier/gateway.ts";
import { changeBefore, type LookedHead } from "../../../src/dossier/sources/before.ts";
import { commits as commitsOf, file, filesOf } from "../../signals/given.ts";
import { expect, test } from "../../support/jest.ts";
import { aCommit, aPullRequest, NOW } from "../played-gateway.ts";

const [OLD, MIDDLE, NEW] = ["a", "b", "c"].map((letter) => letter.repeat(40)) as [string, string, string];
const AT = "2026-11-18T12:00:00.000Z";
const LATER = "2026-11-19T12:00:00.000Z";
const was: readonly ChangedFile[] = [file("src/a.ts", ["+one"])];
const is: readonly ChangedFile[] = [file("src/a.ts", ["+one", "+two"])];
const DELTA = [{ path: "src/a.ts", line: 2, lines: 1 }];

const look = (headSha: string, files = filesOf(...was), list: readonly ChangeCommit[] = []): LookedHead => ({
  headSha,
  dossier: dossier(
    { asOf: NOW, subject: { accountId: null, kind: "ghost" } },
    { "change.files": present(files, NOW), "change.commits": present(commitsOf(...list), NOW) },
  ),
});

interface Given {
  readonly facts?: Partial<PullRequestFacts>;
  readonly now?: readonly ChangedFile[] | null;
  readonly looks?: readonly LookedHead[];
  readonly compared?: LookedHead;
}

const before = ({ facts, now = is, looks = [], compared }: Given) =>
  changeBefore(aPullRequest({ headSha: NEW, commits: [aCommit({ oid: NEW })], ...facts }), now, {
    of: async (sha) => looks.find(({ headSha }) => headSha === sha) ?? null,
    toCompare: async () => compared ?? null,
    lately: async () => null,
  });
const approving = (...heads: readonly string[]) => ({
  approvals: heads.map((headSha, index) => ({ headSha, at: index === 0 ? AT : LATER })),
});

test.each<[string, Given, object | null]>([
  ["nobody approved", {}, null],
  ["the head of now is approved", { facts: approving(NEW), looks: [look(OLD)] }, null],
  ["an older word stands beside one for the head of now", { facts: approving(NEW, OLD), looks: [look(OLD)] }, null],
  ["another head is", { facts: approving(OLD), looks: [look(OLD)] }, { oid: OLD, at: AT, delta: DELTA }],
  [
    "it was read as it is now",
    { facts: approving(OLD), looks: [look(OLD)], now: was },
    { oid: OLD, at: AT, delta: [] },
  ],
  [
    "two are, and the newer one counts",
    { facts: approving(OLD, MIDDLE), looks: [look(OLD), look(MIDDLE, filesOf(...is))] },
    { oid: MIDDLE, at: LATER, delta: [] },
  ],
  ["it was never read", { facts: approving(OLD) }, { oid: OLD, at: AT, delta: null }],
  [
    "it was read in part",
    { facts: approving(OLD), looks: [look(OLD, { files: was, truncated: true })] },
    { oid: OLD, at: AT, delta: null },
  ],
  ["the head of now is", { facts: approving(OLD), looks: [look(OLD)], now: null }, { oid: OLD, at: AT, delta: null }],
])("before: the approval, when %s", async (_, given, expected) => {
  const found = await before(given);
  expect(found.approval).toEqual(expected);
  expect(found.unread).toEqual([]);
});

const first = aCommit({ oid: OLD, authoredAt: AT, committedAt: AT });
const amended = aCommit({ oid: NEW, authoredAt: AT, committedAt: LATER });
const compared = look(OLD, filesOf(...was), [first]);
test.each<[string, Given, object | null]>([
  ["nothing was looked at", {}, null],
  ["it builds on what was looked at", { facts: { commits: [first, amended] }, compared }, null],
  ["the same head was looked at", { facts: { headSha: OLD, commits: [first] }, compared }, null],
  [
    "a commit took another's place",
    { facts: { commits: [amended], forcePushedAt: LATER }, compared },
    { oid: OLD, at: LATER, delta: DELTA, kept: [{ oid: NEW, committedAt: LATER }], lookedAt: NOW },
  ],
  [
    "only the base is another",
    { facts: { commits: [amended] }, compared, now: was },
    { oid: OLD, at: null, delta: [], kept: [{ oid: NEW, committedAt: LATER }], lookedAt: NOW },
  ],
  [
    "another author has the same date",
    { facts: { commits: [{ ...amended, authorAccountId: 99 }] }, compared },
    { oid: OLD, at: null, delta: DELTA, kept: [], lookedAt: NOW },
  ],
  [
    "the last commit was dropped",
    {
      facts: { headSha: MIDDLE, commits: [aCommit({ oid: MIDDLE })] },
      compared: look(OLD, filesOf(...was), [aCommit({ oid: MIDDLE }), first]),
    },
    { oid: OLD, at: null, delta: DELTA, kept: [], lookedAt: NOW },
  ],
])("before: what was pushed over, when %s", async (_, given, expected) => {
  expect((await before(given)).rewritten).toEqual(expected);
});

test("before: what GitHub would not tell is named, and nothing is made of it", async () => {
  const hidden = { approvals: null, commits: [amended], commitCount: 101 };
  expect(await before({ facts: hidden, compared })).toEqual({
    approval: null,
    rewritten: null,
    unread: ["approvals", "pushes"],
  });
});
