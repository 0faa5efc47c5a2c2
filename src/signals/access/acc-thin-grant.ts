import { daysBetween } from "../../clock.ts";
import type { GrantEvent, RecordHere } from "../../dossier/facts.ts";
import { mergedByAtLeast } from "../../dossier/record-here.ts";
import { canWrite } from "../../dossier/role.ts";
import { clear, defineSignal, type Evidence, fired } from "../signal.ts";
import type { Thresholds } from "../thresholds.ts";

export default defineSignal({
  id: "acc-thin-grant",
  axis: "X",
  family: "access",
  title: "Write access was given to an account with little record here",
  version: 49,
  severity: "high",
  falsePositiveRisk: "medium",
  baseRate:
    "15.9 % of people who came to merge others' work did so within 30 days of their first landed commit (n = 427)",
  baseRateUpperPercent: 19.7,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts work towards write access soon after their first contact.",
    },
    {
      url: "https://linuxfoundation.org/blog/openssf-openjs-alert-for-social-engineering-takeovers-of-open-source-projects",
      says: "Projects were pressed to give maintainer rights to persons hardly known to them.",
    },
  ],
  benign: [
    "A new hire, who has no record here yet.",
    "A contractor or auditor on record.",
    "Trust earned in another organisation.",
  ],
  clears: "Note why the account has the role, or give a lower role until there is a record.",
  framing:
    "A maintainer of the organisation made the grant; it says how far the account can reach, nothing about its holder.",
  needs: ["access.grant", "access.recordHere"],
  detect({ "access.grant": grant, "access.recordHere": record, thresholds: { thinGrant } }) {
    const because = canWrite(grant.role) ? thinness(grant, record, thinGrant) : [];
    if (because.length === 0) return clear;
    // An identity the organisation signs in by itself is how new hires look.
    return fired(because, { severity: grant.ssoLinked ? "low" : "high", at: grant.grantedAt });
  },
});

function thinness(grant: GrantEvent, record: RecordHere, limit: Thresholds["thinGrant"]): readonly Evidence[] {
  const found: Evidence[] = [];
  const says = (fact: string): unknown =>
    found.push({ fact: `Granted ${grant.role}: ${fact}.`, tier: "PL", at: grant.grantedAt });
  if (record.mergedCount < limit.merged)
    says(`${record.mergedCount} pull requests of the account were merged here, fewer than ${limit.merged}`);
  if (record.mergedCount >= limit.merged && mergedByAtLeast(record, limit.mergers) === false)
    says(`its pull requests here were merged by ${record.mergerCount} other people, fewer than ${limit.mergers}`);
  if (record.firstContactAt !== null && daysBetween(record.firstContactAt, grant.grantedAt) < limit.days)
    says(`its first contact here was less than ${limit.days} days before`);
  return found;
}
