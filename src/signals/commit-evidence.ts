import type { Instant } from "../clock.ts";
import type { CommitRef } from "../history/traces/traces.ts";
import type { Evidence, Tier } from "./signal.ts";

/** One fact with its commits: the sentence with each of them, so that every one can be opened. */
export const commitEvidence = (fact: string, refs: readonly CommitRef[], tier: Tier): readonly Evidence[] =>
  refs.length === 0 ? [{ fact, tier }] : refs.map(({ commit, at }) => ({ fact, tier, commit, at }));

/** Commit data is free text: a little more than that where GitHub saw the account push every one of the commits. */
export const tierOf = (refs: readonly CommitRef[]): Tier =>
  refs.length > 0 && refs.every(({ attested }) => attested) ? "SM_attested" : "SM";

/** The last of some moments, from which bits fade; null where none was kept. */
export const latest = (moments: readonly (Instant | null | undefined)[]): Instant | null =>
  moments.reduce<Instant | null>((last, at) => (at && at > (last ?? "") ? at : last), null);
