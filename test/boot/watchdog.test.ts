import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../store/eventually.ts";
import { afterEach, beforeEach, expect, test } from "../support/jest.ts";
import { inCampaigns } from "../support/rows.ts";

/** Longer than the program under watch may stand still, twice. */
const LONG_MS = 4_000;

let child: ChildProcessWithoutNullStreams;
let closed: Promise<unknown[]>;
let beats = 0;
let errors = "";
beforeEach(async () => {
  beats = 0;
  errors = "";
  child = spawn(process.execPath, [join(import.meta.dirname, "../support/watched-program.ts")]);
  closed = once(child, "close");
  child.stdout.on("data", () => {
    beats += 1;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await beatsAgain();
});
afterEach(async () => {
  child.kill("SIGKILL");
  await closed;
});

/** A program that has ended beats no more: the test says so instead of waiting for it. */
const beatsAgain = async (): Promise<void> => {
  const before = beats;
  await eventually(() => beats > before + 5 || hasEnded());
  expect([child.exitCode, child.signalCode, errors]).toEqual([null, null, ""]);
};

const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;

test("watchdog: a process whose loop stands is ended, with one line", async () => {
  child.stdin.write("stand still\n");
  expect(await closed).toEqual([null, "SIGKILL"]);
  expect(errors).toMatch(/^sallyport: its event loop stood still for 2 s; .*\n$/);
});

inCampaigns("watchdog: one that was stopped for longer goes on when it is continued", async () => {
  child.kill("SIGSTOP");
  await pause(LONG_MS);
  child.kill("SIGCONT");
  await beatsAgain();
});

inCampaigns("watchdog: one that turns for longer goes on", async () => {
  await pause(LONG_MS);
  await beatsAgain();
});
