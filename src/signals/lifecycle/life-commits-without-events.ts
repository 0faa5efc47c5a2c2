import type { AccountActivity, AccountYears } from "../../dossier/facts.ts";
import type { ClaimedYear } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "life-commits-without-events",
  axis: "P",
  family: "lifecycle",
  title: "Commits are dated into years in which GitHub saw nothing of the account",
  version: 12,
  weight: 2,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/case-studies",
      says: "Years of commits of an old account had no event beside them: they were made up after it changed hands.",
    },
    {
      url: "https://docs.github.com/en/graphql/reference/objects#contributionscollection",
      says: "GitHub counts by its own clock what an account opened and reviewed, and how much it does not show.",
    },
  ],
  benign: [
    "Years of work without GitHub, or on another forge, that was published later.",
    "Private work that the account does not show on its profile.",
  ],
  clears: "Name the place where the work was in those years.",
  framing:
    "Only commits that the account's own pushes brought are counted, and nobody else can take its acts out of GitHub's counts. Where GitHub counts a single act, push or hidden contribution in the year or beside it, the year is left out.",
  needs: ["history.dates", "account.profile", "account.years", "account.activity"],
  detect(facts) {
    const { years } = facts["history.dates"];
    if (years === undefined) return unknown("commits were not counted by year when its histories were read");
    const created = yearOf(facts["account.profile"].createdAt);
    const last = yearOf(facts.asOf);
    const claimed = years.filter(({ year, commitCount }) => year > created && commitCount >= MIN_COMMITS);
    const spans = claimed.map((each) => ({ each, seen: seenIn(around(each.year, last), facts) }));
    const unseen = spans.some(({ each, seen }) => seen === null || each.receivedCount === null);
    const silent = spans.flatMap(({ each, seen }) => (seen === false && each.receivedCount === 0 ? [each] : []));
    const strength = STRENGTHS[Math.min(silent.length, STRENGTHS.length) - 1];
    const because = unseen ? "what GitHub dates in some of those years" : null;
    if (strength === undefined) return clearBut(because);
    return fired(silent.flatMap(evidenceOf), { strength, unseen: because });
  },
});

/** In one year: as many as a person makes who works there. */
const MIN_COMMITS = 50;
/** One year, two, three or more (SIGNALS.md, life-commits-without-events). */
const STRENGTHS = [0.3, 0.6, 1] as const;

const yearOf = (at: string): number => Number(at.slice(0, 4));

/** The year and those beside it, as far as they have come. */
const around = (year: number, last: number): readonly number[] =>
  [year - 1, year, year + 1].filter((each) => each <= last);

/** Whether GitHub dates anything into these years, or hides something there; null when one of them was not counted. */
function seenIn(
  years: readonly number[],
  facts: { readonly "account.years": AccountYears; readonly "account.activity": AccountActivity },
): boolean | null {
  if (facts["account.activity"].acts.some(({ at }) => years.includes(yearOf(at)))) return true;
  const counted = facts["account.years"].years.filter(({ year }) => years.includes(year));
  if (counted.some(({ dated, restricted }) => dated > 0 || restricted > 0)) return true;
  return counted.length < years.length ? null : false;
}

const evidenceOf = ({ year, commitCount, refs }: ClaimedYear) =>
  commitEvidence(
    `${commitCount} commits are dated into ${year}, and GitHub dates no act of the account into that year or those beside it.`,
    refs,
    tierOf(refs),
  );
