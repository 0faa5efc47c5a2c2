import type { ScanSummary, SharedSnapshot } from "../../history/traces/scan.ts";
import { commitEvidence } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "net-shared-portfolio",
  axis: "P",
  family: "network",
  title: "A few other people published the same repositories before it",
  version: 13,
  core: true,
  weight: 3,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://ketman.org/identifying-suspicious-gh-accounts.html",
      says: "Accounts of one group show identical repositories as the work of each.",
    },
    {
      url: "https://docs.github.com/en/search-github/searching-on-github/searching-commits#search-by-hash",
      says: "Commits can be searched by the hash of their tree, which names the whole content.",
    },
  ],
  benign: [
    "Course work, a workshop or a task from an interview that several people published.",
    "One's own work that moved here from another account, while somebody else holds it as well.",
  ],
  clears: "Say what the repositories have in common: the course, the task or the earlier account.",
  framing:
    "Only the later publisher is looked at. Whoever copies the account's repository, into a new one or into an old one that was empty, does not count: GitHub's own dates of pushes must show that the content stood there before the account's repository was made. What more than twenty people hold, forks included, is a template.",
  needs: ["history.scan"],
  detect({ "history.scan": scan }) {
    if (scan.shared === undefined) return unknown("who else holds its snapshots was not counted when they were read");
    if (scan.shared === null) return clearBut("whether others hold the same repositories");
    const found = scan.shared.flatMap((snapshot) => {
      const otherCount = snapshot.ownerCount - (isCopy(scan, snapshot) ? 1 : 0);
      return snapshot.earlierIds.length > 0 && otherCount >= MIN_OTHERS ? [{ snapshot, otherCount }] : [];
    });
    if (found.length === 0) return clearBut(null);
    const weight = found.reduce((sum, { otherCount }) => sum + rarity(otherCount + 1), 0);
    return fired(
      found.flatMap(({ snapshot, otherCount }) => commitEvidence(factOf(otherCount), [snapshot.ref], "SC")),
      { strength: weight / FULL_REPOSITORIES },
    );
  },
});

/** With the account three: two may be one person's two accounts. */
const MIN_OTHERS = 2;
/** Repositories of the rarest kind that give the whole weight. */
const FULL_REPOSITORIES = 3;
/** What so many people hold is a template. */
const TEMPLATE_OWNERS = 50;

/** 1 for what three people hold, falling to nothing for a template. */
const rarity = (ownerCount: number): number =>
  Math.max(0, Math.log(TEMPLATE_OWNERS / ownerCount) / Math.log(TEMPLATE_OWNERS / (MIN_OTHERS + 1)));

/** The one that was copied is hist-author-rewrite-copy's to tell, so that one answer is not counted twice. */
const isCopy = ({ copies }: ScanSummary, { repository }: SharedSnapshot): boolean =>
  copies?.some((copy) => copy.repository === repository) ?? false;

const factOf = (otherCount: number): string =>
  `${otherCount} other people hold the same content as one of its repositories, and some of them had it before.`;
