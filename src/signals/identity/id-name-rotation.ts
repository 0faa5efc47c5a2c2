import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "id-name-rotation",
  axis: "P",
  family: "identity",
  title: "Several unrelated full names committed under one address",
  status: "stable",
  version: 3,
  core: false,
  weight: 1.5,
  severity: null,
  hard: false,
  queue: false,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  baseRate:
    "Two full names with no word in common: 1.6 % of established contributors (1,651 of 126 repositories); three are rarer",
  baseRateUpperPercent: 2.4,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "One account was used by several people, whose names followed one another in the commits.",
    },
    {
      url: "https://github.com/shortdoom/gh-fake-analyzer",
      says: "It reports different names for one address as a trace of rotation.",
    },
  ],
  benign: [
    "A name changed by marriage, by transition, or by writing it in another script.",
    "A workstation or an address that a team shares.",
  ],
  clears: "Say which of the names is the account's; nobody has to say why the others were used.",
  framing:
    "Names are free text. Only commits that the account's own pushes brought count, none that a pull request of somebody else held, and a name has to stand on three of them. The names themselves are never shown.",
  needs: ["history.identity"],
  detect({ "history.identity": { rotations, leftOut } }) {
    const unseen = unseenOf(leftOut?.rotations, "addresses");
    if (rotations.length === 0) return clear;
    const strong = rotations.some(({ unrelatedCount, alternates }) => unrelatedCount >= MANY_NAMES || alternates);
    return fired(
      rotations.flatMap(({ unrelatedCount, refs }) =>
        commitEvidence(
          `${unrelatedCount} full names without a word in common stand on one address.`,
          refs,
          tierOf(refs),
        ),
      ),
      { strength: strong ? 1 : 0.4, unseen },
    );
  },
});

const MANY_NAMES = 4;
