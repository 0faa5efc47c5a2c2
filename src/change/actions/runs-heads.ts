import { rankOf } from "../severity.ts";
import { workflowFindings } from "./findings.ts";
import { readWorkflow } from "./read-workflow.ts";
import type { Workflow } from "./workflow.ts";

/** Actions files of one repository, and those of them that could not be had. */
export interface ActionsFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly missing: readonly { readonly path: string }[];
}

/**
 * Whether a workflow of a repository runs what strangers push, with rights of the repository, at a moment by GitHub's
 * rules of that day. Null where none that was read does, and one was not read.
 */
export function runsHeads({ files, missing }: ActionsFiles, at: string): boolean | null {
  const read = files.map(({ path, text }) => readWorkflow(path, text));
  const workflows = read.filter((each): each is Workflow => each.kind !== "malformed");
  const found = workflowFindings({
    ...{ at, onDefaultBranch: true, isPublic: null, owner: null },
    files: new Map(workflows.map((workflow) => [workflow.path, workflow])),
  });
  const runs = found.some(
    ({ rule, severity, reachable }) =>
      rule === "untrusted-checkout" && reachable === "today" && rankOf(severity) >= rankOf("high"),
  );
  return runs || (missing.length === 0 && workflows.length === read.length) ? runs : null;
}
