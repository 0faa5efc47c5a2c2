import { SERVICE_SCHEDULES } from "../../src/job/schedule.ts";
import { expect, test } from "../support/jest.ts";

test("SERVICE_SCHEDULES: none starts at a full hour, keys are their own, jobs belong to no installation", () => {
  expect(new Set(SERVICE_SCHEDULES.map(({ key }) => key)).size).toBe(SERVICE_SCHEDULES.length);
  for (const { cron, job } of SERVICE_SCHEDULES) {
    expect(cron).toMatch(/^[1-9][0-9]?(?:-[0-9]+\/[0-9]+)? [0-9*]+ \* \* \*$/);
    expect(job).not.toHaveProperty("installationId");
  }
});
