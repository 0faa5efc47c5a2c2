/** A moment in UTC, ISO 8601 with milliseconds and `Z`. */
export type Instant = string;

/** The only source of time; made in `wire.ts`, passed to whoever needs it. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

const DAY_MS = 86_400_000;

/** Days from `from` to `to`, fractional; negative when `to` is earlier. */
export function daysBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** The moment `days` after `at` (before it when negative). */
export function plusDays(at: Instant, days: number): Instant {
  return new Date(Date.parse(at) + days * DAY_MS).toISOString();
}
