import { jsoncEntries } from "../../../src/change/formats/jsonc.ts";
import { expect, test } from "../../support/jest.ts";

const read = (...lines: readonly string[]) =>
  jsoncEntries(lines.map((text, index) => ({ kind: "added", line: index + 1, text }))).map(
    ({ keys, value, line }) => `${line.line} ${keys.join(".")}=${value}`,
  );

test("jsoncEntries: scalars come with the keys around them", () => {
  expect(read('{"a": {"b": [1, "two", {"c": true}], "d": null}, "e": "f"}')).toEqual([
    "1 a.b=1",
    "1 a.b=two",
    "1 a.b.c=true",
    "1 a.d=null",
    "1 e=f",
  ]);
});

test("jsoncEntries: comments are left out wherever they stand", () => {
  expect(read('{ // "a": 1', '/* "b": 2,', ' */ "c": 3, /* x */ "d": /* y */ 4 }')).toEqual(["3 c=3", "3 d=4"]);
});

test("jsoncEntries: comment marks inside strings are text", () => {
  expect(read('{"url": "https://example.org/*x*/", "b": 1}')).toEqual(["1 url=https://example.org/*x*/", "1 b=1"]);
});

test("jsoncEntries: escapes are decoded, keys may stand lines above their colon", () => {
  expect(read('{"run\\u004fn"', ":", '"a\\nb\\"c"}')).toEqual(['3 runOn=a\nb"c']);
});

test("jsoncEntries: a fragment is read as far as it goes", () => {
  expect(read('    "command": "x",', "  }],", '  "other": [')).toEqual(["1 command=x"]);
  expect(read('"unclosed')).toEqual(["1 =unclosed"]);
});

test("jsoncEntries: nesting without end keeps the key next to the value", () => {
  const keys = jsoncEntries([{ kind: "added", line: 1, text: `${'{"a":'.repeat(5_000)}{"last": 1` }])[0]?.keys;
  expect(keys?.length).toBeLessThan(70);
  expect(keys?.at(-1)).toBe("last");
});

test("jsoncEntries: closing what was nested too deep does not lose the keys outside", () => {
  expect(read(`{"hooks": {"x": ${"[".repeat(500)}${"]".repeat(500)}, "command": "sh"}}`)).toEqual([
    "1 hooks.command=sh",
  ]);
});
