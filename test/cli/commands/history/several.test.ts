import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "../../../support/jest.ts";
import type { MadeCommit } from "../../../support/made-repository.ts";
import { ADA, BO, moment, reportOf, repository, run, signalsOf, work } from "./ran.ts";

const HERS = "Ada Example <77+ada-example@users.noreply.github.com>";
const HIS = "Bo Sample <88+bo-sample@users.noreply.github.com>";

const pathsOf = (...histories: readonly (readonly MadeCommit[])[]): readonly string[] =>
  histories.map(
    (commits, at) =>
      // Made at one second with one tree, two commits of two repositories would be one.
      repository(commits.map((commit, index) => ({ message: `Work ${index} of ${at}\n`, ...commit }))).path,
  );

describe("history: several repositories are one history", () => {
  test("people are joined across them, by the mailmap of each", async () => {
    const [one = "", two = ""] = pathsOf(work(12), work(8));
    const mapped = repository(
      work(30, () => ({ author: BO, message: "Else\n" })),
      `<ada@example.org> <bo@sample.org>\n`,
    );
    const found = await reportOf([one, two, mapped.path]);
    expect(found.identities).toMatchObject([{ commits: 50, joinedBy: ["mailmap"] }]);
    expect(found).toMatchObject({ repository: one, commits: 50 });
    expect(found.repositories.map(({ place, commits }) => [place, commits])).toEqual([
      [one, 12],
      [two, 8],
      [mapped.path, 30],
    ]);
  });

  test("a commit that two of them have is counted once, and belongs to the first", async () => {
    const commits = work(60, (index) => ({ at: moment(0) - index * 90 * 86_400 }));
    const [fork, origin] = [repository(commits), repository(commits.slice(0, 50))];
    const found = await reportOf([origin.path, fork.path]);
    expect(found).toMatchObject({ commits: 60, repositories: [{ commits: 50 }, { commits: 60 }] });
    expect(found.identities).toMatchObject([{ commits: 60 }]);
  });

  test("evidence says in which of them its commit stands", async () => {
    const impossible = work(12, (index) => ({ at: moment(0) - index * 60 * 86_400 }));
    const paths = pathsOf(work(12), impossible);
    const { findings } = await reportOf(paths);
    const evidence = findings.flatMap((finding) => finding.evidence);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { commit, repository: place } of evidence)
      expect(String(execFileSync("git", ["-C", paths[place] ?? "", "cat-file", "-t", commit]))).toBe("commit\n");
  });

  test("each that is none, or is there already, is named with what to do", async () => {
    const [path = ""] = pathsOf(work(2));
    const work2 = join(path, "../nothing-there");
    const { exit, stdout, stderr } = await run([path, work2, import.meta.dirname, `${path}/refs/..`]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringMatching(/nothing-there: no such folder; give the folder of a clone/),
      expect.stringMatching(/history: not a git repository; give the folder/),
      expect.stringMatching(/: the same repository as .*; give each repository once$/),
    ]);
  });
});

describe("history: id-email-bridge over two repositories", () => {
  /** Ada's own work with six commits of Bo's account in each repository, made on a machine. */
  const bridged = (): readonly MadeCommit[] => work(20, (index) => ({ author: index % 3 === 1 ? HIS : HERS }));
  const owned = { ownerId: 77, othersActed: true };
  const both = (...acted: readonly (readonly number[])[]) => ({
    repositories: acted.map((actedIds) => ({ ...owned, actedIds })),
  });
  const paths = pathsOf(bridged(), bridged());
  const foundIn = async (map: object) => reportOf(paths, { map });

  test("it fires where that account acted in neither, whoever else did", async () => {
    const found = await foundIn(both([77, 99], [77]));
    expect(found.findings).toMatchObject([{ signal: "id-email-bridge", strength: 0.5 }]);
    const [finding] = found.findings;
    expect(found.identities.find(({ id }) => id === finding?.identity)?.accounts).toMatchObject([{ id: 77 }]);
  });

  test.each<[string, object]>([
    ["the account acted in one of them", both([77], [77, 88])],
    ["others acted, and nobody says who", { repositories: [owned, owned] }],
    ["nothing is said of one of them", { repositories: [{ ...owned, actedIds: [77] }, { ownerId: 77 }] }],
    ["the other repository is somebody else's", { repositories: [{ ...owned, actedIds: [77] }, { ownerId: 99 }] }],
  ])("it does not where %s", async (_, map) => {
    expect(signalsOf(await foundIn(map))).toEqual([]);
  });
});

