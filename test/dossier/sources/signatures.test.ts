import type { Authorship } from "../../../src/change/signatures.ts";
import { dossier, present } from "../../../src/dossier/dossier.ts";
import { MOST_SIGNERS } from "../../../src/dossier/gateway.ts";
import { changeSignatures, habitsIn, type KnownHabits } from "../../../src/dossier/sources/signatures.ts";
import { expect, test } from "../../support/jest.ts";
import { aCommit, no, playedGateway, yes } from "../played-gateway.ts";

const REPOSITORY = { owner: "octo-example", name: "app" };
const by = (account: number, more: Partial<Authorship> = {}): Authorship =>
  aCommit({ authorAccountId: account, committerAccountId: account, ...more });
const signed = (account: number): Authorship => by(account, { signature: "valid", signerAccountId: account });

async function read(
  commits: readonly Authorship[],
  more: {
    readonly newcomer?: number;
    readonly before?: readonly Authorship[];
    readonly fails?: true;
    readonly hidden?: number;
    readonly known?: KnownHabits | null;
  } = {},
) {
  const questions: (readonly string[])[] = [];
  const { gateway } = playedGateway({
    signedBefore: async ({ accounts }) => {
      questions.push(accounts);
      return more.fails ? no("timeout") : yes(new Map(accounts.map((nodeId) => [nodeId, more.before ?? []])));
    },
  });
  const section = await changeSignatures(gateway, {
    repository: REPOSITORY,
    before: null,
    commits,
    commitCount: commits.length + (more.hidden ?? 0),
    nodeIds: new Map(Array.from({ length: 9 }, (_, index) => [index, `U_${index}`])),
    newcomer: more.newcomer ?? null,
    known: async () => more.known ?? null,
  });
  return { questions, ...section };
}

test.each<[string, readonly Authorship[], number | undefined]>([
  ["no commits", [], undefined],
  ["signed ones", [signed(1)], undefined],
  ["one that GitHub signed", [by(1, { signature: "valid", signedByGitHub: true })], undefined],
  ["one by nobody GitHub knows", [by(1, { authorAccountId: null })], undefined],
  ["one that another account committed", [by(1, { committerAccountId: 2 })], undefined],
  ["a merge", [by(1, { parentOids: ["a", "b"] })], undefined],
  ["a bot's", [by(1, { claims: "automation" })], undefined],
  ["one of somebody who never committed here", [by(1)], 1],
  ["one by an account that GitHub does not name", [by(77)], undefined],
])("signatures: for %s nothing is asked", async (_, commits, newcomer) => {
  expect((await read(commits, newcomer === undefined ? {} : { newcomer })).questions).toEqual([]);
});

test("signatures: an account that never committed here has no habit, and another one beside it is asked about", async () => {
  const { questions, authors } = await read([by(1), by(2)], { newcomer: 1, before: [signed(2)] });
  expect(questions).toEqual([["U_2"]]);
  expect(authors.map(({ earlier }) => earlier?.inARow)).toEqual([1, 0]);
});

test("signatures: one question for at most three accounts, the newest commits first; of others nobody knows", async () => {
  const { questions, authors } = await read([by(1), by(2), by(3), by(2), by(4)]);
  expect(questions).toEqual([["U_4", "U_2", "U_3"]]);
  expect(questions[0]).toHaveLength(MOST_SIGNERS);
  expect(authors.map(({ commits, earlier }) => [commits.length, earlier === null])).toEqual([
    [1, false],
    [2, false],
    [1, false],
    [1, true],
  ]);
});

test("signatures: what GitHub does not answer is not known, and an account it does not name neither", async () => {
  expect((await read([by(1)], { fails: true })).authors).toMatchObject([{ earlier: null }]);
  expect((await read([by(77)])).authors).toMatchObject([{ earlier: null }]);
});

test("signatures: which account a commit names is not kept", async () => {
  const { authors } = await read([by(8, { oid: "c0ffee" })], { before: [signed(8)] });
  expect(JSON.stringify(authors)).not.toMatch(/8|U_/);
});

test("signatures: a habit is of commits the account made itself; a key of somebody else's is none of its", async () => {
  const before = [
    signed(1),
    by(1, { signature: "valid", signedByGitHub: true }),
    by(1, { committerAccountId: 2 }),
    by(1, { parentOids: ["a", "b"] }),
    { ...signed(1), committedAt: "2026-01-02T00:00:00.000Z" },
    by(1, { signature: "valid", signerAccountId: 2 }),
    signed(1),
  ];
  const [author] = (await read([by(1)], { before })).authors;
  expect(author?.earlier).toEqual({ commits: 4, verified: 3, inARow: 2, since: "2026-01-02T00:00:00.000Z" });
});

test("signatures: commits that were not shown are counted", async () => {
  expect(await read([by(1)], { hidden: 40 })).toMatchObject({ authors: [{}], unshown: 40 });
});

const DAY = "2026-11-20T12:00:00.000Z";
const COMMITS = { totalCount: 2, pullRequestCreatedAt: DAY, opener: { accountId: null, kind: "user" } } as const;
const unsigned = (oid: string) => ({
  ...{ oid, authoredAt: DAY, committedAt: DAY, signature: "none" as const, committedByOther: false },
});
const HABIT = { commits: 30, verified: 0, inARow: 0, since: null };
/** A look at commits of two accounts, of whom one's habit was told then, and the other's was not. */
const look = (asOf: string) => ({
  headSha: "b",
  dossier: dossier(
    { asOf, subject: { accountId: null, kind: "user" } },
    {
      "change.commits": present(
        {
          ...COMMITS,
          commits: [aCommit({ oid: "b1", authorAccountId: 1 }), aCommit({ oid: "b2", authorAccountId: 2 })],
        },
        asOf,
      ),
      "change.signatures": present(
        {
          authors: [
            { commits: [unsigned("b1")], earlier: HABIT },
            { commits: [unsigned("b2")], earlier: null },
          ],
          unshown: 0,
        },
        asOf,
      ),
    },
  ),
});

test("signatures: what a look of the last day says is not asked again, and what it could not say is", async () => {
  const known = habitsIn(look("2026-11-20T00:00:00.000Z"), DAY);
  const { questions, authors } = await read([by(1), by(2)], { known });
  expect(questions).toEqual([["U_2"]]);
  expect(authors.map(({ earlier }) => earlier?.commits)).toEqual([0, 30]);
  expect((await read([by(1)], { known })).questions).toEqual([]);
});

test("signatures: a look of the day before says nothing, nor does one whose evidence is gone", async () => {
  expect(habitsIn(look("2026-11-19T12:00:00.000Z"), DAY)).toBeNull();
  expect(habitsIn(null, DAY)).toBeNull();
});
