import fc from "fast-check";
import type { PullRequestBrief } from "../../src/dossier/facts.ts";
import { busiestWindow } from "../../src/signals/busiest-window.ts";
import { expect, test } from "../support/jest.ts";
import { daysAgo } from "./given.ts";

const request = (days: number, owner: number, elsewhere = true): PullRequestBrief => ({
  createdAt: daysAgo(days),
  mergedAt: null,
  ownerNodeId: `O_${owner}`,
  elsewhere,
});

/** The same by trying every window that ends with a request. */
function slowly(requests: readonly (readonly [number, number])[], days: number): number {
  const counts = requests.map(
    ([end]) => new Set(requests.filter(([at]) => at >= end && at <= end + days).map(([, owner]) => owner)).size,
  );
  return Math.max(0, ...counts);
}

test("busiestWindow: finds what trying every window finds, from the least count on", () => {
  const requests = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.nat(15)), { maxLength: 60 });
  fc.assert(
    fc.property(
      requests,
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 2, max: 12 }),
      (list, days, minOwnerCount) => {
        const expected = slowly(list, days);
        const found = busiestWindow(
          list.map(([at, owner]) => request(at, owner)),
          { days, minOwnerCount },
        );
        expect(found.ownerCount).toBe(expected < minOwnerCount ? 0 : expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("busiestWindow: own repositories do not count, the end of the window is its last request", () => {
  const requests = [request(1, 1), request(3, 2), request(4, 3), request(5, 4, false), request(40, 5)];
  expect(busiestWindow(requests, { days: 7, minOwnerCount: 2 })).toEqual({ ownerCount: 3, until: daysAgo(1) });
});

test("busiestWindow: two requests at its two ends are in it, and a second later the last is not", () => {
  const window = { days: 7, minOwnerCount: 2 };
  expect(busiestWindow([request(8, 1), request(1, 2)], window)).toEqual({ ownerCount: 2, until: daysAgo(1) });
  expect(busiestWindow([request(8, 1), request(1 - 1 / 86_400, 2)], window)).toEqual({ ownerCount: 0, until: null });
});
