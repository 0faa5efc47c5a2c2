import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "../../../support/jest.ts";
import { type MadeCommit, pgpHeader } from "../../../support/made-repository.ts";
import { ADA, BO, DAY, moment, reportOf, repository, run, START, work } from "./ran.ts";

const CAI = "Cai Muster <cai@muster.example>";
const KEY = pgpHeader("00112233aabbccdd");
/** Sixty commits of three people: two of them at one key, and one of them at one second of the day. */
const shared = work(60, (index) => ({
  author: [ADA, BO, CAI][index % 3] ?? ADA,
  ...(index % 3 < 2 && { headers: KEY }),
}));

async function textOf(paths: readonly string[], argv: readonly string[] = []): Promise<string> {
  const { exit, stdout, stderr } = await run([...paths, ...argv]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  return stdout;
}

/** The text as it reads, whatever line it is broken in. */
const flat = (text: string): string => text.replaceAll(/\s*\\?\n\s*/g, " ");

function point(path: string, refs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, oid] of Object.entries(refs)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), `${oid}\n`);
  }
}

describe("history: where nothing is found", () => {
  test("it says what commits cannot show, how many had too little to look at, and vouches for nobody", async () => {
    const { path } = repository(work(60, (index) => ({ author: index % 4 ? ADA : BO })));
    const text = flat(await textOf([path]));
    expect(text).toContain("Nothing notable. 2 identities looked at, 1 of them with fewer than 20 commits, too few");
    expect(text).toContain("this history would read the same if");
    expect(text).toContain("It vouches for nobody, and speaks against nobody.");
  });

  test("where something is found nothing of it is said", async () => {
    expect(await textOf([repository(shared).path])).not.toMatch(/read the same|vouches/);
  });
});

describe("history: what is found", () => {
  test("people who share one thing are told as one group, with the command that shows it and what clears it", async () => {
    const { path } = repository(shared);
    const text = flat(await textOf([path]));
    expect(text.match(/share one signing key/g)).toHaveLength(1);
    expect(text).toMatch(/- 2 identities share one signing key: [0-9a-f]{16}, [0-9a-f]{16}\. /);
    expect(text).toContain("What clears it: Say whose key it is, or sign with a key of one's own from now on.");
    const command = /git -C \S+ show -s --format=fuller( [0-9a-f]{10}){2}(?= )/.exec(text)?.[0] ?? "";
    const [git = "", ...words] = command.split(" ");
    expect(String(execFileSync(git, words))).toMatch(/Bo Sample[\s\S]*Ada Example|Ada Example[\s\S]*Bo Sample/);
  });

  test("those who share another key are another group", async () => {
    const names = ["Ada Example", "Bo Sample", "Cai Muster", "Dov Vorbild"];
    const other = pgpHeader("ffeeddccbbaa9988");
    const commits = work(40, (index) => ({
      author: `${names[index % 4]} <p${index % 4}@example.org>`,
      headers: index % 4 < 2 ? KEY : other,
    }));
    const text = flat(await textOf([repository(commits).path]));
    expect(text.match(/- 2 identities share one signing key/g)).toHaveLength(2);
  });

  test("somebody who shares one key with one and another key with another is in two groups", async () => {
    const other = pgpHeader("ffeeddccbbaa9988");
    // Unlike counts, so that the facts about the two keys are told in other words.
    const commits = work(60, (index) => ({
      author: index % 6 < 3 ? ADA : index % 6 === 3 ? BO : CAI,
      headers: index % 6 === 0 || index % 6 === 3 ? KEY : other,
    }));
    const text = flat(await textOf([repository(commits).path]));
    expect(text.match(/- 2 identities share one signing key/g)).toHaveLength(2);
    expect(text).toContain("Something to see about 3 of 3 identities");
  });

  test("where the facts do not tell the two keys apart, it is not said to be one", async () => {
    const other = pgpHeader("ffeeddccbbaa9988");
    const commits = work(60, (index) => ({
      author: index % 4 < 2 ? ADA : index % 4 === 2 ? BO : CAI,
      headers: index % 2 ? KEY : other,
    }));
    expect(flat(await textOf([repository(commits).path]))).toContain("- 3 identities share more than one signing key");
  });

  test("the table marks whom it is about, and has no column that says how many clocks or keys somebody has", async () => {
    const text = await textOf([repository(shared).path]);
    const [title = "", ...rows] = text.slice(text.indexOf("IDENTITY")).trim().split("\n");
    expect(title).toMatch(/^IDENTITY +COMMITS +FIRST +LAST +MAILS +SEE/);
    expect(title).not.toMatch(/ZONES|KEYS/);
    expect(rows.map((row) => / 1 +1$/.test(row)).sort()).toEqual([false, true, true]);
  });

  test("a command names the folder as a shell takes it, and the clone of an address by its name", async () => {
    const { commandLine, commandLines } = await import("../../../../src/cli/commands/history/shell.ts");
    expect(commandLine(["git", "-C", "it's a folder", "show"])).toBe("git -C 'it'\\''s a folder' show");
    const lines = commandLines(["git", "show", ...Array.from({ length: 30 }, (_, at) => `abcdef${at}`)], "     ");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.slice(0, -1).every((line) => line.endsWith(" \\"))).toBe(true);
    expect(lines.at(-1)).not.toMatch(/\\$/);
  });
});

