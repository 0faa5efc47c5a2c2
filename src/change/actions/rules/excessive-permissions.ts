import { lowered, type Severity } from "../../severity.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { isOpen, type Run } from "../runs.ts";
import type { Permissions, Workflow } from "../workflow.ts";

/** Rights that a job does not need, because they are given to all jobs or all at once. */
export const excessivePermissions: Rule = {
  id: "excessive-permissions",
  title: "The token may do more than the job needs",
  ofRun: (run, around) => (run.caller === null ? [...ofJob(run, around)] : []),
  ofFile: (workflow, around) => ofWorkflow(workflow, around),
};

const WHY = "Any step of the job, and any action that it calls, can use all of these rights.";
const FINE = "Give each job the scopes that it uses, and `contents: read` or nothing to the others.";

function* ofJob(run: Run, around: Around): Generator<WorkflowFinding> {
  const { permissions } = run.job;
  if (permissions?.written !== "write-all") return;
  const open = run.ways.some((way) => way.cause === "target" && isOpen(way));
  yield findingIn("excessive-permissions", run, permissions, {
    ...{ around, confidence: "high", why: WHY, fine: FINE },
    severity: open ? "high" : "medium",
    fact: "The job may write everything that its token can reach.",
  });
}

/** Scopes with which a repository, its releases or its runs can be changed; the others write comments and states. */
const GRAVE = new Set(["contents", "packages", "id-token", "actions", "attestations", "deployments", "pages"]);

function ofWorkflow(workflow: Workflow, around: Around): readonly WorkflowFinding[] {
  const { permissions, jobs, path } = workflow;
  if (permissions === null) return [];
  const inheriting = jobs.filter((job) => job.permissions === null);
  const place = {
    rule: "excessive-permissions",
    path,
    job: null,
    reachable: around.onDefaultBranch ? "today" : "when merged",
  } as const;
  const said = {
    ...place,
    line: permissions.line,
    endLine: permissions.endLine,
    confidence: "high",
    why: WHY,
    fine: FINE,
  } as const;
  const open = workflow.events.some(({ name }) => name === "pull_request_target" || name === "workflow_run");
  if (permissions.written === "write-all")
    return [
      { ...said, severity: open ? "high" : "medium", fact: "Every job may write everything that its token can reach." },
    ];
  const grave = graveScopes(permissions);
  // One job cannot be given less than it has; several seldom all need the same.
  if (grave.length === 0 || inheriting.length < 2) return [];
  const severity: Severity = lowered("medium", open ? 0 : 1);
  const fact = `The ${inheriting.length} jobs without permissions of their own may write ${grave.join(", ")}.`;
  return [{ ...said, severity, fact, confidence: "medium" }];
}

const graveScopes = ({ scopes }: Permissions): readonly string[] =>
  [...scopes].flatMap(([scope, { access }]) => (access === "write" && GRAVE.has(scope) ? [scope] : []));
