import { daysBetween, type Instant, plusDays } from "../clock.ts";
import type { AccountActivity, AccountProfile, AccountRepositories } from "./facts.ts";

/** Days without an act, and days since the return. */
const LONG_SILENCE = { days: 4 * 365.25, returnedWithinDays: 548 } as const;

export interface Silence {
  /** The last act before it. */
  readonly from: Instant;
  /** The first one after it. */
  readonly to: Instant;
}

/**
 * The silence that an account ended not long ago: four years or more without an act, and a return in the last 18
 * months. `life-dormant-reactivation-break` judges by it, and the collector asks for keys and events by it alone, so
 * that nothing is asked about anybody else.
 */
export function endedSilence(
  { createdAt }: Pick<AccountProfile, "createdAt">,
  acts: { readonly repositories: AccountRepositories; readonly activity: AccountActivity },
  asOf: Instant,
): Silence | null {
  return isOlder(createdAt, asOf) ? returnAfterGap(actTimes(acts.repositories, acts.activity), asOf) : null;
}

/** An account younger than the pause cannot have made one, whatever its repositories say. */
const isOlder = (createdAt: Instant, asOf: Instant): boolean => daysBetween(createdAt, asOf) >= LONG_SILENCE.days;

/** Every act that GitHub dated, in no order. The making of the account is none: who first acts now did not come back. */
function actTimes({ repositories }: AccountRepositories, { acts }: AccountActivity): readonly Instant[] {
  return [...repositories.map((repository) => repository.createdAt), ...acts.map(({ at }) => at)];
}

/** Only the first act of the last 18 months can have ended one. */
function returnAfterGap(times: readonly Instant[], asOf: Instant): Silence | null {
  const since = plusDays(asOf, -LONG_SILENCE.returnedWithinDays);
  let from = "";
  let to = "";
  for (const at of times) {
    if (at < since) from = at > from ? at : from;
    else to = to === "" || at < to ? at : to;
  }
  return from !== "" && to !== "" && daysBetween(from, to) >= LONG_SILENCE.days ? { from, to } : null;
}