describe("history: what is left out is said", () => {
  const undated: MadeCommit = { at: "99999999999999999999" };
  const broken = (index: number): MadeCommit => ({
    raw: Buffer.from(`tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor nobody ${index}\n\nm\n`),
  });

  test.each<[string, readonly MadeCommit[], RegExp]>([
    ["one commit object", [{}, broken(0)], /^1 commit object could not be understood and is left out$/m],
    ["five of them", [0, 1, 2, 3, 4].map(broken), /^5 commit objects could not be understood and are left out$/m],
    [
      "one without a date",
      [{}, undated],
      /^1 commit has a date that is no moment, and is compared by date with nothing$/m,
    ],
    [
      "two of them",
      [undated, {}, undated],
      /^2 commits have a date that is no moment, and are compared by date with nothing$/m,
    ],
  ])("history: %s", async (_, commits, line) => {
    // Nothing that is broken names a parent: each is reached by a branch of its own.
    const { path, oids } = repository(commits);
    point(path, Object.fromEntries(oids.map((oid, at) => [`refs/heads/b${at}`, oid])));
    expect(await textOf([path])).toMatch(line);
  });

  test("heads of pull requests and notes are left out, and --refs all reads them", async () => {
    const { path, oids } = repository(Array.from({ length: 6 }, (_, index) => (index === 0 ? {} : { parents: [0] })));
    const [main, side, first, second, , note] = oids;
    const refs = { "refs/heads/main": main, "refs/heads/side": side, "refs/notes/commits": note };
    point(path, { ...refs, "refs/pull/1/head": first, "refs/pull/2/head": second });
    const text = await textOf([path]);
    expect(text).toContain("\n2 commits · ");
    expect(flat(text)).toContain(
      "not read: 2 heads of pull requests, which anybody can open, and 1 reference of other kinds, such as notes; --refs all reads them",
    );
    const all = await textOf([path], ["--refs", "all"]);
    expect(all).toContain("\n5 commits · ");
    expect(all).toContain("all references are read, heads of pull requests too");
    expect(all).not.toContain("not read");
    expect(await textOf([path], ["--rev", "side"])).not.toMatch(/not read|all references/);
  });

  test("commits before --since, grafts and replaced commits", async () => {
    const { path, oids } = repository(work(5));
    point(path, { [`refs/replace/${oids[1]}`]: oids[0] });
    mkdirSync(join(path, "info"), { recursive: true });
    writeFileSync(join(path, "info/grafts"), `${oids[2]}\n`);
    const since = new Date(moment(2) * 1_000).toISOString();
    const text = flat(await textOf([path], ["--since", since]));
    expect(text).toContain("2 commits from before --since are left out");
    expect(text).toContain("it has 1 replaced commit and grafts (info/grafts): commits are read as they were written");
  });

  test("of several each is listed, and how many commits are in more than one", async () => {
    const commits = work(30);
    const paths = [repository(commits), repository(commits.slice(0, 20))].map(({ path }) => path);
    const text = await textOf(paths);
    expect(text).toMatch(/^2 repositories\n {2}\S+ · 30 commits\n {2}\S+ · 20 commits\n/);
    expect(text).toContain("\n20 commits more than once among them, counted with the first that has it\n30 commits · ");
  });
});

