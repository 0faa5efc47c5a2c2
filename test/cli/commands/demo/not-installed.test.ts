import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "../../../support/jest.ts";

const root = resolve(import.meta.dirname, "../../../..");

test("demo: says what to do where an install for production left the simulator out", () => {
  const installed = mkdtempSync(join(tmpdir(), "sallyport-installed-"));
  for (const path of ["src", "package.json", "app.yml", "app.audit.yml"])
    cpSync(join(root, path), join(installed, path), { recursive: true });
  mkdirSync(join(installed, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    if (name !== "@sallyport") symlinkSync(join(root, "node_modules", name), join(installed, "node_modules", name));
  const { status, stderr } = spawnSync(process.execPath, ["src/main.ts", "demo", "--once"], {
    cwd: installed,
    encoding: "utf8",
  });
  rmSync(installed, { recursive: true });
  expect([status, stderr]).toEqual([
    2,
    "sallyport demo: the local GitHub is not installed here; run `npm ci && npm run demo` in a checkout\n",
  ]);
});
