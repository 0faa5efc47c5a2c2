import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeHistory } from "../../../bench/made/made-history.ts";
import { InvalidInput, OperatingError } from "../../../src/errors.ts";
import { startLoading } from "../../../src/history/read/load.ts";
import { findRepository, type ReadOptions } from "../../../src/history/read/read.ts";
import { NO_OFFSET } from "../../../src/history/read/table.ts";
import { afterAll, expect, test } from "../../support/jest.ts";
import { pgpHeader, sshHeader } from "../../support/made-repository.ts";
import { git, readRepository, repository } from "../loaded.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (path: string, more: Partial<ReadOptions> = {}) =>
  readRepository(await findRepository(path, git), { ...git, ...more });

test("read: every commit comes with its people, dates, offset and parent", async () => {
  const { path, oids } = repository([
    { author: "Ada Example <Ada@example.org>", at: 1_600_000_000, offset: "-0730" },
    {
      committer: "GitHub <noreply@github.com>",
      at: 1_600_000_100,
      committedAt: 1_600_000_200,
      message: "Fix (#13) of '(#14)' (#12)\n\n(#99)\n",
    },
  ]);
  const { table, summary } = await read(path);
  expect(summary).toMatchObject({ commitCount: 2, malformedCount: 0 });
  const rows = oids.map((oid) => [0, 1].find((row) => table.oid(row) === oid) ?? -1);
  const [first = -1, second = -1] = rows;
  expect(table.parent[second]).toBe(first);
  expect(table.parent[first]).toBe(-1);
  expect([table.authoredAt[first], table.offset[first]]).toEqual([1_600_000_000, -450]);
  expect([table.authoredAt[second], table.committedAt[second]]).toEqual([1_600_000_100, 1_600_000_200]);
  expect(table.people[table.author[first] ?? -1]).toBe("Ada Example <Ada@example.org>");
  expect(table.people[table.committer[second] ?? -1]).toBe("GitHub <noreply@github.com>");
  expect([table.reference[first], table.reference[second]]).toEqual([0, 12]);
});

test("read: object ids of both formats are read, and every id of git's own list is there", async () => {
  for (const format of ["sha1", "sha256"] as const) {
    const { path, oids } = repository(
      Array.from({ length: 40 }, () => ({})),
      { format },
    );
    const { table, summary } = await read(path);
    expect(summary.commitCount).toBe(40);
    expect(Array.from({ length: table.rowCount }, (_, row) => table.oid(row)).sort()).toEqual(oids.toSorted());
  }
});

test("read: signing keys are told by kind and id, and those of GitHub's web commits are not", async () => {
  const { path } = repository([
    { headers: pgpHeader("00112233aabbccdd") },
    { headers: sshHeader("a public key") },
    { headers: pgpHeader("ffffffffffffffff"), committer: "GitHub <noreply@github.com>" },
    { headers: "gpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n" },
    { headers: "gpgsig -----BEGIN SIGNED MESSAGE-----\n MIIB\n -----END SIGNED MESSAGE-----\n" },
  ]);
  const { table } = await read(path);
  expect(table.keys.toSorted()).toEqual(["openpgp:00112233aabbccdd", expect.stringMatching(/^ssh:[\w-]{43}$/)]);
});

test("read: a merge that GitHub made while it named the person as its committer is told from one made by hand", async () => {
  const LAST = "2016-06-30T23:59:59Z";
  const asked = "Merge pull request #7 from example/topic\n\nA title\n";
  const [tip, base] = ["a".repeat(40), "b".repeat(40)];
  const told: readonly (readonly [message: string, at: string, otherParents: readonly number[], merged: 0 | 1])[] = [
    [asked, LAST, [0], 1],
    [`Merge ${tip} into ${base}\n`, LAST, [0], 1],
    ["Merge branch 'topic' into main\n", LAST, [0], 0],
    [`Merge ${tip} into main\n`, LAST, [0], 0],
    // From then on GitHub says itself that it was the committer.
    [asked, "2016-07-01T00:00:00Z", [0], 0],
    // A merge has two parents: anybody can write the words.
    [asked, LAST, [], 0],
    [asked, LAST, [0, 1], 0],
  ];
  const merges = told.map(([message, at, otherParents], index) => ({
    message,
    at: Date.parse(at) / 1_000,
    parents: [index + 1, ...otherParents],
  }));
  const { path, oids } = repository([{}, {}, ...merges]);
  const { table } = await read(path);
  const byOid = new Map(Array.from({ length: table.rowCount }, (_, row) => [table.oid(row), table.mergedOnWeb[row]]));
  expect(oids.slice(2).map((oid) => byOid.get(oid))).toEqual(told.map(([, , , merged]) => merged));
});

