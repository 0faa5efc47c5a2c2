import type { GrantList } from "../../dossier/facts.ts";
import { ROLES, type Role } from "../../dossier/role.ts";
import { outsideSeverity, outsideWrite } from "../outside-write.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";
import { worstOf } from "../worst.ts";

export default defineSignal({
  id: "acc-direct-outside-grant",
  axis: "X",
  family: "access",
  title: "An outside collaborator holds write access given directly, outside every team",
  version: 65,
  severity: "high",
  falsePositiveRisk: "low",
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
  needs: [],
  uses: ["access.grants", "access.grant"],
  detect({ "access.grants": list, "access.grant": made }) {
    if (!list && !made) return unknown("no list of grants and no new grant was read");
    const listed = list?.member || list?.owner ? [] : (list?.grants ?? []);
    const given = [...(list?.membersUnread ? [] : listed), ...(made?.via === "outside" ? [made] : [])];
    const roles = rolesOf(given);
    const found = ROLES.toReversed().flatMap((role) => {
      const count = roles.filter((held) => held === role).length;
      return count > 0
        ? [{ severity: outsideSeverity(role), evidence: { fact: fact(role, count), tier: "PL" as const } }]
        : [];
    });
    if (found.length > 0) return fired(...worstOf(found));
    return rolesOf(listed).length > 0 ? unknown("who belongs to the organisation was not read") : clear;
  },
});

const rolesOf = (given: GrantList["grants"]): readonly Role[] => [
  ...outsideWrite(given.map((grant) => ({ ...grant, repository: grant.repositoryId }))).values(),
];

function fact(role: Role, count: number): string {
  return `Holds ${role} on ${count} ${count === 1 ? "repository" : "repositories"} as an outside collaborator.`;
}
