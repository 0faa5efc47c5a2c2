import type { PublicText } from "../../dossier/public-texts.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";
import { busiestTexts, outside, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-undisclosed-automation",
  axis: "P",
  family: "behaviour",
  title: "A program seems to write for the account, and no text says so",
  version: 13,
  weight: 0.7,
  queue: true,
  queueOnly: true,
  halfLifeDays: 60,
  windowDays: 30,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/natarajan-chidambaram/RABBIT",
      says: "Tells automated accounts by the sequence of what they do and the gaps in between, not by their names.",
    },
    {
      url: "https://ar5iv.labs.arxiv.org/html/2010.03303",
      says: "Few patterns that many comments repeat mark a program's comments.",
    },
  ],
  benign: [
    "Somebody who works with text blocks, or with a screen reader's macros.",
    "A script for releases or translations that runs under its owner's account.",
    "An account that a person and a program share.",
  ],
  clears: "Say in the text that a program wrote it; one that says so is enough.",
  framing:
    "Counted are texts that the account itself wrote; neither its name nor its picture is looked at. It is a route for the queue and says nothing about who is behind the account.",
  needs: ["account.texts"],
  detect({ "account.texts": { texts } }) {
    const written = outside(texts, "pull_request", "issue", "comment");
    if (written.length < MIN_TEXTS) return unknown(TOO_FEW);
    if (written.some(({ marks = [] }) => marks.includes("automation"))) return clear;
    const patterns = patternsOf(written);
    const month = patterns && busiestTexts(written, { ...MANY, days: WINDOW_DAYS });
    const burst = isDense(written) ? busiestTexts(written, { ...MANY, days: HOUR }) : null;
    const found: Evidence[] = [];
    if (patterns && month)
      found.push({
        fact: `Of ${written.length} texts ${patterns.repeated} follow ${patterns.count === 1 ? "one pattern" : `${patterns.count} patterns`}, and none says that a program wrote it.`,
        tier: "PL",
      });
    if (burst !== null)
      found.push({
        fact: `Within an hour the account wrote ${burst.textCount} texts, and none says that a program did.`,
        tier: "PL",
        at: burst.until,
      });
    if (found.length === 0) return clear;
    const at =
      [month, burst]
        .flatMap((window) => (window ? [window.until] : []))
        .sort()
        .at(-1) ?? null;
    return fired(found, { strength: found.length === 1 ? ONE_SIGN : 1, at });
  },
});

const MIN_TEXTS = 50;
const MANY = { minTexts: MIN_TEXTS, minOwners: 1, by: "textCount" } as const;
const WINDOW_DAYS = 30;
const HOUR = 1 / 24;
const MIN_REPEATED_SHARE = 0.9;
const MAX_PATTERNS = 5;
const ONE_SIGN = 0.7;

/** Texts that repeat few patterns; null where they vary as people's do. */
function patternsOf(written: readonly PublicText[]): { readonly repeated: number; readonly count: number } | null {
  const repeated = written.filter(({ alike }) => alike !== undefined);
  const count = new Set(repeated.map(({ alike }) => alike)).size;
  const isFew = count <= MAX_PATTERNS && repeated.length >= MIN_REPEATED_SHARE * written.length;
  return isFew ? { repeated: repeated.length, count } : null;
}

/** Any hour touches two hours of the clock, one of which holds half of it. Reading dates is what costs time here. */
function isDense(written: readonly PublicText[]): boolean {
  const hours = new Map<string, number>();
  for (const { at } of written) {
    const hour = at.slice(0, "2026-01-01T00".length);
    const count = (hours.get(hour) ?? 0) + 1;
    if (count >= MIN_TEXTS / 2) return true;
    hours.set(hour, count);
  }
  return false;
}
