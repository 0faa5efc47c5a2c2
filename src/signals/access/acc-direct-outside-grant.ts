import type { GrantList } from "../../dossier/facts.ts";
import { canWrite, ROLES, type Role } from "../../dossier/role.ts";
import { clear, defineSignal, fired, type Severity } from "../signal.ts";
import { worstOf } from "../worst.ts";

export default defineSignal({
  id: "acc-direct-outside-grant",
  axis: "X",
  family: "access",
  title: "An outside collaborator holds write access given directly, outside every team",
  status: "stable",
  version: 1,
  core: false,
  weight: 0,
  severity: "high",
  hard: false,
  queue: false,
  halfLifeDays: null,
  falsePositiveRisk: "low",
  baseRate: null,
  baseRateUpperPercent: null,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/summary",
      says: "Access of contributors from outside should be the least they need and be reviewed.",
    },
  ],
  benign: ["A contractor or partner on record.", "A founder who is not a member for historical reasons."],
  clears: "Move the access into a team that somebody owns, lower the role, or note the reason and an end date.",
  framing:
    "Grants are made by the organisation's own admins; they say how far the account can reach, nothing about its holder.",
  needs: ["access.grants"],
  detect({ "access.grants": list }) {
    const outside = list.grants.filter((grant) => canWrite(grant.role) && isOutside(grant.via, list));
    const found = ROLES.toReversed().flatMap((role) => {
      const count = outside.filter((grant) => grant.role === role).length;
      return count > 0
        ? [{ severity: severityOf(role), evidence: { fact: fact(role, count), tier: "PL" as const } }]
        : [];
    });
    return found.length > 0 ? fired(...worstOf(found)) : clear;
  },
});

/** A direct grant to somebody who is neither member nor owner is an outside one, whatever the source calls it. */
function isOutside(via: GrantList["grants"][number]["via"], list: GrantList): boolean {
  return via === "outside" || (via === "direct" && !list.member && !list.owner);
}

const severityOf = (role: Role): Severity => (role === "admin" ? "high" : "medium");

function fact(role: Role, count: number): string {
  return `Holds ${role} on ${count} ${count === 1 ? "repository" : "repositories"} as an outside collaborator.`;
}
