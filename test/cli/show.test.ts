import { assess as assessDossier } from "../../src/assessment/assess.ts";
import { assess } from "../../src/cli/commands/assess/command.ts";
import { signals } from "../../src/cli/commands/signals/command.ts";
import { show, strong } from "../../src/cli/show.ts";
import { dossierOf, ordinaryChange, student } from "../assessment/dossiers.ts";
import { changed, commit, commits } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { recordingIo, runRecorded } from "./recording-io.ts";

function shown(text: string, columns: number): string {
  const { io, written } = recordingIo({ columns });
  show(io.stdout, text);
  return written().stdout;
}

test.each([
  [80, "a line of words\n", "a line of words\n"],
  [200, "  a  table   of  words\n", "  a  table   of  words\n"],
  [24, "   - a line of words that is too long\n", "   - a line of words\n     that is too long\n"],
  [24, "one-word-that-is-longer-than-that\n", "one-word-that-is-longer-than-that\n"],
  [24, `${"-".repeat(80)}\n`, `${"-".repeat(24)}\n`],
  [1, "a line of words and more words\n", "a line of words and\n  more words\n"],
])("show: in %d columns %j reads %j", (columns, text, expected) => {
  expect(shown(text, columns)).toBe(expected);
});

test("show: what is strong takes no room", () => {
  expect(shown(`${strong("a heading of twenty")}\n`, 20)).toBe(`${strong("a heading of twenty")}\n`);
});

const DOSSIER = dossierOf({
  ...{ ...student, ...ordinaryChange, "change.commits": commits(commit({ oid: "3f9c1d0a".repeat(5) })) },
  "change.files": changed({ ".vscode/tasks.json": ['{"tasks":[{"runOptions":{"runOn":"folderOpen"}}]}'] }),
});
const FILES = { "d.json": JSON.stringify(DOSSIER) };
const argv = ["assess", "--dossier", "d.json"];

test("text for people fits a narrow terminal, and JSON stays as it is", async () => {
  const narrow = { files: FILES, columns: 50, terminal: true };
  const { stdout } = await runRecorded(argv, [assess], narrow);
  expect(stdout.split("\n").filter((line) => line.length > 50 && line.trim().includes(" "))).toEqual([]);
  const pages = await runRecorded(["signals", "chg-editor-autorun"], [signals], narrow);
  expect(pages.stdout.split("\n").filter((line) => line.length > 50 && line.trim().includes(" "))).toEqual([]);
  const json = await runRecorded([...argv, "--json"], [assess], narrow);
  expect(JSON.parse(json.stdout).schema).toBe(assessDossier(DOSSIER).schema);
});

test("headings stand out where the terminal says it can, and the words are the same", async () => {
  const plain = await runRecorded(argv, [assess], { files: FILES });
  const loud = await runRecorded(argv, [assess], { files: FILES, strong });
  expect(plain.stdout).not.toContain("\u001B");
  expect(loud.stdout).toContain("\u001B[1m1. ");
  expect(loud.stdout.replaceAll("\u001B[1m", "").replaceAll("\u001B[22m", "")).toBe(plain.stdout);
});
