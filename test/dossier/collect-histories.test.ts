import { createHash } from "node:crypto";
import type { Fetched } from "../../src/absence.ts";
import { type CollectedHistories, collectHistories } from "../../src/dossier/collect-histories.ts";
import type { DossierGateway } from "../../src/dossier/gateway.ts";
import type { OwnedRepository, PushLog } from "../../src/dossier/scan-gateway.ts";
import type { ApiCommit } from "../../src/history/rebuild.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";
import { NOW, no, playedGateway, yes } from "./played-gateway.ts";

const ADA = "12+ada-example@users.noreply.github.com";
const TREE = "c".repeat(40);
const NOTHING = "0".repeat(40);

/** A chain of so many commits, newest first, with the ids git would give them. */
function history(count: number, email = ADA): readonly ApiCommit[] {
  const commits: ApiCommit[] = [];
  for (let at = 1; at <= count; at++) {
    const seconds = at * 86_400;
    const person = {
      name: "Ada Example",
      email,
      date: new Date(seconds * 1_000).toISOString().replace(".000", ""),
    };
    const parentOids = commits.slice(0, 1).map(({ oid }) => oid);
    const stamp = `${person.name} <${email}> ${seconds} +0000`;
    const parents = parentOids.map((oid) => `parent ${oid}\n`).join("");
    const object = `tree ${TREE}\n${parents}author ${stamp}\ncommitter ${stamp}\n\nWork ${at}\n`;
    const oid = createHash("sha1").update(`commit ${object.length}\0${object}`).digest("hex");
    const more = { treeOid: TREE, message: `Work ${at}`, signature: null };
    commits.unshift({ oid, parentOids, author: person, committer: person, ...more });
  }
  return commits;
}

const owned = (id: number, headSha: string | null): OwnedRepository => ({
  id: repositoryId(id),
  owner: "ada-example",
  name: `notes-${id}`,
  createdAt: "2020-01-01T00:00:00.000Z",
  pushedAt: NOW,
  headSha,
  defaultBranch: "main",
  diskKiB: 1,
  pullRequestCount: 0,
  highestNumber: 0,
  othersActed: false,
  declaresOrigin: false,
});

const COMMITS = history(3);
const HEAD = COMMITS[0]?.oid ?? "";

/** Reads these repositories by the API, each with the same three commits that the account pushed itself. */
async function collected(
  repositories: Fetched<readonly OwnedRepository[]>,
  more: {
    readonly earlier?: CollectedHistories | null;
    readonly maxRows?: number;
    readonly ticks?: readonly number[];
    readonly answers?: Partial<DossierGateway>;
  } = {},
) {
  const { gateway, asked } = playedGateway({
    ownedRepositories: async () => repositories,
    commitHistory: async () => yes({ commits: COMMITS, totalCount: COMMITS.length, next: null }),
    pushes: async () =>
      yes({
        pushes: [{ at: NOW, actorId: accountId(12), branch: "main", merged: false, before: NOTHING, after: HEAD }],
        complete: true,
      }),
    mergesOf: async () =>
      yes([
        {
          ...{ id: accountId(12), nodeId: "U_12", createdAt: "2020-01-01T00:00:00.000Z" },
          ...{ merges: [], forks: { count: 0, orphanCount: 0 }, followedIds: [] },
        },
      ]),
    ...more.answers,
  });
  const ticks = [...(more.ticks ?? [0, 0])];
  const found = await collectHistories({
    gateway,
    account: { id: accountId(12), nodeId: "U_12" },
    by: "api",
    accountCreatedAt: null,
    earlier: more.earlier ?? null,
    tools: {
      ...{ searchPath: "", temporary: "", protocol: "https" },
      clockMs: () => ticks.shift() ?? 0,
      ...(more.maxRows !== undefined && { maxRows: more.maxRows }),
    },
    asOf: NOW,
  });
  return { ...found, asked };
}

/** What the sections are: present, or why not; each once. */
const states = ({ sections }: CollectedHistories) => [
  ...new Set(Object.values(sections).map((each) => (each.state === "present" ? "present" : each.reason))),
];

const scanOf = ({ sections }: CollectedHistories) => {
  const scan = sections["history.scan"];
  return scan.state === "present" ? scan.value : null;
};

test("histories: what the account's own pushes brought is counted, and what reading it cost", async () => {
  const found = await collected(yes([owned(1, HEAD)]), { ticks: [1_000, 3_449] });
  expect(found.asked).toEqual(["ownedRepositories", "commitHistory", "pushes", "mergesOf"]);
  expect(states(found)).toEqual(["present"]);
  expect(found.sections["history.identity"]).toMatchObject({ asOf: NOW, value: { commitCount: 3, localCount: 3 } });
  expect(scanOf(found)).toEqual({
    by: "api",
    repositories: [
      {
        ...{ repository: 1, state: "read", because: null, commitCount: 3, byteCount: expect.any(Number) },
        ...{ cached: false, attested: true },
      },
    ],
    copies: null,
    shared: null,
    credit: { commitCount: 3, unlinkedCount: 0, unknownCount: 0, refs: [] },
    requests: 4,
    points: 4,
    seconds: 2.4,
  });
});

test("histories: pushes of somebody else's hand are not the account's", async () => {
  const pushes = [{ at: NOW, actorId: accountId(13), branch: "main", merged: false, before: NOTHING, after: HEAD }];
  const found = await collected(yes([owned(1, HEAD)]), {
    answers: { pushes: async () => yes({ pushes, complete: true }) },
  });
  expect(found.sections["history.identity"]).toMatchObject({ value: { commitCount: 0 } });
});

