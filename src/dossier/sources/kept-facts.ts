import { type Instant, plusDays } from "../../clock.ts";
import type { Dossier } from "../dossier.ts";
import type { MergesHere } from "../gateway.ts";
import { ACCOUNT_SECTIONS, isKnown } from "./account.ts";

type Known = Partial<Dossier["sections"]>;

/** What GitHub said of an account is asked for again after a day, and of one that is long known here after a week. */
const FACTS_DAYS = { anybody: 1, longKnown: 7 } as const;

/** Nothing that was read longer ago stands for anybody. */
export const LONGEST_FACTS_HOURS = 24 * FACTS_DAYS.longKnown;

/**
 * Who is long known here: by an age that GitHub dates, by merges that people of this organisation made, and by an act not
 * long before the facts were read, so that whoever comes back after a silence is read anew. Merges elsewhere do not
 * count, because anybody can have a friend merge; those here are asked for with every pull request and are never old.
 */
const LONG_KNOWN = { accountDays: 730, mergedHere: 10, mergersHere: 2, actedWithinDays: 30 } as const;

/** What of earlier facts stands for a grant, a holder or an invitation: what a day can have changed is read anew. */
export const factsOfToday = (known: Known, asOf: Instant): Known => youngerThan(known, asOf, () => FACTS_DAYS.anybody);

/**
 * What of earlier facts stands for a pull request. Only a change without a file that the policy calls sensitive is looked
 * at with a week-old picture of its author; when keys were added is never older than a day.
 */
export function factsForChange(
  known: Known,
  about: { readonly merges: MergesHere | null; readonly isSensitive: boolean; readonly asOf: Instant },
): Known {
  const { asOf } = about;
  if (about.isSensitive || !isLongKnown(known, about.merges)) return factsOfToday(known, asOf);
  return youngerThan(known, asOf, (name) => (name === "account.keys" ? FACTS_DAYS.anybody : FACTS_DAYS.longKnown));
}

/** Keys are an excuse, so those of somebody who was read days ago are read anew before they count. */
export const wantsKeys = (known: Known, asOf: Instant): boolean =>
  known["account.keys"]?.state !== "present" && !isKnown(factsOfToday(known, asOf));

function isLongKnown(known: Known, merges: MergesHere | null): boolean {
  const profile = known["account.profile"];
  const activity = known["account.activity"];
  if (profile?.state !== "present" || activity?.state !== "present" || merges === null) return false;
  const { accountDays, mergedHere, mergersHere, actedWithinDays } = LONG_KNOWN;
  const readAt = activity.asOf;
  return (
    profile.value.createdAt <= plusDays(readAt, -accountDays) &&
    merges.mergedCount >= mergedHere &&
    (merges.mergerCount ?? 0) >= mergersHere &&
    activity.value.acts.some(({ at }) => at > plusDays(readAt, -actedWithinDays))
  );
}

/** All that GitHub did not say of the account stands as it is. */
function youngerThan(known: Known, asOf: Instant, daysOf: (name: (typeof ACCOUNT_SECTIONS)[number]) => number): Known {
  const old = ACCOUNT_SECTIONS.filter((name) => {
    const section = known[name];
    return section?.state === "present" && section.asOf <= plusDays(asOf, -daysOf(name));
  });
  const names: ReadonlySet<string> = new Set(old);
  return Object.fromEntries(Object.entries(known).filter(([name]) => !names.has(name)));
}
