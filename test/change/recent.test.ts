import { recent } from "../../src/change/recent.ts";
import { expect, test } from "../support/jest.ts";

test("recent: the last texts are known, each under its path, and longer ones are never kept", () => {
  const known = recent<number>({ entries: 2, maxChars: 5 });
  known.keep("a", "one", 1);
  known.keep("b", "two", 2);
  expect([known.of("a", "one"), known.of("b", "one"), known.of("b", "two")]).toEqual([1, undefined, 2]);
  known.keep("a", "one", 1);
  known.keep("c", "three", 3);
  expect([known.of("a", "one"), known.of("b", "two"), known.of("c", "three")]).toEqual([1, undefined, 3]);
  known.keep("d", "longer", 4);
  expect(known.of("d", "longer")).toBeUndefined();
});
