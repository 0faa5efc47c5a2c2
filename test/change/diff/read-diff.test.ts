import fc from "fast-check";
import type { ChangedFile } from "../../../src/change/change.ts";
import { type DiffEntry, readDiff } from "../../../src/change/diff/read-diff.ts";
import { describe, expect, test } from "../../support/jest.ts";

const HUNK = "@@ -1 +1 @@\n-a\n+b\n";

function read(text: string): { files: readonly ChangedFile[]; unread: readonly string[] } {
  const entries: readonly DiffEntry[] = [...readDiff(text)];
  // Lines that are made when they are asked for are the same lines, each time.
  const onDemand = [...readDiff(text, 0)];
  for (let time = 0; time < 2; time += 1) expect(JSON.stringify(onDemand)).toBe(JSON.stringify(entries));
  // So are those of a text in pieces.
  const pieces = text.split(/(?<=\n)/);
  for (const longFrom of [undefined, 0])
    expect(JSON.stringify([...readDiff(pieces, longFrom)])).toBe(JSON.stringify(entries));
  return {
    files: entries.flatMap((entry) => ("file" in entry ? [entry.file] : [])),
    unread: entries.flatMap((entry) => ("unread" in entry ? [entry.unread.what] : [])),
  };
}

const brief = ({ path, previousPath, status, hunks, kinds }: ChangedFile) => [
  path,
  previousPath,
  status,
  hunks?.length ?? null,
  kinds?.before ?? null,
  kinds?.after ?? null,
];

