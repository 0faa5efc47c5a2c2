import { isFullName, nameRelation } from "../../../src/history/people/names.ts";
import { expect, test } from "../../support/jest.ts";

test.each([
  ["Ada Example", "ada  EXAMPLE", "same"],
  ["Example, Ada", "Ada Example", "same"],
  ["Ádá Éxample", "Ada Example", "same"],
  ["Dr. Ada Example", "Ada Example", "same"],
  ["Ada Example", "Ada Other", "related"],
  ["Ada Example", "A. Other-Example", "related"],
  ["Alexandra Example", "Alex Other", "related"],
  ["adaexample", "Ada Example", "related"],
  ["Ada Example", "Bo Sample", "unrelated"],
  ["ada", "Bo Sample", "unknown"],
  ["xX_gate_Xx", "Ada Example", "unknown"],
  ["", "Ada Example", "unknown"],
  ["Ада Пример", "Ada Example", "unknown"],
  ["Your Name", "Ada Example", "unknown"],
  ["Test User", "Test User", "unknown"],
  ["unknown", "Unknown Sample", "unknown"],
] as const)("names: %s and %s are %s", (a, b, relation) => {
  expect(nameRelation(a, b)).toBe(relation);
  expect(nameRelation(b, a)).toBe(relation);
});

test("names: a full name has two words that are more than initials", () => {
  expect(["Ada Example", "Ада Пример"].map(isFullName)).toEqual([true, true]);
  expect(["ada", "A. B.", "ada-7", "", "42"].map(isFullName)).toEqual([false, false, false, false, false]);
});
