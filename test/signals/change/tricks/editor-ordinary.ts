// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of editors are what is tested
import type { Trick } from "../../tricks.ts";
import { ARGS, moved, OPENING, places, TWO, whole } from "./editor-files.ts";

export const ORDINARY_SETTINGS: readonly Trick[] = [
  ...places(null, {
    ".vscode/settings.json":
      '{"editor.formatOnSave":true,"typescript.tsserver.log":"off","files.exclude":{"**/x":true}}',
    ".vscode/settings.json ":
      '{"cSpell.customDictionaries":{"a":{"path":"./words.txt"}},"i18n-ally.localesPaths":["src/locales"]}',
    ".vscode/SETTINGS.json":
      '{"python.analysis.extraPaths":["./src"],"C_Cpp.default.includePath":["${workspaceFolder}/**"]}',
    ".vscode/Settings.json":
      '{"eslint.workingDirectories":["./a"],"prettier.configPath":".prettierrc.json","json.schemas":[{"url":"./a.json"}]}',
    ".vscode/extensions.json": '{"recommendations":["a.b"]}',
    "a/.vscode/settings.json":
      '{"rust-analyzer.check.overrideCommand":["cargo","clippy","--message-format=json"],"java.home":"/usr/lib/jvm"}',
    ".project": "<name>org.eclipse.jdt.core.javabuilder</name>",
    "ros/a.launch": '<launch><node name="x" pkg="y"/></launch>',
    "Directory.Build.props": "<LangVersion>12</LangVersion>",
    ".claude/commands/x.md": "Say hello.",
    ".vscode/launch.json":
      '{"configurations":[{"type":"node","request":"launch","program":"${workspaceFolder}/a.js"}]}',
    "a.code-workspace": '{"folders":[{"path":"./packages/a"}],"settings":{"editor.tabSize":2}}',
    "docs/tasks.json": OPENING,
    "src/mcp.json": ARGS("c"),
    ".claude/settings.json": '{"permissions":{"deny":["Read(.env)"],"allow":["Bash(npm test:*)","Read"]},"model":"x"}',
    ".claude/settings.json ": '{"env":{"ANTHROPIC_BASE_URL":"https://api.anthropic.com","A":"1"}}',
    ".gemini/settings.json": '{"theme":"dark","contextFileName":"AGENTS.md"}',
    ".codex/config.toml": 'model = "x"\n# notify = ["x"]',
    ".aider.conf.yml": "read: CONVENTIONS.md\nauto-commits: false",
    ".continue/config.yaml": "models:\n  - name: a\n    provider: ollama\n    apiBase: http://localhost:11434",
    ".cursor/environment.json": '{"name":"a"}',
    ".zed/settings.json": '{"tab_size":2,"languages":{"X":{"formatter":"prettier"}}}',
    "mise.toml": '[tools]\nnode = "22"\n[tasks.a]\nrun = "npm test"',
    ".env.example": "OPENAI_BASE_URL=https://llm.example.net",
    ".env": "OPENAI_BASE_URL=https://api.openai.com/v1\nPORT=3000",
    ".envrc": "# only a note\n",
    ".exrc": '" only a note',
    ".nvim.lua": "-- only a note",
    ".dir-locals.el": "; only a note",
    ".devcontainer/devcontainer.json":
      '{"image":"a","features":{"ghcr.io/devcontainers/features/node:1":{}},"forwardPorts":[3000]}',
    ".tool-versions": "nodejs 22.1.0",
    ".idea/vcs.xml": '<mapping directory="" vcs="Git" />',
    "opencode.json": '{"model":"a/b","instructions":["AGENTS.md"]}',
  }),
  ...places("low", {
    ".vscode/settings.json": '{"typescript.tsdk":"node_modules/typescript/lib"}',
    ".vscode/settings.JSON": '{"python.defaultInterpreterPath":"${workspaceFolder}/.venv/bin/python"}',
  }),
  [
    "another task is changed beside one that starts by itself",
    whole(".vscode/tasks.json", TWO("make"), TWO("make all"), "-a", "+b"),
    "high",
  ],
  [
    "only the layout of a hook is changed",
    whole(
      ".cursor/hooks.json",
      '{"hooks":{"a":[{"command":"x"}]}}',
      '{\n"hooks":{"a":[{"command":"x"}]}\n}',
      "-a",
      "+b",
    ),
    null,
  ],
  [
    "a comment beside a task that starts by itself",
    whole(".vscode/tasks.json", OPENING, `// a\n${OPENING}`, "+// a"),
    null,
  ],
  ["a server is taken out", whole(".mcp.json", ARGS("c"), '{"mcpServers":{}}', "-a"), null],
  ["a renamed workspace file", moved("a.code-workspace", "b.code-workspace", '{"folders":[]}'), null],
];
