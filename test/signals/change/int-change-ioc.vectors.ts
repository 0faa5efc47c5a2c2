import { file, filesOf } from "../given.ts";
import { added, boundary, edited, missed, saying, type Trick, tricks } from "../tricks.ts";
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

const ALIAS = "var _$_1e42 = 1;";
const SEED = "sfL(2667686)";
const moved = (path: string, previousPath: string, hunks: ReturnType<typeof file>["hunks"]) =>
  file(path, [], { status: "renamed", previousPath, hunks, texts: { before: SHUFFLE, after: `\n${SHUFFLE}` } });

/** Written otherwise, in other files, or a part at a time. */
const HIDDEN: readonly Trick[] = [
  ["line ends of another system", added("a.js", `${SHUFFLE}\r`), "critical"],
  ["behind a mark before the first letter", added("a.js", `\ufeff${SHUFFLE}`), "critical"],
  ["other quotes, as a formatter writes them", added("a.js", ['global["!"] = "4";', "f(s, 2857687)"]), "critical"],
  ["quotes of a template", added("a.js", ["global[`!`] = 4;", "f(s, 2857687)"]), "critical"],
  ["blanks in brackets", added("a.js", ["global[ '!' ] = 4;", "f(s, 2857687)"]), "critical"],
  ["a long number apart", added("a.js", ["global['!'] = 4;", "f(s, 2_857_687)"]), "critical"],
  ["letters by number", added("a.js", "x('rmcej\\x25otb\\x25')"), "critical"],
  ["letters by a longer number", added("a.js", "x('rmcej\\u0025otb%')"), "critical"],
  ["letters by a number in braces", added("a.js", "x('rmcej\\u{25}otb%')"), "critical"],
  ["a number that is no letter", added("a.js", "x('rmcej\\u{ffffff}otb%')"), null],
  ["a hook with letters by number", edited("package.json", '+ "preinstall": "node setup_b\\u0075n.js",'), "critical"],
  [
    "its runner in small letters",
    edited(".github/workflows/d.yaml", "+    runs-on: [self-hosted, sha1hulud]"),
    "critical",
  ],
  [
    "its runner by number",
    edited(".github/workflows/d.yaml", '+    runs-on: [self-hosted, "SHA1H\\x55LUD"]'),
    "critical",
  ],
  ["its file in other letters", added("packages/a/Bun_Environment.js", "x"), "critical"],
  ["its file by a path of another system", added("packages\\a\\bun_environment.js", "x"), "critical"],
  ["its file under its name again", moved("bun_environment.js", "x.js", []), "critical"],
  ["a second half beside the first one", edited("a.js", ` ${ALIAS}`, `+${SEED}`), "critical"],
  [
    "a second half far from the first one, in a file read whole",
    { ...edited("a.js", `+${SEED}`), texts: { before: `${ALIAS}\n`, after: `${ALIAS}\n\n${SEED}\n` } },
    "critical",
  ],
  [
    "two halves in two places",
    {
      ...edited("a.js", `+${ALIAS}`),
      hunks: [...(added("a.js", ALIAS).hunks ?? []), ...(added("a.js", SEED).hunks ?? [])],
    },
    "critical",
  ],
  ["a document that becomes code", moved("src/a.js", "docs/a.md", []), "critical"],
  ["a test that becomes code", moved("src/a.js", "test/a.js", []), "critical"],
  ["a page of the web", added("index.html", `<script>${SHUFFLE}</script>`), "critical"],
  ["a font that is none", added("public/a.woff2", SHUFFLE), "critical"],
  ["what is built", added("dist/a.min.js", SHUFFLE), "critical"],
  ["a package inside", edited("apps/a/package.json", '+ "postinstall": "node ./bun_environment.js"'), "critical"],
  [
    "a package in a folder called after lists",
    edited("detections/package.json", '+ "preinstall": "node setup_bun.js"'),
    "critical",
  ],
  ["a workflow called after lists", added(".github/workflows/detections.yml", `run: node -e "${SHUFFLE}"`), "critical"],
  ["code in a folder called after lists", added("detections/a.js", SHUFFLE), "critical"],
];

const ORDINARY: readonly Trick[] = [
  ["two halves in two files", [added("a.js", ALIAS), added("b.js", SEED)], null],
  ["a half that goes beside one that stands", edited("a.js", ` ${ALIAS}`, `-${SEED}`, "+x"), null],
  ["an edit beside the payload", edited("a.js", ` ${SHUFFLE}`, "+x"), null],
  ["a payload that had this name before", { ...moved("src/b.js", "src/a.js", []) }, null],
  ["both numbers without their names", added("a.js", ["2857687", "2667686"]), null],
  ["less of the marker", added("a.js", "rmcej%otb"), null],
  ["a workflow of a book", added(".github/workflows/shai.yml", "on: push"), null],
  ["its workflow where nothing runs it", added("a/.github/workflows/shai-hulud.yml", "on: push"), null],
  ["its file's name in a lock file", edited("package-lock.json", '+    "setup_bun.js": 1'), null],
  ["a list of what to look for", added("iocs.json", '["rmcej%otb%"]'), "low"],
  ["a rule of a detection", added("detections/polinrider.yml", "- rmcej%otb%"), "low"],
  ["a package of test data", edited("test/fixtures/a/package.json", '+ "preinstall": "node setup_bun.js"'), "low"],
  ["a table of them", added("indicators.csv", "rmcej%otb%"), "low"],
  ["what others wrote", added("vendor/scanner/a.js", SHUFFLE), "low"],
];

/** A tool's own code looks like what it looks for, and numbers can be written in more ways than are read. */
const NOT_TOLD: readonly Vector[] = [
  ...missed(
    tricks([
      ["the number of a payload in another system", added("a.js", ["global['!'] = 1;", "f(0x2b9ad7)"]), "critical"],
    ]),
    { outcome: "clear" },
  ),
  ...missed(
    tricks([
      ["the source of a tool that looks for it", added("src/rules/polinrider.ts", "const M = 'rmcej%otb%';"), "low"],
    ]),
    { outcome: "fired", severity: "critical" },
  ),
];

export default [
  ...tricks([...ROWS, ...HIDDEN, ...ORDINARY]),
  ...NOT_TOLD,
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
