import { isRunByActions } from "../../change/formats/workflow.ts";
import type { Severity } from "../../change/severity.ts";
import type { ChangeSignatures, SigningHabit, UnverifiedCommit } from "../../change/signatures.ts";
import { type Detection, defineSignal, type Facts } from "../signal.ts";
import { type Graded, LIST_CUT, ofChange } from "../worst.ts";

export default defineSignal({
  id: "chg-signature-dropped",
  axis: "C",
  family: "change",
  title: "A commit names an author who signs here, and lacks that signature",
  version: 25,
  severity: "critical",
  falsePositiveRisk: "medium",
  baseRate:
    "0.46 % of the commits of authors who sign (129 of 27,846 on the default branches of 13 repositories, by 42 of 123 such authors at some time); whether the signatures verify was not asked",
  baseRateUpperPercent: 0.56,
  sources: [
    {
      url: "https://docs.github.com/en/authentication/managing-commit-signature-verification/displaying-verification-statuses-for-all-of-your-commits",
      says: "Git lets anybody set the author and the committer of a commit; a verified signature gives others confidence in them.",
    },
    {
      url: "https://ramimac.me/commit-autopsy",
      says: "An unsigned commit under the name and the address of another developer was made to look like part of a known action.",
    },
  ],
  why: "Anybody can type a name and an address as the author of a commit; a signature nobody can type.",
  benign: [
    "A new computer, a container or an agent on which signing is not set up.",
    "A rebase or an edit that left the signature out, such as GitHub's own rebase of a pull request.",
    "A key that was taken off the account.",
  ],
  clears: "Have whoever is named say by another way that the commit is theirs, or have them sign it again.",
  framing:
    "Anybody can name anybody as an author, which is what is said: somebody used this name. It says nothing about the account that is named, which nobody is told of, nor about the one that opened the pull request, and adds nothing to either. A commit that somebody else openly committed is a replay and not said.",
  needs: ["change.signatures"],
  uses: ["change.files"],
  detect,
});

/** Fewer signed commits are no habit. */
const MIN_IN_A_ROW = 10;

function detect(facts: Facts<"change.signatures", "change.files">): Detection {
  const { "change.signatures": signatures, "change.files": change } = facts;
  const runs = change?.files.some(
    ({ path, previousPath }) => isRunByActions(path) || isRunByActions(previousPath ?? ""),
  );
  const found = signatures.authors.flatMap((author) => factsOf(author, runs === true));
  const blind = blindness(signatures);
  const hidden = signatures.unshown > 0 ? "the signatures of commits beyond the hundred that GitHub shows" : null;
  const isOpen = runs !== true && found.some(({ severity }) => severity === "high");
  const note = isOpen && (change === undefined || change.truncated) ? LIST_CUT : hidden;
  return ofChange(found, { blind, note });
}

type Author = ChangeSignatures["authors"][number];

function factsOf({ commits, earlier }: Author, runs: boolean): readonly Graded[] {
  if (earlier === null || !isHabit(earlier)) return [];
  return commits.flatMap((commit): readonly Graded[] => {
    const severity = severityOf(commit, earlier);
    if (severity === null) return [];
    const evidence = { fact: fact(commit, earlier), tier: "SC" as const, commit: commit.oid };
    return [{ severity: runs && severity === "high" ? "critical" : severity, evidence }];
  });
}

/** Who began to sign and has signed ever since; whoever signed now and then has no habit. */
const isHabit = ({ inARow, verified }: SigningHabit): boolean => inARow >= MIN_IN_A_ROW && inARow === verified;

/** A replay keeps the date of what it replays; who writes a name for it gets the date of the moment. */
const MOMENT_MS = 60_000;
const inOneMoment = ({ authoredAt, committedAt }: UnverifiedCommit): boolean =>
  Math.abs(Date.parse(committedAt) - Date.parse(authoredAt)) <= MOMENT_MS;

const isOlder = ({ committedAt }: UnverifiedCommit, { since }: SigningHabit): boolean =>
  since !== null && committedAt < since;

/** Work from before the habit, or by a key that was the author's until it expired, is a note. */
function severityOf(commit: UnverifiedCommit, habit: SigningHabit): Severity | null {
  if (commit.signature === "unchecked") return null;
  if (commit.committedByOther) return inOneMoment(commit) ? "medium" : null;
  return commit.signature === "expired" || isOlder(commit, habit) ? "low" : "high";
}

const LACKS: Readonly<Record<UnverifiedCommit["signature"], string>> = {
  none: "It is not signed",
  invalid: "Its signature is none that GitHub could verify",
  expired: "Its signature is by a key that has expired",
  unchecked: "Its signature was not looked at",
};

function fact(commit: UnverifiedCommit, habit: SigningHabit): string {
  const dated = isOlder(commit, habit) ? ", and says that it is older than those" : "";
  return `The last ${habit.inARow} commits here of the author that this commit names carry the author's own signature. ${LACKS[commit.signature]}${dated}.`;
}

/** What would have been said had GitHub told: nothing where the habit is not there. */
function blindness({ authors }: ChangeSignatures): string | null {
  if (authors.some(({ earlier }) => earlier === null)) return "how an author of its commits signed here before";
  const unchecked = authors.some(
    ({ commits, earlier }) =>
      earlier !== null && isHabit(earlier) && commits.some(({ signature }) => signature === "unchecked"),
  );
  return unchecked ? "a signature that GitHub could not look at" : null;
}
