import { exposureOf } from "../../../../src/decision/exposure.ts";
import { DEFAULT_POLICY } from "../../../../src/policy/policy.ts";
import { exposureBox } from "../../../../src/web/pages/report/exposed.ts";
import { expect, test } from "../../../support/jest.ts";
import { report } from "../../support/reports.ts";

const shown = (answers: Partial<typeof DEFAULT_POLICY.exposure> | null): string => {
  const { exposure: _, ...decision } = report().decision;
  const exposure = answers && exposureOf({ ...DEFAULT_POLICY.exposure, ...answers });
  const made = { ...report(), decision: exposure ? { ...decision, exposure } : decision };
  return (exposureBox(made)?.markup ?? "").replace(/\s+/g, " ");
};

test("exposure on a report: the level, what it means for evidence, and what lowers it; nothing on older reports", () => {
  expect(shown(null)).toBe("");
  const paying = shown({ pays_in_crypto: true });
  expect(paying).toContain("Exposure high: 2 of seven questions answered with yes.");
  expect(paying).toContain("one account in about 250");
  expect(paying).toContain("Push protection");
  const usual = shown({});
  expect(usual).toContain("Exposure low: 1 of seven questions answered with yes.");
  expect(usual).not.toContain("Push protection");
  expect(shown({ accepts_unknown_pull_requests: false })).not.toContain("<details>");
});
