import { type Around, powerOf, type WorkflowFinding } from "./finding.ts";
import { writtenScopes } from "./permissions.ts";
import { PLATFORM_RULES } from "./platform-rules.ts";
import { runsOf } from "./runs.ts";
import type { Event, Workflow } from "./workflow.ts";

/** What to write in place of an event that GitHub stops. */
export interface Advice {
  readonly path: string;
  readonly line: number;
  /** True where nothing else starts the workflow, so that all of it stops. */
  readonly whole: boolean;
  /** One sentence each. */
  readonly does: string;
  readonly instead: string;
}

/** The day and the words of the rule that advice is about. */
export const BLOCKING_RULE = PLATFORM_RULES.find(({ id }) => id === "target_blocked_in_public");

/** Each `pull_request_target` of the files that the execution policy stops, unless the repository is private. */
export function adviceFor(around: Around, findings: readonly WorkflowFinding[]): readonly Advice[] {
  if (around.isPublic === false) return [];
  return [...around.files.values()].flatMap((workflow) => {
    const event = workflow.events.find(({ name }) => name === "pull_request_target");
    return event ? [ofWorkflow(workflow, event, around, findings)] : [];
  });
}

function ofWorkflow(workflow: Workflow, event: Event, around: Around, findings: readonly WorkflowFinding[]): Advice {
  const { path, events } = workflow;
  const others = events.filter(({ name }) => name !== "pull_request_target" && name !== "workflow_call");
  const brings = findings.some((finding) => finding.path === path && finding.rule === "untrusted-checkout");
  const runs = runsOf(workflow, around.files).filter(({ ways }) => ways.some((way) => way.event === event));
  const powerful = runs.some((run) => powerOf(run) !== "none");
  const scopes = [...new Set(runs.flatMap(({ permissions }) => writtenScopes(permissions)))];
  const kind = powerful ? (brings ? "both" : "writes") : "reads";
  return { path, line: event.line, whole: others.length === 0, does: does(kind, scopes), instead: INSTEAD[kind] };
}

type Kind = "reads" | "writes" | "both";

function does(kind: Kind, scopes: readonly string[]): string {
  if (kind === "reads") return "It needs neither a secret nor a right to write.";
  const rights = scopes.length === 0 ? "the repository's token or secrets" : `rights to write ${scopes.join(", ")}`;
  return kind === "both" ? `It runs a pull request's code beside ${rights}.` : `It uses ${rights}.`;
}

const INSTEAD: Readonly<Record<Kind, string>> = {
  reads: "Write `pull_request`: it does the same with a token that reads.",
  writes:
    "Let `pull_request` find out and upload it as an artifact, and let a `workflow_run` that checks each value write; or have an owner allow this one file in the organisation's execution policy.",
  both: "Build under `pull_request` without secrets, and let a `workflow_run` that runs none of that code write the result; no exception mends running a fork's code with these rights.",
};
