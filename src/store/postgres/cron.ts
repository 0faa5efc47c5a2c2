import type { Instant } from "../../clock.ts";
import { InvalidInput } from "../../errors.ts";

/** Five fields, each the set of values that match. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** When both day fields are restricted, either may match (as cron has it since 1975). */
  readonly eitherDay: boolean;
}

/** Reads `minute hour day month weekday`: numbers, `*`, ranges, lists and steps. Throws InvalidInput. */
export function parseCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) throw invalid(expression, `it has ${fields.length} fields`);
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) => parseField(expression, field, index));
  return {
    minutes: minutes ?? [],
    hours: hours ?? [],
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays?.map((day) => day % 7)),
    eitherDay: fields[2] !== "*" && fields[4] !== "*",
  };
}

const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function parseField(expression: string, field: string, index: number): readonly number[] {
  const [lowest, highest] = RANGES[index] ?? [0, 0];
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) throw invalid(expression, `"${part}" is not a number, range or step`);
    const from = Number(match[1] ?? lowest);
    const to = Number(match[2] ?? (match[1] === undefined || match[3] !== undefined ? highest : from));
    const step = Number(match[3] ?? 1);
    if (from < lowest || to > highest || from > to || step < 1)
      throw invalid(expression, `"${part}" is outside ${lowest}-${highest}`);
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/**
 * Whether the schedule was due in the wall-clock minutes after `from`, up to and including `to`. Wall-clock time makes
 * daylight saving harmless: an hour that is skipped is caught up at once, an hour that comes twice counts once.
 */
export function isDueBetween(cron: Cron, from: number, to: number): boolean {
  const start = Math.max(from, to - LOOK_BACK_MINUTES);
  for (let day = Math.floor(start / DAY_MINUTES); day <= Math.floor(to / DAY_MINUTES); day += 1) {
    if (!matchesDay(cron, new Date(day * DAY_MINUTES * MINUTE_MS))) continue;
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const at = day * DAY_MINUTES + hour * 60 + minute;
        if (at > start && at <= to) return true;
      }
  }
  return false;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** A run missed longer ago than a leap year is no longer missed. */
const LOOK_BACK_MINUTES = 366 * DAY_MINUTES;

function matchesDay(cron: Cron, day: Date): boolean {
  if (!cron.months.has(day.getUTCMonth() + 1)) return false;
  const byDay = cron.days.has(day.getUTCDate());
  const byWeekday = cron.weekdays.has(day.getUTCDay());
  return cron.eitherDay ? byDay || byWeekday : byDay && byWeekday;
}

/** What a clock on the wall in `timezone` shows, as minutes since 1970 on that wall. Throws InvalidInput. */
export function wallMinutes(at: Instant, timezone: string): number {
  const parts = new Map(
    formatterOf(timezone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) / MINUTE_MS;
}

/** Making one costs a hundred times what using it costs; there are as many as time zones in use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const formatter = formatters.get(timezone) ?? makeFormatter(timezone);
  formatters.set(timezone, formatter);
  return formatter;
}

function makeFormatter(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  } catch {
    throw new InvalidInput([
      {
        where: "time zone",
        what: `"${timezone}" is not known`,
        mend: "use a name of the IANA list, such as Europe/Vienna",
      },
    ]);
  }
}

const invalid = (expression: string, what: string): InvalidInput =>
  new InvalidInput([
    { where: `schedule "${expression}"`, what, mend: "write five fields: minute hour day month weekday (0 is Sunday)" },
  ]);
