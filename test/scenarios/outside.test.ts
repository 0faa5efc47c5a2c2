import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { bandsOf, compared, NEWCOMER, outside, REGULAR, times } from "../support/outside.ts";
import { someOf } from "../support/rows.ts";

// Whatever people besides the App can see of it is one and the same for everybody who did the same in public: check
// runs, labels, comments, statuses, and how often git asks for somebody's own repositories. All bands under one policy;
// test/campaigns/outside.test.ts has longer lives under many.

let scene: Awaited<ReturnType<typeof outside>>;

beforeAll(async () => {
  scene = await outside();
});
afterAll(async () => {
  scene.app.sim.expectNoViolations();
  await scene.app.stop();
});

const POLICY =
  "mode: live\npublication: { label: { name: both, when: [first_contribution, sensitive_paths] } }\n" +
  'triage: { sensitive_paths: ["**"] }';

const BANDS = ["none", "note", "high", "review", "elevated"] as const;

test("what others see of newcomers is the same in every band", async () => {
  const kinds = someOf(BANDS, 2);
  const seen = await compared(scene, POLICY, { kinds, ...NEWCOMER });
  expect(seen.map(bandsOf)).toEqual(kinds.map((band) => [band]));
  const [one] = seen;
  expect([times(one, "checks/create"), times(one, "issues/add-labels"), times(one, "git/info-refs")]).toEqual([
    1, 1, 2,
  ]);
});

test("what others see of regulars is the same whether or not the API was asked for their histories", async () => {
  const seen = await compared(scene, POLICY, { kinds: ["none", "elevated"], ...REGULAR });
  expect(seen.map(({ apiPages }) => apiPages)).toEqual([0, 2]);
  expect(seen.map(bandsOf)).toEqual([["none"], ["elevated"]]);
  expect(times(seen[0], "git/info-refs")).toBe(2);
});
