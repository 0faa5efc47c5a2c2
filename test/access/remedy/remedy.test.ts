import { execFileSync } from "node:child_process";
import { ProbotOctokit } from "probot";
import type { AccessAudit } from "../../../src/access/audit.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { EXPOSURES, type Exposure } from "../../../src/access/lines/kinds.ts";
import type { Remedy } from "../../../src/access/remedy/paths.ts";
import { remediesOf } from "../../../src/access/remedy/remedy.ts";
import { auditReport } from "../../../src/access/report.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, grant, octoOrg, type Plain, repositoryKey } from "../graphs.ts";

const audited = (change: Plain<Partial<AccessSnapshot>> = {}): AccessAudit =>
  auditReport(octoOrg(change), { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 });

const line = (kind: Exposure["kind"], more: Plain<Partial<Exposure>>): Exposure => ({
  ...{ kind, level: "high", role: "write", account: null, repository: null },
  ...(more as Partial<Exposure>),
});
const commands = ({ commands: made }: Remedy): readonly string[] => made.map(({ command }) => command);

const DIRECT = line("acc-direct-outside-grant", { account: "4", repository: "11", role: "maintain" });

test("remedy: a grant that a team covers is removed alone; what the team gives is left", () => {
  const grants = [grant("2", "10", "write", "team:core"), grant("2", "10", "triage", "direct")];
  const superfluous = line("acc-superfluous-grant", { account: "2", repository: "10", role: "triage" });
  const answer = remediesOf(audited({ grants })).line(superfluous);
  expect(commands(answer)).toEqual(["gh api -X DELETE repos/octo-org/wallet/collaborators/mika-member"]);
  expect(answer.stays).toEqual(["This does not end the access: it comes by team core too."]);
});

test("remedy: a direct grant from outside is lowered or removed by one command each", () => {
  expect(remediesOf(audited()).line(DIRECT)).toEqual({
    commands: [
      {
        ...{ verb: "lower", path: "direct on relayer" },
        command: "gh api -X PUT repos/octo-org/relayer/collaborators/otis-outside -f permission=pull",
      },
      {
        ...{ verb: "remove", path: "direct on relayer" },
        command: "gh api -X DELETE repos/octo-org/relayer/collaborators/otis-outside",
      },
    ],
    stays: [],
  });
});

test("remedy: a role that also comes by a team is not ended, and the team is named", () => {
  const grants = [grant("4", "11", "maintain", "outside"), grant("4", "11", "write", "team:core")];
  expect(remediesOf(audited({ grants })).line(DIRECT).stays).toEqual([
    "This does not end the access: it comes by team core too.",
  ]);
});

test("remedy: a grant by several paths has a command for each, and what every member has stays", () => {
  const organization = { login: "octo-org", basePermission: "read" } as const;
  const grants = [
    grant("2", "10", "write", "direct"),
    grant("2", "10", "write", "team:core"),
    grant("2", "10", "write", "organization_role"),
  ];
  const found = remediesOf(audited({ organization, grants })).grant({
    ...{ account: accountKey("2"), repository: repositoryKey("10"), role: "write" },
  });
  expect(commands(found)).toEqual([
    "gh api -X PUT repos/octo-org/wallet/collaborators/mika-member -f permission=pull",
    "gh api -X DELETE repos/octo-org/wallet/collaborators/mika-member",
    "gh api -X DELETE orgs/octo-org/teams/core/memberships/mika-member",
    "gh api -X DELETE orgs/octo-org/organization-roles/users/mika-member",
  ]);
  expect(found.stays).toEqual([
    "Each command answers one path; only all paths together end the access.",
    "Leaving team core takes all that the team gives; whoever belongs to a team below it leaves that one.",
    "All organisation roles of the account go; those of its teams stay.",
    "What every member has by the base permission stays.",
  ]);
});

test("remedy: a role of the organisation that a team has ends with the team", () => {
  const organizationRoles = [{ account: "2", name: "all-repo-write", role: "write", team: "core" }] as const;
  const found = remediesOf(audited({ organizationRoles, grants: [] })).grant({
    ...{ account: accountKey("2"), repository: repositoryKey("10"), role: "write" },
  });
  expect(commands(found)).toEqual(["gh api -X DELETE orgs/octo-org/teams/core/memberships/mika-member"]);
});

