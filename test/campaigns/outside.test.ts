import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { bandsOf, compared, KINDS, NEWCOMER, outside, REGULAR, times } from "../support/outside.ts";

// The product of test/scenarios/outside.test.ts: every band under every kind of policy, in longer lives.

let scene: Awaited<ReturnType<typeof outside>>;

beforeAll(async () => {
  scene = await outside();
});
afterAll(async () => {
  scene.app.sim.expectNoViolations();
  await scene.app.stop();
});

const ALL = ["elevated", "high", "none", "note", "review"];
/** Without histories there is less to find. */
const UNREAD = ["none", "note", "review"];

/** With the labels a newcomer gets: one for each head that meets the criterion, however often it is looked at. */
const POLICIES: readonly (readonly [string, { readonly labels: number; readonly bands: readonly string[] }])[] = [
  ["mode: shadow", { labels: 0, bands: ALL }],
  ["mode: live", { labels: 0, bands: ALL }],
  ["mode: live\npublication: { label: { name: first, when: [first_contribution] } }", { labels: 2, bands: ALL }],
  [
    'mode: live\npublication: { label: { name: paths, when: [sensitive_paths] } }\ntriage: { sensitive_paths: ["**"], deep_scan: never }',
    { labels: 3, bands: UNREAD },
  ],
  [
    "mode: live\npublication: { label: { name: both, when: [first_contribution, sensitive_paths] } }\ntriage: { deep_scan: always }",
    { labels: 2, bands: ALL },
  ],
];

test.each(POLICIES)("what others see is the same for everybody under %j", async (policy, { labels, bands }) => {
  const newcomers = await compared(scene, policy, { kinds: KINDS, ...NEWCOMER, long: true });
  expect([...new Set(newcomers.flatMap(bandsOf))].sort()).toEqual(bands);
  const [one] = newcomers;
  expect([times(one, "checks/create"), times(one, "issues/add-labels")]).toEqual([
    policy.includes("shadow") ? 0 : 3,
    labels,
  ]);
  expect(times(one, "git/info-refs")).toBe(policy.includes("never") ? 0 : 2);
  const regulars = await compared(scene, policy, { kinds: ["none", "review", "high"], ...REGULAR, long: true });
  expect(regulars.map(({ apiPages }) => apiPages)).toEqual(/never|always/.test(policy) ? [0, 0, 0] : [0, 2, 2]);
});
