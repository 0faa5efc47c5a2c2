import { exposure as command } from "../../../../src/cli/commands/exposure/command.ts";
import { exposureSchema } from "../../../../src/cli/commands/exposure/schema.ts";
import { SWITCHES } from "../../../../src/decision/exposure-switches.ts";
import { KEYS } from "../../../../src/policy/keys.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded, type Setting } from "../../recording-io.ts";

const exposure = (args: readonly string[], setting: Setting = {}) =>
  runRecorded(["exposure", ...args], [command], setting);
const json = async (args: readonly string[], setting: Setting = {}) => {
  const ran = await exposure([...args, "--json"], setting);
  expect(ran.exit).toBe(0);
  return exposureSchema.parse(JSON.parse(ran.stdout));
};

test("exposure: who pays strangers starts from 1 in 250, whoever does not from 1 in 2,000", async () => {
  expect(await json(["--yes", "pays_bounties"])).toMatchObject({ level: "high", priorBits: -8 });
  expect(await json(["--yes", "hires_from_public_pool"])).toMatchObject({ level: "high", priorBits: -8 });
  expect(await json(["--yes", "recently_funded, skips_identity_check"])).toMatchObject({
    ...{ level: "medium", priorBits: -11 },
    yes: ["skips_identity_check", "recently_funded"],
  });
  expect(await json(["--yes", "accepts_unknown_pull_requests"])).toMatchObject({ level: "low", priorBits: -11 });
  expect(await json(["--none"])).toEqual({
    ...{ schema: "sallyport.exposure/1", level: "low", priorBits: -11, yes: [], switches: [] },
  });
});

test("exposure: every yes has a switch on GitHub and one here, or two of them, each with its reason", async () => {
  const { switches } = await json(["--yes", Object.keys(KEYS.exposure).join(",")]);
  for (const question of Object.keys(KEYS.exposure)) {
    const own = switches.filter((each) => each.question === question);
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect(own.map(({ where }) => where)).toContain("GitHub");
  }
  expect(Object.keys(SWITCHES)).toEqual(Object.keys(KEYS.exposure));
  for (const { because, set } of switches) expect([because.endsWith("."), set.length > 0]).toEqual([true, true]);
});

test("exposure: on a terminal it asks, again where the answer is neither yes nor no, and an empty one is the default", async () => {
  const ran = await exposure(["--json"], { answers: ["n", "", "maybe", "Y", "no", "", "", "yes"] });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    yes: ["accepts_unknown_pull_requests", "pays_bounties", "recently_funded"],
  });
  expect(ran.stderr.match(/^3\/7 /gm)).toHaveLength(2);
  const gone = await exposure([], { answers: ["n", "n"] });
  expect(gone.exit).toBe(2);
  expect(gone.stdout).toBe("");
});

test("exposure: of a policy file what is not written counts as its default", async () => {
  const files = { "policy.yml": "version: 1\nexposure:\n  pays_in_crypto: true\n", "empty.yml": "version: 1\n" };
  expect(await json(["--policy", "policy.yml"], { files })).toMatchObject({
    yes: ["accepts_unknown_pull_requests", "pays_in_crypto"],
  });
  expect(await json(["--policy", "empty.yml"], { files })).toMatchObject({ yes: ["accepts_unknown_pull_requests"] });
});

test("exposure: text for people, at most 80 columns, with what goes into the policy file", async () => {
  const { stdout } = await exposure(["--yes", "pays_in_crypto"]);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).toContain("Exposure: high");
  expect(stdout).toContain("    pays_in_crypto: true\n    skips_identity_check: false");
});

test.each<readonly [string, readonly string[], string]>([
  ["a key that is none", ["--yes", "pays_bounty"], '--yes: no question "pays_bounty"; did you mean pays_bounties?'],
  ["an empty key", ["--yes", "pays_bounties,"], '--yes: no question ""; the keys are hires_from_public_pool,'],
  ["an argument", ["all"], "sallyport exposure: takes no argument; leave it out"],
  ["two sources", ["--none", "--yes", "pays_bounties"], "sallyport exposure: answers from several places;"],
  ["nobody who answers", [], "sallyport exposure: nobody at a terminal answers;"],
  ["a file that is none", ["--policy", "nowhere.yml"], "nowhere.yml: cannot be read"],
])("exposure, wrong input: %s", async (_, args, says) => {
  const ran = await exposure(args);
  expect([ran.exit, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain(says);
});
