import { isUnreadable } from "../../../src/change/packages/contract.ts";
import { excerptOf } from "../../../src/change/packages/lock-excerpt.ts";
import { placeOf } from "../../../src/change/packages/read.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { compared, type Given, read, said } from "./compared.ts";
import { HOOK_ROWS } from "./hook-rows.ts";
import { A, deps, entry, HASH, lock, OTHER, SHIFT_ROWS } from "./shift-rows.ts";

test.each(SHIFT_ROWS)("dependency shifts: %s", (_what, path, before, after, ...expected) => {
  expect(said({ path, before, after })).toEqual(expected.toSorted());
});

const NEWER = { ...A, ...entry("b") };

test.each<readonly [string, Omit<Given, "path" | "before">, readonly string[]]>([
  [
    "by a person, without its manifest",
    { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }), lockAlone: true },
    ["medium lock-alone"],
  ],
  [
    "by a bot, without its manifest",
    { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }), lockAlone: true, around: { byPerson: false } },
    ["low lock-alone"],
  ],
  ["with its manifest", { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }) }, []],
  ["and the manifest was not at hand", { after: lock(NEWER) }, []],
  ["and only an entry goes", { after: lock({}), manifest: deps({}), lockAlone: true }, []],
  [
    "from a repository that the manifest names",
    {
      after: lock({ ...A, ...entry("b", { resolved: "git+ssh://git@github.com/else/b.git#aa" }) }),
      manifest: deps({ a: "^1", b: "else/b" }),
    },
    [],
  ],
  [
    "from a repository that it does not name",
    {
      after: lock({ ...A, ...entry("b", { resolved: "git+ssh://git@github.com/else/b.git#aa" }) }),
      manifest: deps({ a: "^1", b: "^1" }),
    },
    ["high git-source"],
  ],
])("dependency shifts: a lock file changes %s", (_what, given, expected) => {
  expect(said({ path: "package-lock.json", before: lock(A), ...given })).toEqual(expected);
});

test("dependency shifts: many dependencies of one owner are one finding, which counts them", () => {
  const after = deps({ x: "else/x", y: "else/y", z: "else/z" });
  expect(compared({ path: "package.json", before: deps({}), after }).map(({ fact }) => fact)).toEqual([
    "x comes from a git repository of github.com/else, as 2 more after x do.",
  ]);
});

test("dependency shifts: where every hash of a file changes kind of sum, it is one finding and medium", () => {
  const all = Array.from({ length: 30 }, (_, index) => `p${index}`);
  const file = (integrity: string): string =>
    lock(Object.assign({}, ...all.map((name) => entry(name, { integrity }))), {
      dependencies: Object.fromEntries(all.map((name) => [name, "^1"])),
    });
  expect(said({ path: "package-lock.json", before: file(HASH), after: file(OTHER) })).toEqual(["medium hash-changed"]);
});

test("dependency shifts: a fact stands at its line, and shows of a name what is plain", () => {
  const after = '{\n  "dependencies": {\n    "b<img src=x>\\u202e`": "else/b"\n  }\n}\n';
  expect(compared({ path: "package.json", before: deps({}), after })).toEqual([
    expect.objectContaining({
      line: 3,
      endLine: 3,
      fact: "bimg src=x comes from a git repository of github.com/else.",
    }),
  ]);
});

const LOCKS = [...SHIFT_ROWS, ...HOOK_ROWS].filter(([, path]) => placeOf(path)?.role === "lock");

test("lock excerpts: what a dossier keeps of a lock file says what the whole file says", () => {
  expect(LOCKS.length).toBeGreaterThan(40);
  for (const [what, path, before, after] of LOCKS)
    expect([what, ...compared({ path, before, after, shortened: true })]).toEqual([
      what,
      ...compared({ path, before, after }),
    ]);
});

test("lock excerpts: entries that stay as they are are left out, one for each place they came from stays", () => {
  const many = Object.assign({}, ...Array.from({ length: 500 }, (_, index) => entry(`p${index}`)));
  const [before, after] = [
    { ...many, ...A },
    { ...many, ...A, ...entry("b") },
  ].map((packages) => read("package-lock.json", lock(packages)));
  if (before === undefined || after === undefined || isUnreadable(before) || isUnreadable(after))
    throw new Error("unread");
  const excerpt = atOnce(excerptOf({ before, after }));
  expect(excerpt.before?.dependencies.map(({ name }) => name)).toEqual(["p0"]);
  expect(excerpt.after?.dependencies.map(({ name }) => name)).toEqual(["b"]);
  expect(excerpt.after).toMatchObject({ addressed: 502, unhashed: 0, asked: ["b"] });
});
