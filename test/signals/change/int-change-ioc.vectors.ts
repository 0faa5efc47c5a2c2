import { file, filesOf } from "../given.ts";
import { added, boundary, edited, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const SHUFFLE = `var _$_1e42=(function(l,e){return l})("rmcej%otb%",2857687);`;
const blanks = " ".repeat(240);
const ROWS: readonly Trick[] = [
  [
    "the payload behind a configuration file",
    edited("postcss.config.mjs", " export default config;", `+${blanks}${SHUFFLE}`),
    "critical",
  ],
  ["its marker alone", added("tailwind.config.js", "x('rmcej%otb%')"), "critical"],
  [
    "its alias and its seed on lines of their own",
    added("App.js", ["global['!']='4-1422';", "f(s, 2857687)"]),
    "critical",
  ],
  ["its other pair", added("index.js", ["var _$_1e42 = 1;", "sfL(2667686)"]), "critical"],
  ["in a file without an ending", added("bin/tool", SHUFFLE), "critical"],
  ["far to the right of one line", added("a.js", `${"a;".repeat(60_000)}'rmcej%otb%'`), "critical"],
  ["a workflow by the worm's name", added(".github/workflows/shai-hulud-workflow.yml", "on: push"), "critical"],
  ["the same in capitals", added(".github/workflows/Shai-Hulud.yaml", "on: push"), "critical"],
  [
    "one that was moved there",
    file(".github/workflows/shai-hulud.yml", [], { status: "renamed", previousPath: "a.yml" }),
    "critical",
  ],
  ["the second wave's payload by its path", added("packages/a/bun_environment.js", "x"), "critical"],
  ["the second wave's hook", edited("package.json", '+    "preinstall": "node setup_bun.js",'), "critical"],
  [
    "its runner",
    edited(".github/workflows/discussion.yaml", "+    runs-on: { labels: [self-hosted, SHA1HULUD] }"),
    "critical",
  ],
  ["the marker in a test of a tool", added("test/detect.test.js", SHUFFLE), "low"],
  ["the marker in documentation", added("docs/polinrider.md", SHUFFLE), "low"],
  ["the marker in a rule that looks for it", added("rules/polinrider.yar", SHUFFLE), "low"],
  ["half of a pair", added("a.js", ["global['!'] = require;", "seed(1)"]), null],
  ["the seed as a number of something else", added("a.js", "const population = 2857687;"), null],
  ["a script of that name that no package runs", added("scripts/setup_bun.js", "console.log('bun')"), null],
  ["its name in code that installs Bun", added("ci/install.ts", "run('setup_bun.js')"), null],
  ["the worm's name in a news text", added("NEWS.md", "Shai-Hulud and SHA1HULUD"), null],
  ["a document of the workflow's name", added("docs/shai-hulud-workflow.yml", "on: push"), null],
  ["the payload that is taken out", edited("postcss.config.mjs", ` ok`, `-${SHUFFLE}`), null],
  ["a file that is removed", file("bun_environment.js", ["-x"], { status: "removed" }), null],
];

export default [
  ...tricks(ROWS),
  ...boundary(
    ["one part of the second pair", added("b.js", "var _$_1e42 = 1;"), null],
    ["both parts of the second pair", added("b.js", "var _$_1e42 = 2667686;"), "critical"],
  ),
  ...saying(
    ["the sentence", added("a.js", ["const a = 1;", SHUFFLE]), "critical"],
    "This is known from the campaign PolinRider.",
  ),
  {
    kind: "unknown",
    when: "the list of files is cut",
    given: { "change.files": { ...filesOf(added("a.js", "const a = 1;")), truncated: true } },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
