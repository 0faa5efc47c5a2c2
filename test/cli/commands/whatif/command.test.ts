import { whatif } from "../../../../src/cli/commands/whatif/command.ts";
import { whatIfSchema } from "../../../../src/cli/commands/whatif/schema.ts";
import { octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const FILES = {
  "org.json": JSON.stringify(
    octoOrg({
      repositories: [{ id: "10", name: "wallet", visibility: "public", archived: false, defaultBranch: "main" }],
      grants: [{ account: "2", repository: "10", role: "write", via: { kind: "team", team: "core" } }],
      ...{ protections: [], rulesets: [], branches: [], environments: [], runners: [] },
      secrets: [{ name: "NPM_TOKEN", scope: "repository", repositories: ["10"] }],
    }),
  ),
};

const run = (...argv: readonly string[]): Promise<Ran> => runRecorded(["whatif", ...argv], [whatif], { files: FILES });
const SNAPSHOT = ["--snapshot", "org.json"];

test("whatif: roles, what goes, what stays and who is left, in 80 columns", async () => {
  const { exit, stdout } = await run("remove", "mika-member", ...SNAPSHOT);
  expect([exit, stdout.split("\n").filter((line) => line.length > 80)]).toEqual([0, []]);
  expect(stdout).toContain(" Roles\n   mika-member on wallet: write → nothing\n");
  expect(stdout).toContain("   wallet: mika-member can read the secret NPM_TOKEN\n");
  expect(stdout).toContain(" Left to owners alone\n   wallet\n");
});

test("whatif: a role that a team gives stays, and the line says through what", async () => {
  const { stdout } = await run("downgrade", "mika-member", "octo-org/wallet", "read", ...SNAPSHOT);
  expect(stdout).toContain("mika-member on wallet: write → write, still through team core\n");
});

test("whatif: --json is the format of docs/schema", async () => {
  const { stdout } = await run("protect", "octo-org/wallet", "--json", ...SNAPSHOT);
  const report = whatIfSchema.parse(JSON.parse(stdout));
  expect(report.gone.map(({ account, can }) => [account?.login, can])).toContainEqual(["mika-member", "push"]);
});

test("whatif: the live organisation", async () => {
  const services = { liveSnapshot: async () => octoOrg() };
  const argv = ["whatif", "remove", "mika-member", "--organization", "octo-org"];
  expect((await runRecorded(argv, [whatif], { services })).stdout).toContain("mika-member on wallet: write → nothing");
});

test.each<[readonly string[], string]>([
  [[], "sallyport whatif: no plan; give remove LOGIN, downgrade LOGIN OWNER/REPO ROLE or protect OWNER/REPO\n"],
  [["remove"], "sallyport whatif: no plan; give remove LOGIN, downgrade LOGIN OWNER/REPO ROLE or protect OWNER/REPO\n"],
  [["remove", "mika-member"], "sallyport whatif: no organisation; give --organization ORG or --snapshot FILE\n"],
  [["remove", "nobody", ...SNAPSHOT], "LOGIN: nobody of this name in the graph; write the login\n"],
  [["protect", "octo-org/none", ...SNAPSHOT], "OWNER/REPO: no repository of this name in the graph; write its name\n"],
  [
    ["downgrade", "mika-member", "octo-org/wallet", "boss", ...SNAPSHOT],
    "ROLE: no such role; write one of read, triage, write, maintain, admin\n",
  ],
  [
    ["remove", "mika-member", "--organization", "octo-org", ...SNAPSHOT],
    "sallyport whatif: --organization ORG and --snapshot at once; give one of them\n",
  ],
])("whatif: %j is refused in one line", async (argv, line) => {
  expect(await run(...argv)).toEqual({ exit: 2, stdout: "", stderr: line });
});
