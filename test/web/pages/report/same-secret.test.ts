import type { Evidence } from "../../../../src/signals/signal.ts";
import { changeSection } from "../../../../src/web/pages/report/findings.ts";
import { expect, test } from "../../../support/jest.ts";
import { NOW, report, SIGNALS } from "../../support/reports.ts";

const secret = (line: number, keyedHash?: string): Evidence => ({
  fact: "The line holds what looks like a GitHub token.",
  tier: "SC",
  place: { path: ".vscode/tasks.json", line },
  ...(keyedHash !== undefined && { keyedHash }),
});

function shown(...evidence: readonly Evidence[]): string {
  const given = report();
  const [finding] = given.assessment.findings.filter(({ axis, outcome }) => axis === "C" && outcome === "fired");
  if (finding === undefined) throw new Error("the report has no finding about the change");
  const assessment = { ...given.assessment, findings: [{ ...finding, evidence }] };
  const signals = new Map(SIGNALS.map((signal) => [signal.id, signal]));
  const view = { report: { ...given, assessment }, since: null, now: NOW };
  return changeSection({ ...view, context: { githubUrl: "https://github.com", signals } }).markup;
}

const SAID = /The same one stands in 2 places shown here/g;

test("report: the same secret in several places is said to be the same", () => {
  expect(
    shown(secret(1, "a".repeat(16)), secret(2, "b".repeat(16)), secret(3, "a".repeat(16))).match(SAID),
  ).toHaveLength(2);
});

test("report: other secrets, and those that nobody can tell apart, are said to be nothing", () => {
  expect(shown(secret(1, "a".repeat(16)), secret(2, "b".repeat(16)), secret(3), secret(4))).not.toContain(
    "The same one",
  );
});