describe("history: a date that is no moment", () => {
  /** Ada's machine; a stranger's one commit names it too, at no moment. */
  const HERS = "Ada Example <ada@desktop-8k2l1qv>";
  const his = (at?: string): MadeCommit => ({ author: "Bo Sample <bo@desktop-8k2l1qv>", ...(at && { at }) });

  test("does not make a stranger the first user of somebody's machine", async () => {
    const commits = work(20, () => ({ author: HERS }));
    const planted = repository([...commits, his("99999999999999999999"), his("99999999999999999999")]);
    expect((await reportOf([planted.path])).findings).toEqual([]);
    const before = repository([{ ...his(), at: START - DAY }, { ...his(), at: START - 5_000 }, ...commits]);
    expect((await reportOf([before.path])).findings).toMatchObject([{ signal: "id-machine-identity-shared" }]);
  });
});

describe("history: bands and counts as JSON", () => {
  test("who was looked at and showed nothing is none; too little is fewer than 20 commits, or an automation", async () => {
    const bot = "helper[bot] <5+helper[bot]@users.noreply.github.com>";
    const authors = [...Array<string>(25).fill(ADA), ...Array<string>(19).fill(BO), ...Array<string>(20).fill(CAI)];
    const commits = work(94, (index) => ({ author: authors[index] ?? bot }));
    const { identities } = await reportOf([repository(commits).path]);
    expect(identities.map(({ commits: count, automated, band }) => [count, automated, band])).toEqual([
      [30, true, "insufficient_evidence"],
      [25, false, "none"],
      [20, false, "none"],
      [19, false, "insufficient_evidence"],
    ]);
  });

  test("undated, older and unread are counted", async () => {
    const { path, oids } = repository([
      ...work(4),
      { at: "99999999999999999999" },
      { committedAt: "x", at: moment(9) },
    ]);
    point(path, { "refs/pull/1/head": oids[0] });
    const found = await reportOf([path], { argv: ["--since", new Date(moment(1) * 1_000).toISOString()] });
    expect(found).toMatchObject({
      ...{ commits: 5, undated: 2 },
      repositories: [{ commits: 5, undated: 2, older: 1, leftOut: { requests: 1, others: 0 }, grafts: false }],
    });
  });
});

test("history: a repository on this machine that breaks off points to git fsck, and not to GitHub", async () => {
  const { path, oids } = repository(work(5));
  const [oid = ""] = oids;
  rmSync(join(path, "objects", oid.slice(0, 2), oid.slice(2)));
  const { exit, stdout, stderr } = await run([path]);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toContain(`git -C ${path} fsck says what is broken`);
  expect(stderr).not.toMatch(/github/i);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("history: --since takes any day", async () => {
  const { path } = repository([{ at: 10 }, { at: START }, { at: Date.UTC(2101, 0, 1) / 1_000 + DAY }]);
  for (const [since, count] of [
    ["1902-01-01", 3],
    ["2099-12-31", 1],
    ["2105-01-01", 0],
  ] as const)
    expect((await reportOf([path], { argv: ["--since", since] })).commits).toBe(count);
});
