import type { Job } from "./job.ts";

/** A job that comes back: five-field cron in a time zone. The key names it; the same key replaces it. */
export interface Schedule {
  readonly key: string;
  readonly cron: string;
  readonly timezone: string;
  readonly job: Job;
}

/**
 * What runs for the service as a whole; each installation's weekly audit is scheduled when it is bootstrapped.
 * Off the full hour, when all the world's schedules meet GitHub at once.
 */
export const SERVICE_SCHEDULES: readonly Schedule[] = [
  { key: "reconcile-deliveries", cron: "3-58/5 * * * *", timezone: "UTC", job: { kind: "reconcile-deliveries" } },
  { key: "sweep-retention", cron: "41 0 * * *", timezone: "UTC", job: { kind: "sweep-retention" } },
];
