import { BANDS } from "../../src/assessment/assessment.ts";
import { columns } from "../../src/web/charts/columns.ts";
import { waterfall } from "../../src/web/charts/waterfall.ts";
import { ago, weekOf } from "../../src/web/time.ts";
import { BAND_WORDS, unknownWords, wasNotAsked } from "../../src/web/wording.ts";
import { describe, expect, test } from "../support/jest.ts";
import { assessment, NOW } from "./support/reports.ts";

test("bands: read as UI.md says, in words without alarm", () => {
  expect([...BANDS, "insufficient_evidence" as const].map((band) => BAND_WORDS[band])).toEqual([
    "nothing notable",
    "worth knowing",
    "please look",
    "look before going on",
    "stop and look, two people",
    "too little to say",
  ]);
});

describe("time", () => {
  test.each([
    ["2026-11-23T14:01:40.000Z", "just now"],
    ["2026-11-23T13:32:00.000Z", "30 min ago"],
    ["2026-11-23T11:00:00.000Z", "3 h ago"],
    ["2026-11-22T13:00:00.000Z", "yesterday"],
    ["2026-11-03T14:02:00.000Z", "20 days ago"],
    ["2026-06-03T14:02:00.000Z", "5 months ago"],
    ["2024-06-03T14:02:00.000Z", "on 2024-06-03"],
    ["2026-11-23T15:00:00.000Z", "just now"],
  ])("moment %s: reads '%s'", (at, words) => {
    expect(ago(at, NOW).markup).toContain(`>${words}</time>`);
  });

  test.each([
    ["2026-11-23T06:00:00.000Z", 48],
    ["2026-11-22T23:59:00.000Z", 47],
    ["2027-01-03T00:00:00.000Z", 53],
    ["2027-01-04T00:00:00.000Z", 1],
    ["2024-12-30T00:00:00.000Z", 1],
  ])("week of %s: is ISO week %i", (at, week) => {
    expect(weekOf(at)).toBe(week);
  });
});

describe("waterfall", () => {
  const given = assessment().persona;

  test("adds families, takes mitigation down to nothing at most, then adds what cannot be offset", () => {
    const { markup } = waterfall({
      ...given,
      bits: 3,
      hardBits: 3,
      mitigations: [{ id: "m1", bits: 4, because: "Two merged changes by two people." }],
    });
    const steps = [...markup.matchAll(/<th scope="row">([^<]+)<[\s\S]*?class="number">([^<]+)</g)].map(
      ([, name, bits]) => [name, bits],
    );
    expect(steps).toEqual([
      ["History authenticity", "+2.5"],
      ["Account lifecycle", "+0.9"],
      ["Two merged changes by two people.", "−3.4"],
      ["Cannot be offset", "+3.0"],
      ["Together", "3.0"],
    ]);
  });

  test("says in a sentence what it draws", () => {
    expect(waterfall(given).markup).toContain(
      "Together 3.4 bits, most of them from history authenticity. “please look” begins at 5.",
    );
  });

  test("is the same bytes each time, without style attributes", () => {
    expect(waterfall(given).markup).toBe(waterfall(given).markup);
    expect(waterfall(given).markup).not.toContain("style=");
  });
});

describe("why a check could not tell", () => {
  test.each([
    ["access.grant: not_requested", true, "the new grant: not asked for this report"],
    ["account.keys: timeout", false, "when signing keys were added: GitHub did not answer in time"],
    [
      "access.grant: not_requested, access.grants: not_requested, account.keys: timeout",
      true,
      "the new grant and what the account can reach here: not asked for this report; when signing keys were added: GitHub did not answer in time",
    ],
    ["the search did not look back far enough", false, "the search did not look back far enough"],
    ["one place: two, three", false, "one place: two, three"],
    ["constructor: toString", false, "constructor: toString"],
  ])("'%s' is a check not asked for: %s, and is said as '%s'", (because, notAsked, words) => {
    expect(wasNotAsked(because)).toBe(notAsked);
    expect(unknownWords(because)).toBe(words);
  });
});

test("trends: two columns are columns, and many fill the width", () => {
  const widths = (counts: readonly number[]): readonly number[] =>
    [...columns(counts).markup.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(Math.max(...widths([12, 14]))).toBeLessThan(20);
  expect(Math.max(...widths([12, 14, 13]))).toBeLessThan(20);
  expect(widths(Array.from({ length: 26 }, () => 3)).reduce((sum, width) => sum + width / 0.75, 0)).toBeGreaterThan(
    195,
  );
});
