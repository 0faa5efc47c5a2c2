import { repositoryId } from "../../src/ids.ts";
import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { retentionOf } from "../../src/policy/retention.ts";
import { expect, test } from "../support/jest.ts";

const [FIRST, SECOND, THIRD] = [repositoryId(1), repositoryId(2), repositoryId(3)];

test("retentionOf: a repository keeps its reports for less time than the organisation, never for more", () => {
  const found = retentionOf({ retention: { evidence_days: 20 } }, [
    [FIRST, { retention: { evidence_days: 5 } }],
    [SECOND, { retention: { evidence_days: 25, bands_days: 100 } }],
    [THIRD, { mode: "live" }],
  ]);
  expect(found).toEqual({
    organization: { evidence_days: 20, bands_days: 90 },
    repositories: new Map([
      [FIRST, { evidence_days: 5, bands_days: 90 }],
      [SECOND, { evidence_days: 20, bands_days: 90 }],
    ]),
  });
});

test("retentionOf: is the default when nobody wrote anything", () => {
  expect(retentionOf({}, [])).toEqual({ organization: DEFAULT_POLICY.retention, repositories: new Map() });
});
