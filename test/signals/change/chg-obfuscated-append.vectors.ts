import { added, boundary, edited, saying, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const blob = Array.from({ length: 420 }, (_, at) => letters[(at * 37 + at * at) % 64]).join("");
const pad = " ".repeat(240);
const mangled = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `var _0x${(4096 + at).toString(16)}=1;`);
const config = (tail: readonly string[]): readonly string[] => [
  "module.exports = {",
  "  content: ['./src'],",
  "};",
  ...tail,
];
const shown = (tail: readonly string[]) => [
  " module.exports = {",
  "   content: ['./src'],",
  " };",
  ...tail.map((line) => `+${line}`),
];

export default [
  ...tricks([
    ["code behind blanks", added("src/a.js", `const a = 1;${pad}global.x = require('y');`), "critical"],
    ["code behind tabs", added("src/a.js", `const a = 1;${"\t".repeat(220)}run();`), "critical"],
    ["a line of blanks and then code", added("src/a.py", `${pad}import os; os.system("x")`), "critical"],
    ["code behind no-break spaces", added("src/a.js", `a();${"\u00a0".repeat(210)}b();`), "critical"],
    ["code behind blanks in a test", added("test/a.js", `const a = 1;${pad}run();`), "high"],
    ["twenty names of an obfuscator", added("src/a.js", mangled(20)), "critical"],
    ["twenty such names in one line", added("src/a.js", mangled(24).join("")), "critical"],
    ["what was decoded is evaluated", added("src/a.js", `eval(atob("${blob}"))`), "critical"],
    ["over two lines, the blob before", added("src/a.js", [`const k = "${blob}";`, "eval(atob(k));"]), "critical"],
    [
      "a function made of decoded text",
      added("src/a.js", `new Function(Buffer.from("${blob}", "base64").toString())()`),
      "critical",
    ],
    ["decoded and run by Python", added("src/a.py", `exec(base64.b64decode("${blob}"))`), "critical"],
    ["unpacked and run by Python", added("src/a.py", [`B = "${blob}"`, "exec(zlib.decompress(B))"]), "critical"],
    ["decoded and run by PHP", added("src/a.php", `eval(base64_decode("${blob}"));`), "critical"],
    [
      "decoded and run by Ruby",
      added("src/a.rb", [`B = "${blob}"`, "eval(Base64.decode64(B)); eval(codecs.decode(B))"]),
      "critical",
    ],
    ["decoded into a shell, beside a blob", added("x.sh", [`K="${blob}"`, "echo $K | base64 -d | sh"]), "critical"],
    ["decoded and evaluated, without a blob", added("src/a.js", "eval(atob(s))"), "high"],
    ["decoded into a shell, without a blob", added("x.sh", "echo $K | base64 --decode | bash"), "high"],
    ["letters by their numbers, evaluated", added("src/a.js", "eval(String.fromCharCode(97,98))"), "high"],
    ["a font is required", added("src/a.js", "require('./public/fonts/fa.woff2')"), "high"],
    ["a picture is given to an interpreter", added("package.json", '"postinstall": "node assets/logo.png"'), "high"],
    ["a picture is given to Python", added("build.sh", "python3 images/a.jpg"), "high"],
    ["a picture is read and evaluated", added("src/a.js", "eval(fs.readFileSync('./a.png').toString())"), "high"],
    [
      "a program behind exported settings",
      edited("postcss.config.js", ...shown(["require('child_process').execSync(x);"])),
      "critical",
    ],
    [
      "something decoded behind exported settings",
      edited("tailwind.config.js", ...shown(["const k = atob(s);"])),
      "critical",
    ],
    ["a blob behind exported settings", edited("eslint.config.mjs", ...shown([`const k = f("${blob}");`])), "critical"],
    [
      "behind exported settings, with the whole file at hand",
      {
        ...edited("next.config.js", "+global.r = eval(x);"),
        hunks: [{ lines: [{ kind: "added", line: 40, text: "global.r = eval(x);" }] }],
        texts: { before: "", after: config([...Array(36).fill(""), "global.r = eval(x);"]).join("\n") },
      },
      "critical",
    ],
    [
      "a blob that is decoded and a program that is started",
      added("src/a.js", [`const k = "${blob}";`, "const t = atob(k);", "child_process.spawn(t);"]),
      "high",
    ],
    ["the same in a test", added("test/a.js", [`const k = "${blob}";`, "eval(atob(k));"]), "medium"],
    ["the same in what a bundler wrote", added("dist/a.js", "eval(atob(k));"), "low"],
    [
      "hexadecimal letters, evaluated",
      added("src/a.js", [`const k = "${"\\x61\\x7a\\x30".repeat(40)}";`, "eval(atob(k))"]),
      "high",
    ],

    ["a long line", added("src/a.js", `const a = [${"1, ".repeat(900)}];`), null],
    ["a minified library", added("vendor/a.min.js", `!function(){${"var a=1;".repeat(400)}}()`), null],
    ["an aligned table of settings", added("src/a.c", `#define A${" ".repeat(60)}1`), null],
    ["blanks at the end of a line", added("src/a.js", `const a = 1;${pad}`), null],
    ["blanks in a document", added("docs/a.md", `| a${pad}| b |`), null],
    ["nineteen such names", added("src/a.js", mangled(19)), null],
    [
      "numbers in hexadecimal",
      added(
        "src/a.js",
        Array.from({ length: 30 }, (_, at) => `const k${at} = 0x${at + 100};`),
      ),
      null,
    ],
    ["a picture in the source", added("src/a.css", `url("data:image/png;base64,${blob}")`), null],
    ["a key for checking signatures", added("src/a.js", `const KEY = "${blob}";`), null],
    ["something decoded", added("src/a.js", "const token = atob(header);"), null],
    ["a program that is started", added("src/a.js", "const { execSync } = require('child_process');"), null],
    ["a picture that is imported by a bundler's page", added("src/a.tsx", "import logo from './logo.png';"), null],
    ["settings that are exported and nothing behind", added("tailwind.config.js", config([])), null],
    ["a comment behind exported settings", edited("postcss.config.js", ...shown(["// atob(x)"])), null],
    [
      "a further export behind exported settings",
      edited("vite.config.ts", ...shown(["export const a = atob(x);"])),
      null,
    ],
    [
      "an ordinary function behind exported settings",
      edited("webpack.config.js", ...shown(["function paths() {", "  return [];", "}"])),
      null,
    ],
    [
      "a hash of one letter repeated",
      added("src/a.js", [`const Z = "${"0".repeat(500)}";`, "child_process.fork(a); atob(b);"]),
      null,
    ],
    ["a method of one's own called eval", added("src/a.ts", "redis.eval(script, atob(key));"), null],
    ["a regular expression that is run", added("src/a.ts", "const m = /a/.exec(atob(s));"), null],
    ["code behind blanks is taken away", { ...edited("src/a.js", `-a();${pad}b();`), status: "modified" }, null],
  ]),
  ...saying(
    ["a font is run", added("src/a.js", "require('./fa.woff2')"), "high"],
    "A program is given a picture, a font or a sound to run.",
  ),
  ...boundary(
    ["199 blanks before code", added("src/a.js", `a();${" ".repeat(199)}b();`), null],
    ["200 blanks before code", added("src/a.js", `a();${" ".repeat(200)}b();`), "critical"],
  ),
] satisfies readonly Vector[];
