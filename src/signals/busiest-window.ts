import type { Instant } from "../clock.ts";
import type { PullRequestBrief } from "../dossier/facts.ts";

const DAY_MS = 86_400_000;

/** Distinct owners of the busiest window, and when its last pull request was opened; null without any. */
export interface Window {
  readonly ownerCount: number;
  readonly until: Instant | null;
}

/**
 * The window of `days` in which pull requests in repositories of others went to most distinct owners. Empty when there
 * are fewer than `minOwnerCount` owners over all time, which spares dating them.
 */
export function busiestWindow(
  requests: readonly PullRequestBrief[],
  { days, minOwnerCount }: { readonly days: number; readonly minOwnerCount: number },
): Window {
  const opened = requests.filter(({ elsewhere }) => elsewhere);
  const owners = new Set(opened.map(({ ownerNodeId }) => ownerNodeId));
  return owners.size < minOwnerCount ? { ownerCount: 0, until: null } : slide(opened, days);
}

function slide(opened: readonly PullRequestBrief[], days: number): Window {
  const acts = opened
    .map(({ createdAt, ownerNodeId }) => ({ at: Date.parse(createdAt), createdAt, ownerNodeId }))
    .sort((a, b) => a.at - b.at);
  const inWindow = new Map<string, number>();
  let best: Window = { ownerCount: 0, until: null };
  let start = 0;
  for (const act of acts) {
    inWindow.set(act.ownerNodeId, (inWindow.get(act.ownerNodeId) ?? 0) + 1);
    for (let first = acts[start]; first && act.at - first.at > days * DAY_MS; first = acts[start]) {
      const left = (inWindow.get(first.ownerNodeId) ?? 1) - 1;
      if (left === 0) inWindow.delete(first.ownerNodeId);
      else inWindow.set(first.ownerNodeId, left);
      start += 1;
    }
    if (inWindow.size >= best.ownerCount) best = { ownerCount: inWindow.size, until: act.createdAt };
  }
  return best;
}
