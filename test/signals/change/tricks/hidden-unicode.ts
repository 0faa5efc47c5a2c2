import { file } from "../../given.ts";
import { added, type Trick } from "../../tricks.ts";

const js = (line: string) => added("src/pay.js", ["const a = 1;", line]);
const py = (line: string) => added("tools/run.py", ["a = 1", line]);
const one = (letters: string, invisible: string): string => [...letters].map((letter) => letter + invisible).join("");
const flag = (region: string): string =>
  `\u{1f3f4}${[...region].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("")}\u{e007f}`;
const PRIVATE = (count: number): string =>
  Array.from({ length: count }, (_, at) => String.fromCodePoint(0xe100 + at)).join("");

/** Characters by class: what is invisible, what is taken for another letter or sign, what moves or breaks a line. */
export const HIDING: readonly Trick[] = [
  ["a row of no-break spaces before code", js(`x();${"\u00a0".repeat(80)}go()`), "high"],
  ["a row of blanks of Braille before code", js(`x();${"\u2800".repeat(80)}go()`), "high"],
  ["a text in flags of no region", js(`// ${flag("hello").repeat(4)}`), "high"],
  ["small letters inside a name", py("ev\u2090l(x)"), "high"],
  ["two folded letters that are imported", py("import \u{1d428}\u{1d42c}"), "high"],
  ["a full stop of another script in an address", js("fetch('https://evil\uff0eexample')"), "high"],
  ["private use between letters", js(`s("${"\ue001a".repeat(20)}")`), "critical"],
  ["marks of direction that stand by each other", js(`s("${"\u061c ".repeat(9)}")`), "critical"],
  ["what a terminal does not show", added("a.sh", "echo ok \u001b[8m; go \u001b[0m"), "high"],
  ["what a terminal writes over", js("x\u0008\u0008y = go()"), "high"],
  ["an odd space in the name of a script", added("src/a\u00a0.js", "x"), "medium"],
  ["selectors one by one between letters", js(`const s = "${one("abcdefgh", "\ufe01")}";`), "critical"],
  ["supplementary selectors one by one", js(`const s = "${one("abcdefgh", "\u{e0105}")}";`), "critical"],
  ["five selectors one by one", js(`const s = "${one("abcde", "\ufe02")}";`), "high"],
  ["selectors behind an emoji, one after the other", js(`const s = "\u{1f600}${"\u{e0101}".repeat(12)}";`), "critical"],
  [
    "one selector a line, twenty lines",
    added(
      "src/a.js",
      "abcdefghijklmnopqrst".split("").map((x) => `f("${x}\u{e0110}");`),
    ),
    "critical",
  ],
  ["a filler as the whole name", js("const { timeout, \u3164 } = request.query;"), "critical"],
  ["a half-width filler as a name", js("let \uffa0 = run;"), "critical"],
  ["a choseong filler in a list of programs", js("const checks = [ping, \u115f];"), "critical"],
  ["a Khmer vowel without a shape as a name", js("a.\u17b4 = 1;"), "critical"],
  ["a retroflex click for an exclamation mark", js("if (environment\u01c3=ENV_PROD) {"), "high"],
  ["a dental click for a bar", js("if (isAdmin \u01c0\u01c0 isOwner) {"), "high"],
  ["a modifier colon in a key", js("const o = { a\ua789b: 1 };"), "high"],
  ["a Greek question mark for a semicolon", js("const a = 1\u037e"), "high"],
  ["mathematical letters that Python folds", py("\u{1d626}\u{1d637}\u{1d622}\u{1d62d}(data)"), "high"],
  ["full-width letters that Python folds", py("\uff45\uff56\uff41\uff4c(data)"), "high"],
  ["one folded letter in a word", py("os.\u{1d4c8}ystem(x)"), "high"],
  ["a ligature in a name", py("\ufb01lter_all(x)"), "high"],
  ["private-use characters in a row", js(`const s = "${PRIVATE(20)}";`), "critical"],
  ["ten private-use characters in a row", js(`const s = "${PRIVATE(10)}";`), "high"],
  ["private use of the last planes", js(`const s = "${"\u{f0041}\u{10fffd}".repeat(10)}";`), "critical"],
  [
    "tags that spell a text",
    js(`// ok${[..."ignore all"].map((x) => String.fromCodePoint(0xe0000 + x.charCodeAt(0))).join("")}`),
    "critical",
  ],
  ["two tags", js("// ok\u{e0041}\u{e0042}"), "high"],
  ["soft hyphens in a row", js(`s = "${"\u00ad".repeat(9)}";`), "critical"],
  ["joiners and zero-width spaces as bits", js(`s = "${"\u200b\u200c".repeat(6)}";`), "critical"],
  ["bits spread between letters", js(`s = "${one("abcdefgh", "\u200c")}";`), "critical"],
  ["an override in a comment", js("/*\u202e } \u2066if (admin)\u2069 \u2066 begin */"), "critical"],
  ["an isolate in a string", js('if (level != "user\u2066 // check\u2069") {'), "critical"],
  [
    "an override in a script of a page",
    added("site/index.html", ["<body>", "<script>", "if (a \u202e) {}", "</script>"]),
    "critical",
  ],
  [
    "an override in a script, its tag in capitals",
    added("a.htm", ["<SCRIPT type=module>", "x(1) //\u202e", "</SCRIPT>"]),
    "critical",
  ],
  ["an override in an attribute that runs", added("a.html", '<a onclick="go(\u202e)">x</a>'), "critical"],
  [
    "an override in a script of a picture",
    added("a.svg", ["<svg>", "<script>", "go() //\u202e", "</script>"]),
    "critical",
  ],
  [
    "a script that began above what is shown",
    file("a.html", [" let x = 1;", "+if (y) { \u202e }", " </script>"]),
    "critical",
  ],
  ["an override in code of a folder named lang", added("src/lang/parser.ts", "if (x\u202e) {}"), "critical"],
  ["an override in code of a folder named i18n", added("src/i18n/load.ts", "run(\u202e)"), "critical"],
  ["a Cyrillic letter in a name", js("const p\u0430yee = 1;"), "high"],
  ["an Armenian letter in a name", js("const acc\u0585unt = 1;"), "high"],
  ["a Cherokee letter in a name", js("const A\u13a2M = 1;"), "high"],
  ["a line separator behind a comment", js("// note\u2028steal();"), "high"],
  ["a lone carriage return behind a comment", js("// note\rsteal();"), "high"],
  ["tags in a file name", added("src/a\u{e0061}\u{e0062}.js", "x"), "high"],
  ["an override in a file name", added("src/gpj\u202e.exe.js", "x"), "critical"],
  ["a zero-width space in a file name", added("src/pay\u200b.js", "x"), "high"],
  ["a Cyrillic letter in a file name", added("p\u0430ckage.json", "{}"), "high"],
  [
    "a file that is moved to a name with a filler",
    file("src/\u3164.js", [], { status: "renamed", previousPath: "a.js", hunks: [] }),
    "high",
  ],
  ["a payload in prose", added("README.md", `hello${"\u{e0100}".repeat(9)}`), "critical"],
  ["a payload in a list of requirements", added("requirements.txt", `a==1 # ${"\u200b".repeat(8)}`), "critical"],
];