test("histories: without an answer about the repositories every section is missing, and no head was looked at", async () => {
  const found = await collected(no("timeout", NOW));
  expect([found.heads, states(found), found.asked]).toEqual([null, ["timeout"], ["ownedRepositories"]]);
  expect(found.sections["history.scan"]).toMatchObject({ retryAt: NOW });
});

test("histories: more commits than a table holds make every section too large, and the heads are kept as looked at", async () => {
  const one = yes([owned(1, HEAD)]);
  const [fits, over] = [await collected(one, { maxRows: 5 }), await collected(one, { maxRows: 4 })];
  expect([states(fits), states(over)]).toEqual([["present"], ["too_large"]]);
  expect(over.heads).toBe(fits.heads);
});

test("histories: a repository without commits costs no request of its own", async () => {
  const found = await collected(yes([owned(1, null)]));
  expect(found.asked).toEqual(["ownedRepositories", "mergesOf"]);
  expect(found.heads).toContain("1:empty");
  expect(scanOf(found)?.repositories).toMatchObject([{ repository: 1, state: "skipped", because: "empty" }]);
});

test("histories: a limit of the API ends the reading, another failure skips the repository", async () => {
  const read = (answer: Awaited<ReturnType<DossierGateway["commitHistory"]>>) =>
    collected(yes([owned(1, HEAD)]), { answers: { commitHistory: async () => answer } });
  await expect(read(no("rate_limited", NOW))).rejects.toMatchObject({ code: "rate_limited" });
  expect(scanOf(await read(no("upstream_error")))?.repositories).toMatchObject([{ because: "unreachable" }]);
});

test("histories: while no head has moved what was found stands, and costs one request", async () => {
  const both = [owned(1, HEAD), owned(2, HEAD)];
  const earlier = await collected(yes(both));
  const again = await collected(yes(both.toReversed()), { earlier });
  expect(again.asked).toEqual(["ownedRepositories"]);
  const { "history.scan": _scan, ...traces } = earlier.sections;
  expect(again.sections).toMatchObject(traces);
  expect(scanOf(again)).toMatchObject({ requests: 1, points: 1, seconds: 0 });
  expect(scanOf(again)?.repositories.map(({ cached }) => cached)).toEqual([true, true]);
});

test("histories: what was too large stands as it is while no head has moved", async () => {
  const one = yes([owned(1, HEAD)]);
  const earlier = await collected(one, { maxRows: 2 });
  expect(states(await collected(one, { earlier }))).toEqual(["too_large"]);
});

test.each<[string, readonly OwnedRepository[], (heads: string | null) => string | null]>([
  ["a head has moved", [owned(1, HEAD), owned(2, COMMITS[1]?.oid ?? "")], (heads) => heads],
  ["a repository is new", [owned(1, HEAD), owned(2, HEAD), owned(3, HEAD)], (heads) => heads],
  ["a repository is gone", [owned(1, HEAD)], (heads) => heads],
  [
    "other commits were counted then",
    [owned(1, HEAD), owned(2, HEAD)],
    (heads) => heads?.replace(/^reading \d+/, "reading 1") ?? null,
  ],
  ["GitHub could not say then", [owned(1, HEAD), owned(2, HEAD)], () => null],
])("histories: they are read anew when %s", async (_, repositories, headsThen) => {
  const before = await collected(yes([owned(1, HEAD), owned(2, HEAD)]));
  const found = await collected(yes(repositories), { earlier: { ...before, heads: headsThen(before.heads) } });
  expect(found.asked).toContain("commitHistory");
  expect(scanOf(found)?.repositories.some(({ cached }) => cached)).toBe(false);
});

const TYPED = history(3, "Ada@Example.com");
const pushed = (more: Partial<PushLog["pushes"][number]> = {}) =>
  yes({
    pushes: [
      ...[
        {
          at: NOW,
          actorId: accountId(12),
          branch: "main",
          merged: false,
          before: NOTHING,
          after: TYPED[0]?.oid ?? "",
          ...more,
        },
      ],
    ],
    complete: true,
  });

test.each<[string, number | null, ReturnType<typeof pushed>, readonly string[]]>([
  ["GitHub credits to it, on its own push", 12, pushed(), ["ada@example.com"]],
  ["GitHub credits to somebody else", 13, pushed(), []],
  ["GitHub credits to nobody", null, pushed(), []],
  ["stands in what somebody else pushed", 12, pushed({ actorId: accountId(99) }), []],
  ["came by a merge", 12, pushed({ merged: true }), []],
])("collect: an address is the account's own: one that %s", async (_, authorId, log, expected) => {
  const found = await collected(yes([owned(1, TYPED[0]?.oid ?? "")]), {
    answers: {
      commitHistory: async () => yes({ commits: TYPED, totalCount: TYPED.length, next: null }),
      pushes: async () => log,
      commitFacts: async ({ oids }) =>
        yes(
          oids.map((oid) => ({
            oid,
            authorId: authorId === null ? null : accountId(authorId),
            verified: false,
            signedBy: null,
          })),
        ),
    },
  });
  expect(found.addresses).toEqual(expected);
  expect(JSON.stringify(found.sections)).not.toContain("@example.com");
});
