import { InvalidInput } from "../../../../src/errors.ts";
import type { Recurrence } from "../../../../src/job/schedule.ts";
import { isDueBetween, wallMinutes } from "../../../../src/store/postgres/engine/wall-clock.ts";
import { expect, test } from "../../../support/jest.ts";

/** When a schedule runs that is looked at every ten minutes of real time. */
function runsOf(recurrence: Recurrence, [from, to]: readonly [string, string]): readonly string[] {
  let cursor = wallMinutes(from, recurrence.timezone);
  const runs: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 600_000) {
    const now = new Date(at).toISOString();
    const wall = wallMinutes(now, recurrence.timezone);
    if (!isDueBetween(recurrence, cursor, wall)) continue;
    runs.push(now);
    cursor = wall;
  }
  return runs;
}

const DAY = 1_440;
/** Sunday at half past two, which comes twice on one night of a year and never on another. */
const SUNDAY_NIGHT = { period: "week", minute: 6 * DAY + 150, timezone: "Europe/Vienna" } as const;

test("isDueBetween: each period has its minute once, a week from Monday on", () => {
  const due = (period: Recurrence["period"], minute: number, day: readonly [string, string]) =>
    runsOf({ period, minute, timezone: "UTC" }, day);
  expect(due("five_minutes", 3, ["2026-03-02T10:00:00.000Z", "2026-03-02T11:00:00.000Z"])).toHaveLength(6);
  expect(due("day", 50, ["2026-03-02T00:00:00.000Z", "2026-03-03T23:00:00.000Z"])).toEqual([
    "2026-03-02T00:50:00.000Z",
    "2026-03-03T00:50:00.000Z",
  ]);
  expect(due("week", 0, ["2026-03-01T12:00:00.000Z", "2026-03-10T00:00:00.000Z"])).toEqual([
    "2026-03-02T00:00:00.000Z",
    "2026-03-09T00:00:00.000Z",
  ]);
  expect(due("week", 7 * DAY - 10, ["2026-03-02T00:00:00.000Z", "2026-03-09T12:00:00.000Z"])).toEqual([
    "2026-03-08T23:50:00.000Z",
  ]);
});

test("isDueBetween: the minute itself is due, the one before is not, and nothing is due twice", () => {
  for (const minute of [0, 3, 4]) {
    const recurrence = { period: "five_minutes", minute } as const;
    const at = 10_000 + minute;
    expect([at - 1, at, at + 4, at + 5].map((to) => isDueBetween(recurrence, at - 1, to))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect([at, at + 4, at + 5].map((to) => isDueBetween(recurrence, at, to))).toEqual([false, false, true]);
  }
});

test("isDueBetween: a wall clock that went back is not due, however far", () => {
  for (const back of [1, 60, 20_000]) expect(isDueBetween(SUNDAY_NIGHT, 1_000_000, 1_000_000 - back)).toBe(false);
});

test("isDueBetween: an hour that daylight saving skips is caught up at once", () => {
  const night = ["2026-03-28T12:00:00.000Z", "2026-03-29T12:00:00.000Z"] as const;
  expect(runsOf(SUNDAY_NIGHT, night)).toEqual(["2026-03-29T01:00:00.000Z"]);
  expect(runsOf({ ...SUNDAY_NIGHT, period: "day", minute: 150 }, night)).toEqual(["2026-03-29T01:00:00.000Z"]);
});

test("isDueBetween: an hour that comes twice counts once", () => {
  const night = ["2026-10-24T12:00:00.000Z", "2026-10-25T12:00:00.000Z"] as const;
  expect(runsOf(SUNDAY_NIGHT, night)).toEqual(["2026-10-25T00:30:00.000Z"]);
  expect(runsOf({ ...SUNDAY_NIGHT, period: "day", minute: 150 }, night)).toEqual(["2026-10-25T00:30:00.000Z"]);
});

test("wallMinutes: a time zone nobody knows is refused with where to look", () => {
  expect(() => wallMinutes("2026-03-02T10:00:00.000Z", "Mars")).toThrow(InvalidInput);
});
