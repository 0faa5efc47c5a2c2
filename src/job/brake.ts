import type { Instant } from "../clock.ts";

/** What was done lately for one pull request and its author. */
export interface Recent {
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
  /** Heads of one author in ten minutes; the next waits until the oldest of them is that old. */
  readonly perAuthor: number;
}

/** A push that follows another at once is worth one look, at the newest head. */
export const TRIAGE_BRAKE: Brake = { firstSeconds: 30, mostSeconds: 600, perAuthor: 60 };
/** Shorter, because a merge may wait for the check; none for the author, because a check tells nobody apart. */
export const CHECK_BRAKE: Brake = { firstSeconds: 10, mostSeconds: 300, perAuthor: Number.POSITIVE_INFINITY };

/**
 * Until when the next head has to wait; null for not at all. The first head never waits for its own pull request. What
 * waits is replaced by newer heads, so a storm of pushes costs as much as a few.
 */
export function heldUntil({ ofPullRequest, ofAuthor }: Recent, now: Instant, brake: Brake): Instant | null {
  const own = ofPullRequest.map((at) => Date.parse(at));
  const pause = Math.min(brake.mostSeconds, brake.firstSeconds * 2 ** (own.length - 1));
  const byPullRequest = own.length === 0 ? 0 : Math.max(...own) + pause * 1_000;
  const authors = ofAuthor.map((at) => Date.parse(at)).sort((a, b) => b - a);
  const oldest = authors[brake.perAuthor - 1];
  const byAuthor = oldest === undefined ? 0 : oldest + BRAKE_MINUTES * 60_000;
  const until = Math.max(byPullRequest, byAuthor);
  return until > Date.parse(now) ? new Date(until).toISOString() : null;
}
