import type { Job } from "./job.ts";

/** The three rhythms in which jobs come back, with their lengths in minutes. */
export const PERIOD_MINUTES = { five_minutes: 5, day: 1_440, week: 10_080 } as const;
export type Period = keyof typeof PERIOD_MINUTES;

/** Once in each period, as a clock on the wall in `timezone` (a name of the IANA list) counts them. */
export interface Recurrence {
  readonly period: Period;
  /** Minutes after the period's begin; a week begins on Monday at 0:00. */
  readonly minute: number;
  readonly timezone: string;
}

/** A job that comes back. The key names it; the same key replaces it. */
export interface Schedule extends Recurrence {
  readonly key: string;
  readonly job: Job;
}

/**
 * What runs for the service as a whole; each installation's weekly audit is scheduled when it is bootstrapped.
 * Off the full hour, when all the world's schedules meet GitHub at once.
 */
export const SERVICE_SCHEDULES: readonly Schedule[] = [
  {
    key: "reconcile-deliveries",
    period: "five_minutes",
    minute: 3,
    timezone: "UTC",
    job: { kind: "reconcile-deliveries" },
  },
  { key: "sweep-retention", period: "day", minute: 41, timezone: "UTC", job: { kind: "sweep-retention" } },
  { key: "announce-deadlines", period: "day", minute: 313, timezone: "UTC", job: { kind: "announce-deadlines" } },
];