test("remedy: an owner becomes a member, the base permission becomes read or none", () => {
  const remedies = remediesOf(audited());
  const dormant = line("acc-dormant-privilege", { account: "1", role: "admin", repositoryCount: 2 });
  expect(commands(remedies.line(dormant))).toEqual([
    "gh api -X PUT orgs/octo-org/memberships/olive-owner -f role=member",
  ]);
  expect(commands(remedies.line(line("org-base-permission", {})))).toEqual([
    "gh api -X PATCH orgs/octo-org -f default_repository_permission=read",
    "gh api -X PATCH orgs/octo-org -f default_repository_permission=none",
  ]);
  expect(commands(remedies.line(line("org-admins-everywhere", { role: "admin" })))).toEqual([
    "gh api -X PUT orgs/octo-org/memberships/olive-owner -f role=member",
  ]);
});

test("remedy: an archived repository is woken, cleaned and archived again, in that order", () => {
  const asleep = line("org-archived-outside-write", { account: "4", repository: "12", role: "admin" });
  expect(commands(remediesOf(audited()).line(asleep))).toEqual([
    "gh api -X PATCH repos/octo-org/attic -F archived=false",
    "gh api -X DELETE repos/octo-org/attic/collaborators/otis-outside",
    "gh api -X PATCH repos/octo-org/attic -F archived=true",
  ]);
});

test("remedy: many direct grants from outside end with one command, many of a member are counted", () => {
  const ids = Array.from({ length: 8 }, (_, at) => String(20 + at));
  const repositories = ids.map((id) => ({ id, name: `r-${id}`, visibility: "private" as const, archived: false }));
  const grants = ids.flatMap((id) => [grant("4", id, "write", "outside"), grant("2", id, "write", "direct")]);
  const remedies = remediesOf(audited({ repositories, grants }));
  const outside = remedies.line(line("acc-dormant-privilege", { account: "4", repositoryCount: 8 }));
  expect(commands(outside)).toEqual(["gh api -X DELETE orgs/octo-org/outside_collaborators/otis-outside"]);
  const member = remedies.line(line("acc-dormant-privilege", { account: "2", repositoryCount: 8 }));
  expect(member.commands).toHaveLength(10);
  expect(member.stays).toContain("The same for 3 more direct roles; the CSV names them.");
});

test("remedy: an invitation is taken back by its login; one to an address is listed with its number", () => {
  const { invitation } = remediesOf(audited());
  const waiting = { role: "member", teamCount: 0, invitedAt: "2026-11-01T00:00:00.000Z" } as const;
  expect(commands(invitation({ ...waiting, login: "ida-example" }))).toEqual([
    "gh api -X DELETE orgs/octo-org/memberships/ida-example",
  ]);
  expect(commands(invitation({ ...waiting, login: null }))).toEqual([
    "gh api orgs/octo-org/invitations --paginate --jq '.[] | select(.login == null) | [.id, .email] | @tsv'",
  ]);
});

/** What others may call things, in a file from elsewhere or should GitHub ever let them. */
const HOSTILE = [
  ...["; rm -rf ~", "$(touch pwned)", "`id`", "a b", "a'b", 'a"b', "a\nb", "a&b", "a|b", "a>b", "~", "{owner}"],
  ...["..", ".", "", "a/b", "../../orgs/other", "a?x=1", "a#b", "a%2fb", "ｉｄ", "a\u202eb", "app[bot]", "*", "a\\b"],
];

test.each(HOSTILE)("remedy: a name such as %j is in no command, and the line says so", (name) => {
  const base = audited({ grants: [grant("4", "11", "write", "outside"), grant("4", "11", "write", `team:core`)] });
  const labels = {
    accounts: base.labels.accounts.map((one) => (one.id === "4" ? { ...one, login: name } : one)),
    repositories: base.labels.repositories,
  };
  const places = {
    accounts: base.labels.accounts,
    repositories: base.labels.repositories.map((one) => (one.id === "11" ? { ...one, name } : one)),
  };
  const teams = base.accounts.map((one) => ({
    ...one,
    effective: one.effective.map((row) => ({ ...row, via: [{ kind: "team" as const, team: name }] })),
  }));
  const grantOf = { account: accountKey("4"), repository: repositoryKey("11"), role: "write" } as const;
  const named = [
    remediesOf({ ...base, labels }).line(DIRECT),
    remediesOf({ ...base, labels: places }).line(DIRECT),
    remediesOf({ ...base, labels: places }).line(line("acc-protection-gap", { repository: "11" })),
    remediesOf({ ...base, accounts: teams }).grant(grantOf),
    remediesOf({ ...base, organization: { ...base.organization, login: name } }).line(line("org-base-permission", {})),
  ];
  for (const { commands: made, stays } of named) {
    expect(made).toEqual([]);
    expect(stays.join(" ")).toContain("characters that GitHub gives to no name");
  }
});

