import { precisionOf, wilson } from "../../src/assessment/precision.ts";
import { expect, test } from "../support/jest.ts";

test.each<[number, number, ReturnType<typeof wilson>]>([
  [0, 0, null],
  [0, 1, { share: 0, low: 0, high: 0.793 }],
  [1, 1, { share: 1, low: 0.207, high: 1 }],
  [0, 10, { share: 0, low: 0, high: 0.278 }],
  [10, 10, { share: 1, low: 0.722, high: 1 }],
  [5, 10, { share: 0.5, low: 0.237, high: 0.763 }],
  [500, 1_000, { share: 0.5, low: 0.469, high: 0.531 }],
])("wilson: %d of %d", (count, total, expected) => {
  expect(wilson(count, total)).toEqual(expected);
});

test("precision: benign and false ones are not right; what nobody judged is no part of it", () => {
  expect(precisionOf({ fired: 90, true: 5, benign: 3, false: 2 })).toEqual(wilson(5, 10));
  expect(precisionOf({ fired: 90, true: 0, benign: 0, false: 0 })).toBeNull();
});
