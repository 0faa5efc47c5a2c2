import type { Instant } from "../clock.ts";
import type { PullRequestBrief } from "../dossier/facts.ts";

/** Distinct owners of the busiest window, and when its last pull request was opened; null without any. */
export interface Window {
  readonly ownerCount: number;
  readonly until: Instant | null;
}

const DAY_MS = 86_400_000;
const NO_WINDOW: Window = { ownerCount: 0, until: null };

/**
 * The window of `days` in which pull requests in repositories of others went to most distinct owners. Empty when no
 * window reaches `minOwnerCount` (two or more) of them.
 */
export function busiestWindow(
  requests: readonly PullRequestBrief[],
  { days, minOwnerCount }: { readonly days: number; readonly minOwnerCount: number },
): Window {
  const opened = requests.filter(({ elsewhere }) => elsewhere);
  if (new Set(opened.map(({ ownerNodeId }) => ownerNodeId)).size < minOwnerCount) return NO_WINDOW;
  const sorted = opened.sort((a, b) => (a.createdAt < b.createdAt ? -1 : Number(a.createdAt > b.createdAt)));
  if (isSparse(sorted, days, Math.floor(minOwnerCount / 2))) return NO_WINDOW;
  const busiest = slide(sorted, days);
  return busiest.ownerCount < minOwnerCount ? NO_WINDOW : busiest;
}

/**
 * True when no window can hold `2 x stride` requests, since any run of so many contains two marks. Reading dates is
 * what costs time here, and most people's requests are sparse.
 */
function isSparse(sorted: readonly PullRequestBrief[], days: number, stride: number): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < sorted.length; index += stride) {
    const mark = Date.parse(sorted[index]?.createdAt ?? "");
    if (mark - before <= days * DAY_MS) return false;
    before = mark;
  }
  return true;
}

function slide(sorted: readonly PullRequestBrief[], days: number): Window {
  const windowMs = days * DAY_MS;
  const times = sorted.map(({ createdAt }) => Date.parse(createdAt));
  const inWindow = new Map<string, number>();
  let best = NO_WINDOW;
  let start = 0;
  for (const [index, { ownerNodeId, createdAt }] of sorted.entries()) {
    inWindow.set(ownerNodeId, (inWindow.get(ownerNodeId) ?? 0) + 1);
    while ((times[index] ?? 0) - (times[start] ?? 0) > windowMs) {
      leave(inWindow, sorted[start]?.ownerNodeId ?? "");
      start += 1;
    }
    if (inWindow.size >= best.ownerCount) best = { ownerCount: inWindow.size, until: createdAt };
  }
  return best;
}

function leave(inWindow: Map<string, number>, owner: string): void {
  const left = (inWindow.get(owner) ?? 1) - 1;
  if (left === 0) inWindow.delete(owner);
  else inWindow.set(owner, left);
}