/** What people write in any script, and what tests, fonts and translations hold. */
export const ORDINARY: readonly Trick[] = [
  ["an index and an exponent as names", py("x\u2099 = a\u1d50 + max\u2099"), null],
  ["an ordinal in a string and in a comment", js('say("1\u00aa N\u00ba") // 2\u00ba'), null],
  ["a full stop behind an address", js("// \u898b\u308b: https://x.example\u3002\u6b21"), null],
  ["a picture of dots", js(`// \u28ff${"\u2800".repeat(30)}\u28ff`), null],
  [
    "a picture of the screen, as a computer names it",
    added("docs/Screenshot 3.04\u202fPM.png", [], { hunks: [] }),
    null,
  ],
  ["three flags that are drawn", js(`say("${["gbeng", "gbsct", "gbwls"].map(flag).join("")}")`), null],
  ["a list of blanks that a program trims", js("const blanks = /[\\s\ufeff|\u200b|\u200e|\u200f|\u2060]+/;"), "low"],
  [
    "a minified file with lists of characters",
    js(`${"const a=1;".repeat(80)}/[\u200b,\u200c-\u200f]x[\u2060-\u2061,\u2062;\u2063,\u2064|\ufeff]/`),
    "low",
  ],
  ["a test beside its code that holds a look-alike", added("src/link.test.ts", "const p\u0430yee = 1;"), "low"],
  ["a test of trimming", added("tests/StrTest.php", `trim("${"\u200b\u200c".repeat(6)}")`), "high"],
  [
    "joiners in Arabic script",
    js(
      "// \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0646\u0645\u06cc\u200c\u0634\u0648\u062f \u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \u0645\u06cc\u200c\u0631\u0648\u06cc\u0645 \u0645\u06cc\u200c\u06a9\u0646\u0646\u062f",
    ),
    null,
  ],
  [
    "joiners in Devanagari and Sinhala",
    js('say("\u0915\u094d\u200d\u0937 \u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0d28\u0d4d\u200d \u0d2e\u0d4d\u200d")'),
    null,
  ],
  [
    "families and flags of emoji",
    js(
      "say('\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f3f3}\ufe0f\u200d\u{1f308} \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}')",
    ),
    null,
  ],
  ["ten emoji with selectors", js(`say("${"\u2764\ufe0f \u2705\ufe0f ".repeat(6)}")`), null],
  [
    "keycaps and signs with selectors",
    js('say("1\ufe0f\u20e3 2\ufe0f\u20e3 \u00a9\ufe0f \u2122\ufe0f \u2194\ufe0f \u2192\ufe0f")'),
    null,
  ],
  ["ideographs with selectors", js('say("\u845b\u{e0100}\u98fe\u{e0101} \u8fbb\u{e0100} \u795e\ufe00")'), null],
  ["marks in Hebrew", js('say("\u200f\u05e9\u05dc\u05d5\u05dd\u200e, \u200f\u05e2\u05d5\u05dc\u05dd\u200e!")'), null],
  [
    "Thai with zero-width spaces",
    added(
      "src/th.ts",
      'say("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u200b\u0e04\u0e23\u0e31\u0e1a\u200b\u0e17\u0e38\u0e01\u200b\u0e04\u0e19\u200b\u0e19\u0e30")',
    ),
    null,
  ],
  ["Hangul and Khmer text", js('say("\ud55c\uae00 \u1781\u17d2\u1798\u17c2\u179a")'), null],
  ["a filler in a string of a chat", js('embed.addField("\u3164", "x")'), "low"],
  ["clicks of a language, in a string", js('const people = "!Kung, \u01c3Kung, \u01c0Xam";'), null],
  ["full-width letters in a comment", js("const a = 1; // \uff21\u6848 \uff22\uff23\uff24"), null],
  ["full-width letters in a string", js('say("\uff21\uff22\uff23")'), null],
  ["symbols of mathematics as names", py("\u{1d465} = \u2113_max + \u210f * \u0394t"), null],
  ["icons of a font, each by itself", js(`const icons = { a: "\ue001", b: "\uf101", c: "\u{f0001}" };`), null],
  ["icons of a style sheet", added("src/icons.css", '.a::before { content: "\uf101\uf102"; }'), null],
  ["a glyph list of a font", added("docs/glyphs.txt", PRIVATE(7)), null],
  ["translations of a folder named lang", added("src/lang/he.json", '{"a": "\u202bx\u202c"}'), "low"],
  [
    "a translation file of code",
    added("src/lang/fa.ts", 'export default { a: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" }'),
    null,
  ],
  ["a snapshot with a zero-width space", added("test/__snapshots__/a.snap", "x \u200b y"), null],
  ["a right-to-left page", added("he.html", "<p>\u202b\u05e9\u05dc\u05d5\u05dd\u202c</p>"), "low"],
  ["Latin words with other letters", js('say("kap\u0131 \u0111\u01b0\u1eddng \u0130stanbul")'), null],
  ["phonetic letters", js('say("\u02c8l\u025b\u0259\u02d0\u0261")'), null],
  ["a long word with soft hyphens", added("README.md", "Donau\u00addampf\u00adschiff"), null],
  [
    "names of files in other scripts",
    added("docs/\u65e5\u672c\u8a9e/\u041f\u0440\u0438\u0432\u0435\u0442.md", "x"),
    null,
  ],
  ["an emoji in a file name", added("docs/\u2764\ufe0f.md", "x"), null],
  ["a file of Windows, lines with returns", added("src/a.js", ["// note\r", "x();\r"]), null],
];

/** Known and not seen: a word all of look-alikes is a word of its script, and an ideograph may have one selector. */
export const UNCAUGHT: readonly Trick[] = [
  ["a name all of Cyrillic look-alikes", js("const \u0441\u043e\u0440\u0435 = 1;"), "high"],
  [
    "selectors as bits behind ideographs",
    js(`s = "${one("\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b", "\u{e0101}")}";`),
    "critical",
  ],
];
