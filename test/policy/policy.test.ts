import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { DEFAULT_THRESHOLDS } from "../../src/signals/thresholds.ts";
import { expect, test } from "../support/jest.ts";

test("DEFAULT_POLICY: its thresholds are those of commands that know no policy", () => {
  const { thin_grant: thinGrant, dormant_after_days: dormantAfterDays } = DEFAULT_POLICY.access;
  const { sensitive_paths: sensitivePaths } = DEFAULT_POLICY.triage;
  expect({ thinGrant, dormantAfterDays, sensitivePaths }).toEqual(DEFAULT_THRESHOLDS);
});
