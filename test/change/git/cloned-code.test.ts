import { NOT_OURS, OURS, OURS_AT_FIRST } from "../../../src/change/code-index/hashes.ts";
import { type CodeLookup, clonedCode } from "../../../src/change/git/cloned-code.ts";
import { cloneCommits } from "../../../src/history/read/clone.ts";
import type { GitSettings } from "../../../src/history/read/git.ts";
import { someFiles, type WorkingRepository, workingRepository } from "../../support/git/working-repository.ts";
import { expect, test } from "../../support/jest.ts";
import { ownTemporary } from "../../support/temporary.ts";

const temporary = ownTemporary("cloned-code");
const settings = { searchPath: process.env.PATH ?? "" };

/** As a scan compares one. */
async function codeInClone(path: string, given: { readonly settings: GitSettings; readonly lookup: CodeLookup }) {
  const clone = clonedCode(path, given.settings);
  const oids = await clone.names();
  return oids && clone.brought(oids, await given.lookup(oids));
}

/** As a deep scan clones it: all trees, no content. */
async function cloned(source: WorkingRepository): Promise<string> {
  source.git("config", "uploadpack.allowFilter", "true");
  const clone = await cloneCommits({
    ...{ url: `file://${source.path}`, temporary, protocol: "file", withTrees: true, singleBranch: true },
    ...{ ...settings, limits: { seconds: 60, bytes: 2 ** 28 } },
  });
  if ("failed" in clone) throw new Error(`${clone.failed} ${clone.complaint}`);
  return clone.path;
}

/** Looks up the ids that git gives to these files. */
const lookingFor =
  (source: WorkingRepository, states: Readonly<Record<string, number>>) =>
  async (oids: Buffer): Promise<Uint8Array> => {
    const known = new Map(Object.entries(states).map(([name, state]) => [source.git("rev-parse", name).trim(), state]));
    return Uint8Array.from({ length: oids.length / 20 }, (_, index) => {
      return known.get(oids.toString("hex", 20 * index, 20 * index + 20)) ?? NOT_OURS;
    });
  };

const head = (source: WorkingRepository, rev = "HEAD"): string => source.git("rev-parse", rev).trim();

test("cloned code: each content is compared once, and what is found has the commit that first brought it", async () => {
  const source = workingRepository();
  source.commit({ ...someFiles(3), "a b/naïve\tname.ts": "one\n".repeat(80) });
  const first = head(source);
  source.commit({ "src/part-0.ts": "changed\n".repeat(40) });
  const second = head(source);
  source.git("rm", "--quiet", "src/part-1.ts");
  source.commit({ "moved/part-2.ts": someFiles(3)["src/part-2.ts"] ?? "" });
  const lookup = lookingFor(source, {
    [`${first}:src/part-1.ts`]: OURS,
    [`${first}:src/part-2.ts`]: OURS_AT_FIRST,
    [`${second}:src/part-0.ts`]: OURS,
    [`${first}:a b/naïve\tname.ts`]: OURS,
  });
  const found = await codeInClone(await cloned(source), { settings, lookup });
  expect(found?.blobCount).toBe(5);
  const matched = found?.matched.map(({ path, commit, parentCount, atFirst }) => ({
    path,
    commit,
    parentCount,
    atFirst,
  }));
  expect(matched?.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: "a b/naïve\tname.ts", commit: first, parentCount: 0, atFirst: false },
    { path: "src/part-0.ts", commit: second, parentCount: 1, atFirst: false },
    { path: "src/part-1.ts", commit: first, parentCount: 0, atFirst: false },
    { path: "src/part-2.ts", commit: first, parentCount: 0, atFirst: true },
  ]);
});

test("cloned code: what a branch brought is the merge's, and submodules and links are what they are", async () => {
  const source = workingRepository();
  source.commit({ "readme.md": "start\n".repeat(60) });
  source.git("checkout", "--quiet", "-b", "side");
  source.commit(someFiles(2));
  source.git("checkout", "--quiet", "main");
  source.commit({ "other.md": "other\n".repeat(60) });
  source.git("merge", "--quiet", "--no-ff", "--no-edit", "side");
  source.git("update-index", "--add", "--cacheinfo", `160000,${"ab".repeat(20)},module`);
  source.git("commit", "--quiet", "--message=Module");
  const lookup = lookingFor(source, { "HEAD:src/part-0.ts": OURS });
  const found = await codeInClone(await cloned(source), { settings, lookup });
  expect(found).toMatchObject({
    blobCount: 4,
    matched: [{ path: "src/part-0.ts", commit: head(source, "HEAD^"), parentCount: 2 }],
  });
});

test("cloned code: nothing in the index costs no second look; what git cannot read is not compared", async () => {
  const source = workingRepository();
  source.commit(someFiles(2));
  const path = await cloned(source);
  expect(await codeInClone(path, { settings, lookup: lookingFor(source, {}) })).toEqual({ blobCount: 2, matched: [] });
  const lookup = async (): Promise<Uint8Array> => Promise.reject(new Error("nobody should ask this"));
  expect(await codeInClone(`${path}/nowhere`, { settings, lookup })).toBeNull();
  const stopped = { ...settings, signal: AbortSignal.abort() };
  expect(await codeInClone(path, { settings: stopped, lookup })).toBeNull();
});
