import { besideGroups } from "../../../src/access/beside-grants/words.ts";
import { auditReport } from "../../../src/access/report.ts";
import { expect, test } from "../../support/jest.ts";
import { octoOrg } from "../graphs.ts";

const AT = "2026-11-01T00:00:00.000Z";
const key = (repository: string, title = "ships") => ({ repository, title, readOnly: false, createdAt: AT });
const groups = (change: Parameters<typeof octoOrg>[0]) => {
  const about = { previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 };
  return besideGroups(auditReport(octoOrg(change), about));
};
const remedyOf = (...given: Parameters<typeof groups>) => groups(...given)[0]?.remedy;

test("beside remedies: keys are listed with their numbers once a repository, for a key is deleted by its number alone", () => {
  expect(remedyOf({ deployKeys: [key("10"), key("10", "other"), key("11")] })).toEqual({
    commands: [
      {
        ...{ verb: "list", path: "the keys of wallet, each with its number" },
        command: "gh repo deploy-key list --repo octo-org/wallet",
      },
      {
        ...{ verb: "list", path: "the keys of relayer, each with its number" },
        command: "gh repo deploy-key list --repo octo-org/relayer",
      },
    ],
    stays: [expect.stringContaining("gh repo deploy-key delete NUMBER --repo OWNER/REPOSITORY")],
  });
});

test("beside remedies: five repositories have a command, the others are counted", () => {
  const ids = Array.from({ length: 7 }, (_, at) => String(20 + at));
  const repositories = ids.map((id) => ({ id, name: `place-${id}`, visibility: "private" as const, archived: false }));
  const { commands, stays } = remedyOf({ deployKeys: ids.map((id) => key(id)), repositories, grants: [] })!;
  expect([commands.length, stays.at(-1)]).toEqual([5, "The same for 2 more repositories."]);
});

test("beside remedies: a name that GitHub gives to none makes no command, and that is said", () => {
  const repositories = [{ id: "10", name: "$(reboot)", visibility: "private" as const, archived: false }];
  const { commands, stays } = remedyOf({ deployKeys: [key("10")], repositories, grants: [] })!;
  expect([commands, stays.at(-1)]).toEqual([[], expect.stringContaining("a command is missing here")]);
});

test("beside remedies: Apps and tokens have none, because GitHub takes none from a person", () => {
  const apps = [{ app: "builder", repositories: "all" as const, writes: ["contents"] }];
  const tokens = [
    { account: "3", repositories: "all" as const, writes: ["contents"], expiresAt: null, lastUsedAt: AT },
  ];
  for (const beside of [{ apps }, { tokens }])
    expect(remedyOf(beside)).toEqual({ commands: [], stays: [expect.stringMatching(/^No command does it: /)] });
});

test("beside remedies: a role of the organisation is taken from the account, one of a team is the team's", () => {
  const role = { account: "3", name: "all-repo-write", role: "write" } as const;
  expect(remedyOf({ organizationRoles: [role] })?.commands).toEqual([
    {
      ...{ verb: "remove", path: "organization roles of noor-member" },
      command: "gh api -X DELETE orgs/octo-org/organization-roles/users/noor-member",
    },
  ]);
  expect(remedyOf({ organizationRoles: [{ ...role, team: "core" }] })).toEqual({ commands: [], stays: [] });
});
