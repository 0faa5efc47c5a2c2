import { type PublicCriteria, planPublication } from "../../src/publication/plan.ts";
import { expect, test } from "../support/jest.ts";

const criteria = (changes: Partial<PublicCriteria> = {}): PublicCriteria => ({
  live: true,
  publication: {
    check_run: "sealed",
    change: "sealed",
    label: { name: "needs-a-look", when: ["first_contribution", "sensitive_paths"] },
  },
  openedHereCount: 5,
  touchesSensitivePath: false,
  ...changes,
});

test("publication: nothing at all in shadow mode, whatever else is set", () => {
  expect(planPublication(criteria({ live: false, openedHereCount: 1, touchesSensitivePath: true }))).toEqual({
    sealedCheck: false,
    changeFindings: false,
    label: null,
  });
});

test("publication: the sealed check depends on the policy alone", () => {
  expect(planPublication(criteria()).sealedCheck).toBe(true);
  const off = { check_run: "off", change: "sealed", label: { name: null, when: [] } } as const;
  expect(planPublication(criteria({ publication: off })).sealedCheck).toBe(false);
});

test("findings of the diff: written where the organisation says annotate, and only while it is live", () => {
  const annotating = { ...criteria().publication, change: "annotate" } as const;
  expect(planPublication(criteria({ publication: annotating })).changeFindings).toBe(true);
  expect(planPublication(criteria()).changeFindings).toBe(false);
  expect(planPublication(criteria({ publication: annotating, live: false })).changeFindings).toBe(false);
});

test.each([
  ["a first contribution", { openedHereCount: 1 }, "needs-a-look"],
  ["a second contribution", { openedHereCount: 2 }, null],
  ["a contribution nobody could count", { openedHereCount: null }, null],
  ["a sensitive path", { touchesSensitivePath: true }, "needs-a-look"],
  ["neither", {}, null],
] as const)("label: by public criteria when there is %s", (_when, changes, label) => {
  expect(planPublication(criteria(changes)).label).toBe(label);
});

test("label: none without a name, none without a criterion", () => {
  const unnamed = {
    check_run: "sealed",
    change: "sealed",
    label: { name: null, when: ["first_contribution"] },
  } as const;
  const never = { check_run: "sealed", change: "sealed", label: { name: "needs-a-look", when: [] } } as const;
  for (const publication of [unnamed, never])
    expect(planPublication(criteria({ publication, openedHereCount: 1, touchesSensitivePath: true })).label).toBe(null);
});
