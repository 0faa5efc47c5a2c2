import { workflowFindings } from "../src/change/actions/findings.ts";
import { readWorkflow } from "../src/change/actions/read-workflow.ts";
import { madeWorkflow } from "./made/made-workflow.ts";

export interface WorkflowsFigures {
  /** Of 1,000 files, read and judged one repository after another, 25 files each. */
  readonly seconds: number;
  readonly findings: number;
}

const FILES = 1_000;
const FILES_PER_REPOSITORY = 25;

/** Time for 1,000 workflows of 4,800 characters, the mean of 974 real ones (2026-11-30). */
export function benchWorkflows(): WorkflowsFigures {
  const texts = Array.from({ length: FILES }, (_, at) => madeWorkflow(at));
  judge(texts.slice(0, 100));
  const startedAt = performance.now();
  const findings = judge(texts);
  return { seconds: (performance.now() - startedAt) / 1_000, findings };
}

function judge(texts: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < texts.length; at += FILES_PER_REPOSITORY) {
    const read = texts.slice(at, at + FILES_PER_REPOSITORY).map((text, index) => {
      const workflow = readWorkflow(`.github/workflows/w${index}.yml`, text);
      if (workflow.kind === "malformed") throw new Error(workflow.reason);
      return [workflow.path, workflow] as const;
    });
    const around = { at: "2026-11-30T00:00:00Z", onDefaultBranch: true, isPublic: true, owner: null };
    count += workflowFindings({ ...around, files: new Map(read) }).length;
  }
  return count;
}
