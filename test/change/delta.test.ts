import fc from "fast-check";
import type { ChangedFile } from "../../src/change/change.ts";
import { deltaBetween } from "../../src/change/delta.ts";
import { atOnce } from "../../src/slices.ts";
import { file } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const between = (before: readonly ChangedFile[], now: readonly ChangedFile[]) => atOnce(deltaBetween(before, now));
/** The same change on another base: every line somewhere else, other lines around it but for those beside it. */
const rebased = (given: ChangedFile): ChangedFile => ({
  ...given,
  hunks: (given.hunks ?? []).map(({ lines }) => ({
    lines: [
      ...(lines[0]?.kind === "context" ? [{ kind: "context" as const, line: 40, text: "upstream" }] : []),
      ...lines.map((line) => ({ ...line, line: line.line + 40 })),
    ],
  })),
});

const edit = (...lines: readonly string[]): ChangedFile => file("a.ts", lines, { status: "modified" });
/** The same file, read whole: what stood there before is not told apart here. */
const whole = (after: string, given: ChangedFile): ChangedFile => ({ ...given, texts: { before: "base", after } });
const unseen = (oid: string, previousPath: string | null = null): ChangedFile =>
  file("p.png", [], {
    ...{ hunks: null, additions: 0, oid, previousPath },
    status: previousPath === null ? "modified" : "renamed",
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
  [
    "the same line below another one",
    [edit(" steps:", "+  - run: publish", " b:", " steps:")],
    [edit(" steps:", " b:", "+  - run: publish", " steps:")],
    [{ path: "a.ts", line: 3, lines: 1 }],
  ],
  [
    "a guard that is taken out elsewhere",
    [edit(" a:", "-  if: owner", "   run: x", " b:", "   if: owner", "   run: y")],
    [edit(" a:", "   if: owner", "   run: x", " b:", "-  if: owner", "   run: y")],
    [{ path: "a.ts", line: 5, lines: 1 }],
  ],
  [
    "two lines apart that stood together",
    [edit(" a", "+x", "+y", " b", " c")],
    [edit(" a", "+x", " b", "+y", " c")],
    [{ path: "a.ts", line: 2, lines: 1 }],
  ],
  [
    "a line that moves to the end",
    [edit(" a", "+x", " b")],
    [edit(" a", " b", " a", "+x")],
    [{ path: "a.ts", line: 4, lines: 1 }],
  ],
  [
    "a line below another one alone",
    [edit(" a", "+x", " z")],
    [edit(" b", "+x", " z")],
    [{ path: "a.ts", line: 2, lines: 1 }],
  ],
  ["a first line above another one", [edit("+x", " a")], [edit("+x", " b")], [{ path: "a.ts", line: 1, lines: 1 }]],
  [
    "a removal that moves to the end",
    [edit(" a", "-x", " b")],
    [edit(" a", " b", "-x")],
    [{ path: "a.ts", line: 3, lines: 1 }],
  ],
  ["a removal that is all of it now", [edit(" a", "-x")], [edit("-x")], [{ path: "a.ts", line: 1, lines: 1 }]],
  ["an empty file taken back", [A, file("b.ts", [])], [A], [{ path: "b.ts", line: 1, lines: 1 }]],
  ["a rebase between other lines", [edit(" a", "+x", " b")], [rebased(edit(" a", "+x", " b", " c"))], []],
  [
    "a line that moved between lines of the same words, in a file read whole",
    [whole("a\n{\nx\n}\n{\n}\n", edit(" a", " {", "+x", " }", " {", " }"))],
    [whole("a\n{\n}\n{\nx\n}\n", edit(" a", " {", " }", " {", "+x", " }"))],
    [{ path: "a.ts", line: 5, lines: 1 }],
  ],
  [
    "the same on another base",
    [whole("a\nx\n", edit(" a", "+x"))],
    [{ ...whole("new\na\nx\n", edit(" new", " a", "+x")), texts: { before: "new\na\n", after: "new\na\nx\n" } }],
    [],
  ],
  ["a picture with other content", [unseen("1")], [unseen("2")], [{ path: "p.png", line: 1, lines: 1 }]],
  ["a picture with the same", [unseen("1")], [unseen("1")], []],
  [
    "a picture of which one look did not tell",
    [file("p.png", [], { hunks: null, status: "modified" })],
    [unseen("2")],
    [],
  ],
  ["a file that was renamed alone, on another base", [unseen("1", "a.png")], [unseen("2", "a.png")], []],
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
      if (written(one) !== written(other)) expect(differs).toBe(true);
      expect(between([file("x", one, { status })], [file("x", one, { status })])).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
