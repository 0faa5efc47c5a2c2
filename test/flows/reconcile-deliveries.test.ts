import { expect, test } from "@jest/globals";
import { neverDelivered } from "../../src/flows/reconcile-deliveries.ts";

/** One attempt and how it was answered; GitHub writes 502 or 504 of its own where no answer came. */
const attempt = (id: number, guid: string, statusCode: number) => ({
  id,
  guid,
  statusCode,
  status: statusCode < 300 ? "OK" : "Invalid HTTP Response",
  deliveredAt: `2026-03-02T10:00:${String(id).padStart(2, "0")}Z`,
  event: "pull_request",
  action: "opened",
  redelivery: false,
});

/** GitHub lists the newest first. */
const listed = (...attempts: readonly ReturnType<typeof attempt>[]) => attempts.toReversed();

test("reconciling: a delivery that timed out or was refused is asked for, by its first attempt", () => {
  const found = neverDelivered(listed(attempt(1, "a", 504), attempt(2, "b", 202), attempt(3, "c", 503)));
  expect(found.map(({ id }) => id)).toEqual([1, 3]);
});

test("reconciling: a GUID with any successful attempt is left alone", () => {
  expect(neverDelivered(listed(attempt(1, "a", 503), attempt(2, "a", 202)))).toEqual([]);
});

test.each([400, 413, 415, 422])(
  "reconciling: one that we refused with %i four times is not asked for again",
  (code) => {
    const refused = [1, 2, 3, 4].map((id) => attempt(id, "a", code));
    expect(neverDelivered(listed(...refused.slice(0, 3)))).toHaveLength(1);
    expect(neverDelivered(listed(...refused))).toEqual([]);
  },
);

test.each([401, 404, 500, 502, 503, 504])(
  "reconciling: an outage that answers %i is waited out, however long",
  (code) => {
    const failed = Array.from({ length: 12 }, (_, id) => attempt(id + 1, "a", code));
    expect(neverDelivered(listed(...failed)).map(({ id }) => id)).toEqual([1]);
  },
);
