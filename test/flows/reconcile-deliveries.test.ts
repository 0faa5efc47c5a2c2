import { expect, test } from "@jest/globals";
import { neverDelivered } from "../../src/flows/reconcile-deliveries.ts";

const attempt = (id: number, guid: string, status: string) => ({
  id,
  guid,
  status,
  deliveredAt: `2026-03-02T10:00:${String(id).padStart(2, "0")}Z`,
  event: "pull_request",
  redelivery: false,
});

/** GitHub lists the newest first. */
const listed = (...attempts: readonly ReturnType<typeof attempt>[]) => attempts.toReversed();

test("reconciling: a delivery that timed out or was refused is asked for, by its first attempt", () => {
  const found = neverDelivered(listed(attempt(1, "a", "timed out"), attempt(2, "b", "OK"), attempt(3, "c", "503")));
  expect(found.map(({ id }) => id)).toEqual([1, 3]);
});

test("reconciling: a GUID with any successful attempt is left alone", () => {
  expect(neverDelivered(listed(attempt(1, "a", "503"), attempt(2, "a", "OK")))).toEqual([]);
});

test("reconciling: one that failed four times is refused for what it is, and not asked for again", () => {
  const failed = [1, 2, 3, 4].map((id) => attempt(id, "a", "422"));
  expect(neverDelivered(listed(...failed.slice(0, 3)))).toHaveLength(1);
  expect(neverDelivered(listed(...failed))).toEqual([]);
});
