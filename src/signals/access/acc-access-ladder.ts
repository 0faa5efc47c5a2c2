import { isRunByActions } from "../../change/formats/workflow.ts";
import { daysBetween } from "../../clock.ts";
import type { LastGrant } from "../../dossier/facts.ts";
import { canWrite } from "../../dossier/role.ts";
import { clear, clearBut, defineSignal, type Evidence, fired, unknown } from "../signal.ts";
import { LIST_CUT } from "../worst.ts";

/** A quarter of people who came to merge others' work did so this soon after their first landed commit, with so few of them. */
const CLIMBED_WITHIN_DAYS = 60;
const FEW_MERGES = 4;
/** How soon after a grant a change of what Actions run belongs to it. */
const USED_WITHIN_DAYS = 30;
const SHOWN = 5;

export default defineSignal({
  id: "acc-access-ladder",
  axis: "X",
  family: "access",
  title: "A few small merges, then write access, then soon a change of what Actions run",
  version: 16,
  severity: "high",
  falsePositiveRisk: "medium",
  baseRate:
    "25 % of people who came to merge others' work did so within 60 days of their first landed commit, 25 % with at most 4 of them (n = 427); one pull request in twenty to fifty touches workflows",
  baseRateUpperPercent: 29.2,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts work towards write access soon after their first contact.",
    },
    {
      url: "https://linuxfoundation.org/blog/openssf-openjs-alert-for-social-engineering-takeovers-of-open-source-projects",
      says: "Trust was earned with small changes before the build was touched.",
    },
  ],
  benign: [
    "A new hire or contractor whose task is the build.",
    "Somebody who is known from another project and was asked to mend the workflows.",
  ],
  clears: "Somebody else reads what the workflow does before it is merged; note why the account has the role.",
  framing:
    "Merges and the grant are acts of the organisation's own maintainers, and the change was pushed by its author; it says how fast access grew, nothing about its holder.",
  needs: ["access.lastGrant", "change.files"],
  detect({ "access.lastGrant": grant, "change.files": { files, truncated }, asOf }) {
    const { firstContactAt, mergedCount } = grant.record;
    const heldDays = daysBetween(grant.grantedAt, asOf);
    if (!isRise(grant) || heldDays < 0 || heldDays > USED_WITHIN_DAYS) return clear;
    if (mergedCount === 0 || mergedCount > FEW_MERGES) return clear;
    const touched = files.filter(({ path }) => isRunByActions(path));
    if (touched.length === 0) return truncated ? clearBut(LIST_CUT) : clear;
    if (firstContactAt === null) return unknown("when the account first came here is not known");
    const climbedDays = daysBetween(firstContactAt, grant.grantedAt);
    if (climbedDays > CLIMBED_WITHIN_DAYS) return clear;
    const climbed: Evidence = {
      fact: `Was given ${grant.role} ${whole(climbedDays)} after its first contact here, with ${mergedCount} merged pull ${mergedCount === 1 ? "request" : "requests"}; now, ${whole(heldDays)} later, it changes what Actions run.`,
      ...{ tier: "PL", at: grant.grantedAt },
    };
    const places = touched
      .map(({ path }): Evidence => ({ fact: `Changes ${path}.`, tier: "SC", place: { path, line: 1 } }))
      .toSorted((a, b) => (a.fact < b.fact ? -1 : 1))
      .slice(0, SHOWN);
    // An identity the organisation signs in by itself is how new hires look.
    const severity = grant.ssoLinked ? "low" : "high";
    return fired([climbed, ...places], { severity, rank: ({ tier }) => (tier === "PL" ? 0 : 1) });
  },
});

const isRise = ({ role, previousRole }: LastGrant): boolean =>
  canWrite(role) && (previousRole === null || !canWrite(previousRole));

const whole = (days: number): string => `${Math.floor(days)} ${Math.floor(days) === 1 ? "day" : "days"}`;
