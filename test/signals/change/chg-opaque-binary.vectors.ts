import type { ChangedFile } from "../../../src/change/change.ts";
import type { BinaryKind } from "../../../src/change/content.ts";
import { filesOf } from "../given.ts";
import { added, boundary, edited, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

/** A binary as a clone shows it, with what its bytes say. */
const bytes = (path: string, after: BinaryKind, more: Partial<ChangedFile> = {}): ChangedFile => ({
  ...{ path, previousPath: null, status: "added", additions: 0, deletions: 0, hunks: null },
  binary: { before: null, after },
  ...more,
});
/** The same as GitHub lists it: a name without lines. */
const named = (path: string, more: Partial<ChangedFile> = {}): ChangedFile => {
  const { binary: _, ...file } = bytes(path, "unknown", more);
  return file;
};
const build = added("Makefile", "all: x");
const unpacks = (path: string): ChangedFile => added("m4/host.m4", `xz -dc ${path} | sh`);

const PLAIN: readonly (readonly [path: string, kind: BinaryKind])[] = [
  ["tools/lint", "executable"],
  ["tools/lint.exe", "executable"],
  ["lib/a.so", "library"],
  ["lib/a.jar", "archive"],
  ["lib/A.class", "library"],
  ["src/a.wasm", "wasm"],
  ["data/a.zip", "archive"],
  ["data/a.tar.xz", "archive"],
  ["data/a.bin", "unknown"],
  ["data/table", "unknown"],
  ["lib/a.pyc", "unknown"],
  ["lib/a.node", "executable"],
];
const NAMES = [
  "a.exe",
  "a.dll",
  "lib/a.so.1.2",
  "a.dylib",
  "a.jar",
  "a.wasm",
  "a.zip",
  "a.7z",
  "a.dat",
  "a.pkl",
  "a.deb",
];

export default [
  ...tricks([
    ...PLAIN.map(([path, kind]): Trick => [`${kind} as ${path}`, bytes(path, kind), "medium"]),
    ...NAMES.map((path): Trick => [`${path}, where GitHub shows a name alone`, named(path), "medium"]),
    ["a program named like a picture", bytes("a.png", "executable"), "high"],
    ["an archive named like a picture", bytes("public/a.jpg", "archive"), "high"],
    ["a program named like a font", bytes("fonts/a.woff2", "executable"), "high"],
    ["a library named like a document", bytes("a.pdf", "library"), "high"],
    ["a program named like an archive", bytes("a.zip", "executable"), "high"],
    ["a program beside a build script", [bytes("data/a.bin", "executable"), build], "high"],
    ["data beside a workflow", [bytes("data/a", "unknown"), added(".github/workflows/a.yml", "on: push")], "high"],
    ["an archive beside a build script, by its name", [named("data/a.xz"), build], "high"],
    ["a program that changes", bytes("tools/lint", "executable", { status: "modified" }), "medium"],
    ["a copied program", bytes("tools/lint", "executable", { status: "copied", previousPath: "x" }), "medium"],

    ["an archive among the tests", bytes("test/fixtures/a.tgz", "archive"), "low"],
    ["data among the tests beside a build script", [bytes("test/a.bin", "unknown"), build], "low"],
    [
      "data among the tests, and a build that names it",
      [bytes("test/a.bin", "unknown"), unpacks("test/a.bin")],
      "high",
    ],
    ["the same by its last part alone", [bytes("test/corpus.xz", "archive"), unpacks("corpus.xz")], "high"],
    ["the same where GitHub shows a name alone", [named("test/corpus.xz"), unpacks("corpus.xz")], "high"],
    ["a build that names another one", [bytes("test/a.bin", "unknown"), unpacks("test/aa.bin")], "low"],
    ["a test that names it", [bytes("test/a.bin", "unknown"), added("test/a.test.ts", "read('test/a.bin')")], "low"],
    ["a build that named it", [bytes("test/a.bin", "unknown"), edited("Makefile", "-\tcat test/a.bin")], "low"],
    ["a library that others wrote", bytes("vendor/a.so", "library"), "low"],
    ["a picture", bytes("a.png", "picture"), null],
    ["a picture of another format", bytes("a.png", "picture"), null],
    ["a picture without bytes known", named("docs/a.png"), null],
    ["a font", bytes("a.woff2", "font"), null],
    ["a sound", bytes("a.mp3", "sound"), null],
    ["a document", bytes("a.pdf", "document"), null],
    ["a document that is an archive of its kind", bytes("a.docx", "archive"), null],
    ["a picture in a film's container", bytes("a.heic", "sound"), null],
    ["a picture of a format that is not known", bytes("a.ico", "unknown"), null],
    ["a picture that does not begin like one", bytes("a.png", "unknown"), "high"],
    ["the same among the tests", bytes("test/a.png", "unknown"), "low"],
    ["a removed program", bytes("a.exe", "executable", { status: "removed" }), null],
    ["a program that moves", named("b.exe", { status: "renamed", previousPath: "a.exe" }), null],
    ["a text without a kind", added("src/a.ts", "a"), null],
    ["a text of no lines that GitHub did not show", named("src/a.ts"), null],
    ["a text that is named like data", added("a.dat", "1 2 3"), null],
    ["a change of a build script alone", edited("Makefile", "-a", "+b"), null],
  ]),
  ...saying(
    ["a program named like a picture", bytes("a.gif", "executable"), "high"],
    "It is named like a picture and is a program.",
  ),
  ...saying(
    ["data among the tests, named by the build", [bytes("test/a.bin", "unknown"), unpacks("test/a.bin")], "high"],
    "It is data that is no text, new, and the build names it.",
  ),
  ...boundary(
    ["beside a text", [bytes("a.bin", "unknown"), added("src/a.ts", "a")], "medium"],
    ["beside a build script", [bytes("a.bin", "unknown"), added("build.sh", "a")], "high"],
  ),
  {
    kind: "unknown",
    when: "the list is cut",
    given: { "change.files": { ...filesOf(added("a.ts", "a")), truncated: true } },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
