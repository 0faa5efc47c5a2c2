import type { GrantList } from "../../dossier/facts.ts";
import { higherRole, type Role } from "../../dossier/role.ts";
import { privilegeUse } from "../privilege-use.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "acc-dormant-privilege",
  axis: "X",
  family: "access",
  title: "Write access has not been used for a long time",
  version: 63,
  severity: "medium",
  falsePositiveRisk: "low",
  baseRate: "Ordinary: half of established contributors have a longest pause of 239 days or more (n = 1,651)",
  baseRateUpperPercent: 52,
  sources: [
    {
      url: "https://ketman.org/identifying-suspicious-gh-accounts.html",
      says: "Dormant accounts are bought or stolen, and what they may write comes with them.",
    },
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/summary",
      says: "Access that is not needed should be taken back.",
    },
  ],
  benign: [
    "A maintainer who is needed once in a season.",
    "Access given recently and not used yet.",
    "Work that leaves no trace here, such as merging what others wrote or triage by chat.",
  ],
  clears:
    "A commit, pull request, issue or review in the organisation clears it; or lower the role until it is needed again.",
  framing:
    "GitHub recorded grants and acts; the finding says how far an unused account can reach, nothing about its holder.",
  needs: ["access.grants", "access.lastActivity"],
  detect({ "access.grants": list, "access.lastActivity": activity, thresholds, asOf }) {
    const held = strongestHeld(list);
    const use = privilegeUse(held, activity, { asOf, dormantAfterDays: thresholds.dormantAfterDays });
    if (use.state === "unknown") return unknown(use.because);
    if (use.state === "used") return clear;
    const { lastActAt } = activity;
    const since =
      lastActAt === null ? `at least ${use.quietDays} days, as far as the search looked back` : `${use.quietDays} days`;
    const fact = `Holds ${held === "admin" ? "admin" : "write"} access and has no commit, pull request, issue or review in the organisation for ${since}.`;
    return fired([{ fact, tier: "PL", ...(lastActAt ? { at: lastActAt } : {}) }], { severity: "medium" });
  },
});

function strongestHeld({ grants, owner, base }: GrantList): Role | null {
  if (owner) return "admin";
  const roles = [...grants.map(({ role }) => role), ...(base === undefined ? [] : [base])];
  return roles.reduce<Role | null>((strongest, role) => higherRole(role, strongest ?? role), null);
}
