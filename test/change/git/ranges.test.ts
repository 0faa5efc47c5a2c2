import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRanges, type RangeReader } from "../../../src/change/git/ranges.ts";
import { InvalidInput } from "../../../src/errors.ts";
import { afterAll, beforeAll, describe, expect, test } from "../../support/jest.ts";
import { ownTemporary } from "../../support/temporary.ts";

const path = ownTemporary("ranges");
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-C", path, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    encoding: "utf8",
  });
const write = (name: string, content: string | Buffer): void => writeFileSync(join(path, name), content);
const commit = (): void => void [git("add", "-A"), git("commit", "--quiet", "--no-verify", "--message", "c")];

let reader: RangeReader;

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(path, ".github/workflows"), { recursive: true });
  write(".github/workflows/ci.yml", "on: push\n");
  write("a.ts", "one\ntwo\n");
  write(".gitattributes", "");
  commit();
  write(".gitattributes", "*.ts -diff\n*.txt binary\n");
  write(".github/workflows/ci.yml", "on: pull_request_target\n");
  write("a.ts", "one\nthree\n=end\n");
  write("wide.js", Buffer.from("\ufeffrun()\n", "utf16le"));
  write("program", Buffer.from("7f454c460201010000", "hex"));
  symlinkSync("elsewhere", join(path, ".vscode"));
  commit();
  reader = openRanges(join(path, ".git"), {
    searchPath: process.env.PATH ?? "",
    wantsWhole: (name) => name.endsWith(".yml"),
    at: "2026-11-20T12:00:00.000Z",
  });
});
afterAll(() => reader.close());

describe("openRanges", () => {
  test("reads modes, links, whole texts, wide encodings and binaries, whatever attributes the files set", async () => {
    const { files, unread } = await reader.read("HEAD~1..HEAD");
    const byPath = new Map(files.map((file) => [file.path, file]));
    expect(unread).toEqual([]);
    expect(byPath.get("a.ts")?.hunks?.[0]?.lines.map(({ text }) => text)).toEqual(["one", "two", "three", "=end"]);
    expect(byPath.get(".github/workflows/ci.yml")?.texts).toEqual({
      before: "on: push\n",
      after: "on: pull_request_target\n",
    });
    expect(byPath.get("wide.js")?.hunks?.[0]?.lines).toEqual([{ kind: "added", line: 1, text: "run()" }]);
    expect(byPath.get("program")).toMatchObject({ hunks: null, binary: { before: null, after: "executable" } });
    expect(byPath.get(".vscode")?.kinds).toEqual({ before: null, after: "link" });
  });

  test("says of the side that is compared with whether it runs the heads of pull requests, where that matters", async () => {
    const steps = "[{ run: gh pr checkout 1 }, { run: npm ci }]";
    const jobs = `jobs: { a: { runs-on: ubuntu-latest, steps: ${steps} } }\n`;
    const manifest = (script: string): void =>
      write("package.json", JSON.stringify({ scripts: { [script]: "node a.js" } }));
    git("checkout", "--quiet", "-b", "heads");
    write(".github/workflows/ci.yml", `on: pull_request_target\n${jobs}`);
    commit();
    manifest("postinstall");
    commit();
    manifest("lint");
    commit();
    expect((await reader.read("heads~2..heads~1")).base).toEqual({ owner: null, runsHeads: true });
    expect((await reader.read("heads~2..heads")).base).toEqual({ owner: null, runsHeads: null });
    write(".github/workflows/ci.yml", `on: push\n${jobs}`);
    git("rm", "--quiet", "package.json");
    commit();
    manifest("postinstall");
    commit();
    expect((await reader.read("heads~1..heads")).base).toEqual({ owner: null, runsHeads: false });
    git("checkout", "--quiet", "main");
  });

  test("answers one range after the other, and takes HEAD for an end that is not named", async () => {
    const one = await reader.read("main~1..main");
    expect(await reader.read("HEAD~1..")).toEqual(one);
    expect((await reader.read("HEAD..HEAD~1")).files.map(({ status }) => status)).toContain("removed");
    expect((await reader.read("HEAD..HEAD")).files).toEqual([]);
  });

  test("three dots compare with the commit where the two parted", async () => {
    git("branch", "side", "HEAD~1");
    expect((await reader.read("HEAD...side")).files).toEqual([]);
    expect((await reader.read("HEAD..side")).files).not.toEqual([]);
  });

  test("a range that lacks an object says so, and the next is read", async () => {
    const blob = git("rev-parse", "main:a.ts").trim();
    const object = join(path, ".git/objects", blob.slice(0, 2), blob.slice(2));
    renameSync(object, `${object}.away`);
    await expect(reader.read("main~1..main")).rejects.toBeInstanceOf(InvalidInput);
    renameSync(`${object}.away`, object);
    expect((await reader.read("main~1..main")).files).not.toEqual([]);
  });

  for (const range of ["", "HEAD", "none..HEAD", "HEAD..none", "HEAD...none", "--all..HEAD", "a\nb..HEAD"])
    test(`says what is wrong with the range ${JSON.stringify(range)} and goes on`, async () => {
      await expect(reader.read(range)).rejects.toBeInstanceOf(InvalidInput);
      expect((await reader.read("HEAD..HEAD")).files).toEqual([]);
    });
});
