import { fileDueSweeps } from "../../../../src/flows/jobs/sweep/file-due-sweeps.ts";
import { installationId } from "../../../../src/ids.ts";
import type { Job } from "../../../../src/job/job.ts";
import type { Queue, Store } from "../../../../src/store/store.ts";
import { NOW } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { played } from "../../played.ts";

/** 72 looks fall into six hours; twice the pace that needs, rounded up, and never fewer than twenty. */
test.each([
  [1, 20],
  [720, 20],
  [721, 21],
  [3_600, 100],
])("due sweeps: of %i installations at most %i are filed at one look", async (installations, most) => {
  const filed: Job[] = [];
  const store = played<Store>({
    dueForSweep: async (now, limit) => {
      expect([now, limit]).toEqual([NOW, most]);
      return [installationId(3), installationId(4)];
    },
    queue: played<Queue>({ enqueue: async (jobs) => void filed.push(...jobs) }),
  });
  await fileDueSweeps({ store }, { installations, now: NOW });
  expect(filed).toEqual([
    { kind: "sweep-installation", installationId: 3 },
    { kind: "sweep-installation", installationId: 4 },
  ]);
});

test("due sweeps: that they could not be filed is the caller's to know", async () => {
  const store = played<Store>({
    dueForSweep: async () => [installationId(3)],
    queue: played<Queue>({ enqueue: () => Promise.reject(new Error("enqueue failed")) }),
  });
  await expect(fileDueSweeps({ store }, { installations: 1, now: NOW })).rejects.toThrow("enqueue failed");
});
