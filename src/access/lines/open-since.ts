import { rankOf } from "../../change/severity.ts";
import { daysBetween, type Instant, plusDays } from "../../clock.ts";
import type { Steps } from "../../slices.ts";
import type { AccessAudit } from "../audit.ts";
import { isOpen, lineKey } from "../exposure-decision.ts";
import { compareText } from "../text-order.ts";
import type { Exposure } from "./kinds.ts";

/** A line that nobody answers for longer than this leads its list, and the weekly message counts it. */
export const LONG_OPEN_DAYS = 28;

/** What the audit before saw. */
export type EarlierLines = Pick<AccessAudit, "takenAt" | "exposure">;

/**
 * The lines with the first audit of the unbroken row that saw each of them open; gravest first, and of those the ones
 * that wait longest. Whatever somebody decided on, or an audit did not see, begins anew. `earlier` is null for the
 * first audit.
 */
export function* withOpenSince(
  lines: readonly Exposure[],
  { earlier, takenAt }: { readonly earlier: EarlierLines | null; readonly takenAt: Instant },
): Steps<readonly Exposure[]> {
  const before = new Map<string, Instant>();
  for (const line of earlier?.exposure ?? []) {
    if (isOpen(line) && earlier) before.set(lineKey(line), line.openSince ?? earlier.takenAt);
    yield;
  }
  const dated: Exposure[] = [];
  for (const line of lines) {
    dated.push(isOpen(line) ? { ...line, openSince: before.get(lineKey(line)) ?? takenAt } : line);
    yield;
  }
  return dated.sort(
    (a, b) => rankOf(b.level) - rankOf(a.level) || compareText(a.openSince ?? DECIDED, b.openSince ?? DECIDED),
  );
}

/** After every date: what is decided waits for nobody. */
const DECIDED = "~";

/** Whether a line has waited for longer than anybody should let it. */
export const isLongOpen = (line: Exposure, now: Instant): boolean =>
  isOpen(line) && line.openSince !== undefined && line.openSince < plusDays(now, -LONG_OPEN_DAYS);

/** How long a line waits, in whole weeks; null for less than one, or where nobody knows. */
export function openFor({ openSince }: Exposure, now: Instant): string | null {
  if (openSince === undefined) return null;
  const weeks = Math.floor(daysBetween(openSince, now) / 7);
  return weeks < 1 ? null : `open for ${weeks === 1 ? "1 week" : `${weeks} weeks`}`;
}
