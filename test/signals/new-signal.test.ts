import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FAMILIES, type Family } from "../../src/signals/families.ts";
import { filesOf } from "../../tools/new-signal.ts";
import { expect, test } from "../support/jest.ts";

// That what it writes passes all checks is a campaign: test/campaigns/new-signal.test.ts.

const declared = readFileSync(resolve(import.meta.dirname, "declared.test.ts"), "utf8");

test.each(Object.keys(FAMILIES) as Family[])(
  "new-signal: writes two files of %s, and one line among the declared",
  (family) => {
    const files = filesOf("abc-try-out", family, declared);
    expect([...files.keys()]).toEqual([
      `src/signals/${family}/abc-try-out.ts`,
      `test/signals/${family}/abc-try-out.vectors.ts`,
      "test/signals/declared.test.ts",
    ]);
    const lines = (files.get("test/signals/declared.test.ts") ?? "").split("\n");
    const added = lines.findIndex((line) => line.startsWith('  "abc-try-out": "'));
    expect(lines.toSpliced(added, 1).join("\n")).toBe(declared);
    expect(lines[added + 1]).toMatch(/^ {2}"acc-/);
  },
);

test("new-signal: the last id stands last", () => {
  const lines = (filesOf("zzz-last-one", "intel", declared).get("test/signals/declared.test.ts") ?? "").split("\n");
  const added = lines.findIndex((line) => line.startsWith('  "zzz-last-one": "'));
  expect(lines[added + 1]).toBe("};");
});