describe("history: hist-mirror-credit of an owner without a commit", () => {
  const strangers = (count: number): readonly MadeCommit[] =>
    work(3 * count, (index) => ({
      author: `P${"abcdefghij"[index % 10]} Q${"klmnopqrst"[index % count]} <p${index % count}@example.org>`,
    }));
  const mirror = { ownerId: 77, othersActed: false };
  const [many = "", few = "", his = ""] = pathsOf(
    strangers(30),
    strangers(12),
    work(3, () => ({ author: BO })),
  );

  test("it is found under the account that the map names", async () => {
    const found = await reportOf([many, his], {
      map: { repositories: [mirror, { ownerId: 88 }] },
    });
    expect(found.owners).toMatchObject([
      {
        account: 77,
        repositories: [0],
        band: "insufficient_evidence",
        findings: [{ signal: "hist-mirror-credit", strength: 0.2 }],
      },
      { account: 88, repositories: [1], band: "insufficient_evidence", findings: [] },
    ]);
    expect(found.findings).toMatchObject([{ signal: "hist-mirror-credit", identity: found.owners[0]?.id }]);
    expect(found.findings[0]?.evidence).toMatchObject([{ repository: 0 }]);
    const told = JSON.stringify({ repositories: [mirror, { ownerId: 88 }] });
    const { stdout } = await run([many, his, "--account-map", "map.json"], { "map.json": told });
    const [one, other] = found.owners.map(({ id }) => id);
    expect(stdout.replaceAll("\n", " ")).toContain(
      `2 owners have no commit here under an address that the account map names: ${one}, see 1; ${other}.`,
    );
  });

  test.each<[string, object]>([
    ["it is declared", { ...mirror, declared: true }],
    ["others acted there", { ...mirror, othersActed: true }],
    ["others are among those who acted there", { ownerId: 77, actedIds: [77, 12] }],
    ["nobody says who acted there", { ownerId: 77 }],
    ["nobody says whose it is", { othersActed: false }],
  ])("it is not where %s", async (_, told) => {
    expect(signalsOf(await reportOf([many], { map: { repository: told } }))).toEqual([]);
  });

  test("few strangers are no mirror", async () => {
    expect(signalsOf(await reportOf([few], { map: { repository: mirror } }))).toEqual([]);
  });

  test("an owner with commits is told by them alone", async () => {
    const map = { accounts: [{ id: 77, emails: ["ada@example.org"] }], repository: mirror };
    const found = await reportOf(pathsOf([...strangers(30), { author: ADA }]), { map });
    expect(found.owners).toEqual([]);
    expect(signalsOf(found)).toEqual(["hist-mirror-credit"]);
  });
});

describe("history: the account map says which repository it means", () => {
  test("by path, in any order; a path or address as on the command line", async () => {
    const paths = pathsOf(work(3), work(3));
    const named = paths.map((path, at) => ({ path: `${path}/`, ownerId: 77 + at })).toReversed();
    const { owners } = await reportOf(paths, { map: { repositories: named } });
    expect(owners.map(({ account, repositories }) => [account, repositories])).toEqual([
      [77, [0]],
      [78, [1]],
    ]);
  });

  test.each<[string, object, RegExp]>([
    ["one for two", { repository: {} }, /map\.json repository: one, and 2 are read; write repositories/],
    ["both forms", { repository: {}, repositories: [{}, {}] }, /map\.json repository: not beside repositories/],
    ["too few", { repositories: [{}] }, /map\.json repositories: 1, and 2 are read; list all in order/],
    ["a path of nothing that is read", { repositories: [{ path: "/x" }] }, /repositories\.0\.path: none of the repos/],
    ["one without its path", { repositories: [{ path: "a" }, {}] }, /repositories\.1\.path: missing, while others/],
    ["one path twice", { repositories: [{ path: "a" }, { path: "a/" }] }, /repositories\.1\.path: given twice/],
  ])("history: %s is refused before anything is read", async (_, map, message) => {
    const ran = await run(["a", "b", "--account-map", "map.json"], { "map.json": JSON.stringify(map) });
    expect(ran).toMatchObject({ exit: 2, stdout: "" });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  });
});
