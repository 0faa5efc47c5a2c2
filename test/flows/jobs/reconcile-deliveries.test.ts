import { mayTrigger, TRIGGERS } from "../../../src/delivery/triggers.ts";
import { neverDelivered, readUntil } from "../../../src/flows/jobs/reconcile-deliveries.ts";
import { expect, test } from "../../support/jest.ts";

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

test("reconciling: events and actions that lead to nothing are not asked for again", () => {
  for (const name of TRIGGERS) {
    const [event = "", action = null] = name.split(".");
    expect(mayTrigger(event, action)).toBe(true);
  }
  expect(mayTrigger("pull_request", "labeled")).toBe(false);
  expect(mayTrigger("check_run", "completed")).toBe(false);
  expect(mayTrigger("issues", "opened")).toBe(false);
  expect(mayTrigger("public", null)).toBe(false);
});

test("reconciling: the log counts as read up to its newest delivery, by GitHub's time, and never past our own", () => {
  const now = "2026-03-02T10:05:00.000Z";
  const read = readUntil(listed(attempt(1, "a", 202), attempt(2, "b", 504)), "2026-03-01T00:00:00.000Z", now);
  expect(read).toBe("2026-03-02T10:00:02Z");
  const nothingNew = readUntil([], "2026-03-01T00:00:00.000Z", now);
  expect(nothingNew).toBe("2026-03-01T00:00:00.000Z");
  // A clock that was wrong for a minute had put the mark into another day.
  expect(readUntil([], "2026-03-03T00:00:00.000Z", now)).toBe(now);
  expect(readUntil(listed(attempt(1, "a", 202)), nothingNew, "2026-03-02T09:00:00.000Z")).toBe(
    "2026-03-02T09:00:00.000Z",
  );
});
