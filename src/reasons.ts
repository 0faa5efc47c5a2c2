import { z } from "zod";
import { type Instant, plusDays } from "./clock.ts";

const MAX_REASON_LENGTH = 2_000;
const MIN_REASON_LENGTH = 8;
/** Whatever somebody decides is looked at again within a year. */
const MAX_DAYS = 366;

/** A reason that says something, trimmed; null for one that is too short or too long. */
export function reasonIn(text: string): string | null {
  const reason = text.trim();
  return reason.length < MIN_REASON_LENGTH || reason.length > MAX_REASON_LENGTH ? null : reason;
}

/**
 * The end in UTC of a day that a form names as `2027-03-31`, so that today is not over yet; null for none, one that is
 * over, or one further than a year away.
 */
export function endOfDay(day: string, now: Instant): Instant | null {
  if (!z.iso.date().safeParse(day).success) return null;
  const end = plusDays(`${day}T00:00:00.000Z`, 1);
  return end <= now || end > plusDays(now, MAX_DAYS) ? null : end;
}
