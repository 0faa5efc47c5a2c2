import { readFileSync } from "node:fs";
import { assess } from "../../../../src/assessment/assess.ts";
import { policy } from "../../../../src/cli/commands/policy/command.ts";
import { explainSchema, simulationSchema, validationSchema } from "../../../../src/cli/commands/policy/schema.ts";
import type { StoredLook } from "../../../../src/flows/stored-looks.ts";
import { roleIn } from "../../../../src/flows/under-policy.ts";
import { dossierOf, ordinaryChange, veteran } from "../../../assessment/dossiers.ts";
import { commit, commits, SUBJECT } from "../../../signals/given.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const change = { ...ordinaryChange, "change.commits": commits(commit({ oid: "3f9c1d0a".repeat(5) })) };
const contribution = dossierOf({ ...veteran, ...change });
const FILES = {
  "good.yml": "version: 1\nmode: live\n",
  "bad.yml": "version: 1\naccess:\n  dormant_after: 3\nmode: loud\n",
  "org.yml": "version: 1\ntriage:\n  skip_bots: [1]\naccess:\n  dormant_after_days: 90\n",
  "own.yml": "access: { dormant_after_days: 400 }\ntriage: { deep_scan: always }\n",
  "skip.yml": `mode: live\ntriage: { skip_bots: [${SUBJECT}], deep_scan: never }\n`,
  "never.yml": "triage: { deep_scan: never }\n",
  "d.json": JSON.stringify(contribution),
  "a.json": JSON.stringify(assess(contribution)),
  "other.json": '{"schema":"sallyport.audit/1"}',
};

const start = (...argv: readonly string[]): Promise<Ran> =>
  runRecorded(["policy", ...argv], [policy], { files: FILES });
const long = ({ stdout }: Ran): readonly string[] => stdout.split("\n").filter((line) => line.length > 80);

test("policy validate: says every problem of every file by line and column, and what is right", async () => {
  expect(await start("validate", "good.yml", "bad.yml", "gone.yml")).toEqual({
    exit: 2,
    stdout: "good.yml: nothing wrong; it sets 2 keys\n",
    stderr:
      "bad.yml:4:1 mode: not allowed here; allowed: shadow | live\n" +
      "bad.yml:3:3 access.dormant_after: no such key; did you mean dormant_after_days?\n" +
      "gone.yml: cannot be read; check the path\n",
  });
  expect((await start("validate", "good.yml")).exit).toBe(0);
});

test("policy validate: gives the same as JSON, and still exits 2", async () => {
  const { exit, stdout, stderr } = await start("validate", "good.yml", "bad.yml", "--json");
  expect({ exit, stderr }).toEqual({ exit: 2, stderr: "" });
  const { files } = validationSchema.parse(JSON.parse(stdout));
  expect(files.map(({ ok }) => ok)).toEqual([true, false]);
  expect(files[1]?.problems[1]?.where).toBe("bad.yml:3:3 access.dormant_after");
});

test("policy explain: prints each value in force with its line, and what is ignored, in 80 columns", async () => {
  const ran = await start("explain", "--org-file", "org.yml", "--repo-file", "own.yml");
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  const text = ran.stdout.replace(/\s+/g, " ");
  expect(text).toContain("access.dormant_after_days 90 from org.yml:5 asked for: 400 in own.yml:1; looser than");
  expect(text).toContain("triage.deep_scan always from own.yml:2");
  expect(text).toContain("retention.bands_days 90 from the default");
  expect(text).toContain("an owner's switch");
  expect(long(ran)).toEqual([]);
  const switched = await start("explain", "--org-file", "good.yml");
  expect(switched.stdout).not.toContain("switch");
});

test("policy explain: gives the same as JSON that fits its schema", async () => {
  const { stdout } = await start("explain", "--org-file=org.yml", "--repo-file=own.yml", "--json");
  const { keys } = explainSchema.parse(JSON.parse(stdout));
  expect(keys.find(({ key }) => key === "access.dormant_after_days")).toMatchObject({
    value: 90,
    from: [{ by: "organization", place: "org.yml", line: 5 }],
    ignored: { place: "own.yml", line: 1, asked: 400 },
  });
});

