import type { ScanSummary } from "../../history/traces/scan.ts";
import { latest } from "../commit-evidence.ts";
import { cohortOf, MIN_COHORT, type Ring, ringAround } from "../merge-graph.ts";
import { clearBut, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "net-cross-merge-ring",
  axis: "P",
  family: "network",
  title: "A small group merges one another's pull requests and hardly anybody else's",
  version: 14,
  core: true,
  weight: 3,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts of one group contribute to each other's repositories, so that each has a record.",
    },
    {
      url: "https://github.com/microsoft/agent-governance-toolkit",
      says: "Its check of contributors gives no credit for merges between two accounts that merge each other.",
    },
  ],
  benign: [
    "Students of one course, a start-up, a couple or a team at a hackathon.",
    "Friends who learn together and publish under their own accounts.",
  ],
  clears: "Let somebody from outside the group vouch for the work, or say what the group is.",
  framing:
    "The account itself opened the pull requests, and GitHub recorded who merged them: pull requests of others that it merged lead nowhere by themselves. Nine in ten of its merges, and five at least, must be within the group, which others cannot bring about.",
  needs: ["network.ties"],
  uses: ["history.scan"],
  detect({ "network.ties": ties, "history.scan": scan, subjectId }) {
    if (subjectId === null) return unknown("the account has no number");
    const unseen = ties.unreadCount > 0 ? `${ties.unreadCount} further accounts that merge there` : null;
    const ring = ringAround(ties, subjectId);
    if (ring === null) return clearBut(unseen);
    const cohort = cohortOf(ties, subjectId).filter(({ id }) => ring.memberIds.has(id));
    const more = [
      ...(cohort.length >= MIN_COHORT ? [`${cohort.length} of them were made within a week of it.`] : []),
      ...(isShared(scan, ring) ? ["One of them holds the same repository and had it before."] : []),
    ].map((fact): Evidence => ({ fact, tier: "PL" }));
    const isLarge = ring.memberIds.size >= LARGE;
    return fired([wholeOf(ring), ...more], {
      strength: isLarge ? (more.length > 0 ? 1 : 0.7) : 0.3,
      at: latest(ring.edges.map(({ lastAt }) => lastAt)),
      rank: ({ at }) => (at === undefined ? 1 : 0),
      unseen,
    });
  },
});

/** Three or four people may be a team of friends. */
const LARGE = 5;

function wholeOf({ memberIds, edges }: Ring): Evidence {
  const count = edges.reduce((sum, edge) => sum + edge.count, 0);
  const fact = `It and ${memberIds.size - 1} other accounts merged ${count} pull requests of one another in repositories of their own, and hardly any were merged elsewhere.`;
  const at = latest(edges.map(({ lastAt }) => lastAt));
  return { fact, tier: "PL", ...(at !== null && { at }) };
}

const isShared = (scan: ScanSummary | undefined, { memberIds }: Ring): boolean =>
  scan?.shared?.some(({ earlierIds }) => earlierIds.some((id) => memberIds.has(id))) ?? false;
