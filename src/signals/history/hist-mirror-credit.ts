import type { OriginTraces } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "hist-mirror-credit",
  axis: "P",
  family: "history",
  title: "Its repositories are the work of many people who never came there",
  version: 34,
  weight: 1,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Repositories of others were copied without the mark of a fork, with their many contributors.",
    },
  ],
  benign: ["A mirror, an archive or a package of a distribution.", "Code of others that was taken into one's own."],
  clears: "Say in the description that it is a mirror, or make it a fork.",
  framing:
    "Only commits that the account's own pushes brought into repositories it owns count, and only against it: the people named in them get nothing.",
  needs: ["history.origin"],
  detect({ "history.origin": { repositories } }) {
    const read = repositories.filter(({ othersActed }) => othersActed !== null);
    if (read.length === 0) return unknown("whether others acted in its repositories is not known");
    const found = read.filter(isMirror);
    if (found.length === 0) return clear;
    return fired(
      found.flatMap(({ otherAuthorCount, ref }) =>
        commitEvidence(
          `${otherAuthorCount} other people wrote one of its repositories, and none of them ever acted there.`,
          ref ? [ref] : [],
          tierOf(ref ? [ref] : []),
        ),
      ),
      { strength: STRENGTHS[Math.min(found.length, STRENGTHS.length) - 1] ?? 0 },
    );
  },
});

const MIN_OTHERS = 20;
const MAX_OWN_SHARE = 0.05;
/** One repository, two, three or more. */
const STRENGTHS = [0.2, 0.6, 1] as const;

const isMirror = ({
  declared,
  otherAuthorCount,
  othersActed,
  subjectShare,
}: OriginTraces["repositories"][number]): boolean =>
  !declared && othersActed === false && otherAuthorCount >= MIN_OTHERS && subjectShare < MAX_OWN_SHARE;
