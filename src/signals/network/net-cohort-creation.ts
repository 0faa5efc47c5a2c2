import { latest } from "../commit-evidence.ts";
import { cohortOf, MIN_COHORT } from "../merge-graph.ts";
import { clearBut, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "net-cohort-creation",
  axis: "P",
  family: "network",
  title: "Accounts that merge its pull requests, or those of its group, were made in the same week as it",
  version: 13,
  weight: 1.5,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/DataDog/ghbuster",
      says: "Groups of made-up accounts show by the days on which they were made.",
    },
  ],
  benign: [
    "A class, a boot camp or a conference at which everybody made an account.",
    "A company that gave accounts to all who joined in the same week.",
  ],
  clears: "Say what brought the accounts together, such as the course.",
  framing:
    "GitHub dates accounts, and nobody can change that. Only accounts that merged a pull request which this one opened itself are looked at, and those in a ring with it (net-cross-merge-ring), so others cannot place theirs beside it.",
  needs: ["network.ties"],
  detect({ "network.ties": ties, subjectId }) {
    if (subjectId === null) return unknown("the account has no number");
    const unseen = ties.unreadCount > 0 ? `${ties.unreadCount} further accounts that merge there` : null;
    const cohort = cohortOf(ties, subjectId);
    if (cohort.length < MIN_COHORT) return clearBut(unseen);
    const ids = new Set<number>(cohort.map(({ id }) => id));
    const at = latest(ties.edges.flatMap(({ merger, lastAt }) => (ids.has(merger) ? [lastAt] : [])));
    const fact = `${cohort.length} accounts that merged its pull requests, or those of its group, were made within a week of it.`;
    return fired([{ fact, tier: "PL", ...(at !== null && { at }) }], {
      strength: cohort.length >= LARGE_COHORT ? 1 : 0.5,
      at,
      unseen,
    });
  },
});

const LARGE_COHORT = 8;
