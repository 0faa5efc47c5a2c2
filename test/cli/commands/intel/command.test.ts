import type { Services } from "../../../../src/cli/command.ts";
import { intel } from "../../../../src/cli/commands/intel/command.ts";
import { intelImportSchema, intelSchema } from "../../../../src/cli/commands/intel/schema.ts";
import type { Imported } from "../../../../src/flows/intel.ts";
import { accountId } from "../../../../src/ids.ts";
import { readCsv } from "../../../../src/intel/read-csv.ts";
import type { KeptIndicator } from "../../../../src/store/store.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded } from "../../recording-io.ts";

const DAY = "2026-11-23T12:00:00.000Z";
const entry: KeptIndicator = {
  ...{ id: 12, account: accountId(4711), emailHash: null, login: "ada-example", source: "a team" },
  ...{ origin: null, reference: "https://example.com/a", isPrimary: true, confidence: 80, tlp: "amber" },
  ...{ reason: "=asked for keys", at: "2026-05-01T00:00:00.000Z", until: "2027-05-01T00:00:00.000Z" },
  ...{ importedAt: DAY, checked: null, confirmedBy: null },
};
const ENTRIES: readonly KeptIndicator[] = [
  entry,
  { ...entry, id: 13, account: null, emailHash: "h", login: null, reason: null, reference: null, confidence: null },
];
const IMPORTED: Imported = {
  ...{ added: 1, renewed: 0, revoked: 1, addresses: 1, undated: 2 },
  resolved: [{ login: "ada-example", account: accountId(4711) }],
  refused: [{ where: "VOUCHED.td:2", because: "younger" }],
};
const FILES = {
  "VOUCHED.td": "# list\nada-example\n-grace-example spam\n",
  "list.csv": "login,reason\nada-example,=1\n",
  "b.json": '{"type":"bundle","objects":[{"type":"identity"},\n{"type":"wat"}]}',
  "broken.json": '{"type":"bundle"',
};

async function start(...argv: readonly string[]) {
  const asked: unknown[] = [];
  const importList: Services["importList"] = async (about) => {
    asked.push(about);
    return IMPORTED;
  };
  const lists: Services["lists"] = async (about) => {
    asked.push(about);
    return ENTRIES;
  };
  const ran = await runRecorded(["intel", ...argv], [intel], { files: FILES, services: { importList, lists } });
  return { ...ran, asked };
}

const ORG = ["--organization", "octo-org"];
const SOURCE = [...ORG, "--source", "a team"];

test("intel import: what the file and the options say is asked for, and what came of it is said", async () => {
  const options = [
    "--primary",
    "--tlp",
    "GREEN",
    "--confidence",
    "80",
    "--date",
    "2026-05-01",
    "--until",
    "2027-03-31",
  ];
  const { exit, stdout, asked } = await start("import", "VOUCHED.td", ...SOURCE, ...options);
  expect(exit).toBe(0);
  expect(asked).toMatchObject([
    {
      ...{ organization: "octo-org", source: "a team", isPrimary: true, tlp: "green", confidence: 80, isTry: false },
      ...{ at: "2026-05-01T00:00:00.000Z", until: "2027-04-01T00:00:00.000Z" },
      entries: [{ named: { by: "login", login: "grace-example" }, where: "VOUCHED.td:3" }],
    },
  ]);
  expect(stdout).toContain("Of “a team” 1 entry was added, 0 renewed.");
  expect(stdout).toContain("  VOUCHED.td:2: the account is younger than the entry, so the login was somebody");
  expect(stdout).not.toContain("--primary");
  expect((await start("import", "VOUCHED.td", ...SOURCE)).stdout).toContain("Without --primary");
});

test("intel import: a file can be checked without an organisation; nobody is asked", async () => {
  const { exit, stdout, asked } = await start("import", "VOUCHED.td", "--dry-run");
  expect([exit, asked]).toEqual([0, []]);
  expect(stdout).toBe(
    "Read a Trustdown list with 1 entry against GitHub accounts.\n  left out: vouches of others, which soften nothing here (1)\nNothing was asked and nothing kept.\n",
  );
  const json = JSON.parse((await start("import", "VOUCHED.td", "--dry-run", "--json")).stdout);
  expect(intelImportSchema.parse(json)).toMatchObject({ entries: 1, imported: null });
});

test("intel: every --json is as its schema says", async () => {
  const imported = JSON.parse((await start("import", "VOUCHED.td", ...SOURCE, "--dry-run", "--json")).stdout);
  expect(intelImportSchema.parse(imported)).toEqual(imported);
  const revoke = ["revoke", "12", ...ORG, "--reason", "somebody else"];
  for (const argv of [["list", ...ORG], ["export", ...ORG], revoke]) {
    const json = JSON.parse((await start(...argv, "--json")).stdout);
    expect(intelSchema.parse(json)).toEqual(json);
  }
});

