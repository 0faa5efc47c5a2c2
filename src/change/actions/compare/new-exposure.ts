import type { Around, RuleId, WorkflowFinding } from "../finding.ts";
import { workflowFindings } from "../findings.ts";
import type { Workflow } from "../workflow.ts";
import type { WorkflowChange } from "./workflow-change.ts";

/** Rules about what a stranger reaches; rights and pins are compared by themselves. */
const RULES: ReadonlySet<RuleId> = new Set<RuleId>([
  "untrusted-checkout",
  "expression-injection",
  "artifact-trust",
  "spoofable-actor",
  "ambiguous-yaml",
]);
const AGENTS: ReadonlySet<RuleId> = new Set<RuleId>(["agent-prompt-injection"]);

/** What a stranger reaches after the edit and did not before. */
export const newExposure = (
  before: Workflow | null,
  after: Workflow,
  around: Omit<Around, "files">,
): readonly WorkflowChange[] =>
  newFindings(before, after, around, RULES).map(({ severity, line, endLine, fact, reachable }) => ({
    ...{ kind: "exposure", severity, line, endLine, fact, reachable },
  }));

/** Prompts of agents that a stranger's text reaches after the edit and did not before. */
export const newAgentSinks = (
  before: Workflow | null,
  after: Workflow,
  around: Omit<Around, "files">,
): readonly WorkflowFinding[] => newFindings(before, after, around, AGENTS);

function newFindings(
  before: Workflow | null,
  after: Workflow,
  around: Omit<Around, "files">,
  rules: ReadonlySet<RuleId>,
): readonly WorkflowFinding[] {
  const of = (workflow: Workflow): readonly WorkflowFinding[] =>
    findingsOf(workflow, around).filter(({ rule }) => rules.has(rule));
  const had = new Set(before === null ? [] : of(before).map(key));
  return of(after).filter((finding) => !had.has(key(finding)));
}

/** Kept as long as the workflow is: several checks ask for one and the same. */
const KEPT = new WeakMap<Workflow, { readonly asked: string; readonly found: readonly WorkflowFinding[] }>();

function findingsOf(workflow: Workflow, around: Omit<Around, "files">): readonly WorkflowFinding[] {
  const asked = JSON.stringify(around);
  const kept = KEPT.get(workflow);
  if (kept?.asked === asked) return kept.found;
  const found = workflowFindings({ ...around, files: new Map([[workflow.path, workflow]]) });
  KEPT.set(workflow, { asked, found });
  return found;
}

const key = ({ rule, job, fact, severity }: WorkflowFinding): string => JSON.stringify([rule, job, fact, severity]);
