import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SECTION_NAMES } from "../../src/dossier/dossier.ts";
import type { SectionName } from "../../src/dossier/facts.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { codeOf, type ReadFile } from "../../tools/code-closure.ts";
import { runningTokens } from "../../tools/code-tokens.ts";
import { fingerprints, type Lock, lockedBy } from "../../tools/generate-catalog.ts";
import { OBSERVERS, observing, weighing } from "../../tools/observers.ts";
import { expect, test } from "../support/jest.ts";

const src = resolve(import.meta.dirname, "../../src");
const read: ReadFile = (path) => readFileSync(join(src, path), "utf8");
const signals = CATALOG.map((meta) => ({ path: `${meta.family}/${meta.id}.ts`, meta }));
const now = fingerprints(signals, read);

/** Signals whose fingerprint differs when a text of a file is another, and whether the engine's does. */
function changedBy(file: string, from: string, to: string): { signals: readonly string[]; engine: boolean } {
  if (read(file).split(from).length !== 2) throw new Error(`${file} does not say once: ${from}`);
  const then = fingerprints(signals, (path) => (path === file ? read(path).replace(from, () => to) : read(path)));
  return {
    signals: CATALOG.map(({ id }) => id).filter((id) => then.signals.get(id) !== now.signals.get(id)),
    engine: then.engine !== now.engine,
  };
}

/** Signals that read one of the sections. */
const reading = (...sections: readonly SectionName[]): readonly string[] =>
  CATALOG.filter(({ needs, needsOneOf = [], uses = [] }) =>
    [...needs, ...needsOneOf, ...uses].some((name) => sections.includes(name)),
  ).map(({ id }) => id);
const HISTORY = reading(
  ...(["history.identity", "history.dates", "history.origin", "history.continuity", "history.scan"] as const),
  ...(["account.years", "network.ties"] as const),
);

interface Edit {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Every signal whose version it asks to raise. The engine changes with each. */
  readonly seenBy: readonly string[];
}

const EDITS: readonly Edit[] = [
  {
    what: "a threshold of a signal",
    file: "signals/identity/id-name-rotation.ts",
    from: "MIN_UNRELATED = 3",
    to: "MIN_UNRELATED = 2",
    seenBy: ["id-name-rotation"],
  },
  {
    what: "a limit of a trace",
    file: "history/traces/trace-rotations.ts",
    from: "MIN_KEPT_NAMES = 3",
    to: "MIN_KEPT_NAMES = 2",
    seenBy: reading("history.identity"),
  },
  {
    what: "a limit in the sources of dossiers, for what the engine itself reads",
    file: "dossier/sources/copies.ts",
    from: "MAX_OWNERS = 20",
    to: "MAX_OWNERS = 10",
    seenBy: reading("history.scan"),
  },
  {
    what: "a limit of what is asked about commits",
    file: "dossier/sources/own-commits.ts",
    from: "MOST_ADDRESSES = 8",
    to: "MOST_ADDRESSES = 7",
    // Of an address on a list it is told whose it is; of code which commits are the account's own.
    seenBy: [...HISTORY, ...reading("intel.matches"), "sec-org-code-republished"].toSorted(),
  },
  {
    what: "the 0.7 rule of the engine",
    file: "assessment/combine.ts",
    from: "CORRELATION = 0.7",
    to: "CORRELATION = 0.9",
    seenBy: [],
  },
  {
    what: "the reading of a diff",
    file: "change/diff/parse.ts",
    from: '"+": "added"',
    to: '"+": "removed"',
    seenBy: reading("change.files", "change.commits", "change.texts"),
  },
  {
    what: "the reading of an answer",
    file: "github/octokit/account/account-dates.ts",
    from: 'dated("gpg"',
    to: 'dated("ssh_signing"',
    seenBy: reading("account.activity", "account.keys"),
  },
  {
    what: "a question",
    file: "github/queries/access/org-teams.graphql",
    from: "repositories(first: 100)",
    to: "repositories(first: 50)",
    seenBy: reading("access.grants"),
  },
  {
    what: "a table of data",
    file: "history/zone-offsets.json",
    from: "[-120,1108864800,",
    to: "[-180,1108864800,",
    seenBy: reading("history.identity", "history.continuity"),
  },
  {
    what: "what a signal shares with others",
    file: "signals/busiest-window.ts",
    from: "inWindow.size >= best",
    to: "inWindow.size > best",
    seenBy: ["beh-pr-spray", "life-new-account-velocity"],
  },
];

