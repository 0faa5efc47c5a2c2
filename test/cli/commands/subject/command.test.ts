import type { Services } from "../../../../src/cli/command.ts";
import { subject } from "../../../../src/cli/commands/subject/command.ts";
import { subjectSchema } from "../../../../src/cli/commands/subject/schema.ts";
import { accountId, installationId } from "../../../../src/ids.ts";
import type { Subject } from "../../../../src/store/store.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const NOW = "2026-11-23T10:00:00.000Z";
const KEPT: Subject = {
  ...{ schema: "sallyport.subject/1", installationId: installationId(7), accountId: accountId(4711), asOf: NOW },
  ...{
    reports: [],
    flags: [],
    localList: [],
    listed: [],
    exposureDecisions: [],
    grants: [],
    referrals: [],
    corrections: [],
    cachedFacts: [],
    histories: [],
    ties: [],
    snapshots: [],
  },
  looks: [],
  ...{ accessSince: [], audits: [], work: [], decisions: [] },
  trail: [{ at: NOW, actorId: null, act: "subject.erased", target: "account:4711", reason: null }],
  notIncluded: [],
  stays: ["An open flag stays until somebody has decided."],
};

/** A store that keeps one entry of the trail. */
const start = async (...argv: readonly string[]): Promise<Ran & { readonly asked: readonly unknown[] }> => {
  const asked: unknown[] = [];
  const ask: Services["subject"] = async (about) => {
    asked.push(about);
    return KEPT;
  };
  return { ...(await runRecorded(["subject", ...argv], [subject], { services: { subject: ask } })), asked };
};

const OF = ["--organization", "octo-org"];
const about = { organization: "octo-org", account: 4711 };

test("subject: export says how much there is, --json all of it", async () => {
  const { stdout, exit, asked } = await start("export", "4711", ...OF);
  expect([exit, stdout.split("\n")[0], asked]).toEqual([0, "account 4711", [{ ...about, act: "export" }]]);
  expect(stdout).toContain("  trail             1\n");
  const json = await start("export", "4711", "--json", ...OF);
  expect([json.exit, subjectSchema.parse(JSON.parse(json.stdout))]).toEqual([0, JSON.parse(JSON.stringify(KEPT))]);
});

test("subject: erase without --yes changes nothing, says what it would leave and is wrong use", async () => {
  const { exit, stdout, stderr, asked } = await start("erase", "4711", ...OF);
  expect([exit, stdout, asked]).toEqual([2, "", [{ ...about, act: "read" }]]);
  expect(stderr).toBe(
    [
      "Erasing leaves:",
      "  - An open flag stays until somebody has decided.",
      "sallyport subject erase: nothing was erased; add --yes to erase all else",
      "",
    ].join("\n"),
  );
});

test("subject: erase --yes erases and says what is left", async () => {
  const { exit, stdout, asked } = await start("erase", "4711", "--yes", ...OF);
  expect([exit, asked]).toEqual([0, [{ ...about, act: "erase" }]]);
  expect(stdout.startsWith("Erased. What is left:\naccount 4711\n")).toBe(true);
  expect(JSON.parse((await start("erase", "4711", "--yes", "--json", ...OF)).stdout)).toMatchObject({ reports: [] });
});

test.each([
  [["export", "ada-example", ...OF], "ID: not the number of an account: ada-example;"],
  [["export", ...OF], "ID: not the number of an account: ;"],
  [["erase", "4711", "12", "--yes", ...OF], "ID: not the number of an account: 4711 12;"],
  [["erase", "4711", "--yes"], "sallyport subject erase: of which organisation is not said;"],
  [["export", "4711", "--yes", ...OF], "sallyport subject export --yes: not an option of this;"],
  [["forget", "4711", ...OF], "sallyport subject forget: no such thing;"],
])("subject: %j is wrong use, asks for nothing and says how to mend it", async (argv, line) => {
  const { exit, stderr, asked } = await start(...argv);
  expect([exit, stderr.startsWith(line), asked]).toEqual([2, true, []]);
});
