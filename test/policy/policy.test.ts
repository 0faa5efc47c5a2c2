import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { DEFAULT_THRESHOLDS } from "../../src/signals/thresholds.ts";
import { expect, test } from "../support/jest.ts";

test("DEFAULT_POLICY: its thresholds are those of commands that know no policy", () => {
  const { thin_grant: thinGrant, dormant_after_days: dormantAfterDays } = DEFAULT_POLICY.access;
  expect({ thinGrant, dormantAfterDays }).toEqual(DEFAULT_THRESHOLDS);
});
