import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { DemoResult } from "../../src/cli/commands/demo/result.ts";
import { afterAll, expect, test } from "../support/jest.ts";

const main = resolve(import.meta.dirname, "../../src/main.ts");
const temporary = mkdtempSync(join(tmpdir(), "sallyport-demo-test-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Node keeps compiled code of other programs there too. */
const leftBehind = () => readdirSync(temporary).filter((name) => name.startsWith("sallyport-"));

const demo = (...args: readonly string[]) =>
  spawn(process.execPath, [main, "demo", "--once", ...args], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "inherit"],
  });

test("demo: one account reads the same beside its change and beside its access, where the two meet there is a flag", async () => {
  const story = demo("--json");
  const result: DemoResult = JSON.parse(await text(story.stdout));
  const step = (id: string) => result.steps.find((each) => each.id === id);
  expect([step("returned")?.report?.account, step("returned-grant")?.report?.account]).toEqual(["review", "review"]);
  expect(step("returned-grant")?.flags).toMatchObject([{ repository: "relayer", role: "write" }]);
  expect([step("newcomer"), step("veteran"), step("thin-grant")].map((each) => each?.report?.account)).toEqual([
    "none",
    "none",
    "none",
  ]);
  expect(step("push")?.alerts).toMatchObject([{ repositories: ["docs", "relayer", "wallet"] }]);
  expect(step("team-grant")?.flags).toMatchObject([{ repository: "wallet", role: "write" }]);
  expect(step("what-if")?.whatIf).toContain("no longer: wallet: dora-example can read the secret RELAYER_KEY");
  expect(result).toMatchObject({ sealedAlike: true, violations: 0, openFlags: 2, auditLevel: "high" });
  expect(result.changes).toEqual({ firstWrite: 2, newOutsideWrite: 1 });
  expect(leftBehind()).toEqual([]);
});

test("demo: a reader that has read enough ends it, and it leaves nothing behind", async () => {
  const story = demo();
  await once(story.stdout, "data");
  story.stdout.destroy();
  await once(story, "exit");
  expect(leftBehind()).toEqual([]);
});
