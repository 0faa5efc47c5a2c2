import { rankOf } from "../../severity.ts";
import type { Workflow } from "../workflow.ts";
import type { AroundChange } from "./changed-workflow.ts";
import { lostGuards } from "./lost-guards.ts";
import { newExposure } from "./new-exposure.ts";
import { newRights } from "./new-rights.ts";
import type { WorkflowChange } from "./workflow-change.ts";

/**
 * What an edit of one file changes, gravest first; both sides whole. A right that another job of the file had before is
 * repeated, not new; what moves from the top to the jobs is the same; less is `low`, always. Pure, linear in the files.
 */
export function compareWorkflows(
  before: Workflow | null,
  after: Workflow,
  around: AroundChange,
): readonly WorkflowChange[] {
  const grave = [
    ...newRights(before, after),
    ...newExposure(before, after, around),
    ...(before === null ? [] : lostGuards(before, after)),
  ];
  const kept = once(grave).toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity) || a.line - b.line);
  if (kept.length > 0) return kept;
  const first = { line: after.jobs[0]?.line ?? 1, endLine: after.jobs[0]?.line ?? 1 };
  return [
    isNarrower(before, after)
      ? { ...first, kind: "narrowing", severity: "low", fact: NARROWER }
      : { ...first, kind: "edit", severity: "low", fact: before === null ? HARMLESS : EDIT },
  ];
}

const NARROWER = "The change narrows what the workflow may do.";
const EDIT = "The change edits a workflow without adding rights to it.";
const HARMLESS = "The change adds a workflow that holds no rights beyond reading.";

/** The same fact of the same line once. */
function once(changes: readonly WorkflowChange[]): readonly WorkflowChange[] {
  const seen = new Set<string>();
  return changes.filter(({ path = "", line, fact }) => {
    const key = `${line} ${fact} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isNarrower(before: Workflow | null, after: Workflow): boolean {
  if (before === null) return false;
  const blocks = (workflow: Workflow): number =>
    [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].filter((each) => each !== null)
      .length;
  const writes = (workflow: Workflow): number =>
    [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].reduce(
      (sum, each) => sum + [...(each?.scopes.values() ?? [])].filter(({ access }) => access === "write").length,
      0,
    );
  return writes(after) < writes(before) || blocks(after) > blocks(before) || after.events.length < before.events.length;
}
