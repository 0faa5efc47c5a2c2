import { type Instant, plusDays } from "../clock.ts";
import { type AccountId, accountId } from "../ids.ts";
import { TLPS, type Tlp } from "./entry.ts";
import type { Gathering } from "./gathering.ts";

// Single fields of a list, however they are written. Each gives null for what it cannot be and says why.

/** A number of GitHub's. */
export function idIn(text: string, where: string, to: Gathering): AccountId | null {
  if (/^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))) return accountId(Number(text));
  return to.problem(
    where,
    "not the number of an account",
    "give the number that https://api.github.com/users/LOGIN shows as `id`",
  );
}

const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99}(?:\[bot\])?)?$/;

export function loginIn(text: string, where: string, to: Gathering): string | null {
  if (LOGIN.test(text) && !/^\d+$/.test(text)) return text;
  const mend = text.startsWith("@") ? "write it without @" : "give the login, or the number of the account";
  return to.problem(where, "not a login of GitHub's", mend);
}

/** What is left of an address that anybody could send to: one @, a domain with a dot. In small letters. */
export function addressIn(text: string, where: string, to: Gathering): string | null {
  const address = text.trim().toLowerCase();
  if (address.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(address)) return address;
  // The address itself is not quoted: what is printed ends in logs.
  return to.problem(where, "not an e-mail address", "write it as name@domain");
}

/** GitHub opened in 2008: what is older speaks of no account of its. */
const OPENED = "2008-01-01T00:00:00.000Z";

/** A day or a moment with its zone; a day begins at midnight UTC. */
export function momentIn(
  text: string,
  { where, now, mayComeYet }: { readonly where: string; readonly now: Instant; readonly mayComeYet: boolean },
  to: Gathering,
): Instant | null {
  const parsed = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  const mend = `write it as ${now.slice(0, 10)}`;
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(parsed) || !isDay(text.slice(0, 10))) return to.problem(where, "not a day", mend);
  const at = new Date(parsed).toISOString();
  if (at < OPENED) return to.problem(where, "a day from before there was GitHub", mend);
  if (!mayComeYet && at > plusDays(now, 1)) return to.problem(where, "a day that is yet to come", mend);
  if (at > "2100") return to.problem(where, "a day beyond this century", mend);
  return at;
}

/** True of a day that the calendar has. */
export const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** 0 to 100. */
export function confidenceIn(value: unknown, where: string, to: Gathering): number | null {
  const number = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= 100) return number;
  return to.problem(where, "no confidence", "write an integer from 0 to 100");
}

/** TLP 1 said WHITE for what is CLEAR now. */
export function tlpIn(text: string, where: string, to: Gathering): Tlp | null {
  const word = text.trim().toLowerCase().replace(/^tlp:/, "").replace("white", "clear");
  return (
    TLPS.find((tlp) => tlp === word) ??
    to.problem(where, "no colour of the Traffic Light Protocol", `write one of ${TLPS.join(", ")}`)
  );
}

/** An address of the web, as a link can be made of it. */
export function referenceIn(text: string, where: string, to: Gathering): string | null {
  const url = text.length <= 2_000 ? URL.parse(text) : null;
  if (url !== null && ["https:", "http:"].includes(url.protocol)) return url.href;
  return to.problem(where, "not a web address", "write it with https:// in front");
}

/** Free text: trimmed, whole characters only, and no longer than people read. */
export function textIn(
  text: string,
  { where, most }: { readonly where: string; readonly most: number },
  to: Gathering,
): string | null {
  const said = text.trim();
  if (!said.isWellFormed()) return to.problem(where, "holds half a character", "write the text in UTF-8");
  if (said.length > most) return to.problem(where, `longer than ${most.toLocaleString("en")} characters`, "shorten it");
  return said === "" ? null : said;
}

export const MOST_REASON = 2_000;
export const MOST_ORIGIN = 200;
