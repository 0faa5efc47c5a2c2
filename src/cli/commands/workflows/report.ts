import { type Around, quoted, type WorkflowFinding } from "../../../change/actions/finding.ts";
import { workflowFindings } from "../../../change/actions/findings.ts";
import { readWorkflow } from "../../../change/actions/read-workflow.ts";
import type { Workflow } from "../../../change/actions/workflow.ts";
import { rankOf } from "../../../change/severity.ts";
import type { WorkflowFiles } from "../../../github/gateway.ts";
import type { WorkflowsReport } from "./schema.ts";

/** What the files say at a moment, and the same as the rules see it. */
export interface Looked {
  readonly report: WorkflowsReport;
  readonly around: Around;
  readonly findings: readonly WorkflowFinding[];
}

/** Reads and judges the files of a repository. Pure. */
export function lookAt({ name, isPublic, files, missing }: WorkflowFiles, at: string): Looked {
  const read = new Map<string, Workflow>();
  const notChecked: WorkflowsReport["notChecked"] = missing.map((each) => ({ ...each, line: null }));
  for (const { path, text } of files) {
    const workflow = readWorkflow(path, text);
    if (workflow.kind === "malformed") notChecked.push({ path, line: workflow.line, reason: workflow.reason });
    else read.set(path, workflow);
  }
  notChecked.push(...absent(read));
  const owner = name?.split("/", 1)[0] ?? null;
  const around: Around = { at, onDefaultBranch: true, isPublic, owner, files: read };
  const findings = workflowFindings(around);
  const report: WorkflowsReport = {
    schema: "sallyport.workflows/1",
    at,
    repository: { name, isPublic },
    level: worstOf(findings),
    files: [...read.values()].map(({ path, kind, events }) => ({
      path,
      kind,
      events: events.map((event) => event.name),
    })),
    findings: [...findings],
    notChecked,
  };
  return { report, around, findings };
}

/** Files of the same repository that are called and were not found: made while a job runs, or elsewhere than looked. */
function absent(read: ReadonlyMap<string, Workflow>): WorkflowsReport["notChecked"] {
  const called = [...read.values()].flatMap(({ path, jobs }) =>
    jobs.flatMap(({ uses, steps }) =>
      [uses, ...steps.map((step) => step.uses)].flatMap((each) => (each?.kind === "local" ? [{ ...each, path }] : [])),
    ),
  );
  const there = ({ target }: { readonly target: string }): boolean =>
    [target, `${target}/action.yml`, `${target}/action.yaml`].some((path) => read.has(path.replace(/^\//, "")));
  return called.flatMap((uses) =>
    there(uses)
      ? []
      : [{ path: uses.path, line: uses.line, reason: `it calls ${quoted(uses.text)}, which was not read` }],
  );
}

/** The worst of what can still be used. */
function worstOf(findings: readonly WorkflowFinding[]): WorkflowsReport["level"] {
  const open = findings.filter(({ reachable }) => reachable !== "not any more");
  return open.reduce<WorkflowsReport["level"]>(
    (worst, { severity }) => (worst === null || rankOf(severity) > rankOf(worst) ? severity : worst),
    null,
  );
}
