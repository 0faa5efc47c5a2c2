import fc from "fast-check";
import { faultIn, positionsIn } from "../../src/cli/json-positions.ts";
import { expect, test } from "../support/jest.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("faultIn: calls JSON what JSON.parse takes, and nothing else", () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", "x", "1", ":", "\n", "\u0001"))
    .map(([text, at, put]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + (put === "" ? 1 : 0));
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
      expect([text, faultIn(text) === null]).toEqual([text, isJson(text)]);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"a": 1,\n  "b": x}', 2, 8],
  ['{"a": 1,\n  "b"\n', 3, 1],
  ["", 1, 1],
  ["[1,]", 1, 4],
  ['{"a": "b\nc"}', 1, 7],
  ['["\\q"]', 1, 2],
  ["{} {}", 1, 4],
  ["[01]", 1, 2],
  ['{"a" 1}', 1, 6],
])("faultIn: %j is wrong at %d:%d", (text, line, column) => {
  expect(faultIn(text)).toEqual({ line, column });
});

test("positionsIn: finds keys and items, and what holds a thing that is not there", () => {
  const text = '{\n  "a": [1,\n    {"b\\u0041": null}],\n  "c": {"": 2}\n}';
  const at = (...path: readonly (string | number)[]) => {
    const [{ line, column } = { line: 0, column: 0 }] = positionsIn(text, [path]);
    return `${line}:${column}`;
  };
  expect([at(), at("a"), at("a", 0), at("a", 1), at("a", 1, "bA"), at("c", "")]).toEqual([
    "1:1",
    "2:3",
    "2:9",
    "3:5",
    "3:6",
    "4:9",
  ]);
  expect([at("a", 7), at("a", 1, "z", "y"), at("nothing")]).toEqual(["2:3", "3:5", "1:1"]);
});

test("positionsIn: a hundred thousand levels are no deeper than the heap", () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  expect(faultIn(text)).toBeNull();
  expect(faultIn(`${text}x`)).toEqual({ line: 1, column: 200_001 });
});
