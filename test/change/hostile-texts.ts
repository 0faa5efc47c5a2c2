/** Texts on which a search that starts over, nested repetition or an unbounded descent would not end. */
export interface HostileText {
  readonly name: string;
  readonly text: (chars: number) => string;
}

/** What repeats, and where it can run away: brackets, quotes, escapes, comments, and the beginnings of every form. */
const PARTS = [
  ...["a", " ", "\t", '"', "'", "`", "\\", "/", "*", "|", "&", ";", ":", ",", ".", "-", "=", "#", "%", "!", "?", "@"],
  ...["{", "[", "(", "<", "}", "]", ")", ">", "{ ", "[ ", "[[", "{a: ", "{[", '{"a":', '{"a":[', '["a",', '{"":'],
  ...["\n", "\r", "\r\n", "\u2028", "\u0085", "\\\n", "\\\r\n", " \n", "\t\n", "a\n", "- a\n", "a:\n ", "{\n", "[\n"],
  ...["\0", "a\0", "\ud800", "\udc00", "\ud800a", "\udc00\ud800", "\ufeff", "\ufffd", "\u200b", "\u202e", "\u00ad"],
  ...["\u{1f3f4}\u{e0061}", "\u3164", "\ue001", "\uff41", "\u{1d626}a", "\u0430a", "a\u0301", "\u05d0\u200f", "\ufe0f"],
  ...["/*", "*/", "//", "/**", "<!-- ", "-->", "#!", "--", "---\n", "...\n", "'''", '"""', "''", '""', "<![CDATA["],
  ...["- ", "? ", "a: ", "&a ", "*a ", "!a ", "| ", "> ", "<<: ", "- - ", "a: |\n", "a: >-\n", "&a *a ", "k: &k v\n"],
  ...[
    "${",
    "${{",
    "${{ a ",
    "${{ a.b[",
    "$(",
    "$(a/",
    "${a:-",
    "`curl ",
    "$(curl ",
    "<(",
    "<<EOF\n",
    "a=$a\n",
    "$'\\x",
  ],
  ...[
    "eval(",
    "exec(",
    "require(",
    "import(",
    "atob(",
    "Buffer.from(",
    "new Function(",
    "_0x1a2b,",
    "\\x41",
    "\\u0041",
  ],
  ...[
    "https://a:b",
    "git+https://",
    "git@a:",
    "file:",
    "//a@",
    "http://a/",
    "a/../",
    "../",
    "./",
    "@a/",
    "a@^1 ",
    "a>b>",
  ],
  ...["mnemonic = aaa ", "private_key: ", "-----BEGIN PRIVATE KEY-----", "ghp_", "AKIA", "eyJ", "eyJ.", "xoxb-", "sk-"],
  ...["base64 ", "curl a|sh ", "wget -O- ", "chmod +x ", "npm run a && ", "npx a ", "sudo ", "export a=", "local a="],
  ...["you are ", "ignore all ", "AI agents must ", 'style="', "[a x", "[//]: ", "<template ", "system prompt "],
  ...["uses: a@b\n", "run: a\n", "if: a ", "on: [", "needs: [", "env:\n  A: ", "secrets.", "github.event.", "toJSON("],
  ...["format('{0}',", "fromJSON(", "!a && ", "a || ", "a == ", "'a' ", "contains(", "a.b.", "a['", "matrix."],
  ...[
    "<a>",
    "</a>",
    "<a ",
    "<a b='",
    "&amp;",
    "&#x41;",
    "<!ENTITY a ",
    "<?a ",
    "[a]\n",
    "[[a]]\n",
    "a = [",
    "a = {",
    "a.a.",
  ],
  ...[
    "gem 'a', ",
    "source 'a' do\n",
    "group :a do\n",
    "end\n",
    "def a(",
    "fn a(",
    "func init() {",
    "import (",
    "a v1 ",
  ],
  ...[
    "Command::new(",
    "os.system(",
    "subprocess.",
    "task a {",
    "apply plugin: ",
    "-r a\n",
    "-e a\n",
    "a==1 \\\n",
    "--hash=a ",
  ],
  ...[
    "*.a @b\n",
    "* ",
    "**/",
    "[^a]",
    "\\ ",
    "/a/*/",
    "@a/b ",
    "a@b.c ",
    "+a\n",
    "-a\n",
    "@@ -1 +1 @@\n",
    "diff --git ",
  ],
] as const;

/** Around it: alone, behind what keeps it from being taken at once, and as a value of settings. */
const SHAPES: readonly (readonly [string, (text: string) => string])[] = [
  ["alone", (text) => text],
  ["in an open quote", (text) => `"${text}!`],
  ["as a command", (text) => `{"scripts":{"install":"${text}"}}`],
  ["under a key", (text) => `run: ${text} x`],
];

const repeated = (part: string, chars: number): string => part.repeat(Math.ceil(chars / part.length));

/** Each part in two of the shapes, so that all parts and shapes meet. */
export const HOSTILE: readonly HostileText[] = PARTS.flatMap((part, at) =>
  [SHAPES[0], SHAPES[1 + (at % 3)]].flatMap((shape) =>
    shape === undefined
      ? []
      : [{ name: `${JSON.stringify(part)} ${shape[0]}`, text: (chars: number) => shape[1](repeated(part, chars)) }],
  ),
);

/** A path for each form that is read, of those that read by themselves. */
export const HOSTILE_PATHS = [
  ...[
    ".vscode/tasks.json",
    ".vscode/settings.json",
    ".devcontainer.json",
    ".claude/settings.json",
    ".envrc",
    ".mcp.json",
  ],
  ...[".codex/config.toml", ".aider.conf.yml", ".nvim.lua", "a.code-workspace", ".idea/workspace.xml", "CODEOWNERS"],
  ...[
    ".github/workflows/a.yml",
    "action.yml",
    "AGENTS.md",
    "README.md",
    "src/a.js",
    "src/a.py",
    "postcss.config.js",
    "a.svg",
  ],
  ...[
    "package.json",
    ".yarn/releases/yarn-4.cjs",
    "package-lock.json",
    ".npmrc",
    ".yarnrc",
    ".yarnrc.yml",
    "yarn.lock",
  ],
  ...[
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "bun.lock",
    "bunfig.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
  ],
  ...["build.rs", "go.mod", "go.sum", "a.go", "requirements.txt", "pyproject.toml", "setup.cfg", "setup.py", "a.pth"],
  ...[
    "poetry.lock",
    "uv.lock",
    "Pipfile.lock",
    "pom.xml",
    ".mvn/jvm.config",
    "build.gradle",
    "Gemfile",
    "Gemfile.lock",
  ],
  ...["gradle/wrapper/gradle-wrapper.properties", ".bundle/config", "composer.json", "composer.lock", ".gitmodules"],
  ...[
    ".husky/pre-commit",
    "lefthook.yml",
    ".pre-commit-config.yaml",
    "binding.gyp",
    "Makefile",
    "Rakefile",
    "conftest.py",
  ],
] as const;
