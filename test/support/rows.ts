import { test } from "./jest.ts";

/** Whether this is a run of the campaigns. */
export const whole = process.env.SALLYPORT_TEST_WHOLE !== undefined;

/**
 * The rows of a long table: all of them in the campaigns, `count` of them, evenly spread, in the run that people wait
 * for.
 */
export function someOf<Row>(rows: readonly Row[], count: number): readonly Row[] {
  if (whole || rows.length <= count) return rows;
  return Array.from({ length: count }, (_, index) => rows[Math.floor((index * rows.length) / count)] as Row);
}

/** How often a random test tries: `count` times in the campaigns, a sixth of that in the run that people wait for. */
export const runs = (count: number): number => (whole ? count : Math.ceil(count / 6));

/** A test that waits for the machine's clock, or takes long; skipped in the run that people wait for. */
export const inCampaigns = whole ? test : test.skip;