/** What the official client, which is made from GitHub's description of its API, would send. */
const { rest } = new ProbotOctokit();
const inWallet = { owner: "octo-org", repo: "wallet" };
const username = "mika-member";
const member = { org: "octo-org", username };

test.each([
  [
    "PUT repos/octo-org/wallet/collaborators/mika-member permission=pull",
    rest.repos.addCollaborator.endpoint({ ...inWallet, username, permission: "pull" }),
  ],
  [
    "DELETE repos/octo-org/wallet/collaborators/mika-member",
    rest.repos.removeCollaborator.endpoint({ ...inWallet, username }),
  ],
  [
    "DELETE orgs/octo-org/teams/core/memberships/mika-member",
    rest.teams.removeMembershipForUserInOrg.endpoint({ ...member, team_slug: "core" }),
  ],
  [
    "PUT orgs/octo-org/memberships/mika-member role=member",
    rest.orgs.setMembershipForUser.endpoint({ ...member, role: "member" }),
  ],
  ["DELETE orgs/octo-org/memberships/mika-member", rest.orgs.removeMembershipForUser.endpoint(member)],
  ["DELETE orgs/octo-org/organization-roles/users/mika-member", rest.orgs.revokeAllOrgRolesUser.endpoint(member)],
  ["DELETE orgs/octo-org/outside_collaborators/mika-member", rest.orgs.removeOutsideCollaborator.endpoint(member)],
  [
    "PATCH orgs/octo-org default_repository_permission=none",
    rest.orgs.update.endpoint({ org: "octo-org", default_repository_permission: "none" }),
  ],
  ["PATCH repos/octo-org/wallet archived=false", rest.repos.update.endpoint({ ...inWallet, archived: false })],
  ["GET orgs/octo-org/invitations", rest.orgs.listPendingInvitations.endpoint({ org: "octo-org" })],
])("remedy: `%s` is a request that GitHub describes", (said, request) => {
  const [method, address, ...fields] = said.split(" ");
  expect(request).toMatchObject({ method, url: `https://api.github.com/${address}` });
  expect(Object.entries<unknown>(request.body ?? {}).map(([name, value]) => `${name}=${value}`)).toEqual(fields);
});

test("remedy: the ruleset is one that GitHub takes, and the shell hands it over whole", () => {
  const [command = ""] = commands(remediesOf(audited()).line(line("acc-protection-gap", { repository: "10" })));
  const [echo = "", gh] = command.split(" | ");
  expect(gh).toBe("gh api -X POST repos/octo-org/wallet/rulesets --input -");
  const body = JSON.parse(execFileSync("sh", ["-c", echo], { encoding: "utf8" }));
  // Held to GitHub's description by the type of the client's parameters.
  const wanted = rest.repos.createRepoRuleset.endpoint({
    ...inWallet,
    name: "One approval of the last push",
    target: "branch",
    enforcement: "active",
    conditions: {
      ref_name: { include: ["~DEFAULT_BRANCH", "refs/heads/release/**/*", "refs/heads/releases/**/*"], exclude: [] },
    },
    rules: [
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 1,
          require_last_push_approval: true,
          dismiss_stale_reviews_on_push: false,
          require_code_owner_review: false,
          required_review_thread_resolution: false,
        },
      },
    ],
  });
  expect(wanted).toMatchObject({ method: "POST", url: "https://api.github.com/repos/octo-org/wallet/rulesets" });
  expect(body).toEqual(wanted.body);
});

test("remedy: every kind of line has a command, or a sentence why there is none", () => {
  const remedies = remediesOf(audited());
  for (const kind of Object.keys(EXPOSURES) as Exposure["kind"][]) {
    const { commands: made, stays } = remedies.line(line(kind, { account: "4", repository: "11" }));
    expect([kind, made.length + stays.length > 0]).toEqual([kind, true]);
  }
});
