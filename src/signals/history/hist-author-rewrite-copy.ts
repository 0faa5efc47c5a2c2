import type { Copy, ScanSummary } from "../../history/traces/scan.ts";
import type { IdentityTraces } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, type Evidence, fired } from "../signal.ts";

export default defineSignal({
  id: "hist-author-rewrite-copy",
  axis: "P",
  family: "history",
  title: "Work of others was committed again under another name",
  version: 32,
  core: true,
  weight: 5,
  hard: true,
  falsePositiveRisk: "low",
  baseRate:
    "Within one history, 50 commits and nine in ten of an address's that another address made first: 4 of 92,391 identities of 117 repositories, three of them an import done twice; between repositories nobody has counted",
  baseRateUpperPercent: 0.02,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Repositories of others are copied, and their authors replaced, to show experience that is not there.",
    },
    {
      url: "https://docs.github.com/en/search-github/searching-on-github/searching-commits#search-by-hash",
      says: "Commits can be searched by the hash of their tree, which names the whole content.",
    },
  ],
  benign: [
    "One's own older work that moved here from an account or organisation that nothing ties to this one.",
    "An import that was done twice, a history that was filtered, or course work that all begin alike.",
  ],
  clears: "Say where the work comes from, or keep the names of those who wrote it.",
  framing:
    "Between repositories only commits that the account's own pushes brought count, GitHub's own dates of pushes must show that the older repository held them before the account's was made (one that was old and empty and is filled afterwards shows nothing), and a name, address or account that stands on both clears it. Within one history git alone cannot say who was first: that is soft evidence.",
  needs: [],
  needsOneOf: ["history.scan", "history.identity"],
  detect({ "history.scan": scan, "history.identity": identity }) {
    const copies = copiesOf(scan);
    const twins = identity === undefined ? [] : twinEvidence(identity);
    const strength = STRENGTHS[Math.min(copies.length, STRENGTHS.length) - 1];
    if (strength !== undefined) return fired([...copies.flatMap(evidenceOf), ...twins], { strength });
    if (twins.length > 0) return fired(twins, { strength: TWIN_STRENGTH, soft: true });
    return clearBut(scan?.copies === null ? "whether others hold older copies of its repositories" : null);
  },
});

/** Snapshots in a row of one repository that others have under another name. */
const MIN_REAUTHORED = 5;
/** One repository, two, three or more. */
const STRENGTHS = [0.5, 0.8, 1] as const;

/** Commits that stand twice within one history, and their share of the account's. */
const MIN_TWINS = 50;
const MIN_SHARE = 0.9;
const TWIN_STRENGTH = 0.5;

const copiesOf = (scan: ScanSummary | undefined): readonly Copy[] =>
  (scan?.copies ?? []).filter(({ reauthoredCount = 0 }) => reauthoredCount >= MIN_REAUTHORED);

const evidenceOf = ({ reauthoredCount = 0, refs }: Copy): readonly Evidence[] =>
  commitEvidence(
    `${reauthoredCount} snapshots in a row of one of its repositories stand in an older one of others, where they are somebody else's commits.`,
    refs,
    tierOf(refs),
  );

/** An unrelated name, as a second account of one person, or an import with the names of another forge, has the same. */
function twinEvidence({ twins }: IdentityTraces): readonly Evidence[] {
  if (twins === undefined || twins.relation !== "unrelated") return [];
  if (twins.count < MIN_TWINS || twins.count < MIN_SHARE * twins.commitCount) return [];
  const fact = `${twins.count} of its ${twins.commitCount} commits have the content and the author's second of a commit that another identity with an unrelated name made first.`;
  return commitEvidence(fact, twins.refs, tierOf(twins.refs));
}