test("policy explain: exits 2 with the parser's own words when a file is wrong", async () => {
  expect(await start("explain", "--org-file=bad.yml")).toMatchObject({ exit: 2, stdout: "" });
});

test("policy schema: is the file in docs/schema", async () => {
  const kept = readFileSync(new URL("../../../../docs/schema/sallyport.policy-1.json", import.meta.url), "utf8");
  expect(await start("schema")).toEqual({ exit: 0, stdout: kept, stderr: "" });
});

test("policy simulate: counts what would end differently for recorded files, and names nobody", async () => {
  const ran = await start("simulate", "--policy=skip.yml", "d.json", "a.json");
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  const text = ran.stdout.replace(/ +/g, " ");
  expect(text).toContain(
    "skip.yml, compared with the defaults\n2 looked at again, 1 of them as they were weighed then\n",
  );
  expect(text).toContain("Account nothing notable 2 0 differs\n not assessed: a bot that is skipped 0 2 differs\n");
  expect(text).toContain("Check run no 2 0 differs\n yes 0 2 differs\n");
  expect(text).toContain("\n2 of 2 would end differently.\n");
  expect(ran.stdout).not.toContain(String(SUBJECT));
  expect(long(ran)).toEqual([]);
  const json = simulationSchema.parse(
    JSON.parse((await start("simulate", "--policy=skip.yml", "d.json", "--json")).stdout),
  );
  expect(json).toMatchObject({ lookedAt: 1, withoutDossier: 0, differing: 1 });
});

test("policy simulate: finds no difference between a policy and itself", async () => {
  const { stdout } = await start("simulate", "--policy=skip.yml", "--against=skip.yml", "d.json", "a.json");
  expect(stdout).toContain("Nothing would end differently.\n");
});

test("policy simulate: tries stored reports with their repositories' own files", async () => {
  const recorded = { assessment: assess(contribution), dossier: contribution, role: roleIn(contribution) };
  const look: StoredLook = {
    ...{ recorded, organization: {}, switched: "live" },
    repository: { triage: { deep_scan: "always" } },
  };
  const asked: string[] = [];
  const storedReports = async (organization: string, see: (look: StoredLook) => void): Promise<number> => {
    asked.push(organization);
    see(look);
    return 1;
  };
  const argv = ["policy", "simulate", "--policy=never.yml", "--stored=octo-org", "--json"];
  const { stdout } = await runRecorded(argv, [policy], { files: FILES, services: { storedReports } });
  const { rows } = simulationSchema.parse(JSON.parse(stdout));
  expect(asked).toEqual(["octo-org"]);
  expect(rows).toContainEqual({ aspect: "deep_scan", value: "yes", before: 1, after: 1 });
  expect(rows).toContainEqual({ aspect: "check_run", value: "yes", before: 1, after: 1 });
});

test.each([
  [[], "sallyport policy: what of it is not said; write one of validate, explain, schema, simulate\n"],
  [["valdate"], "sallyport policy valdate: no such thing; did you mean `validate`?\n"],
  [
    ["validate", "--stored=x"],
    "sallyport policy validate --stored: not an option of this; `sallyport help policy` lists what there is\n",
  ],
  [["validate"], "sallyport policy validate: no file to check; name one or more, - for standard input\n"],
  [["schema", "x"], "sallyport policy schema: takes no argument; leave it out\n"],
  [["explain", "x"], "sallyport policy explain: takes no argument; name files with --org-file and --repo-file\n"],
  [["simulate", "d.json"], "sallyport policy simulate: no policy to try; name its file with --policy FILE\n"],
  [
    ["simulate", "--policy=good.yml"],
    "sallyport policy simulate: nothing to look at again; name files that `sallyport assess` wrote, or --stored ORG\n",
  ],
  [
    ["simulate", "--policy=good.yml", "other.json"],
    "other.json: neither a dossier nor an assessment; give a file that `sallyport assess` wrote\n",
  ],
  [
    ["simulate", "--policy=good.yml", "--stored=x", "d.json"],
    "sallyport policy simulate: files and --stored at once; give one of them\n",
  ],
])("policy: exits 2 and says why when called with %j", async (argv, stderr) => {
  expect(await start(...argv)).toEqual({ exit: 2, stdout: "", stderr });
});