test("intel list: whose word it is, until when, how far it may travel, and whether anybody here has looked", async () => {
  expect((await start("list", ...ORG)).stdout).toBe(
    [
      "a team (2 entries, primary)",
      "    12  account 4711 (ada-example on the list), of 2026-05-01, until 2027-05-01,",
      "        TLP amber, confidence 80; nobody here has looked",
      "        =asked for keys",
      "        https://example.com/a",
      "    13  an address, of 2026-05-01, until 2027-05-01, TLP amber; nobody here has",
      "        looked",
      "",
    ].join("\n"),
  );
});

test("intel export: no cell is a formula, and what it writes can be taken in elsewhere", async () => {
  const { stdout, asked } = await start("export", ...ORG, "--csv");
  expect(asked).toEqual([{ organization: "octo-org", act: { kind: "export" } }]);
  expect(stdout.split("\r\n")[1]).toBe(
    "4711,ada-example,,2026-05-01,2027-05-01,80,amber,a team,https://example.com/a,'=asked for keys",
  );
  const [head, first] = stdout.split("\r\n");
  const { entries, problems } = readCsv(`${head}\r\n${first}\r\n`, { place: "x", now: DAY });
  expect(problems).toEqual([]);
  expect(entries[0]).toMatchObject({ named: { by: "id", id: 4711 }, reason: "=asked for keys", origin: "a team" });
  expect((await start("export", ...ORG)).stdout).toBe(stdout);
});

test.each([
  [["revoke", "12", ...ORG, "--reason", "somebody else"], { id: 12 }],
  [["revoke", "--source", "a team", ...ORG, "--reason", "somebody else"], { source: "a team" }],
])("intel: %j takes that back", async (argv, which) => {
  const { exit, asked, stdout } = await start(...argv);
  expect(asked).toEqual([{ organization: "octo-org", act: { kind: "revoke", which, reason: "somebody else" } }]);
  expect([exit, stdout.split("\n")[0]]).toEqual([0, "Taken back: 2 entries. The same list does not bring them again."]);
});

test.each([
  [["import", ...SOURCE], "sallyport intel import: not one file;"],
  [["import", "a", "b", ...SOURCE], "sallyport intel import: not one file;"],
  [["import", "gone.td", ...SOURCE], "gone.td: cannot be read;"],
  [["import", "VOUCHED.td", ...ORG], "--source: does not say what the list is called;"],
  [["import", "VOUCHED.td", ...ORG, "--source", "a\u0007"], "--source: does not say what the list is called;"],
  [["import", "VOUCHED.td", ...ORG, "--source", "a".repeat(61)], "--source: does not say what the list is called;"],
  [["import", "VOUCHED.td", "--source", "a"], "sallyport intel import: of which organisation is not said;"],
  [["import", "VOUCHED.td", ...SOURCE, "--tlp", "white"], "--tlp: no colour of the Traffic Light Protocol;"],
  [["import", "VOUCHED.td", ...SOURCE, "--confidence", "101"], "--confidence: no confidence;"],
  [["import", "VOUCHED.td", ...SOURCE, "--until", "2028-01-01"], "--until: not a day within the next year;"],
  [["import", "VOUCHED.td", ...SOURCE, "--date", "1970-01-01"], "--date: not a day that has been"],
  [["import", "VOUCHED.td", ...SOURCE, "--date", "2026-02-31"], "--date: not a day that has been"],
  [["import", "VOUCHED.td", ...SOURCE, "--format", "xml"], "--format: no format;"],
  [["import", "list.csv", ...SOURCE], "list.csv:2 reason: a cell that a spreadsheet would calculate;"],
  [["import", "b.json", ...SOURCE], 'b.json:2:2 objects[1].type: no type of STIX 2.1: "wat";'],
  [["import", "broken.json", ...SOURCE], "broken.json:1:17: not JSON;"],
  [["import", "VOUCHED.td", "--format", "stix", ...SOURCE], "VOUCHED.td:1:1: not JSON;"],
  [["list"], "sallyport intel list: of which organisation is not said;"],
  [["list", "x", ...ORG], "sallyport intel list: takes no argument;"],
  [["export", ...ORG, "--csv", "--json"], "sallyport intel export: asks for two forms;"],
  [["revoke", ...ORG, "--reason", "somebody else"], "sallyport intel revoke: not one thing to take back;"],
  [["revoke", "1", "--source", "a", ...ORG, "--reason", "somebody else"], "sallyport intel revoke: not one thing"],
  [["revoke", "x", ...ORG, "--reason", "somebody else"], "x: not the number of an entry;"],
  [["revoke", "1", ...ORG], "--reason: too short or too long;"],
  [["list", "--reason", "x", ...ORG], "sallyport intel"],
  [["nothing", ...ORG], "sallyport intel"],
])("intel: %j is wrong use, changes nothing and says how to mend it", async (argv, line) => {
  const { exit, stderr, asked } = await start(...argv);
  expect([exit, stderr.slice(0, line.length), asked]).toEqual([2, line, []]);
});
