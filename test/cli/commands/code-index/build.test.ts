import { rmSync } from "node:fs";
import { join } from "node:path";
import { codeKey, KEY_BYTES } from "../../../../src/change/code-index/key.ts";
import { type Asked, buildIndex } from "../../../../src/cli/commands/code-index/build.ts";
import { InvalidInput } from "../../../../src/errors.ts";
import { someFiles, type WorkingRepository, workingRepository } from "../../../support/git/working-repository.ts";
import { expect, test } from "../../../support/jest.ts";
import { ownTemporary } from "../../../support/temporary.ts";

const folder = ownTemporary("build-index");
const key = codeKey(new Uint8Array(KEY_BYTES).fill(4));
const settings = { searchPath: process.env.PATH ?? "" };
const built = (paths: readonly string[], more: Partial<Asked> = {}) =>
  buildIndex({ paths, publicPaths: [], countFirstCommits: false, ...more }, { key, settings, onRepository() {} });

/** Whether an index has the content of a file, and whether it is marked as one of a first commit. */
async function held(index: Awaited<ReturnType<typeof built>>, source: WorkingRepository, name: string) {
  const hash = key.hash(Buffer.from(source.git("rev-parse", name).trim(), "hex"));
  return index.hashes.includes(hash) ? "held" : index.hashes.includes(hash | 1n) ? "at first" : "left out";
}

function ordinary(): WorkingRepository {
  const source = workingRepository();
  source.commit({ ...someFiles(2, "first"), "tiny.ts": "x\n", "go.sum": "sum\n".repeat(90) });
  source.git("checkout", "--quiet", "-b", "work");
  source.commit({
    ...someFiles(2, "later"),
    "gen/a.ts": "gen\n".repeat(90),
    ".gitattributes": "gen/** linguist-generated\n",
  });
  source.commit({ "later/part-0.ts": "newer\n".repeat(90) });
  return source;
}

test("build: contents of all branches and versions are in it, without small and shared ones, and first ones marked", async () => {
  const source = ordinary();
  const index = await built([source.path]);
  expect(index.repositories).toEqual([
    { path: source.path, blobCount: 9, smallCount: 2, sharedCount: 2, missingCount: 0, shallow: false },
  ]);
  expect(index.hashes).toHaveLength(5);
  for (const [name, state] of [
    ["main:first/part-0.ts", "at first"],
    ["work:later/part-0.ts", "held"],
    ["work~1:later/part-0.ts", "held"],
    ["work:gen/a.ts", "left out"],
    ["main:go.sum", "left out"],
    ["main:tiny.ts", "left out"],
  ] as const)
    expect([name, await held(index, source, name)]).toEqual([name, state]);
  const all = await built([source.path], { countFirstCommits: true });
  expect(await held(all, source, "main:first/part-0.ts")).toBe("held");
});

test("build: a bare clone gives the same, and what a public repository has is left out", async () => {
  const source = ordinary();
  source.git("clone", "--quiet", "--bare", source.path, join(folder, "bare.git"));
  const [one, two] = [await built([source.path]), await built([join(folder, "bare.git")])];
  expect([...two.hashes]).toEqual([...one.hashes]);
  const open = workingRepository();
  open.commit({ ...someFiles(2, "first"), "tiny.ts": "x\n" });
  open.commit({ "other.ts": "other\n".repeat(90) });
  const left = await built([source.path], { publicPaths: [open.path] });
  expect(left).toMatchObject({ publicCount: 2, hashes: { length: 3 } });
});

test("build: submodules and links add nothing; shallow and partial clones say what they lack", async () => {
  const source = ordinary();
  source.git("update-index", "--add", "--cacheinfo", `160000,${"ab".repeat(20)},module`);
  source.git("commit", "--quiet", "--message=Module");
  expect((await built([source.path])).hashes).toHaveLength(5);
  source.git("config", "uploadpack.allowFilter", "true");
  const url = `file://${source.path}`;
  source.git("clone", "--quiet", "--bare", "--depth=1", url, join(folder, "shallow.git"));
  const shallow = await built([join(folder, "shallow.git")]);
  expect(shallow.repositories).toMatchObject([{ shallow: true, missingCount: 0 }]);
  source.git("clone", "--quiet", "--bare", "--filter=blob:none", url, join(folder, "partial.git"));
  const partial = await built([join(folder, "partial.git")]);
  expect(partial).toMatchObject({ hashes: { length: 0 }, repositories: [{ blobCount: 0, missingCount: 9 }] });
});

test("build: an empty repository gives an empty index", async () => {
  expect(await built([workingRepository().path])).toMatchObject({ hashes: { length: 0 }, publicCount: 0 });
});

test("build: every path that is wrong is said at once", async () => {
  const [source, long] = [ordinary(), workingRepository("--object-format=sha256")];
  long.commit(someFiles(1));
  const asked = built([source.path, `${source.path}/`, long.path, join(folder, "nowhere")], {
    publicPaths: [source.path],
  });
  const error = await asked.then(
    () => null,
    (failed: unknown) => failed,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  expect((error as InvalidInput).problems.map(({ what }) => what)).toEqual([
    `the same repository as ${source.path}`,
    "its contents are named by SHA-256, and those on GitHub by SHA-1, so none could match",
    "no such folder",
    `the same repository as ${source.path}/`,
  ]);
});

test("build: a repository that breaks off is said, and is no index", async () => {
  const source = ordinary();
  const oid = source.git("rev-parse", "work~1").trim();
  rmSync(join(source.path, ".git/objects", oid.slice(0, 2), oid.slice(2)), { force: true });
  await expect(built([source.path])).rejects.toThrow(/cannot be read to its end/);
});
