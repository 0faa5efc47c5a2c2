import { expect, test } from "@jest/globals";
import { type OperatingCode, OperatingError } from "../../src/errors.ts";
import { outcomeOf } from "../../src/job/outcome.ts";

const NOW = "2026-03-02T10:00:00.000Z";

test.each([
  ["rate_limited", "snooze"],
  ["not_found", "cancelled"],
  ["forbidden", "cancelled"],
  ["installation_gone", "cancelled"],
  ["timeout", "retry"],
  ["upstream_error", "retry"],
  ["conflict", "retry"],
  ["database_unavailable", "retry"],
  ["disk_full", "retry"],
  ["github_unreachable", "retry"],
  ["validation", "discarded"],
] as const satisfies readonly (readonly [OperatingCode, string])[])("outcome: %s ends in %s", (code, kind) => {
  expect(outcomeOf(new OperatingError(code, "somewhere"), NOW).kind).toBe(kind);
});

test("outcome: a limit waits until the moment GitHub named, and a minute when it named none", () => {
  const named = outcomeOf(new OperatingError("rate_limited", "x", { retryAt: "2026-03-02T10:37:00.000Z" }), NOW);
  expect(named).toMatchObject({ until: "2026-03-02T10:37:00.000Z" });
  expect(outcomeOf(new OperatingError("rate_limited", "x"), NOW)).toMatchObject({ until: "2026-03-02T10:01:00.000Z" });
});

test("outcome: a bug is tried again and keeps its message to itself", () => {
  expect(outcomeOf(new TypeError("ada-example did it"), NOW)).toEqual({ kind: "retry", because: "unexpected error" });
});
