import { replay } from "../../../../src/cli/commands/replay/command.ts";
import { example } from "../../../delivery/fixtures.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const of = (name: string, action: string): object => ({ ...example(name, action), installation: { id: 7 } });
const opened = of("pull_request", "opened");

const start = (argv: readonly string[], files: Readonly<Record<string, unknown>>): Promise<Ran> =>
  runRecorded(["replay", ...argv], [replay], {
    files: Object.fromEntries(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)])),
  });

test("replay: prints the jobs of each delivery when files hold one, a list, or a bare payload", async () => {
  const expected = "pull_request.opened: 202 publish-sealed-check, triage-pull-request\n";
  const delivery = { event: "pull_request", payload: opened };
  expect((await start(["a.json"], { "a.json": delivery })).stdout).toBe(`a.json: ${expected}`);
  expect((await start(["a.json"], { "a.json": [delivery, delivery] })).stdout).toBe(`a.json: ${expected}`.repeat(2));
  expect((await start(["--event", "pull_request", "a.json"], { "a.json": opened })).stdout).toBe(`a.json: ${expected}`);
  expect((await start(["-"], { "-": delivery })).stdout).toBe(`-: ${expected}`);
});

test("replay: plans buttons of whatever app made the recorded check run", async () => {
  const check = of("check_run", "rerequested");
  const ran = await start(["--event=check_run", "a.json"], { "a.json": check });
  expect(ran.stdout).toBe("a.json: check_run.rerequested: 202 rerun-head\n");
});

test("replay: says how the webhook route would answer when a delivery leads to no work", async () => {
  const files = {
    "a.json": { event: "star", payload: of("star", "created") },
    "b.json": { event: "pull_request", payload: { ...opened, action: "labeled" } },
    "c.json": { event: "member", payload: opened },
  };
  expect(await start(Object.keys(files), files)).toEqual({
    exit: 0,
    stderr: "",
    stdout:
      "a.json: star.created: 202 not an event that leads to work\n" +
      "b.json: pull_request.labeled: 202 not an action that leads to work\n" +
      "c.json: member.opened: 422 not a payload of this event\n",
  });
});

test("replay: gives the jobs in full as JSON", async () => {
  const ran = await start(["--json", "a.json"], { "a.json": { event: "pull_request", payload: opened } });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    schema: "sallyport.replay/1",
    deliveries: [
      {
        file: "a.json",
        event: "pull_request",
        action: "opened",
        status: 202,
        reason: null,
        jobs: [{ kind: "publish-sealed-check", installationId: 7 }, { kind: "triage-pull-request" }],
      },
    ],
  });
});

test("replay: writes nothing that moves a terminal when a recording is hostile", async () => {
  const hostile = { event: "pull_request", payload: { ...opened, action: "\u001B[2J\u202E" } };
  expect((await start(["a.json"], { "a.json": hostile })).stdout).toContain("pull_request.<U+001B>[2J<U+202E>:");
});

test.each<[string, readonly string[], Readonly<Record<string, unknown>>, string]>([
  ["no file is named", [], {}, "sallyport replay: no file; name one or more files\n"],
  [
    "a bare payload comes without --event",
    ["a.json"],
    { "a.json": {} },
    "a.json: not a recorded delivery; name its event with --event\n",
  ],
  [
    "the file is a number",
    ["a.json"],
    { "a.json": 3 },
    "a.json: not a recorded delivery; name its event with --event\n",
  ],
  ["the file is missing", ["a.json"], {}, "a.json: cannot be read; check the path\n"],
  [
    "the payload is no object",
    ["a.json"],
    { "a.json": { event: "x", payload: 3 } },
    "a.json:1:14 payload: invalid input: expected record, received number; see docs/schema for what is allowed\n",
  ],
])("replay: exits 2 and says why when %s", async (_, argv, files, stderr) => {
  expect(await start(argv, files)).toEqual({ exit: 2, stdout: "", stderr });
});

test("replay: names line and column when a file is not JSON", async () => {
  const ran = await runRecorded(["replay", "a.json"], [replay], { files: { "a.json": '{\n  "event" oops\n}' } });
  expect(ran).toEqual({ exit: 2, stdout: "", stderr: "a.json:2:11: not JSON; give a file of JSON text\n" });
});
