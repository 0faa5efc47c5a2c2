import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "hist-synthetic-cadence",
  axis: "P",
  family: "history",
  title: "Commits keep a beat that people do not keep",
  version: 34,
  weight: 3,
  falsePositiveRisk: "medium",
  baseRate:
    "0 of 1,205 established contributors with fifty local commits (117 repositories; at most 4.0 % of anybody's days had one time, 4.1 % of the gaps one length)",
  baseRateUpperPercent: 0.32,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Contribution graphs were painted by scripts that made commits with invented dates.",
    },
  ],
  benign: [
    "A job that commits data or a backup by the clock.",
    "A picture drawn on the contribution graph for fun.",
    "An import whose tool gave every change the same time of day.",
  ],
  clears: "Say in the README that a schedule makes the commits.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell, and `sallyport history` says so.",
  needs: ["history.dates"],
  detect({ "history.dates": { cadence } }) {
    if (cadence.commitCount < MIN_COMMITS) return unknown(`fewer than ${MIN_COMMITS} local commits`);
    if (cadence.declared) return clear;
    const found: (readonly Evidence[])[] = [];
    if (cadence.sameTimeShare >= MIN_TIME_SHARE && cadence.sameTimeCount >= MIN_REPEATS)
      found.push(
        commitEvidence(
          `On ${percent(cadence.sameTimeShare)} of occasions a commit was made at the same second of the day.`,
          cadence.sameTimeRefs,
          tierOf(cadence.sameTimeRefs),
        ),
      );
    if (cadence.sameGapShare >= MIN_GAP_SHARE && cadence.sameGapCount >= MIN_REPEATS)
      found.push(
        commitEvidence(
          `${percent(cadence.sameGapShare)} of the pauses between commits have the same length to the second.`,
          cadence.sameGapRefs,
          tierOf(cadence.sameGapRefs),
        ),
      );
    return found.length === 0 ? clear : fired(found.flat(), { strength: STRENGTHS[found.length - 1] ?? 0 });
  },
});

const MIN_COMMITS = 50;
const MIN_TIME_SHARE = 0.15;
const MIN_GAP_SHARE = 0.1;
/** Of fifty commits a tenth is five, which chance and a lunch break can do. */
const MIN_REPEATS = 8;
/** One of the two tests, both. The third of SIGNALS.md, one file toggled, needs contents, which are not fetched. */
const STRENGTHS = [0.4, 0.8] as const;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
