import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FAMILIES } from "../../src/signals/families.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "sallyport-new-signal-"));
const PARTS = [
  ...["src", "test", "simulator", "tools", "bench", "eval", "bin", "docs"],
  ...["package.json", "tsconfig.json", "biome.json", "jest.config.mjs", "app.yml", "app.audit.yml"],
];

/** A checkout of its own, because other tests read the one they run in. */
beforeAll(() => {
  for (const part of PARTS)
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.includes("node_modules") });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What a program of the copy ends with; what it says only where it failed. */
function ran(program: string, ...argv: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { cwd: copy, encoding: "utf8" });
  return { status, said: status === 0 ? "" : `${stdout}${stderr}` };
}
const FINE = { status: 0, said: "" };

test("new-signal: what the template gives for every family passes types, format, lint and the signals' tests", () => {
  for (const family of Object.keys(FAMILIES))
    expect(ran("tools/new-signal.ts", `try-new-${family}`, family)).toEqual(FINE);
  expect(ran("tools/new-signal.ts", "try-new-change", "change").status).toBe(2);
  expect(ran("tools/generate-catalog.ts")).toEqual(FINE);
  expect(ran("node_modules/typescript/bin/tsc", "--noEmit")).toEqual(FINE);
  const biome = ["check", "--colors=off", "--vcs-enabled=false", "src/signals", "test/signals"];
  expect(ran("node_modules/@biomejs/biome/bin/biome", ...biome)).toEqual(FINE);
  expect(ran("node_modules/jest/bin/jest.js", "test/signals", "test/repo/boundaries")).toEqual(FINE);
});