const FORMS: readonly (readonly [what: string, diff: string, expected: ReturnType<typeof brief>])[] = [
  [
    "a modified file",
    `diff --git a/x y b/x y\nindex 1111..2222 100644\n--- a/x y\t\n+++ b/x y\t\n${HUNK}`,
    ["x y", null, "modified", 1, "file", "file"],
  ],
  [
    "a new file",
    "diff --git a/n b/n\nnew file mode 100755\nindex 0000..2222\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+b\n",
    ["n", null, "added", 1, null, "executable"],
  ],
  [
    "an empty new file",
    "diff --git a/n b/n\nnew file mode 100644\nindex 0000000..e69de29\n",
    ["n", null, "added", 0, null, "file"],
  ],
  [
    "a removed file",
    "diff --git a/n b/n\ndeleted file mode 100644\nindex 1111..0000\n--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n",
    ["n", null, "removed", 1, "file", null],
  ],
  [
    "a mode alone",
    "diff --git a/n b/n\nold mode 100644\nnew mode 100755\n",
    ["n", null, "changed", 0, "file", "executable"],
  ],
  [
    "a rename",
    `diff --git a/old name b/new name\nsimilarity index 90%\nrename from old name\nrename to new name\nindex 1111..2222 100644\n--- a/old name\n+++ b/new name\n${HUNK}`,
    ["new name", "old name", "renamed", 1, "file", "file"],
  ],
  [
    "a copy without lines",
    "diff --git a/a b/b\nsimilarity index 100%\ncopy from a\ncopy to b\n",
    ["b", "a", "copied", 0, null, null],
  ],
  [
    "a link",
    "diff --git a/.vscode b/.vscode\nnew file mode 120000\nindex 0000..2222\n--- /dev/null\n+++ b/.vscode\n@@ -0,0 +1 @@\n+tools/editor\n\\ No newline at end of file\n",
    [".vscode", null, "added", 1, null, "link"],
  ],
  [
    "a submodule",
    `diff --git a/lib b/lib\nindex 1111..2222 160000\n--- a/lib\n+++ b/lib\n@@ -1 +1 @@\n-Subproject commit 1111\n+Subproject commit 2222\n`,
    ["lib", null, "modified", 1, "submodule", "submodule"],
  ],
  [
    "a binary",
    "diff --git a/p.png b/p.png\nindex 1111..2222 100644\nBinary files a/p.png and b/p.png differ\n",
    ["p.png", null, "changed", null, "file", "file"],
  ],
  [
    "a binary patch",
    "diff --git a/p b/p\nindex 1111..2222 100644\nGIT binary patch\nliteral 4\nLcmZQzfB\n\nliteral 0\nHcmV?d00001\n\n",
    ["p", null, "changed", null, "file", "file"],
  ],
  [
    "a quoted name in octal",
    `diff --git "a/\\303\\244 \\"q\\".txt" "b/\\303\\244 \\"q\\".txt"\nindex 1111..2222 100644\n--- "a/\\303\\244 \\"q\\".txt"\n+++ "b/\\303\\244 \\"q\\".txt"\n${HUNK}`,
    ['ä "q".txt', null, "modified", 1, "file", "file"],
  ],
  [
    "one quoted name",
    `diff --git a/plain "b/\\tnew"\nsimilarity index 90%\nrename from plain\nrename to "\\tnew"\n`,
    ["\tnew", "plain", "renamed", 0, null, null],
  ],
  [
    "a name of bytes that are no UTF-8",
    'diff --git "a/\\377" "b/\\377"\nold mode 100644\nnew mode 100755\n',
    ["\ufffd", null, "changed", 0, "file", "executable"],
  ],
  [
    "a head in CRLF",
    `diff --git a/n b/n\r\nindex 1111..2222 100644\r\n--- a/n\r\n+++ b/n\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n`,
    ["n", null, "modified", 1, "file", "file"],
  ],
  [
    "other letters before the names",
    `diff --git i/n w/n\nindex 1111..2222 100644\n--- i/n\n+++ w/n\n${HUNK}`,
    ["n", null, "modified", 1, "file", "file"],
  ],
  [
    "no git at all",
    `--- old/n\t2026-01-01 00:00:00\n+++ n\t2026-01-02 00:00:00\n${HUNK}`,
    ["n", null, "modified", 1, null, null],
  ],
];
const BROKEN: readonly (readonly [what: string, diff: string])[] = [
  ["ends inside a hunk", "diff --git a/n b/n\n--- a/n\n+++ b/n\n@@ -1,9 +1,9 @@\n-a\n"],
  ["has more lines than its counts", `diff --git a/n b/n\n--- a/n\n+++ b/n\n${HUNK}+c\n`],
  ["has more removed lines than its counts", `diff --git a/n b/n\n--- a/n\n+++ b/n\n${HUNK}-c\n`],
  [
    "begins its next file inside a hunk",
    `diff --git a/n b/n\n--- a/n\n+++ b/n\n@@ -1,9 +1,9 @@\n-a\ndiff --git a/m b/m\n`,
  ],
];
describe("readDiff", () => {
  for (const [what, diff, expected] of FORMS)
    test(`reads ${what}`, () => {
      const { files, unread } = read(diff);
      expect(files.map(brief)).toEqual([expected]);
      expect(unread).toEqual([]);
    });

  test("passes over what stands around and between the files of letters and logs", () => {
    const one = `diff --git a/n b/n\nindex 1111..2222 100644\n--- a/n\n+++ b/n\n${HUNK}`;
    const letter = `From 1111 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] x\n\n---\n n | 2 +-\n\n${one}-- \n2.39.5\n\n${one}commit 2222\n\n    message\n\n${one}`;
    expect(read(letter).files.map(({ path }) => path)).toEqual(["n", "n", "n"]);
    expect(read(letter).unread).toEqual([]);
  });

  for (const [what, diff] of BROKEN)
    test(`a file that ${what} has no hunks, and that is said`, () => {
      const { files, unread } = read(diff);
      expect(files[0]).toMatchObject({ path: "n", hunks: null });
      expect(unread).toHaveLength(1);
    });

  test("says that a merge's combined diff is not read", () => {
    expect(read("diff --cc n\nindex 1111,2222..3333\n@@@ -1,1 -1,1 +1,1 @@@\n++a\n").unread).toHaveLength(1);
  });

  test("says that lines of a file without a name are not read", () => {
    expect(read(HUNK)).toEqual({ files: [], unread: ["lines of a file that is not named"] });
  });

  test("property: any text is read to its end, without an exception", () => {
    const line = fc.constantFrom(
      "diff --git a/n b/n",
      "--- a/n",
      "+++ b/n",
      "@@ -1,2 +1,2 @@",
      "+a",
      "-a",
      " a",
      "",
      "\\",
      "rename from x",
      '"',
      "new file mode 120000",
      "Binary files a and b differ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        for (const { path, hunks } of read(lines.join("\n")).files) {
          expect(typeof path).toBe("string");
          expect(hunks === null || Array.isArray(hunks)).toBe(true);
        }
      }),
    );
  });
});
