import type { Instant } from "../clock.ts";

/** What was done lately for one pull request and its author. */
export interface RecentRuns {
  /** When heads of the pull request were done, in any order, those from `brakeSince` on. */
  readonly ofPullRequest: readonly Instant[];
  /** When heads of any pull request of its author were done, the same way. */
  readonly ofAuthor: readonly Instant[];
}

/** How far back a brake looks. */
const BRAKE_MINUTES = 10;
export const brakeSince = (now: Instant): Instant => new Date(Date.parse(now) - BRAKE_MINUTES * 60_000).toISOString();

/** How long the next head of a pull request waits, from the second on; each one done lately doubles it. */
interface Brake {
  readonly firstSeconds: number;
  readonly mostSeconds: number;
  /** So many of one author in ten minutes go at once, the others one after the other at this distance. */
  readonly author: { readonly atOnce: number; readonly thenSeconds: number } | null;
}

/**
 * Of several pushes in a row only the newest head is worth a look. One author gets at most 60 looks in ten minutes, and
 * they are spread out: the jobs of an installation run one after the other, and those of other authors need a turn.
 */
export const TRIAGE_BRAKE: Brake = { firstSeconds: 30, mostSeconds: 600, author: { atOnce: 10, thenSeconds: 12 } };
/** Shorter, because a merge may wait for the check; none for the author, because a check tells nobody apart. */
export const CHECK_BRAKE: Brake = { firstSeconds: 10, mostSeconds: 300, author: null };

/**
 * Until when the next head has to wait; null for not at all. The first head never waits for its own pull request. A
 * newer head replaces one that waits, so a hundred pushes in a row cost as much as a few.
 */
export function heldUntil(recent: RecentRuns, now: Instant, brake: Brake): Instant | null {
  const [ofPullRequest, ofAuthor] = [notAfter(recent.ofPullRequest, now), notAfter(recent.ofAuthor, now)];
  const { firstSeconds, mostSeconds, author } = brake;
  const pause = Math.min(mostSeconds, firstSeconds * 2 ** (ofPullRequest.length - 1));
  const byPullRequest = latest(ofPullRequest) + pause * 1_000;
  const isMany = author !== null && ofAuthor.length >= author.atOnce;
  const byAuthor = isMany ? latest(ofAuthor) + author.thenSeconds * 1_000 : 0;
  const until = Math.max(byPullRequest, byAuthor);
  return until > Date.parse(now) ? new Date(until).toISOString() : null;
}

/** Moments in the future were noted by a clock that ran ahead, and say nothing. */
const notAfter = (moments: readonly Instant[], now: Instant): readonly Instant[] =>
  moments.filter((at) => Date.parse(at) <= Date.parse(now));

/** Milliseconds since 1970; 0 for none. */
const latest = (moments: readonly Instant[]): number => Math.max(0, ...moments.map((at) => Date.parse(at)));
