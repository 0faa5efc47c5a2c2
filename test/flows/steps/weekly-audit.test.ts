import { weeklySchedule } from "../../../src/flows/steps/weekly-audit.ts";
import { DEFAULT_POLICY } from "../../../src/policy/policy.ts";
import { expect, test } from "../../support/jest.ts";

const WEEKLY = DEFAULT_POLICY.access.weekly;

test("weekly audit: falls on the policy's day, up to three hours after its hour, and not on the full hour", () => {
  for (const installation of [1, 2, 3, 500, 1_000_001]) {
    const { period, minute, timezone } = weeklySchedule(installation, { day: "tuesday", hour: 6, timezone: "UTC" });
    const after = minute - (24 + 6) * 60;
    expect([period, timezone]).toEqual(["week", "UTC"]);
    expect(after).toBeGreaterThanOrEqual(7);
    expect(after).toBeLessThan(187);
  }
});

test("weekly audit: an hour late on Sunday can end on Monday", () => {
  const days = Array.from({ length: 50 }, (_, id) => weeklySchedule(id, { day: "sunday", hour: 23, timezone: "UTC" }));
  expect(new Set(days.map(({ minute }) => Math.floor(minute / 1_440)))).toEqual(new Set([6, 0]));
});

test("weekly audit: a thousand installations are spread over the hours, each always at the same minute", () => {
  const minutes = Array.from({ length: 1_000 }, (_, id) => weeklySchedule(id, WEEKLY).minute);
  // From seven minutes after six on, for three hours.
  expect([Math.min(...minutes), Math.max(...minutes)]).toEqual([6 * 60 + 7, 6 * 60 + 7 + 179]);
  expect(new Set(minutes).size).toBeGreaterThan(150);
  expect(weeklySchedule(42, WEEKLY)).toEqual(weeklySchedule(42, WEEKLY));
});
