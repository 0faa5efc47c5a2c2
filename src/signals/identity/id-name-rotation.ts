import type { JudgedRotation, NamesOfOneAddress } from "../../history/traces/traces.ts";
import { commitEvidence, latest, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "id-name-rotation",
  axis: "P",
  family: "identity",
  title: "Several unrelated full names committed under one address",
  version: 35,
  weight: 1.5,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  baseRate: "0 of 3,011 established contributors (117 repositories); two names 1.06 %",
  baseRateUpperPercent: 0.13,
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
    const found = rotations.flatMap((each) => ("names" in each ? judged(each) : [each]));
    if (found.length === 0) return clearBut(unseen);
    const strong = found.some(({ unrelatedCount, alternates }) => unrelatedCount >= MANY_NAMES || alternates);
    return fired(
      found.flatMap(({ unrelatedCount, refs }) =>
        commitEvidence(
          `${unrelatedCount} full names without a word in common stand on one address.`,
          refs,
          tierOf(refs),
        ),
      ),
      {
        strength: strong ? 1 : 0.4,
        at: latest(rotations.flatMap((each) => ("names" in each ? used(each).map(({ lastAt }) => lastAt) : []))),
        unseen,
      },
    );
  },
});

/** A name on fewer commits is a slip of a setting. */
const MIN_COMMITS = 3;
/** Fewer unrelated names than this are a marriage, a handle beside a name, a borrowed machine. */
const MIN_UNRELATED = 3;
const MANY_NAMES = 4;
/** A name that comes back so soon after another tells of two hands, not of a change of name. */
const ALTERNATING_DAYS = 30;

/** Names in real use, where there are enough of them. */
function used({ names }: NamesOfOneAddress): NamesOfOneAddress["names"] {
  const found = names.filter(({ commitCount }) => commitCount >= MIN_COMMITS);
  return found.length < MIN_UNRELATED ? [] : found;
}

function judged(address: NamesOfOneAddress): readonly JudgedRotation[] {
  const names = used(address);
  if (names.length === 0) return [];
  return [
    {
      unrelatedCount: names.length,
      alternates: names.some(({ returnDays }) => returnDays !== null && returnDays <= ALTERNATING_DAYS),
      refs: names.flatMap(({ ref }) => ref ?? []),
    },
  ];
}
