import type { Around, RuleId, WorkflowFinding } from "../../../src/change/actions/finding.ts";
import { workflowFindings } from "../../../src/change/actions/findings.ts";
import { readWorkflow } from "../../../src/change/actions/read-workflow.ts";
import type { Workflow } from "../../../src/change/actions/workflow.ts";

/** Texts of one repository by path; one text alone is `.github/workflows/ci.yml`. */
export type Texts = string | Readonly<Record<string, string>>;

export const PATH = ".github/workflows/ci.yml";

/** A moment before the execution policy, at which checkout already refuses forks. */
export const AT = "2026-11-30T12:00:00Z";

export function read(text: string, path = PATH): Workflow {
  const workflow = readWorkflow(path, text);
  if (workflow.kind === "malformed") throw new Error(`line ${workflow.line}: ${workflow.reason}`);
  return workflow;
}

export function findings(texts: Texts, about: Partial<Around> = {}): readonly WorkflowFinding[] {
  const files = Object.entries(typeof texts === "string" ? { [PATH]: texts } : texts);
  return workflowFindings({
    ...{ at: AT, onDefaultBranch: true, isPublic: null, owner: null },
    files: new Map(files.map(([path, text]) => [path, read(text, path)])),
    ...about,
  });
}

/** Findings of one rule as `line severity`. */
export const found = (rule: RuleId, texts: Texts, about: Partial<Around> = {}): readonly string[] =>
  findings(texts, about)
    .filter((finding) => finding.rule === rule)
    .map(({ line, severity }) => `${line} ${severity}`);

/** An expression between its braces. */
export const pasted = (expression: string): string => `\${{ ${expression} }}`;

/** Lines indented by some blanks. */
export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));

/** A workflow of one job: `on`, what stands above `jobs` and in the job, and its steps, the first at line 10. */
export const workflow = (
  on: string,
  steps: string,
  { top = "permissions: {}", job = "timeout-minutes: 5" }: { readonly top?: string; readonly job?: string } = {},
): string => `name: CI
on: ${on}
${top}
jobs:
  build:
    runs-on: ubuntu-latest
${indent(job, 4)}
    # The first step stands at line 10 where \`top\` and \`job\` are one line each.
    steps:
${indent(steps, 6)}
`;
