import fc from "fast-check";
import { isUnreadable } from "../../../src/change/packages/contract.ts";
import { plainYamlTree } from "../../../src/change/packages/formats/plain-yaml.ts";
import { lexedYamlTree } from "../../../src/change/packages/formats/yaml.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";

/** What both ways make of a text; the plain one may leave it to the other. */
function both(text: string): { readonly plain: unknown; readonly lexed: unknown } {
  return { plain: atOnce(plainYamlTree(text)), lexed: atOnce(lexedYamlTree(text)) };
}

test.each<readonly [string, string]>([
  ["keys below keys", "a:\n  b:\n    c: d\n  e: f\ng: h\n"],
  ["items at the column of their key", "a:\n- b\n- c\nd:\n  - e\nf: g\n"],
  [
    "values in braces and brackets",
    "a:\n  b: {c: sha512-x==, d: '>=1', e: ^1 || >=2}\n  f: [x64, 'arm']\n  g: {}\n  h: []\n",
  ],
  ["quoted keys and values, and none", "'@a/b@1.0.0(c@2)':\n  d: \"npm:^1\"\n  e:\n  f: ''\n"],
  [
    "addresses as keys and values",
    "a@https://host.example/b:\n  c: {tarball: https://host.example/b, d: true}\n  e: https://host.example/f\n",
  ],
  ["comments, empty lines, blanks inside a value", "# x\n\na: b c, d\n\n  # y\ne: f\n"],
])("plain YAML: %s are read, and mean what the lexer says", (_what, text) => {
  const { plain, lexed } = both(text);
  expect(plain).not.toBeNull();
  expect(plain).toEqual(lexed);
});

test.each([
  "a: &b c",
  "a: *b",
  "a: !!str b",
  "a: |\n  b\n",
  "a: >-\n  b\n",
  "a: b # c",
  "a: b: c",
  "- a",
  "a:\n  - b: c\n",
  "? a\n: b\n",
  "a: [b,\n c]",
  "a: 'b''c'",
  'a: "b\\n"',
  "a: b\n  c\n",
  "---\na: b\n",
  "<<: a",
  "a:\tb",
  "a: {b: {c: d}}",
  "a: {b: c, }",
  "a: @b",
  "a: %b",
  "a: -b: c",
  "a:\n    b: c\n  d: e\n",
])("plain YAML: %j is left to the lexer", (text) => {
  expect(both(text).plain).toBeNull();
});

test("plain YAML: whatever is read means what the lexer says", () => {
  const line = fc.stringMatching(
    /^ {0,4}(?:- )?(?:[ab]|'c'|"d@1"|e:f|\/g): {0,2}(?:[ab]|'c d'|\{a: b(?:, c: d)?\}|\[a, b\]|\{\}|x y|\^1 \|\| >=2|#|- z|u:v)?$/,
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
      const { plain, lexed } = both(lines.join("\n"));
      if (plain !== null && !isUnreadable(lexed as object)) expect(plain).toEqual(lexed);
    }),
    { numRuns: 300 },
  );
});
