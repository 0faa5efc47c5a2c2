import type { Instant } from "../clock.ts";
import type { PublicText } from "../dossier/public-texts.ts";

/** What a window of days holds of some texts. */
export interface TextWindow {
  readonly textCount: number;
  readonly ownerCount: number;
  /** When its last text was written. */
  readonly until: Instant;
}

const DAY_MS = 86_400_000;

/**
 * The window of `days` that holds most of `by` among those with at least so many texts and owners; of several like that
 * the last one. Null without one. The order of the texts makes no difference.
 */
export function busiestTexts(
  texts: readonly PublicText[],
  wanted: {
    readonly days: number;
    readonly minTexts: number;
    readonly minOwners: number;
    readonly by: "textCount" | "ownerCount";
  },
): TextWindow | null {
  if (texts.length < wanted.minTexts) return null;
  const sorted = texts.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const times = sorted.map(({ at }) => Date.parse(at));
  const owners = new Map<string, number>();
  let best: TextWindow | null = null;
  let start = 0;
  for (const [index, { ownerNodeId, at }] of sorted.entries()) {
    owners.set(ownerNodeId, (owners.get(ownerNodeId) ?? 0) + 1);
    for (; (times[index] ?? 0) - (times[start] ?? 0) > wanted.days * DAY_MS; start++)
      leave(owners, sorted[start]?.ownerNodeId ?? "");
    const window = { textCount: index - start + 1, ownerCount: owners.size, until: at };
    const isEnough = window.textCount >= wanted.minTexts && window.ownerCount >= wanted.minOwners;
    if (isEnough && window[wanted.by] >= (best?.[wanted.by] ?? 0)) best = window;
  }
  return best;
}

function leave(owners: Map<string, number>, owner: string): void {
  const left = (owners.get(owner) ?? 1) - 1;
  if (left === 0) owners.delete(owner);
  else owners.set(owner, left);
}

/** Texts where the account holds nothing: who works in a place writes there as it pleases. */
export const outside = (texts: readonly PublicText[], ...kinds: readonly PublicText["kind"][]): readonly PublicText[] =>
  texts.filter(({ kind, insider }) => insider === undefined && kinds.includes(kind));

/** A newcomer wrote too little elsewhere for any of this: that is unknown, and no reason to think well or ill of him. */
export const TOO_FEW = "too few texts elsewhere";
