import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "hist-foreign-merge-residue",
  axis: "P",
  family: "history",
  title: "A repository refers to pull requests that it never had",
  version: 34,
  core: true,
  weight: 2.5,
  falsePositiveRisk: "medium",
  baseRate: "2 of 114 repositories",
  baseRateUpperPercent: 6.2,
  sources: [
    {
      url: "https://github.com/shortdoom/gh-fake-analyzer",
      says: "Merges of a copied repository keep the number and the owner of the original's pull requests.",
    },
  ],
  benign: [
    "A fork that was detached, or a repository that moved without its issues.",
    "Several repositories joined into one.",
  ],
  clears: "Say in the description or the README where the history is from.",
  framing:
    "Only subject lines of commits that the account's own pushes brought are read, in repositories it owns, and GitHub says how many pull requests they had. A branch's name, which others choose, is no reference.",
  needs: ["history.origin"],
  detect({ "history.origin": { repositories } }) {
    const read = repositories.filter(({ impossibleReferenceCount }) => impossibleReferenceCount !== null);
    if (read.length === 0) return unknown("how many pull requests its repositories had is not known");
    const found = read.filter(
      ({ declared, impossibleReferenceCount }) => !declared && (impossibleReferenceCount ?? 0) >= MIN_REFERENCES,
    );
    if (found.length === 0) return clear;
    return fired(
      found.flatMap(({ impossibleReferenceCount, referenceRefs }) =>
        commitEvidence(
          `${impossibleReferenceCount} commits of one repository refer to pull requests beyond the last number it ever gave.`,
          referenceRefs,
          tierOf(referenceRefs),
        ),
      ),
      { strength: found.length >= 2 ? 1 : 0.4 },
    );
  },
});

const MIN_REFERENCES = 10;
