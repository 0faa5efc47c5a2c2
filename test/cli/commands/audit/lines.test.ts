import { auditCommand } from "../../../../src/cli/commands/audit/command.ts";
import { octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded, type Setting } from "../../recording-io.ts";

const FILES: Readonly<Record<string, string>> = { "now.json": JSON.stringify(octoOrg()), "list.json": "{}" };

const audit = (argv: readonly string[], setting: Setting = {}): Promise<Ran> =>
  runRecorded(["audit", ...argv], [auditCommand], { files: FILES, ...setting });

test("audit: guards that were loosened, the same of several repositories once, each with its switch", async () => {
  const names = ["wallet", "relayer", "bridge", "site", "docs"];
  const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
  const of = (enforcement: "active" | "evaluate", reviewers: boolean): string =>
    JSON.stringify(
      octoOrg({
        repositories: names.map((name, at) => ({ id: String(10 + at), name, ...places })),
        ...{ branches: [], protections: [], secrets: [], grants: [] },
        environments: [{ repository: "10", name: "release", reviewers, branches: "all" }],
        rulesets: [
          {
            ...{ name: "review", level: "organization", repositories: "all", target: "branch", enforcement },
            ...{ include: ["~ALL"], exclude: [], bypass: [], rules: [{ type: "pull_request", approvals: 1 }] },
          },
        ],
      }),
    );
  const files = { "now.json": of("evaluate", false), "before.json": of("active", true) };
  const { stdout } = await audit(["--snapshot", "now.json", "--previous", "before.json"], { files });
  expect(stdout).toContain(`   guards loosened: 6
      wallet, relayer, bridge and 2 others: everybody who writes can push to
      main now: "review" is only evaluated
         closes by: protect the branch: a pull request with an approval, and
         nobody on its bypass lists
      wallet: a deployment needs nobody's yes any more: "release" asks for less
         closes by: move the secret into an environment with reviewers
`);
  const same = { "now.json": of("active", true), "before.json": of("active", true) };
  const calm = await audit(["--snapshot", "now.json", "--previous", "before.json"], { files: same });
  expect(calm.stdout).toContain("guards loosened: 0");
});

test("audit: declarations and uses of bypasses are lines beside the others, with what they could not say", async () => {
  const files = {
    ...FILES,
    CODEOWNERS: "* @olive-owner @noor-member\n",
    MAINTAINERS: "Otis <otis@example.org>\n",
    "suites.json": JSON.stringify([
      [{ actor_id: 2, ref: "refs/heads/main", repository_id: 10, result: "bypass" }],
      [{ actor_id: 2, ref: "refs/heads/main", repository_id: 10, result: "pass" }],
    ]),
    "now.json": JSON.stringify(
      octoOrg({ repositories: octoOrg().repositories.map((each) => ({ ...each, defaultBranch: "main" })) }),
    ),
  };
  const asked = ["--declared", "wallet=CODEOWNERS", "--declared", "MAINTAINERS", "--rule-suites", "suites.json"];
  const { exit, stdout } = await audit(["--snapshot", "now.json", ...asked], { files });
  expect(exit).toBe(0);
  expect(stdout).toContain("1 · passed the rules of a default or release branch by a bypass");
  expect(stdout).toMatch(/medium {2}mika-member {2}write on wallet/);
  expect(stdout).toMatch(/low {2}noor-member {2}read on wallet/);
  expect(stdout).toContain("who is declared nowhere: entries of declarations name an address");
});

test.each([
  ["a repository that is not there", ["--declared", "nowhere=CODEOWNERS"], "no repository of this name"],
  ["a file that is no list of rule suites", ["--rule-suites", "list.json"], "not a list of rule suites"],
])("audit: %s is refused", async (_, asked, said) => {
  const { exit, stderr } = await audit(["--snapshot", "now.json", ...asked], {
    files: { ...FILES, CODEOWNERS: "" },
  });
  expect([exit, stderr]).toEqual([2, expect.stringContaining(said)]);
});
