import { InvalidInput } from "../../src/errors.ts";
import { isDueBetween, parseCron, wallMinutes } from "../../src/store/postgres/cron.ts";
import { expect, test } from "../support/jest.ts";

/** How often a schedule runs when it is looked at every ten minutes of real time. */
function runsOf(expression: string, timezone: string, [from, to]: readonly [string, string]): readonly string[] {
  const cron = parseCron(expression);
  let cursor = wallMinutes(from, timezone);
  const runs: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 600_000) {
    const now = new Date(at).toISOString();
    const wall = wallMinutes(now, timezone);
    if (wall <= cursor || !isDueBetween(cron, cursor, wall)) continue;
    runs.push(now);
    cursor = wall;
  }
  return runs;
}

test("cron: every field form matches the minutes it names", () => {
  expect(runsOf("*/30 * * * *", "UTC", ["2026-03-02T10:00:00.000Z", "2026-03-02T11:00:00.000Z"])).toHaveLength(2);
  expect(runsOf("0 8-10,12 * * *", "UTC", ["2026-03-02T00:00:00.000Z", "2026-03-03T00:00:00.000Z"])).toHaveLength(4);
  expect(runsOf("0 0 1 */2 *", "UTC", ["2026-01-02T00:00:00.000Z", "2026-06-30T00:00:00.000Z"])).toHaveLength(2);
  expect(runsOf("0 0 * * 7", "UTC", ["2026-03-02T00:00:00.000Z", "2026-03-16T00:00:00.000Z"])).toEqual([
    "2026-03-08T00:00:00.000Z",
    "2026-03-15T00:00:00.000Z",
  ]);
});

test("cron: two restricted day fields match when either does", () => {
  const runs = runsOf("0 0 13 * 5", "UTC", ["2026-03-01T00:00:00.000Z", "2026-03-31T00:00:00.000Z"]);
  expect(runs.map((run) => run.slice(8, 10))).toEqual(["06", "13", "20", "27"]);
});

test("cron: an hour that daylight saving skips is caught up at once", () => {
  const night = ["2026-03-28T12:00:00.000Z", "2026-03-29T12:00:00.000Z"] as const;
  expect(runsOf("30 2 * * *", "Europe/Vienna", night)).toEqual(["2026-03-29T01:00:00.000Z"]);
});

test("cron: an hour that comes twice counts once", () => {
  const night = ["2026-10-24T12:00:00.000Z", "2026-10-25T12:00:00.000Z"] as const;
  expect(runsOf("30 2 * * *", "Europe/Vienna", night)).toEqual(["2026-10-25T00:30:00.000Z"]);
});

test("cron: a run missed years ago is not looked for minute by minute", () => {
  const cron = parseCron("0 0 29 2 *");
  expect(isDueBetween(cron, 0, wallMinutes("2026-03-01T00:00:00.000Z", "UTC"))).toBe(false);
  expect(isDueBetween(cron, 0, wallMinutes("2024-03-01T00:00:00.000Z", "UTC"))).toBe(true);
});

test.each(["", "* * * *", "60 * * * *", "* 24 * * *", "5-1 * * * *", "*/0 * * * *", "a * * * *", "* * 0 * *"])(
  "cron: %p is refused",
  (expression) => {
    expect(() => parseCron(expression)).toThrow(InvalidInput);
  },
);