test("read: whom lines of a signed commit name is kept, at most sixteen, and of no other commit", async () => {
  const message =
    "Work in a pair\n\nCo-authored-by: Bea Sample <Bea@Example.org>\nSigned-off-by: Ada <ada@example.org>\n";
  const many = Array.from({ length: 40 }, (_, index) => `Reviewed-by: N <n${index}@example.org>\n`).join("");
  const key = pgpHeader("00112233aabbccdd");
  const { path, oids } = repository([
    { headers: key, message },
    { message },
    { headers: key, message: "Name <nobody@example.org>\n\nSee-also: <x@example.org>\n" },
    { headers: key, message: `Many\n\n${many}` },
  ]);
  const { table } = await read(path);
  const rowOf = (oid = ""): number => [0, 1, 2, 3].find((row) => table.oid(row) === oid) ?? -1;
  const [pair, unsigned, others, full] = oids.map((oid) => table.trailers.get(rowOf(oid)));
  expect(pair).toEqual(["bea@example.org", "ada@example.org"]);
  expect([unsigned, others]).toEqual([undefined, undefined]);
  expect(full).toHaveLength(16);
});

const HOSTILE = {
  "names that are not UTF-8": { author: "Andr\xe9 \xff <a@example.org>" },
  "an empty name and address": { author: " <>" },
  "angle brackets in the name": { author: "Ada <the> Example <ada@example.org>" },
  "a date beyond 64 bits": { at: "99999999999999999999999999" },
  "a date before 1970": { at: "-12345" },
  "an offset of no clock": { offset: "+9999" },
  "an offset of six digits": { offset: "+051800" },
  "NUL in the message": { message: "before\0after\nauthor Mallory <m@example.org> 1 +0000\n" },
  "a message that looks like headers": { message: "\n\nauthor Mallory <m@example.org> 1 +0000\ngpgsig x\n" },
  "a message of ten megabytes": { message: `${"x".repeat(10_000_000)}\n` },
  "a mergetag with a signature of its own": {
    headers: `mergetag object ${"0".repeat(40)}\n type commit\n tag v1\n tagger T <t@example.org> 1 +0000\n \n -----BEGIN PGP SIGNATURE-----\n AAAA\n -----END PGP SIGNATURE-----\n`,
  },
  "an encoding header": { headers: "encoding ISO-8859-1\n", author: "Andr\xe9 Example <a@example.org>" },
};

test.each(Object.entries(HOSTILE))(
  "read: a commit with %s is read, and so are the ones around it",
  async (_, commit) => {
    const { path } = repository([{ at: 1_500_000_000 }, commit, { at: 1_600_000_000 }]);
    const { table, summary } = await read(path);
    expect(summary).toMatchObject({ commitCount: 3, malformedCount: 0 });
    expect(table.people.filter((person) => person.includes("Mallory"))).toEqual([]);
    expect([...table.authoredAt].filter((at) => at === 1_500_000_000 || at === 1_600_000_000)).toHaveLength(2);
  },
);

test("read: of a commit that cannot be understood nobody is kept", async () => {
  const head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor Mallory <m@example.org> 1600000000 +0000\n";
  const raw = Buffer.from(`${head}committer nobody at all\n\nmessage\n`);
  const { path } = repository([{ raw }, { at: 1_500_000_000 }]);
  const { table, summary } = await read(path);
  expect(summary).toMatchObject({ commitCount: 1, malformedCount: 1 });
  expect(table.people.filter((person) => person.includes("Mallory"))).toEqual([]);
});

