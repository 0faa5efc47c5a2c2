import { SERVICE_SCHEDULES } from "../../src/job/schedule.ts";
import { expect, test } from "../support/jest.ts";

test("SERVICE_SCHEDULES: none starts at a full hour, keys are their own, jobs belong to no installation", () => {
  expect(new Set(SERVICE_SCHEDULES.map(({ key }) => key)).size).toBe(SERVICE_SCHEDULES.length);
  for (const { minute, job } of SERVICE_SCHEDULES) {
    expect(minute % 60).toBeGreaterThan(0);
    expect(job).not.toHaveProperty("installationId");
  }
});
