import type { ChangeCommit } from "../../change/change.ts";
import { daysBetween, type Instant } from "../../clock.ts";
import { CLOCK_ERROR_DAYS } from "../../history/traces/clock-errors.ts";
import type { DateTraces, ImpossibleDate } from "../../history/traces/traces.ts";
import { tierOf } from "../commit-evidence.ts";
import { clear, type Detection, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "hist-impossible-timestamps",
  axis: "P",
  family: "history",
  title: "Several commits carry dates that cannot be true",
  version: 57,
  core: true,
  weight: 2.5,
  falsePositiveRisk: "low",
  baseRate: "0.13 % of established contributors (95 %: 0.05 to 0.34; 3,011 of 117 repositories)",
  baseRateUpperPercent: 0.4,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts are artificially aged with commits whose dates were made up.",
    },
  ],
  benign: [
    "A computer whose clock was wrong: an empty battery, a virtual machine that was resumed.",
    "Commits written by an import script or a patch queue.",
  ],
  clears: "Say how the commits were made; rewriting their dates is not needed.",
  framing:
    "Only commits that the account itself put into the pull request, or that its own pushes brought into its own repositories, count; commits elsewhere with its address do not, nor what it merged.",
  needs: [],
  needsOneOf: ["change.commits", "history.dates"],
  detect({ "change.commits": change, "history.dates": history, asOf, subjectId }) {
    const inHistory = history ? ofHistory(history) : null;
    const inChange = change ? ofChange(change.commits.filter(isLocalTo(subjectId)), asOf) : null;
    const firing = [inHistory, inChange].flatMap((each) => (each?.outcome === "fired" ? [each] : []));
    if (firing.length > 0) return stronger(firing);
    if (inHistory?.outcome === "clear" || inChange?.outcome === "clear") return clear;
    return unknown(`fewer than ${MIN_EVENT_COUNT} commits to compare`);
  },
});

/** One wrong clock gives one or two; SIGNALS.md starts at three. */
const MIN_EVENT_COUNT = 3;
const MANY_EVENTS_COUNT = 10;

/** Counts grow with activity: the wrong dates have to be this share of a long history. */
const MIN_SHARE = 0.005;
const MANY_REPOSITORIES_COUNT = 3;

type Fired = Extract<Detection, { outcome: "fired" }>;

const stronger = (found: readonly Fired[]): Detection => found.toSorted((a, b) => b.strength - a.strength)[0] ?? clear;

/**
 * As in histories, only what was made on a machine of the account's own counts: others' clocks are not its. An address
 * that no account is linked to may be the account's.
 */
const isLocalTo =
  (subjectId: number | null) =>
  ({ authorAccountId, committerAccountId, committedViaWeb }: ChangeCommit): boolean =>
    !committedViaWeb && [authorAccountId, committerAccountId].every((id) => id === null || id === subjectId);

function ofChange(commits: readonly ChangeCommit[], asOf: Instant): Detection {
  const linear = commits.filter((commit) => commit.parentOids.length < 2);
  if (linear.length < MIN_EVENT_COUNT) return unknown("too few");
  const byOid = new Map(linear.map((commit) => [commit.oid, commit]));
  const found = linear.flatMap((commit) => impossible(commit, byOid, asOf) ?? []);
  if (found.length < MIN_EVENT_COUNT) return clear;
  return fired(found, { strength: found.length >= MANY_EVENTS_COUNT ? 1 : 0.6 });
}

function ofHistory({ linearCount, impossible: { count, repositoryCount, refs } }: DateTraces): Detection {
  if (linearCount < MIN_EVENT_COUNT) return unknown("too few");
  if (count < MIN_EVENT_COUNT || count / linearCount < MIN_SHARE) return clear;
  const many = count >= MANY_EVENTS_COUNT || repositoryCount >= MANY_REPOSITORIES_COUNT;
  const evidence = refs.map(({ kind, commit, at }) => ({ fact: SAYS[kind], tier: tierOf(refs), commit, at }));
  return fired(evidence, { strength: many ? 1 : 0.6 });
}

const SAYS: Readonly<Record<ImpossibleDate, string>> = {
  before_parent: "The commit is dated more than 30 days before the commit it builds on.",
  author_after_commit: "The commit's author date is more than a day after its commit date.",
  after_receipt: "The commit is dated more than a day after GitHub had received it.",
};

function impossible(commit: ChangeCommit, byOid: ReadonlyMap<string, ChangeCommit>, asOf: Instant): Evidence | null {
  const parent = byOid.get(commit.parentOids[0] ?? "");
  const says = (fact: string): Evidence => ({ fact, tier: "SM", commit: commit.oid });
  if (parent && isLater(parent.committedAt, commit.committedAt, CLOCK_ERROR_DAYS.childLead))
    return says(SAYS.before_parent);
  if (isLater(commit.authoredAt, commit.committedAt, CLOCK_ERROR_DAYS.clock)) return says(SAYS.author_after_commit);
  // Not the pull request's own date: commits pushed to it later are younger than it.
  if (isLater(commit.committedAt, asOf, CLOCK_ERROR_DAYS.clock)) return says(SAYS.after_receipt);
  return null;
}

/** Instants of one form compare as texts, so only what is out of order has to be measured. */
function isLater(at: Instant, than: Instant, days: number): boolean {
  return at > than && daysBetween(than, at) > days;
}
