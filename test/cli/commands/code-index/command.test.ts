import { codeIndex } from "../../../../src/cli/commands/code-index/command.ts";
import { codeIndexBuiltSchema, codeIndexesSchema } from "../../../../src/cli/commands/code-index/schema.ts";
import type { CodeIndexRequest } from "../../../../src/flows/code-index/keep.ts";
import { someFiles, workingRepository } from "../../../support/git/working-repository.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded, type Setting } from "../../recording-io.ts";

const run = (argv: readonly string[], setting: Setting = {}) =>
  runRecorded(["code-index", ...argv], [codeIndex], setting);
const KEPT = { key: "0011223344556677", count: 3, digest: "aa", madeAt: "2026-11-22T00:00:00.000Z" };

function keeping() {
  const requests: CodeIndexRequest[] = [];
  const services = {
    codeIndex: async ({ request }: { readonly request: CodeIndexRequest }) => {
      requests.push(request);
      return [{ ...KEPT, importedAt: "2026-11-23T00:00:00.000Z" }];
    },
  };
  return { requests, services };
}

/** The index and the key that one run writes. */
async function built() {
  const source = workingRepository();
  source.commit(someFiles(3));
  const ran = await run(["build", source.path, "--out", "own.index", "--key-file", "own.key"]);
  return { source, ran, files: ran.saved ?? {} };
}

test("code-index build: writes the index and a new key, and says what was left out", async () => {
  const { ran, files, source } = await built();
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  expect(ran.stdout).toContain("3 contents under the key");
  expect(ran.stdout).toContain("own.key is new.");
  expect(files["own.key"]).toMatch(/^sallyport-code-key-1 [\w-]{43}\n$/);
  expect(files["own.index"]).not.toContain(source.path.split("/").at(-1));
  const again = await run(["build", source.path, "--out", "own.index", "--key-file", "own.key", "--names", "--json"], {
    files,
  });
  const { key, keyMade, count } = codeIndexBuiltSchema.parse(JSON.parse(again.stdout));
  expect({ keyMade, count }).toEqual({ keyMade: false, count: 3 });
  expect(again.saved?.["own.index"]).toMatch(new RegExp(`key=${key} count=3 made=\\S+ names=sallyport-working-`));
  expect(again.saved?.["own.key"]).toBeUndefined();
});

test("code-index build: an empty index is written with a warning", async () => {
  const ran = await run(["build", workingRepository().path, "--out", "own.index", "--key-file", "own.key"]);
  expect(ran).toMatchObject({ exit: 0, stdout: expect.stringContaining("Nothing can be found with an empty index.") });
});

test.each<[string, readonly string[], Setting, string]>([
  ["nothing is named", ["build"], {}, "no repository is named"],
  ["two files have one name", ["build", ".", "--out", "a", "--key-file", "a"], {}, "two files with one name"],
  ["there is no repository", ["build", "/nowhere", "--out", "a", "--key-file", "b"], {}, "no such folder"],
  [
    "others may read the key",
    ["build", ".", "--out", "a", "--key-file", "b"],
    { files: { b: "" }, modes: { b: 0o640 } },
    "others on this machine may read it",
  ],
  [
    "the key file is another file",
    ["build", ".", "--out", "a", "--key-file", "b"],
    { files: { b: "hello" } },
    "not a key",
  ],
  ["no organisation is named", ["list"], {}, "of which organisation is not said"],
  ["a list is given something", ["list", "x", "--organization", "octo-org"], {}, "takes no argument"],
  ["no key is named", ["remove", "--organization", "octo-org"], {}, "one thing is not named"],
  ["no key file is named", ["import", "a", "--organization", "octo-org"], {}, "under which key is not said"],
  ["the key file is not there", ["import", "a", "--organization", "octo-org", "--key-file", "b"], {}, "no such file"],
  ["the verb is none", ["export"], {}, "no such thing"],
])("code-index: exit 2 and no file where %s", async (_, argv, setting, says) => {
  const ran = await run(argv, setting);
  expect(ran).toMatchObject({ exit: 2, stderr: expect.stringContaining(says) });
  expect(ran.saved).toBeUndefined();
});

test("code-index import: an index goes to the organisation with its key; a damaged one does not", async () => {
  const { files } = await built();
  const { requests, services } = keeping();
  const argv = ["import", "own.index", "--key-file", "own.key", "--organization", "octo-org", "--json"];
  const ran = await run(argv, { files, services });
  expect(codeIndexesSchema.parse(JSON.parse(ran.stdout))).toMatchObject({ organization: "octo-org", indexes: [KEPT] });
  expect(requests).toMatchObject([{ kind: "import", content: { count: 3 } }]);
  const damaged = { ...files, "own.index": (files["own.index"] ?? "").slice(0, -80) };
  expect(await run(argv, { files: damaged, services })).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("cut off"),
  });
  expect(requests).toHaveLength(1);
});

test("code-index list and remove: what is kept is shown by its key", async () => {
  const { requests, services } = keeping();
  const listed = await run(["list", "--organization", "octo-org"], { services });
  expect(listed.stdout).toBe("0011223344556677  3 contents, built 2026-11-22, imported 2026-11-23\n");
  const removed = await run(["remove", "0011223344556677", "--organization", "octo-org"], { services });
  expect(removed.stdout).toMatch(/^Removed\.\n/);
  expect(requests).toEqual([{ kind: "list" }, { kind: "remove", key: "0011223344556677" }]);
});