test("read: what is no date is NaN and what is no offset says so", async () => {
  const { path } = repository([{ at: "99999999999999999999", offset: "+9999" }]);
  const { table } = await read(path);
  expect(table.authoredAt[0]).toBeNaN();
  expect(table.offset[0]).toBe(NO_OFFSET);
});

test("read: a commit of seventy thousand parents is read with its first one", async () => {
  const parent = "a".repeat(40);
  const head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
  const raw = Buffer.from(
    `${head}${`parent ${parent}\n`.repeat(70_000)}author A <a@example.org> 1600000000 +0000\ncommitter A <a@example.org> 1600000000 +0000\n\nm\n`,
  );
  const { path, oids } = repository([{ raw }]);
  writeFileSync(join(path, "shallow"), `${oids[0]}\n`);
  const { table, summary } = await read(path);
  expect(summary).toMatchObject({ commitCount: 1, malformedCount: 0 });
  const row = [0, 1].find((each) => table.read[each] === 1) ?? -1;
  expect([table.parentCount[row], table.oid(table.parent[row] ?? -1)]).toEqual([255, parent]);
});

test("read: a shallow clone ends at its edge, and says that it is one", async () => {
  const { path } = repository(Array.from({ length: 9 }, () => ({})));
  const clone = join(folder, "shallow.git");
  execFileSync("git", ["clone", "--quiet", "--bare", "--depth=3", `file://${path}`, clone]);
  const place = await findRepository(clone, git);
  expect(place.shallow).toBe(true);
  const { table, summary } = await readRepository(place, git);
  expect(summary.commitCount).toBe(3);
  expect([...table.read].filter((read) => read === 1)).toHaveLength(3);
});

test("read: a replaced commit and a grafted parent are read as they were written", async () => {
  const { path, oids } = repository([{ at: 1 }, { at: 2 }, { at: 3 }]);
  execFileSync("git", ["-C", path, "replace", oids[2] ?? "", oids[0] ?? ""]);
  const { table, summary } = await read(path, { rev: "main" });
  expect(summary.commitCount).toBe(3);
  expect([...table.authoredAt.slice(0, 3)].sort()).toEqual([1, 2, 3]);
});

test("read: more commits than a table holds are refused with what to read instead", async () => {
  const { path } = repository(Array.from({ length: 9 }, () => ({})));
  const place = await findRepository(path, git);
  const load = async (maxRows: number) => {
    const loading = startLoading(git.clock, maxRows);
    await loading.add(place, git);
    return loading.finish([]).commitCount;
  };
  expect(await load(11)).toBe(9);
  const refused = await load(6).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidInput);
  expect(String(refused)).toMatch(/more commits than one reading holds \(6\); .*--since/);
});

test("read: object ids of another length than before are refused by name", async () => {
  const [one, other] = [repository([{}]), repository([{}], { format: "sha256" })];
  const loading = startLoading(git.clock);
  await loading.add(await findRepository(one.path, git), git);
  const refused = loading.add(await findRepository(other.path, git), git);
  await expect(refused).rejects.toThrow(/object ids of another length .*; read it by itself/);
});

test("read: the thread stops for git only where nobody else waits for it", async () => {
  const { path } = repository([{}, {}]);
  const { wait } = Atomics;
  let stopCount = 0;
  Atomics.wait = () => {
    stopCount++;
    return "timed-out";
  };
  try {
    await read(path);
    expect(stopCount).toBe(0);
    await read(path, { mayStopThread: true });
    expect(stopCount).toBeGreaterThan(0);
  } finally {
    Atomics.wait = wait;
  }
});

test("read: an empty repository has no commits", async () => {
  const { path } = repository([]);
  expect((await read(path)).summary.commitCount).toBe(0);
});

