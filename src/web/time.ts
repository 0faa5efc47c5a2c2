import { daysBetween, type Instant } from "../clock.ts";
import { type Html, html } from "./html.ts";

const MINUTES_PER_DAY = 1_440;

/** A moment as people say it, with the exact one behind it: `3 h ago`, from a year on the date. */
export function ago(at: Instant, now: Instant): Html {
  return html`<time datetime="${at}" title="${exact(at)}">${inWords(at, now)}</time>`;
}

/** `2026-11-20`. */
export const day = (at: Instant): string => at.slice(0, 10);

/** `2026-11-20 14:20 UTC`. */
export const exact = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** ISO 8601 week number, 1 to 53. */
export function weekOf(at: Instant): number {
  const date = new Date(`${day(at)}T00:00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - weekday) * 86_400_000);
  const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - firstOfYear) / (7 * 86_400_000)) + 1;
}

function inWords(at: Instant, now: Instant): string {
  const days = daysBetween(at, now);
  const minutes = Math.floor(days * MINUTES_PER_DAY);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (days < 1) return `${Math.floor(minutes / 60)} h ago`;
  if (days < 2) return "yesterday";
  if (days < 60) return `${Math.floor(days)} days ago`;
  if (days < 365) return `${Math.floor(days / 30.44)} months ago`;
  return `on ${day(at)}`;
}
