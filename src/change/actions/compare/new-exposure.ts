import type { Around, RuleId, WorkflowFinding } from "../finding.ts";
import { findingsFrom } from "../findings.ts";
import type { Files } from "../runs.ts";
import type { Workflow } from "../workflow.ts";
import type { AroundChange } from "./changed-workflow.ts";
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

/** What a stranger reaches after the edit and did not before, through files of the same change that it calls, too. */
export const newExposure = (
  before: Workflow | null,
  after: Workflow,
  around: AroundChange,
): readonly WorkflowChange[] =>
  newFindings(before, after, around, RULES).map(({ severity, path, line, endLine, fact, reachable }) => ({
    ...{ kind: "exposure", severity, line, endLine, fact, reachable },
    ...(path !== after.path && { path }),
  }));

/** Prompts of agents that a stranger's text reaches after the edit and did not before. */
export const newAgentSinks = (
  before: Workflow | null,
  after: Workflow,
  around: AroundChange,
): readonly WorkflowFinding[] => newFindings(before, after, around, AGENTS);

function newFindings(
  before: Workflow | null,
  after: Workflow,
  { files, ...around }: AroundChange,
  rules: ReadonlySet<RuleId>,
): readonly WorkflowFinding[] {
  const of = (workflow: Workflow, side: Files): readonly WorkflowFinding[] =>
    findingsOf(workflow, { ...around, files: side }).filter(({ rule }) => rules.has(rule));
  const had = before === null ? [] : of(before, files.before);
  const now = of(after, files.after);
  const [known, stays] = [new Set(had.map(inJob)), new Set(now.map(inJob))];
  // A job may get another name, and what it held stays what it was.
  const gone = Map.groupBy(
    had.filter((finding) => !stays.has(inJob(finding))),
    anywhere,
  );
  return now.filter((finding) => !known.has(inJob(finding)) && gone.get(anywhere(finding))?.pop() === undefined);
}

const anywhere = ({ rule, fact, severity }: WorkflowFinding): string => JSON.stringify([rule, fact, severity]);
const inJob = (finding: WorkflowFinding): string => JSON.stringify([finding.job, anywhere(finding)]);

/** Kept as long as the workflow is: several checks ask for one and the same. */
const KEPT = new WeakMap<Workflow, { readonly asked: Around; readonly found: readonly WorkflowFinding[] }>();

function findingsOf(workflow: Workflow, around: Around): readonly WorkflowFinding[] {
  const kept = KEPT.get(workflow);
  if (kept !== undefined && isSame(kept.asked, around)) return kept.found;
  const found = findingsFrom(workflow, around);
  KEPT.set(workflow, { asked: around, found });
  return found;
}

const isSame = ({ files: some, ...one }: Around, { files: others, ...other }: Around): boolean =>
  JSON.stringify(one) === JSON.stringify(other) &&
  (some === others || (some.size === others.size && some.size <= FEW && alike(some, others)));

/** Lists that two checks made are compared where that costs less than looking again. */
const FEW = 16;
const alike = (some: Files, others: Files): boolean =>
  [...some].every(([path, workflow]) => others.get(path) === workflow);
