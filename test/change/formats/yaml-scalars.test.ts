import { yamlScalars } from "../../../src/change/formats/yaml-scalars.ts";
import { expect, test } from "../../support/jest.ts";

const read = (...lines: readonly string[]) =>
  yamlScalars(lines.map((text, index) => ({ kind: "added", line: index + 1, text }))).map(
    ({ key, text, line }) => `${line.line} ${key ?? "-"}: ${text}`,
  );

test("yamlScalars: keys and values, block and flow style", () => {
  expect(read("on: [push, {a: b}]", "permissions:", "  contents: write")).toEqual([
    "1 -: on",
    "1 on: push",
    "1 -: a",
    "1 a: b",
    "2 -: permissions",
    "3 -: contents",
    "3 contents: write",
  ]);
});

test("yamlScalars: comments are left out, escapes decoded", () => {
  expect(read("# on: x", "\"o\\u006e\": 'it''s' # y")).toEqual(["2 -: on", "2 on: it's"]);
});

test("yamlScalars: each line of a block scalar stands for itself", () => {
  expect(read("run: |", "  echo a", "", "  echo b: c", "x: y")).toEqual([
    "1 -: run",
    "2 run: echo a",
    "4 run: echo b: c",
    "5 -: x",
    "5 x: y",
  ]);
});

test("yamlScalars: aliases are never expanded", () => {
  const bomb = [
    "a: &a [x,x,x,x,x,x,x,x,x]",
    ...Array.from({ length: 9 }, (_, index) => `b${index}: &b${index} [*a,*a,*a,*a,*a,*a,*a,*a,*a]`),
  ];
  expect(read(...bomb)).toHaveLength(1 + 9 + 9);
});

test("yamlScalars: a quote that never closes does not hide the lines below it", () => {
  expect(read('echo "open', "permissions: write-all")).toContain("2 permissions: write-all");
});

test("yamlScalars: marks of the lexer in the text are blanks", () => {
  expect(read("a\u001f: b\u0002")).toEqual(["1 -: a", "1 a: b"]);
});

test.each(["\r", "\u0085", "\u2028", "\u2029"])(
  "yamlScalars: %j ends a comment, as it does for parsers of workflows",
  (end) => {
    expect(read(`# comment${end}on: pull_request_target`, "x: y")).toEqual([
      "1 -: on",
      "1 on: pull_request_target",
      "2 -: x",
      "2 x: y",
    ]);
  },
);
