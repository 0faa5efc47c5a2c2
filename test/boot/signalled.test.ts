import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "../support/jest.ts";

const signalled = pathToFileURL(resolve(import.meta.dirname, "../../src/boot/signalled.ts")).href;

/** A program that never ends by itself, whatever it was asked. */
const HANGING = (graceMs: number): string => `
  import { signalled } from ${JSON.stringify(signalled)};
  setInterval(() => {}, 1_000);
  signalled(${graceMs}).then(() => process.stdout.write("asked"));
  process.stdout.write("ready");`;

/** Sends the signals, each when the program has answered to what came before; gives its exit code. */
async function endOf(graceMs: number, signals: readonly NodeJS.Signals[]): Promise<unknown> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", HANGING(graceMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for (const signal of signals) {
    await once(child.stdout, "data");
    child.kill(signal);
  }
  const [code] = await ended;
  return code;
}

test("a signal ends a program that hangs, when its time is over", async () => {
  expect(await endOf(100, ["SIGTERM"])).toBe(130);
});

test("a second signal ends it at once", async () => {
  expect(await endOf(2 ** 31 - 1, ["SIGTERM", "SIGINT"])).toBe(130);
});
