import batchPush from "../../../src/signals/history/hist-backdated-batch-push.ts";
import { DEFAULT_THRESHOLDS } from "../../../src/signals/thresholds.ts";
import { expect, test } from "../../support/jest.ts";
import { NOW } from "../given.ts";
import { batch, dates } from "../given-traces.ts";

const LONG = [batch(1, 100), batch(2, 90), batch(3, 80)];

test.each([
  ["that are all long are further facts", LONG, 31],
  ["behind a short one that was kept are short as well", [...LONG, batch(1, 70, { dayCount: 22 })], 0],
])("hist-backdated-batch-push: batches left out %s", (_what, batches, leftOut) => {
  const facts = { asOf: NOW, subjectId: null, thresholds: DEFAULT_THRESHOLDS };
  const found = batchPush.detect({ ...facts, ...dates({ batches, batchesLeftOut: 31 }) });
  expect(found).toMatchObject({ outcome: "fired", leftOut });
});
