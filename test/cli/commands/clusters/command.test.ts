import type { Services } from "../../../../src/cli/command.ts";
import { clusters } from "../../../../src/cli/commands/clusters/command.ts";
import { clustersSchema } from "../../../../src/cli/commands/clusters/schema.ts";
import { accountId } from "../../../../src/ids.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded } from "../../recording-io.ts";

const seen = { firstAt: "2025-01-02T00:00:00.000Z", lastAt: "2026-03-04T00:00:00.000Z" };
const FOUND: Awaited<ReturnType<Services["clusters"]>> = {
  clusters: [
    {
      accounts: [
        {
          ...{ accountId: accountId(11), login: "ada-example", everywhere: null },
          writes: [{ repository: "relayer", role: "write" }],
          opened: [{ repository: "wallet", count: 2 }],
        },
        { accountId: accountId(12), login: null, writes: [], everywhere: null, opened: [] },
      ],
      leftOut: 1,
      edges: [
        { kind: "key", between: [accountId(11), accountId(12)], count: 6, ...seen },
        { kind: "ring", between: [accountId(11), accountId(12)], count: 9, ...seen },
      ],
      reaches: [{ repository: "relayer", writers: 1, openers: 0 }],
    },
  ],
  leftOut: 2,
};

const start = (found: typeof FOUND, ...argv: readonly string[]) =>
  runRecorded(["clusters", ...argv], [clusters], { services: { clusters: async () => found } });

test("clusters: who is joined by what, what they have to do with the organisation, and what is fine", async () => {
  const { exit, stdout } = await start(FOUND, "--organization", "octo-org");
  expect([exit, stdout]).toEqual([
    0,
    `3 accounts
  ada-example (11): write on relayer, 2 pull requests in wallet
  account 12, not met here: nothing here
  and 1 account beyond them

  What joins them
  - ada-example and account 12: one signing key, 2025-01-02 to 2026-03-04
  - ada-example and account 12: 9 pull requests of one another merged,
    2025-01-02 to 2026-03-04
    Signing key: One signing key made commits of both: each pushed them to
    repositories of its own, and GitHub verified the signatures. Fine if: One
    person who moved to a second account, or a household, a team or a release
    that shares a key.
    Merges: They merged pull requests of one another, within a group whose
    members merge hardly anybody else's. Fine if: Students of a course, a
    start-up or friends who publish under their own accounts.

  Where
  - relayer: 1 can write, 0 brought pull requests

And 2 smaller groups.
`,
  ]);
});

test("clusters: --json follows its schema, and nobody joined is said", async () => {
  const { stdout } = await start(FOUND, "--organization", "octo-org", "--json");
  expect(clustersSchema.parse(JSON.parse(stdout))).toEqual({
    schema: "sallyport.clusters/1",
    organization: "octo-org",
    ...FOUND,
  });
  const none = await start({ clusters: [], leftOut: 0 }, "--organization", "octo-org");
  expect(none.stdout).toBe("No two accounts that were looked at here are joined.\n");
});

test.each([
  [[], "of which organisation is not said"],
  [["extra", "--organization", "octo-org"], "takes no argument"],
  [["--organisation", "octo-org"], "--organisation"],
])("clusters %j is wrong use", async (argv, says) => {
  const { exit, stderr, stdout } = await start(FOUND, ...argv);
  expect([exit, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(says);
});
