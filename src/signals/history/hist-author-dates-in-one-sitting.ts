import type { Sitting } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unknown, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "hist-author-dates-in-one-sitting",
  axis: "P",
  family: "history",
  title: "Work that claims a year and more was committed within one hour",
  version: 30,
  core: true,
  weight: 3,
  falsePositiveRisk: "low",
  baseRate: "0 of 212 authors with enough commits, of 117 repositories",
  baseRateUpperPercent: 1.8,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts are artificially aged with commits whose dates were made up.",
    },
    {
      url: "https://git-scm.com/docs/git-commit#_date_formats",
      says: "The author's date can be set to any moment; the committer's is the one at which the command ran, unless it is set as well.",
    },
  ],
  benign: [
    "A whole history replayed: to take something out, to change a licence line, to split a repository.",
    "Patches of years applied from a mailbox, or a picture drawn on the contribution graph for fun.",
  ],
  clears: "Say where the work was before, or what was taken out of it.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell, and `sallyport history` says so.",
  needs: ["history.dates"],
  detect({ "history.dates": { sittings, sittingsLeftOut } }) {
    if (sittings === undefined) return unknown("the histories were read before this was looked at");
    const found = sittings.filter(isPainted);
    const unseen = unseenOf(sittingsLeftOut, "repositories");
    if (found.length === 0) return clearBut(unseen);
    return fired(
      found.flatMap((each) => commitEvidence(factOf(each), each.refs, tierOf(each.refs))),
      { strength: found.length >= MANY_REPOSITORIES ? 1 : 0.5, unseen },
    );
  },
});

const MIN_COMMITS = 30;
const MIN_SPAN_DAYS = 365;
/** Of the subject's commits there: a branch of long ago that was rebased is a small part of one's work. */
const MIN_SHARE = 0.5;
const MANY_REPOSITORIES = 3;

const isPainted = ({ commitCount, inHourCount, spanDays }: Sitting): boolean =>
  inHourCount >= MIN_COMMITS && spanDays >= MIN_SPAN_DAYS && inHourCount >= MIN_SHARE * commitCount;

const factOf = ({ commitCount, inHourCount, spanDays }: Sitting): string =>
  `${inHourCount} of its ${commitCount} commits in one repository are dated over ${Math.round(spanDays / 30)} months, and were committed within one hour by their own commit dates.`;
