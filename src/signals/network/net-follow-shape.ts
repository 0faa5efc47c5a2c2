import { ringAround } from "../merge-graph.ts";
import { clear, clearBut, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "net-follow-shape",
  axis: "P",
  family: "network",
  title: "It follows nobody but accounts that it is tied to by harder evidence",
  version: 13,
  weight: 0.7,
  needsCompany: true,
  falsePositiveRisk: "high",
  sources: [
    {
      url: "https://ketman.org/identifying-suspicious-gh-accounts.html",
      says: "Accounts of one group follow one another and hardly anybody else.",
    },
  ],
  benign: ["A newcomer follows the friends with whom he learns.", "An account for one team alone."],
  clears: "Nothing needs clearing: it is context for another finding, and counts for nothing without one.",
  framing:
    "Only whom the account follows itself is read, never who follows it, and only where those are three at most. They must be tied to it by its own merged pull requests or by repositories that they published before it.",
  needs: ["network.ties"],
  uses: ["history.scan"],
  detect({ "network.ties": ties, "history.scan": scan, subjectId }) {
    if (subjectId === null) return unknown("the account has no number");
    const { followedIds } = ties;
    if (followedIds === null || followedIds.length === 0) return clear;
    const ring = ringAround(ties, subjectId);
    const earlier = new Set(scan?.shared?.flatMap(({ earlierIds }) => earlierIds) ?? []);
    const isTied = (id: number): boolean => ring?.memberIds.has(id) === true || earlier.has(id);
    if (!followedIds.every(isTied)) return clearBut(null);
    const fact = `It follows ${followedIds.length === 1 ? "one account" : `${followedIds.length} accounts`}, and nobody who is not tied to it by merges or by the same repositories.`;
    return fired([{ fact, tier: "PL" }], { strength: 0.5 });
  },
});
