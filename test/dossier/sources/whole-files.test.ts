import type { ChangedFile } from "../../../src/change/change.ts";
import { withWholeFiles } from "../../../src/dossier/sources/whole-files.ts";
import { edited } from "../../signals/tricks.ts";
import { expect, test } from "../../support/jest.ts";
import { no, playedGateway, yes } from "../played-gateway.ts";

const HEAD = { repository: { owner: "example-org", name: "app" }, headSha: "b".repeat(40) };
const WORKFLOW = ".github/workflows/ci.yml";
const LINES = ["-on: push", "+on: pull_request_target"];

/** The files after they were asked for, and how many questions that took. */
async function whole(files: readonly ChangedFile[], texts: Readonly<Record<string, string>> | null) {
  const asked: (readonly string[])[] = [];
  const { gateway } = playedGateway({
    async headFiles({ paths }) {
      asked.push(paths);
      if (texts === null) return no("forbidden");
      return yes(new Map(paths.flatMap((path) => (texts[path] === undefined ? [] : [[path, texts[path]]]))));
    },
  });
  return { files: await withWholeFiles(gateway, HEAD, files), asked };
}

test("whole files: an edited workflow has both sides, and the old one is what the hunks took away", async () => {
  const { files, asked } = await whole([edited(WORKFLOW, ...LINES)], {
    [WORKFLOW]: "on: pull_request_target\njobs: {}\n",
  });
  expect(files[0]?.texts).toEqual({ before: "on: push\njobs: {}\n", after: "on: pull_request_target\njobs: {}\n" });
  expect(asked).toEqual([[WORKFLOW]]);
});

test("whole files: a file that moved as it was is the same on both sides", async () => {
  const moved: ChangedFile = {
    ...{ path: WORKFLOW, previousPath: "examples/ci.yml", status: "renamed", additions: 0, deletions: 0, hunks: null },
  };
  const { files } = await whole([moved], { [WORKFLOW]: "on: push\n" });
  expect(files[0]?.texts).toEqual({ before: "on: push\n", after: "on: push\n" });
});

test.each<[string, ChangedFile]>([
  ["a new one, whose hunks are all of it", { ...edited(WORKFLOW, "+on: push"), status: "added" }],
  ["one that goes", { ...edited(WORKFLOW, "-on: push"), status: "removed" }],
  ["ordinary code", edited("src/a.ts", "-a", "+b")],
  ["a text of which GitHub shows no lines", { ...edited(WORKFLOW, ...LINES), hunks: null }],
])("whole files: %s is not asked for", async (_, file) => {
  const { files, asked } = await whole([file], {});
  expect(asked).toEqual([]);
  expect(files).toEqual([file]);
});

test.each<[string, Readonly<Record<string, string>> | null]>([
  ["may not be read", null],
  ["cannot be had", {}],
  ["is not the text that the hunks are of", { [WORKFLOW]: "on: [pull_request]\n" }],
  ["is longer than what a dossier keeps", { [WORKFLOW]: `on: pull_request_target\n${"# filler\n".repeat(60_000)}` }],
])("whole files: a file that %s keeps its hunks", async (_, texts) => {
  const file = edited(WORKFLOW, ...LINES);
  expect((await whole([file], texts)).files).toEqual([file]);
});

test("whole files: at most thirty, ten at a time, lock files last", async () => {
  const files = Array.from({ length: 40 }, (_, index) => edited(`.github/workflows/${index}.yml`, ...LINES));
  const { asked } = await whole([edited("package-lock.json", "-a", "+b"), ...files.slice(0, 12)], {});
  expect(asked.map((paths) => paths.length)).toEqual([10, 3]);
  expect(asked.flat().at(-1)).toBe("package-lock.json");
  expect((await whole(files, {})).asked.map((paths) => paths.length)).toEqual([10, 10, 10]);
});
