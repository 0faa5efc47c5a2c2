import { least, lowered, raised, rankOf, SEVERITIES } from "../../src/change/severity.ts";
import { expect, test } from "../support/jest.ts";

test("severities: weakest first, one step graver, some steps lower, and no further than either end", () => {
  expect(SEVERITIES.map(rankOf)).toEqual([0, 1, 2, 3]);
  expect(SEVERITIES.map(raised)).toEqual(["medium", "high", "critical", "critical"]);
  expect(SEVERITIES.map((each) => lowered(each, 0))).toEqual([...SEVERITIES]);
  expect(SEVERITIES.map((each) => lowered(each, 2))).toEqual(["low", "low", "low", "medium"]);
  expect([least("high", "medium"), least("medium", "high"), least("low", "low")]).toEqual(["medium", "medium", "low"]);
});
