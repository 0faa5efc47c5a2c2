import fc from "fast-check";
import type { AccessSnapshot, Role } from "../../../src/access/grant.ts";
import type { Ruleset } from "../../../src/access/reach/rules-schema.ts";
import { ROLES } from "../../../src/dossier/role.ts";
import { octoOrg, type Plain } from "../graphs.ts";

const PATTERNS = ["main", "*", "**/*", "release/*", "release/1.x", "m*"];
const actor = fc.constantFrom(
  { kind: "account" as const, account: "2" },
  { kind: "account" as const, account: "3" },
  { kind: "team" as const, team: "core" },
);
const protection = fc.record({
  repository: fc.constant("10"),
  pattern: fc.constantFrom(...PATTERNS),
  ...{ requiresPullRequest: fc.boolean(), locked: fc.boolean(), restrictsPushes: fc.boolean() },
  ...{ blocksCreations: fc.boolean(), enforcedForAdmins: fc.boolean(), codeOwners: fc.boolean() },
  ...{ approvals: fc.nat(2), lastPushApproval: fc.boolean() },
  pushAllowances: fc.array(actor, { maxLength: 1 }),
  bypassPullRequestAllowances: fc.array(actor, { maxLength: 1 }),
});
const ruleset = fc.record({
  name: fc.constantFrom("a", "b"),
  level: fc.constantFrom("repository" as const, "organization" as const, "enterprise" as const),
  repositories: fc.constantFrom("all" as const, ["10"], ["11"]),
  target: fc.constantFrom("branch" as const, "branch" as const, "tag" as const, "push" as const),
  enforcement: fc.constantFrom("active" as const, "active" as const, "evaluate" as const, "disabled" as const),
  include: fc.constantFrom(["~ALL"], ["~DEFAULT_BRANCH"], ["refs/heads/release/*"]),
  exclude: fc.constantFrom([], ["refs/heads/main"], ["refs/heads/users/*"]),
  rules: fc.array(fc.record({ type: fc.constantFrom("pull_request", "update", "creation", "merge_queue") }), {
    maxLength: 2,
  }),
  bypass: fc.array(
    fc.record({
      mode: fc.constantFrom("always" as const, "pull_request" as const),
      who: fc.oneof(actor, fc.constant({ kind: "organization_owner" as const }), role("maintain")),
    }),
    { maxLength: 1 },
  ),
});
function role(name: Role) {
  return fc.constant({ kind: "role" as const, role: name });
}

const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
/** Any small organisation with rules: 2 is in team core, 3 is not, 1 owns it. */
export const anyOrganization: fc.Arbitrary<AccessSnapshot> = fc
  .record({
    roles: fc.tuple(fc.constantFrom(...ROLES), fc.constantFrom(...ROLES)),
    basePermission: fc.constantFrom("none" as const, "read" as const, "write" as const),
    protections: fc.array(protection, { maxLength: 3 }),
    rulesets: fc.array(ruleset, { maxLength: 3 }),
  })
  .map(({ roles: [second, third], basePermission, protections, rulesets }) =>
    octoOrg({
      organization: { login: "octo-org", basePermission },
      repositories: [
        { id: "10", name: "wallet", ...places },
        { id: "11", name: "relayer", ...places },
      ],
      grants: [
        { account: "2", repository: "10", role: second, via: { kind: "team", team: "core" } },
        { account: "3", repository: "10", role: third, via: { kind: "direct" } },
      ],
      branches: [{ repository: "10", name: "release/1.x" }],
      secrets: [{ name: "NPM_TOKEN", scope: "repository", repositories: ["10"] }],
      runners: [{ name: "gpu", repositories: "all" }],
      ...{ teams: [{ slug: "core", parent: null, members: ["2"] }], environments: [], protections },
      rulesets: rulesets as Plain<Ruleset[]>,
    }),
  );
