import { looked } from "../../../../src/web/pages/report/aside.ts";
import { expect, test } from "../../../support/jest.ts";
import { report } from "../../support/reports.ts";

test("checks that could look: those this kind of report asks nothing for are told apart from those that could not tell", () => {
  const made = report();
  const [finding] = made.assessment.findings;
  if (!finding) throw new Error("the report should have findings");
  const unknown = { ...finding, outcome: "unknown" as const };
  const findings = [
    { ...unknown, unknownBecause: "access.grant: not_requested" },
    { ...unknown, unknownBecause: "account.keys: timeout" },
    { ...unknown, unknownBecause: "account.keys: timeout" },
  ];
  const box = looked({ ...made, assessment: { ...made.assessment, findings } }, new Map()).markup;
  expect(box).toContain("<summary>2 checks could not tell</summary>");
  expect(box).toContain("<summary>1 check of what this kind of report does not ask for</summary>");
  expect(looked({ ...made, assessment: { ...made.assessment, findings: [] } }, new Map()).markup).not.toContain(
    "<summary>",
  );
});
