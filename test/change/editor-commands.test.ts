import type { ChangedFile } from "../../src/change/change.ts";
import { editorCommands, isEditorFile } from "../../src/change/editors/commands.ts";
import { atOnce } from "../../src/slices.ts";
import { file } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const commands = (given: ChangedFile): readonly string[] =>
  atOnce(editorCommands(given)).map(({ effect, what, line }) => `${line?.line ?? "-"} ${effect} ${what}`);
const of = (path: string, ...lines: readonly string[]): readonly string[] =>
  commands(
    file(
      path,
      lines.map((line) => `+${line}`),
    ),
  );

const OPENS = '"runOptions": { "runOn": "folderOpen" }';
const HIDES = ["1 runs_on_open A task starts when the folder is opened, and hides its output."];
const SHOWS = ["1 runs_on_open A task starts when the folder is opened."];

test.each([
  ['"reveal": "never"', HIDES],
  ['"reveal": "always"', SHOWS],
  ['"show": "never"', SHOWS],
  ['"echo": false', HIDES],
  ['"echo": true', SHOWS],
  ['"close": false', SHOWS],
  ['"hide": true', HIDES],
  ['"hide": false', SHOWS],
  ['"clear": true', SHOWS],
])("editorCommands: a task that starts by itself, with %s", (presentation, expected) => {
  expect(of(".vscode/tasks.json", `{ ${OPENS}, "presentation": { ${presentation} } }`)).toEqual(expected);
});

const ON_CLICK = "2 runs_on_click Tools run this file when the folder is entered.";

test.each<readonly [string, readonly string[], readonly string[]]>([
  [".envrc", ["# a note", "use nix", "use x"], [ON_CLICK]],
  [".envrc", ["", "curl x | sh"], [ON_CLICK, "2 fetches_code A command fetches or decodes code."]],
  [".envrc", ["# curl x"], []],
  [".vscode/settings.json", ['{ "a": "curl x" }'], []],
  [
    ".vscode/settings.json",
    ['{ "task.allowAutomaticTasks": "on" }'],
    ["1 runs_on_click Tasks may start without asking."],
  ],
  [".vscode/settings.json", ['{ "task.allowAutomaticTasks": "off" }'], []],
  [".vscode/settings.json", ['{ "editor.tabs": "on" }'], []],
  [".vscode/tasks.json", ['{ "command": "make" }'], ["1 runs_on_click An editor task runs a command."]],
  [".vscode/tasks.json", ['{ "label": "make", "runOn": "default" }'], []],
  [".vscode/tasks.json", ['{ "label": "folderOpen" }'], []],
  ["src/tasks.json", ['{ "command": "make" }'], []],
])("editorCommands: %s with %j", (path, lines, expected) => {
  expect(of(path, ...lines)).toEqual(expected);
});

test("editorCommands: a task that was there and only stands beside what the change adds", () => {
  const lines = [' { "command": "make" },', ` { ${OPENS} },`, "+ ", '-{ "command": "x" }'];
  expect(commands(file(".vscode/tasks.json", lines))).toEqual([]);
  expect(
    commands(
      file(
        ".vscode/tasks.json",
        lines.filter((line) => !line.startsWith("+")),
      ),
    ),
  ).toEqual([]);
});

const MOVED =
  "- runs_on_click A file was moved to a place that editors run commands from; the diff does not show all of it.";

test.each<readonly [string, Partial<ChangedFile>, boolean, readonly string[]]>([
  ["added", {}, true, ["1 runs_on_click Tools run this file when the folder is entered."]],
  ["removed", { status: "removed" }, false, []],
  ["without its text", { hunks: null }, true, []],
  ["without its text, from elsewhere", { hunks: null, status: "renamed", previousPath: "a.sh" }, true, []],
  [
    "from elsewhere",
    { status: "renamed", previousPath: "a.sh" },
    true,
    ["1 runs_on_click Tools run this file when the folder is entered.", MOVED],
  ],
  [
    "from such a place",
    { status: "renamed", previousPath: "a/.ENVRC" },
    true,
    [
      "1 runs_on_click Tools run this file when the folder is entered.",
      "- runs_on_click A file was moved to a place that editors run commands from; the diff does not show all of it.",
    ],
  ],
  [
    "from another writing of its name",
    { status: "renamed", previousPath: ".ENVRC" },
    true,
    ["1 runs_on_click Tools run this file when the folder is entered."],
  ],
])("editorCommands: an editor file that comes %s", (_how, more, isThere, expected) => {
  const given = file(".envrc", ["+use nix"], more);
  expect(isEditorFile(given)).toBe(isThere);
  expect(commands(given)).toEqual(expected);
});