test("read: --rev reads what it reaches, --since leaves out what is older", async () => {
  const { path, oids } = repository([{ at: 1_000_000_000 }, { at: 1_100_000_000 }, { at: 1_200_000_000 }]);
  expect((await read(path, { rev: oids[1] ?? "" })).summary.commitCount).toBe(2);
  expect((await read(path, { since: 1_100_000_000 })).summary.commitCount).toBe(2);
});

test.each([["--all"], ["--output=/tmp/x"], ["main; rm"], ["nothing"], ["HEAD:.mailmap"]])(
  "read: a revision that is none, such as %s, is refused",
  async (rev) => {
    const { path } = repository([{}]);
    await expect(read(path, { rev })).rejects.toBeInstanceOf(InvalidInput);
  },
);

test("find: a folder inside a repository, an ordinary folder and no folder are refused by name", async () => {
  await expect(findRepository(folder, git)).rejects.toThrow(/not a git repository/);
  await expect(findRepository(join(folder, "nothing"), git)).rejects.toThrow(/no such folder/);
  await expect(findRepository(import.meta.dirname, git)).rejects.toThrow(/not a git repository/);
});

test("find: a machine without git is told to install it", async () => {
  const { path } = repository([{}]);
  await expect(findRepository(path, { ...git, searchPath: "/nowhere" })).rejects.toThrow(/git: not found.*install git/);
});

test("read: a repository that breaks off is an operating failure with git's own reason", async () => {
  const { path, oids } = repository(Array.from({ length: 5 }, () => ({})));
  const [oid = ""] = oids;
  rmSync(join(path, "objects", oid.slice(0, 2), oid.slice(2)));
  await expect(read(path)).rejects.toBeInstanceOf(OperatingError);
});

test("read: a repository that is emptied meanwhile is read as it was at the beginning", async () => {
  const commits = 5_000;
  const { path, remove } = await makeHistory({ commits, identities: 20, messageBytes: [400, 900] });
  const empty = (): void => {
    execFileSync("git", ["-C", path, "update-ref", "-d", "refs/heads/main"]);
    execFileSync("git", ["-C", path, "gc", "--quiet", "--prune=now"]);
  };
  let toldCount = 0;
  const { summary } = await readRepository(await findRepository(path, git), {
    ...git,
    onProgress() {
      // Git waits for us meanwhile, with megabytes to print: more than lies between us.
      if (toldCount++ === 0) empty();
    },
  });
  expect(toldCount).toBeGreaterThan(0);
  expect(summary).toMatchObject({ commitCount: commits, malformedCount: 0 });
  expect((await read(path)).summary.commitCount).toBe(0);
  remove();
});

test("read: nothing that the repository's own configuration names is run", async () => {
  const { path } = repository([{}]);
  const trap = join(folder, "trap");
  const command = `touch ${trap}`;
  const settings = [
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.editor",
    "gpg.program",
    "core.alternateRefsCommand",
  ];
  writeFileSync(
    join(path, "config"),
    `[core]\n\trepositoryformatversion = 0\n\tbare = true\n[log]\n\tshowSignature = true\n${settings.map((name) => `[${name.split(".")[0]}]\n\t${name.split(".")[1]} = ${command}\n`).join("")}`,
  );
  expect((await read(path)).summary.commitCount).toBe(1);
  expect(existsSync(trap)).toBe(false);
});

test("read: a partial clone fetches nothing that it lacks", async () => {
  const { path } = repository(
    Array.from({ length: 4 }, () => ({})),
    { mailmap: "A <a@example.org> <b@example.org>\n" },
  );
  execFileSync("git", ["-C", path, "config", "uploadpack.allowFilter", "true"]);
  const clone = join(folder, "partial.git");
  execFileSync("git", ["clone", "--quiet", "--bare", "--filter=tree:0", `file://${path}`, clone]);
  const before = readdirSync(join(clone, "objects/pack")).sort();
  expect((await read(clone)).summary.commitCount).toBe(4);
  expect(readdirSync(join(clone, "objects/pack")).sort()).toEqual(before);
});
