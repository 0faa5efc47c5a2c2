import fc from "fast-check";
import type { Hunk, HunkLine } from "../../../src/change/change.ts";
import { parseHunks } from "../../../src/change/diff/parse.ts";
import { describe, expect, test } from "../../support/jest.ts";

const line = (kind: HunkLine["kind"], at: number, text: string): HunkLine => ({ kind, line: at, text });

describe("parseHunks", () => {
  test("numbers lines by the side they stand on", () => {
    const patch = "@@ -3,3 +3,4 @@ function main() {\n before\n-old\n+new\n+more\n after";
    expect(parseHunks(patch)).toEqual([
      {
        lines: [
          line("context", 3, "before"),
          line("removed", 4, "old"),
          line("added", 4, "new"),
          line("added", 5, "more"),
          line("context", 6, "after"),
        ],
      },
    ]);
  });

  test("reads several hunks, and a missing count as one", () => {
    const patch = "@@ -1 +1 @@\n-a\n+b\n@@ -10,0 +11,2 @@\n+c\n+d\n";
    expect(parseHunks(patch)?.map((hunk) => hunk.lines.length)).toEqual([2, 2]);
    expect(parseHunks(patch)?.[1]?.lines[0]).toEqual(line("added", 11, "c"));
  });

  test("takes added lines that look like headers for what they are: lines", () => {
    const patch = "@@ -0,0 +1,3 @@\n++++ b/.vscode/tasks.json\n+@@ -1,1 +1,1 @@\n+diff --git a/x b/x";
    expect(parseHunks(patch)?.[0]?.lines.map(({ text }) => text)).toEqual([
      "+++ b/.vscode/tasks.json",
      "@@ -1,1 +1,1 @@",
      "diff --git a/x b/x",
    ]);
  });

  test("keeps carriage returns and odd line separators inside the text", () => {
    expect(parseHunks("@@ -0,0 +1,1 @@\n+a\u2028b\r")?.[0]?.lines).toEqual([line("added", 1, "a\u2028b\r")]);
  });

  test("passes over the remark about a missing last line feed", () => {
    const patch = "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file";
    expect(parseHunks(patch)?.[0]?.lines).toEqual([line("removed", 1, "a"), line("added", 1, "b")]);
  });

  test("takes an empty line for empty context when something stripped its blank", () => {
    expect(parseHunks("@@ -1,2 +1,2 @@\n\n-a\n+b")?.[0]?.lines[0]).toEqual(line("context", 1, ""));
  });

  for (const [what, patch] of [
    ["nothing", ""],
    ["no hunk", "Binary files differ"],
    ["text before the first hunk", "hello\n@@ -1 +1 @@\n-a\n+b"],
    ["fewer lines than the header counts", "@@ -1,2 +1,2 @@\n-a\n+b"],
    ["more lines than the header counts", "@@ -1 +1 @@\n-a\n+b\n+c"],
    ["a line of an unknown kind", "@@ -1,2 +1,2 @@\n*a"],
    ["a combined diff", "@@@ -1,1 -1,1 +1,1 @@@\n++a"],
    ["counts beyond any file", "@@ -1,99999999999999999999 +1 @@\n+a"],
  ] as const)
    test(`says unknown, not empty, for ${what}`, () => {
      expect(parseHunks(patch)).toBeNull();
    });

  test("property: what was rendered is read back, whatever the texts", () => {
    const text = fc.string({ unit: fc.constantFrom(..."+- \\@a9\r\t\0", "\u2028", "\u202e", "🦊"), maxLength: 20 });
    const drawn = fc.array(fc.tuple(fc.constantFrom("added", "removed", "context"), text), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 4 }), (plan) => {
        const hunks = plan.map((lines) => numbered(lines as readonly (readonly [HunkLine["kind"], string])[]));
        expect(parseHunks(hunks.map(rendered).join("\n"))).toEqual(hunks);
      }),
    );
  });

  test("property: any text ends in hunks or null, never in an exception", () => {
    const fragment = fc.constantFrom("@@ -1,2 +1,2 @@", "+", "-", " ", "\\", "\n", "\r\n", "@@", "999999999");
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string())), (parts) => {
        const hunks = parseHunks(parts.join("\n"));
        expect(hunks === null || hunks.length > 0).toBe(true);
      }),
    );
  });
});

const FIRST_LINE = 5;

function numbered(lines: readonly (readonly [HunkLine["kind"], string])[]): Hunk {
  let [old, fresh] = [FIRST_LINE, FIRST_LINE];
  return {
    lines: lines.map(([kind, text]) => {
      const at = kind === "removed" ? old : fresh;
      if (kind !== "added") old++;
      if (kind !== "removed") fresh++;
      return line(kind, at, text);
    }),
  };
}

function rendered({ lines }: Hunk): string {
  const count = (other: HunkLine["kind"]) => lines.filter(({ kind }) => kind !== other).length;
  const marks = { added: "+", removed: "-", context: " " };
  const header = `@@ -${FIRST_LINE},${count("added")} +${FIRST_LINE},${count("removed")} @@`;
  return [header, ...lines.map(({ kind, text }) => `${marks[kind]}${text}`)].join("\n");
}
