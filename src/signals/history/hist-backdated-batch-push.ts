import { daysBetween } from "../../clock.ts";
import type { DateTraces } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { isLong } from "../long-batch.ts";
import { clear, defineSignal, type Evidence, fired } from "../signal.ts";

export default defineSignal({
  id: "hist-backdated-batch-push",
  axis: "P",
  family: "history",
  title: "Work that claims a year and more arrived all at once",
  version: 35,
  core: true,
  weight: 3,
  falsePositiveRisk: "medium",
  baseRate:
    "By the committer's clock 0 of 1,205 established contributors with fifty local commits on default branches, 3 of 2,513 with pull request heads (117 repositories); by GitHub's nobody has counted",
  baseRateUpperPercent: 0.35,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Histories of years were made in an afternoon and pushed at once.",
    },
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/case-studies",
      says: "Two years of commits appeared in an account that had shown no event before.",
    },
  ],
  benign: [
    "Private work that was opened, or a move from another forge.",
    "A series of patches replayed, or a whole history rewritten to take something out.",
  ],
  clears: "Say where the work was before.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell, and `sallyport history` says so.",
  needs: ["history.dates"],
  detect({ "history.dates": { batches, batchesLeftOut = 0 } }) {
    const long = batches.filter(isLong);
    // Those of fewest days are left out, so where a shorter one is kept no longer one is missing.
    const leftOut = long.length === batches.length ? batchesLeftOut : 0;
    const served = long.filter(({ by }) => by === "server");
    const count = inSixtyDays(served);
    if (count >= MIN_REPOSITORIES)
      return fired(evidence(served), { strength: count >= MANY_REPOSITORIES ? 1 : 0.4, leftOut });
    const replayed = long.filter(({ by, at, ref }) => by === "committer_clock" && daysBetween(ref.at, at) > 0);
    // The committer's own clock admits it: weaker, since a rewrite of one's own history does the same.
    return replayed.length === 0 ? clear : fired(evidence(replayed), { strength: 0.2, leftOut });
  },
});

const WINDOW_DAYS = 60;
const MIN_REPOSITORIES = 3;
const MANY_REPOSITORIES = 6;

/** Most repositories that were filled so within sixty days. */
function inSixtyDays(batches: DateTraces["batches"]): number {
  let most = 0;
  for (const { at } of batches) {
    const near = batches.filter((other) => other.at >= at && daysBetween(at, other.at) <= WINDOW_DAYS);
    most = Math.max(most, new Set(near.map(({ repository }) => repository)).size);
  }
  return most;
}

const evidence = (batches: DateTraces["batches"]): readonly Evidence[] =>
  batches.flatMap(({ by, dayCount, spanDays, ref }) =>
    commitEvidence(
      `Work of ${dayCount} days over ${Math.round(spanDays / 30)} months ${by === "server" ? "was pushed at once" : "was committed within minutes, by its own commit dates"}.`,
      [ref],
      by === "server" ? "PL" : tierOf([ref]),
    ),
  );
