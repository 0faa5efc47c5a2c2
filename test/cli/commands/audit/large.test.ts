import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { octoOrg } from "../../../access/graphs.ts";
import { afterAll, expect, test } from "../../../support/jest.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

const main = join(import.meta.dirname, "../../../../src/main.ts");

test("audit: a snapshot over 64 MiB is read by the process itself: its lists are limited, not its bytes", () => {
  const file = join(folder, "access.json");
  writeFileSync(file, JSON.stringify(octoOrg()) + " ".repeat(65 * 2 ** 20));
  const stdout = execFileSync(process.execPath, [main, "audit", "--snapshot", file, "--json"], { encoding: "utf8" });
  expect(JSON.parse(stdout)).toMatchObject({ schema: "sallyport.audit/1", summary: { grants: 4 } });
});
