import type { Clock } from "../../../clock.ts";

/** How far our clock is from GitHub's, by the `Date` of its newest answer. */
export interface GitHubClock {
  /** Takes note of an answer that came just now. */
  hear(headers: Headers): void;
  /** Whole seconds, ours ahead positive, the answer's way included; null before the first answer. */
  differenceSeconds(): number | null;
}

export function makeGitHubClock(clock: Clock): GitHubClock {
  let difference: number | null = null;
  return {
    hear(headers) {
      const theirs = Date.parse(headers.get("date") ?? "");
      if (!Number.isNaN(theirs)) difference = Math.round((Date.parse(clock.now()) - theirs) / 1_000);
    },
    differenceSeconds: () => difference,
  };
}
