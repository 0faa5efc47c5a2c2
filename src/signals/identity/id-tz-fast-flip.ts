import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "id-tz-fast-flip",
  axis: "P",
  family: "identity",
  title: "Commits follow one another faster than their clocks can be apart",
  version: 33,
  weight: 1,
  halfLifeDays: 730,
  falsePositiveRisk: "high",
  baseRate:
    "Three or more such jumps: 0.13 % of established contributors on default branches (95 %: 0.05 to 0.34), 0.21 % with pull request heads (3,011 and 5,831 of 117 repositories)",
  baseRateUpperPercent: 0.36,
  needsCompany: true,
  sources: [
    {
      url: "https://rheaeve.substack.com/p/xz-backdoor-times-damned-times-and",
      says: "Commits minutes apart whose clocks stood hours apart were taken for a trace of a set clock.",
    },
  ],
  benign: [
    "Two machines, a remote desktop, a container or a server beside the laptop.",
    "Work of another branch that was replayed; a flight.",
  ],
  clears: "Nothing needs clearing: two machines are ordinary.",
  framing:
    "Clocks are free text. Only the account's local commits are compared, with one another and by the difference alone; where a clock stands is never looked at.",
  needs: ["history.identity"],
  detect({ "history.identity": { clockJumps, localCount } }) {
    if (localCount < MIN_LOCAL) return unknown(`fewer than ${MIN_LOCAL} local commits`);
    const share = clockJumps.count / localCount;
    if (clockJumps.count < MIN_JUMPS || share < MIN_SHARE) return clear;
    const fact = `${clockJumps.count} of ${localCount} local commits came sooner after the one before than their clocks are apart.`;
    return fired(commitEvidence(fact, clockJumps.refs, tierOf(clockJumps.refs)), {
      strength: clockJumps.count >= MANY_JUMPS ? 1 : 0.4,
      at: clockJumps.lastAt ?? null,
    });
  },
});

const MIN_LOCAL = 20;
/** Stricter than SIGNALS.md: two jumps are shown by 6 % of ordinary authors, and counts grow with activity. */
const MIN_JUMPS = 3;
const MIN_SHARE = 0.01;
const MANY_JUMPS = 5;
