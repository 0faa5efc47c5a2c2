import { WEEKDAYS } from "../policy/keys.ts";
import type { Policy } from "../policy/policy.ts";

const MINUTES_OF_SPREAD = 180;
/** GitHub is busiest on the full hour. */
const FIRST_MINUTE = 7;

/**
 * When an installation's weekly audit runs: the policy's day and hour, moved by up to three hours that depend on the
 * installation alone, so that a thousand organisations do not start in the same minute and a restart moves nothing.
 */
export function weeklySchedule(
  installationId: number,
  weekly: Policy["access"]["weekly"],
): { readonly cron: string; readonly timezone: string } {
  const offset = FIRST_MINUTE + (spread(installationId) % MINUTES_OF_SPREAD);
  const minuteOfWeek = (weekly.hour * 60 + offset) % (24 * 60);
  const daysLater = Math.floor((weekly.hour * 60 + offset) / (24 * 60));
  // Cron counts Sunday as 0; the policy's week starts on Monday.
  const day = (WEEKDAYS.indexOf(weekly.day) + 1 + daysLater) % 7;
  return { cron: `${minuteOfWeek % 60} ${Math.floor(minuteOfWeek / 60)} * * ${day}`, timezone: weekly.timezone };
}

export const auditKey = (installationId: number): string => `audit-${installationId}`;

/** Knuth's multiplicative hash: neighbouring ids land far apart. */
const spread = (id: number): number => Math.imul(id, 2_654_435_761) >>> 0;