test.each(EDITS)("the lock sees $what", ({ file, from, to, seenBy }) => {
  expect(changedBy(file, from, to)).toEqual({ signals: seenBy, engine: true });
});

test.each<[what: string, file: string, from: string, to: string]>([
  ["a comment of a trace", "history/traces/trace-rotations.ts", "/** Two names on one", "/** Both names on one"],
  ["a comment of the engine", "assessment/combine.ts", "/** Each further member", "// Each\n/** Further"],
  ["a comment of a question", "github/queries/author-history.graphql", "# Q2: what", "# The second question: what"],
  ["formatting", "history/traces/trace-rotations.ts", "const MAX_NAMES = 24;", "const  MAX_NAMES\n  = 24;\n"],
  ["a type", "history/traces/trace-rotations.ts", "type Used = readonly [", "type Used = [other: string, "],
  ["how work is paced", "slices.ts", "sliceMs: 10", "sliceMs: 20"],
  ["the wording of the contract", "signals/signal.ts", "/** One plain sentence;", "/** A plain sentence;"],
])("the lock does not see %s", (_what, file, from, to) => {
  expect(changedBy(file, from, to)).toEqual({ signals: [], engine: false });
});

test("a file that moves to another folder with what imports it changes no fingerprint", () => {
  const files: Readonly<Record<string, string>> = {
    "a/one.ts": 'import { log } from "./log.ts";\nimport { two } from "./two.ts";\nexport const one = log(two);\n',
    "a/log.ts": "export const log = (value) => value;\n",
    "b/log.ts": "export const log = (value) => value;\n",
    "a/two.ts": "export const two = 2;\n",
    "b/one.ts": 'import { two } from "../c/two.ts";\nimport { log } from "./log.ts";\nexport const one = log(two);\n',
    "c/two.ts": "export const two = 2;\n",
  };
  const code = codeOf((path) => files[path] ?? "");
  const before = code.closure(["a/one.ts"]);
  expect([...before].sort()).toEqual(["a/log.ts", "a/one.ts", "a/two.ts"]);
  expect(code.fingerprint(before)).toBe(code.fingerprint(code.closure(["b/one.ts"])));
  expect(code.fingerprint(before)).not.toBe(code.fingerprint(["a/one.ts"]));
});

test("code that reads a file it does not name is refused", () => {
  const code = codeOf(() => 'import { readFileSync } from "node:fs";\nexport const a = readFileSync(name());\n');
  expect(() => code.closure(["a.ts"])).toThrow("src/a.ts reads a file");
});

test.each<[what: string, text: string, same: string]>([
  ["a comma before the end", "f(a, [b, c]);", "f(\n  a,\n  [b, c,],\n);"],
  [
    "type imports",
    'import { b } from "./c.ts";',
    'import type { A } from "./a.ts";\nimport { type X, b, type Y as Z } from "./c.ts";',
  ],
  [
    "types and interfaces",
    "const a = 1;",
    `export type B = \`x\${string}\` | { c: 1; d: 2 };\ninterface C { d: { e: 1 } }\nconst a = 1;`,
  ],
  ["comments that look like code", "const a = 1 / 2;", "const a = 1 / /* 3 / */ 2; // const b = `"],
])("tokens: %s do not count", (_what, text, same) => {
  expect(runningTokens(same)).toEqual(runningTokens(text));
});

