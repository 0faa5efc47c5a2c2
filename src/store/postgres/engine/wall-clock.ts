import type { Instant } from "../../../clock.ts";
import { InvalidInput } from "../../../errors.ts";
import { PERIOD_MINUTES, type Recurrence } from "../../../job/schedule.ts";

/**
 * Whether the recurrence was due in the wall-clock minutes after `from`, up to and including `to`. Wall-clock time makes
 * daylight saving harmless: an hour that is skipped is caught up at once, an hour that comes twice counts once.
 */
export function isDueBetween(recurrence: Pick<Recurrence, "period" | "minute">, from: number, to: number): boolean {
  const runsUntil = (at: number): number =>
    Math.floor((at - FIRST_MONDAY - recurrence.minute) / PERIOD_MINUTES[recurrence.period]);
  return runsUntil(to) > runsUntil(from);
}

const MINUTE_MS = 60_000;
/** 5 January 1970, from which days and five minutes can be counted as well as weeks. */
const FIRST_MONDAY = 4 * 1_440;

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
