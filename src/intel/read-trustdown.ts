import type { ReadList } from "./entry.ts";
import { loginIn, MOST_REASON, momentIn, textIn } from "./fields.ts";
import { type Gathering, gathering, type Reading } from "./gathering.ts";

/**
 * A list of whom a project vouches for and whom it denounces (`VOUCHED.td`): a handle a line, a minus in front of one
 * that is denounced, words behind it. Vouches of others soften nothing here, so they are left out and counted.
 */
export function readTrustdown(text: string, reading: Reading): ReadList {
  const to = gathering(reading.place, true);
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    // A comment may hold what used to be a denouncement.
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    lineOf(trimmed, { ...reading, place: `${reading.place}:${index + 1}` }, to);
  }
  return to.result("trustdown");
}

function lineOf(line: string, { place: where, now }: Reading, to: Gathering): void {
  const isDenounced = line.startsWith("-");
  const [, handle = "", details = ""] = /^(\S*)\s*(.*)$/su.exec(isDenounced ? line.slice(1) : line) ?? [];
  const login = loginOf(handle, where, to);
  if (login === null) return;
  if (!isDenounced) {
    to.leaveOut("vouches of others, which soften nothing here");
    return;
  }
  const reason = textIn(details, { where, most: MOST_REASON }, to);
  const day = /(?<![\w/-])\d{4}-\d\d-\d\d(?![\w/-])/.exec(withoutUrls(details))?.[0];
  const at = day === undefined ? null : momentIn(day, { where, now, mayComeYet: false }, to);
  const url = details.match(URLS)?.[0];
  to.add({
    named: { by: "login", login },
    ...{ at, until: null, confidence: null, tlp: null, origin: null },
    reference: url === undefined ? null : (URL.parse(url)?.href ?? null),
    reason,
    where,
  });
}

const URLS = /https?:\/\/[^\s<>"')\]]+/gu;
/** A day in an address is a part of the address. */
const withoutUrls = (text: string): string => text.replaceAll(URLS, " ");

/** Null for handles of other places, which are counted, and for what is none. */
function loginOf(handle: string, where: string, to: Gathering): string | null {
  const [, platform = null, name = ""] = /^(?:([^:]*):)?(.*)$/su.exec(handle) ?? [];
  if (platform !== null && platform.toLowerCase() !== "github") {
    to.leaveOut("handles of other places than GitHub");
    return null;
  }
  return loginIn(name, where, to);
}
