import fc from "fast-check";
import type { ChangedFile } from "../../src/change/change.ts";
import { deltaBetween } from "../../src/change/delta.ts";
import { atOnce } from "../../src/slices.ts";
import { file } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const between = (before: readonly ChangedFile[], now: readonly ChangedFile[]) => atOnce(deltaBetween(before, now));
/** The same change on another base: every line somewhere else, other lines around it. */
const rebased = (given: ChangedFile): ChangedFile => ({
  ...given,
  hunks: (given.hunks ?? []).map(({ lines }) => ({
    lines: [
      { kind: "context", line: 40, text: "upstream" },
      ...lines.map((line) => ({ ...line, line: line.line + 40 })),
    ],
  })),
});

const A = file("a.ts", ["+one", "-old", " same", "+two"]);

test.each<[string, readonly ChangedFile[], readonly ChangedFile[], ReturnType<typeof between>]>([
  ["the same", [A], [A], []],
  ["a rebase", [A], [rebased(A)], []],
  ["files in another order", [A, file("b", ["+x"])], [file("b", ["+x"]), A], []],
  [
    "a line more",
    [A],
    [file("a.ts", ["+one", "-old", " same", "+two", "+three"])],
    [{ path: "a.ts", line: 4, lines: 1 }],
  ],
  ["a line less", [A], [file("a.ts", ["+one", "-old", " same"])], [{ path: "a.ts", line: 1, lines: 1 }]],
  ["another line", [A], [file("a.ts", ["+one", "-old", " same", "+TWO"])], [{ path: "a.ts", line: 3, lines: 2 }]],
  [
    "a removal more",
    [A],
    [file("a.ts", ["+one", "-old", "-guard", " same", "+two"])],
    [{ path: "a.ts", line: 1, lines: 1 }],
  ],
  [
    "the same lines in another order",
    [A],
    [file("a.ts", ["+two", "-old", " same", "+one"])],
    [{ path: "a.ts", line: 1, lines: 1 }],
  ],
  ["a line twice", [file("a.ts", ["+x"])], [file("a.ts", ["+x", "+x"])], [{ path: "a.ts", line: 2, lines: 1 }]],
  ["a new file", [A], [A, file("b.ts", ["+1", "+2"])], [{ path: "b.ts", line: 1, lines: 2 }]],
  ["a file taken back", [A, file("b.ts", ["+1", "+2"])], [A], [{ path: "b.ts", line: 1, lines: 2 }]],
  ["a new empty file", [], [file("b.ts", [])], [{ path: "b.ts", line: 1, lines: 1 }]],
  ["a file without lines as it was", [file("p.png", [], { hunks: null })], [file("p.png", [], { hunks: null })], []],
  ["a file whose lines do not come any more", [A], [{ ...A, hunks: null }], [{ path: "a.ts", line: 1, lines: 1 }]],
  [
    "a file that is moved as well",
    [A],
    [{ ...A, status: "renamed", previousPath: "z.ts" }],
    [{ path: "a.ts", line: 1, lines: 1 }],
  ],
])("delta: %s", (_, before, now, expected) => {
  expect(between(before, now)).toEqual(expected);
});

test("delta: of any change with itself on any base there is none, and with another there is one", () => {
  const lines = fc.array(fc.constantFrom("+a", "+b", "-a", "-c", " d"), { maxLength: 12 });
  const written = (all: readonly string[]): string => all.filter((text) => !text.startsWith(" ")).join("\n");
  fc.assert(
    fc.property(lines, lines, (one, other) => {
      expect(between([file("x", one)], [rebased(file("x", one))])).toEqual([]);
      const status = "modified" as const;
      const differs = between([file("x", one, { status })], [file("x", other, { status })]).length > 0;
      expect(differs).toBe(written(one) !== written(other));
    }),
    { numRuns: 200 },
  );
});
