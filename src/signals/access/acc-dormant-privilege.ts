import { daysBetween } from "../../clock.ts";
import { canWrite } from "../../dossier/role.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "acc-dormant-privilege",
  axis: "X",
  family: "access",
  title: "Write access has not been used for a long time",
  status: "stable",
  version: 2,
  core: false,
  weight: 0,
  severity: "medium",
  hard: false,
  queue: false,
  halfLifeDays: null,
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
  detect({
    "access.grants": { grants, owner },
    "access.lastActivity": { lastActAt, searchedSince, actsUnseen },
    thresholds,
    asOf,
  }) {
    const writing = grants.filter(({ role }) => canWrite(role));
    if (writing.length === 0 && !owner) return clear;
    const admin = owner || writing.some(({ role }) => role === "admin");
    const limitDays = admin ? thresholds.dormantAfterDays / 2 : thresholds.dormantAfterDays;
    const quietDays = Math.floor(daysBetween(lastActAt ?? searchedSince, asOf));
    if (quietDays < limitDays) return lastActAt === null ? unknown("the search did not look back far enough") : clear;
    if (actsUnseen) return unknown("GitHub counts acts here that it does not show this App");
    const since =
      lastActAt === null ? `at least ${quietDays} days, as far as the search looked back` : `${quietDays} days`;
    const fact = `Holds ${admin ? "admin" : "write"} access and has no commit, pull request, issue or review in the organisation for ${since}.`;
    return fired([{ fact, tier: "PL", ...(lastActAt ? { at: lastActAt } : {}) }], { severity: "medium" });
  },
});