test.each<[what: string, text: string, other: string]>([
  ["a hole in a list", "[,];", "[];"],
  ["the text of a template", `\`a \${b} c\`;`, `\`a \${b} d\`;`],
  ["what stands in a gap of a template", `\`\${{ a: \`\${1}\` }}\`;`, `\`\${{ a: \`\${2}\` }}\`;`],
  ["what only looks like a comment", "/\\/\\/ a/.test(b);", "/\\/\\/ b/.test(b);"],
  ["blanks within a text", 'f("a  b");', 'f("a b");'],
  [
    "code after a type of its own block",
    "function f() { type A = 1; return 1; }",
    "function f() { type A = 1; return 2; }",
  ],
])("tokens: %s counts", (_what, text, other) => {
  expect(runningTokens(other)).not.toEqual(runningTokens(text));
});

test("tokens: half a text is an error", () => {
  expect(() => runningTokens("const a = `b")).toThrow("cannot read the code");
});

const code = codeOf(read);
const files = globSync("**/*.ts", { cwd: src });
/** They read sections or show them; what a person hands to the command line, nobody observed. */
const READERS = /^(?:signals|assessment|decision|web|cli)\//;

test("observers: every file that fills in a section is one of the section's", () => {
  const missing = files
    .filter((file) => !READERS.test(file))
    .flatMap((file) => {
      const tokens = runningTokens(read(file));
      const filled = SECTION_NAMES.filter((name) =>
        tokens.some((token, at) => token === `"${name}"` && tokens[at + 1] === ":"),
      );
      return filled.filter((name) => !observing(code, name).has(file)).map((name) => `${file} fills in ${name}`);
    });
  expect(missing).toEqual([]);
});

/** Of what the adapter of an installation is made of: what asks or writes nothing that a dossier holds. */
const APART = [
  "github/octokit/installation-gateway.ts",
  ...["github/octokit/transport/session.ts", "slices.ts"],
  ...["github/octokit/queries.ts", "github/octokit/repository/check-runs.ts", "publication/sealed.ts"],
  ...["github/octokit/repository/listing.ts", "github/queries/open-pull-requests.graphql"],
  "github/queries/open-threads.graphql",
  ...["github/octokit/repository/workflow-files.ts", "github/queries/workflow-files.graphql"],
  ...["github/queries/more-pull-requests.graphql", "github/queries/pull-requests-of-head.graphql"],
];

test("observers: every part of the adapter and every question is a section's, or says that it is none's", () => {
  const parts = [
    ...code.closure(["github/octokit/installation-gateway.ts"], new Set(APART.slice(1))),
    ...globSync("github/queries/**/*.graphql", { cwd: src }),
  ];
  const observers = weighing(code);
  expect(parts.filter((file) => !observers.has(file) && !APART.includes(file))).toEqual([]);
  expect(APART.filter((file) => observers.has(file))).toEqual([]);
});

test("observers: a file that makes one section alone is on the section's way", () => {
  const strays = SECTION_NAMES.filter((name) => {
    const { from, own } = OBSERVERS[name];
    return own !== undefined && !code.closure(from, new Set(["github/octokit/transport/session.ts"])).has(own);
  });
  expect(strays).toEqual([]);
});

const lock = (version: number, sha256: string): Lock => ({ version, sha256 });
test.each<[string, Lock | undefined, Lock, Lock, boolean]>([
  ["it is new", undefined, lock(1, "a"), lock(1, "a"), false],
  ["nothing changed", lock(3, "a"), lock(3, "a"), lock(3, "a"), false],
  ["it changed under its version", lock(3, "a"), lock(3, "b"), lock(3, "a"), true],
  ["its version was raised", lock(3, "a"), lock(4, "b"), lock(4, "b"), false],
  ["it changed again before it was committed", lock(3, "a"), lock(4, "c"), lock(4, "c"), false],
  ["only its version was raised", lock(3, "a"), lock(4, "a"), lock(4, "a"), false],
  ["its version went back", lock(3, "a"), lock(2, "b"), lock(3, "a"), true],
])("lock: when %s", (_, committed, written, expected, asks) => {
  const signals = [{ path: "change/chg-one.ts", id: "chg-one", lock: written }];
  const { locks, problems } = lockedBy(committed ? { "chg-one": committed } : {}, signals);
  expect(locks).toEqual({ "chg-one": expected });
  expect(problems).toEqual(asks ? ["src/signals/change/chg-one.ts: changed since version 3; raise its version"] : []);
});
