import type { ChangedFile, FileKind } from "../../../src/change/change.ts";
import { filesOf } from "../given.ts";
import { added, boundary, edited, saying, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const kinds = (after: FileKind, before: FileKind | null = null): Partial<ChangedFile> => ({ kinds: { before, after } });
const link = (path: string, target: string): ChangedFile => added(path, target, kinds("link"));

const FOLDERS = [
  ".vscode",
  "packages/a/.vscode",
  ".idea",
  ".claude",
  ".cursor",
  ".gemini",
  ".codex",
  ".opencode",
  ".kiro",
  ".devcontainer",
  ".github",
  ".github/workflows",
  ".github/actions",
  ".husky",
  ".VSCode",
];
const FILES = [
  ".vscode/tasks.json",
  ".vscode/settings.json",
  ".claude/settings.json",
  ".cursor/mcp.json",
  ".mcp.json",
  ".envrc",
  ".github/workflows/ci.yml",
  ".github/actions/setup/action.yml",
  "action.yml",
  "wallet.code-workspace",
  ".devcontainer/devcontainer.json",
  ".idea/workspace.xml",
  ".husky/pre-commit",
];

export default [
  ...tricks([
    ...FOLDERS.map((path) => [`the folder ${path} becomes a link`, link(path, "tools/editor"), "critical"] as const),
    ...FILES.map((path) => [`the file ${path} becomes a link`, link(path, "../x/settings"), "critical"] as const),
    ["a folder becomes a submodule", added(".vscode", "Subproject commit 0123", kinds("submodule")), "critical"],
    ["a folder by a name that file systems fold", link(".v\u017fcode", "tools/editor"), "critical"],
    ["hooks of an agent become a link", link(".github/hooks", "tools"), "critical"],
    ["settings of the environment are shared by a link", link(".env", "../.env"), null],
    ["a submodule, where GitHub names no kinds", added(".claude", "Subproject commit 0123"), "critical"],
    [
      "a submodule that stood there moves on",
      edited(".github/actions", "-Subproject commit 01", "+Subproject commit 23"),
      "critical",
    ],
    ["a folder's name as a file, where GitHub names no kinds", added(".vscode", "tools/editor"), "critical"],
    ["a file of one path, where GitHub names no kinds", added(".vscode/tasks.json", "../tools/tasks.json"), "critical"],
    [
      "a file becomes a link",
      { ...edited(".vscode/tasks.json", "-{}", "+../x.json"), ...kinds("link", "file") },
      "critical",
    ],
    [
      "a link gets another target",
      { ...edited(".claude/settings.json", "-../a.json", "+../b.json"), ...kinds("link", "link") },
      "critical",
    ],
    ["instructions that leave the repository", link(".claude/commands", "/tmp/commands"), "critical"],
    ["instructions that climb out of the repository", link(".cursor/rules", "../../other/rules"), "critical"],
    ["instructions that lead to a file that is none", link(".claude/commands", "../tools/x.sh"), "critical"],
    ["instructions that lead to instructions", link(".claude/skills", "../.agents/skills"), "low"],
    ["a rule that leads to a document", link(".cursor/rules/main.mdc", "../../AGENTS.md"), "low"],
    ["a document that leads to another", link("CLAUDE.md", "AGENTS.md"), null],
    ["a link among the sources", link("src/latest", "v2"), null],
    ["a link in a folder of a name that only ends so", link("my.vscode", "x"), null],
    ["a submodule among the libraries", added("lib/openzeppelin", "Subproject commit 0123", kinds("submodule")), null],
    ["a template of an issue that is a link", link(".github/ISSUE_TEMPLATE/bug.md", "../bug.md"), null],
    ["a plain file there", added(".vscode/tasks.json", "{}", kinds("file")), null],
    ["a plain file of one word there, where GitHub names no kinds", added(".husky/pre-commit", "npm test"), null],
    ["an executable file there", added(".husky/pre-commit", "npx/lint", kinds("executable")), null],
    [
      "the link is taken away",
      { ...edited(".vscode", "-tools/editor"), status: "removed", kinds: { before: "link", after: null } },
      null,
    ],
  ]),
  ...saying(
    ["a link to a place outside", link(".vscode", "/tmp/x"), "critical"],
    "A folder that editors, agents or Actions look into becomes a link to outside the repository.",
  ),
  ...boundary(
    ["it climbs as far as the top", link(".cursor/rules", "../rules"), "low"],
    ["it climbs one further", link(".cursor/rules", "../../rules"), "critical"],
  ),
  {
    kind: "unknown",
    when: "the list of files is cut",
    given: { "change.files": { ...filesOf(added("src/a.ts", "a")), truncated: true } },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
