import type { Instant } from "../clock.ts";
import type { ReadList } from "./entry.ts";
import { isDay, loginIn, MOST_REASON, momentIn, textIn } from "./fields.ts";
import { type Gathering, gathering, type Reading } from "./gathering.ts";

/**
 * A list of whom a project vouches for and whom it denounces (`VOUCHED.td`): a handle a line, a minus in front of one
 * that is denounced, words behind it. Vouches of others soften nothing here, so they are left out and counted.
 */
export function readTrustdown(text: string, reading: Reading): ReadList {
  const to = gathering(reading.place, true);
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    if (to.isOver()) break;
    const trimmed = line.trim();
    // A comment may hold what used to be a denouncement.
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    lineOf(trimmed, { ...reading, place: `${reading.place}:${index + 1}` }, to);
  }
  return to.result("trustdown");
}

function lineOf(line: string, { place: where, now }: Reading, to: Gathering): void {
  const [, sign = "", handle = "", details = ""] = /^([+-]?)\s*(\S*)\s*(.*)$/su.exec(line) ?? [];
  const login = loginOf(handle, where, to);
  if (login === null) return;
  if (sign !== "-") {
    to.leaveOut("vouches of others, which soften nothing here");
    return;
  }
  const reason = textIn(details, { where, most: MOST_REASON }, to);
  if (reason === null && details !== "") return;
  const url = details.match(URLS)?.[0];
  to.add({
    named: { by: "login", login },
    ...{ at: firstDay(details, { where, now }, to), until: null, confidence: null, tlp: null, origin: null },
    reference: url === undefined ? null : (URL.parse(url)?.href ?? null),
    reason,
    where,
  });
}

/** Without what ends a sentence behind it. */
const URLS = /https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?]/gu;
/** A day as lists write it, `2026-03-01` or `20260301`, by itself. */
const DAYS = /(?<!\S)\(?(\d{4})(-?)(\d\d)\2(\d\d)(?=[\s.,;:)]|$)/gu;

/**
 * The first day of a line: those of a warning, a ban and a longer one follow one another. A day to come is when a ban
 * ends, and what is written without hyphens may be any number.
 */
function firstDay(
  details: string,
  { where, now }: { readonly where: string; readonly now: Instant },
  to: Gathering,
): Instant | null {
  const days = [...details.replaceAll(URLS, " ").matchAll(DAYS)].flatMap(([, year, hyphen, month, day]) => {
    const text = `${year}-${month}-${day}`;
    if (hyphen === "" && !isPlausible(text, now)) return [];
    return momentIn(text, { where, now, mayComeYet: true }, to) ?? [];
  });
  return days.filter((day) => day <= now).sort()[0] ?? null;
}

const isPlausible = (day: string, now: Instant): boolean => isDay(day) && day >= "2008" && day <= now;

/** Null for handles of other places, which are counted, and for what is none. */
function loginOf(handle: string, where: string, to: Gathering): string | null {
  const [, platform = null, name = ""] = /^(?:([^:]*):)?(.*)$/su.exec(handle) ?? [];
  if (platform !== null && platform.toLowerCase() !== "github") {
    to.leaveOut("handles of other places than GitHub");
    return null;
  }
  return loginIn(name, where, to);
}
