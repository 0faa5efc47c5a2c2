import type { Severity } from "../../severity.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import type { Run } from "../runs.ts";
import type { Uses } from "../workflow.ts";

/** All secrets go to a workflow that needs some. */
export const secretsInherit: Rule = {
  id: "secrets-inherit",
  title: "All secrets are handed to another workflow",
  ofRun: (run, around) => ofRun(run, around),
};

function ofRun(run: Run, around: Around): readonly WorkflowFinding[] {
  const { inheritsSecrets, uses } = run.job;
  if (!inheritsSecrets || !uses) return [];
  const whose = ownerOf(uses, around);
  const severity: Severity = whose === "another" ? (uses.pinned ? "medium" : "high") : "low";
  return [
    findingIn("secrets-inherit", run, inheritsSecrets, {
      ...{ around, severity, confidence: "high" },
      fact: `Every secret of this repository is handed to a workflow of ${WHOSE[whose]}.`,
      why: "The called workflow, and whoever can change it, then reads secrets that it has no use for.",
      fine: "Name the secrets that it needs under `secrets`, one by one.",
    }),
  ];
}

type Whose = "this" | "same" | "another";

const WHOSE: Readonly<Record<Whose, string>> = {
  this: "this repository",
  same: "another repository of the same owner",
  another: "another owner",
};

function ownerOf(uses: Uses, { owner }: Around): Whose {
  if (uses.kind === "local") return "this";
  return owner !== null && uses.target.startsWith(`${owner.toLowerCase()}/`) ? "same" : "another";
}
