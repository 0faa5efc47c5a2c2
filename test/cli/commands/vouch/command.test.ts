import type { Services } from "../../../../src/cli/command.ts";
import { denounce, vouch } from "../../../../src/cli/commands/vouch/command.ts";
import { vouchSchema } from "../../../../src/cli/commands/vouch/schema.ts";
import type { Vouched } from "../../../../src/flows/vouch.ts";
import { accountId, repositoryId } from "../../../../src/ids.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const entry: Vouched["entries"][number] = {
  ...{ id: 12, account: accountId(4711), disposition: "vouched", reason: "We worked together for years." },
  ...{ by: { accountId: accountId(7), login: "the operator" }, repository: repositoryId(5), repositoryName: "wallet" },
  ...{ at: "2026-11-23T12:00:00.000Z", until: "2027-04-01T00:00:00.000Z", confirmedBy: null },
};
const SAID: Vouched = {
  account: { id: accountId(4711), login: "ada-example", foundBy: "github" },
  entries: [entry, { ...entry, id: 9, disposition: "denounced", repository: null, repositoryName: null }],
};

const start = async (...argv: readonly string[]): Promise<Ran & { readonly asked: readonly unknown[] }> => {
  const asked: unknown[] = [];
  const ask: Services["vouch"] = async (about) => {
    asked.push(about);
    return SAID;
  };
  return { ...(await runRecorded(["vouch", ...argv], [vouch], { services: { vouch: ask } })), asked };
};

const WHY = ["--until", "2027-03-31", "--reason", "  We worked together for years. "];
const KNOWN = {
  kind: "vouch",
  repository: null,
  reason: "We worked together for years.",
  until: "2027-04-01T00:00:00.000Z",
};
const about = { organization: "octo-org", who: { login: "ada-example" } };

test.each([
  [["ada-example", "--scope", "octo-org", ...WHY], { ...about, act: KNOWN }],
  [
    ["4711", "--scope", "octo-org/wallet", ...WHY],
    { ...about, who: { id: 4711 }, act: { ...KNOWN, repository: "wallet" } },
  ],
  [["ada-example", "--scope", "octo-org", "--list"], { ...about, act: { kind: "list" } }],
  [["ada-example", "--scope", "octo-org", "--withdraw", "12"], { ...about, act: { kind: "withdraw", entry: 12 } }],
])("vouch: %j asks for that", async (argv, expected) => {
  const { exit, asked } = await start(...argv);
  expect([exit, asked]).toEqual([0, [expected]]);
});

test("vouch: it says of which account, by its number, and what stands about it", async () => {
  const { stdout } = await start("ada-example", "--scope", "octo-org", ...WHY);
  expect(stdout).toBe(
    [
      "Vouched for account 4711 (ada-example), whose login this is on GitHub today.",
      "    12  known on wallet, until 2027-03-31, by the operator on 2026-11-23",
      "        We worked together for years.",
      "     9  a warning that waits for a second owner everywhere in octo-org, until",
      "        2027-03-31, by the operator on 2026-11-23",
      "        We worked together for years.",
      "",
    ].join("\n"),
  );
  const json = JSON.parse((await start("4711", "--scope", "octo-org", "--list", "--json")).stdout);
  expect(vouchSchema.parse(json)).toEqual(json);
});

test("denounce: a warning is asked for as one, and says that it waits for an owner", async () => {
  const asked: unknown[] = [];
  const ask: Services["vouch"] = async (request) => {
    asked.push(request);
    return SAID;
  };
  const argv = ["denounce", "ada-example", "--scope", "octo-org", ...WHY];
  const { exit, stdout } = await runRecorded(argv, [denounce], { services: { vouch: ask } });
  expect([exit, asked]).toEqual([0, [{ ...about, act: { ...KNOWN, kind: "denounce" } }]]);
  expect(stdout).toContain("A warning of account 4711 (ada-example), which waits for an owner to agree");
  const wrong = await runRecorded(["denounce", "--scope", "octo-org"], [denounce], { services: { vouch: ask } });
  expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining("sallyport denounce: not one account;")]);
});

const SCOPE = ["--scope", "octo-org"];
test.each([
  [[...SCOPE, ...WHY], "sallyport vouch: not one account;"],
  [["ada-example", "grace-example", ...SCOPE, ...WHY], "sallyport vouch: not one account;"],
  [["-ada", ...SCOPE], "sallyport vouch"],
  [["ada example", ...SCOPE, "--list"], "ada example: neither a login nor a number;"],
  [["0", ...SCOPE, "--list"], "0: neither a login nor a number;"],
  [["ada-example", ...WHY], "--scope: does not say where;"],
  [["ada-example", "--scope", "octo-org/", ...WHY], "--scope: does not say where;"],
  [["ada-example", "--scope", "a/b/c", ...WHY], "--scope: does not say where;"],
  [["ada-example", ...SCOPE], "--until: not a day within the next year;"],
  [
    ["ada-example", ...SCOPE, "--until", "2028-03-31", "--reason", "We met in May."],
    "--until: not a day within the next year;",
  ],
  [["ada-example", ...SCOPE, "--until", "2027-03-31", "--reason", "known"], "--reason: too short or too long;"],
  [["ada-example", ...SCOPE, "--list", ...WHY], "sallyport vouch: asks for two things;"],
  [["ada-example", ...SCOPE, "--list", "--withdraw", "3"], "sallyport vouch: asks for two things;"],
  [["ada-example", ...SCOPE, "--withdraw", "x"], "--withdraw x: not the number of an entry;"],
])("vouch: %j is wrong use, changes nothing and says how to mend it", async (argv, line) => {
  const { exit, stderr, asked } = await start(...argv);
  expect([exit, stderr.slice(0, line.length), asked]).toEqual([2, line, []]);
});
