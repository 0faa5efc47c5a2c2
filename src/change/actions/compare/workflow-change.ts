import type { Severity } from "../../severity.ts";
import type { Reachable } from "../finding.ts";
import type { Lines } from "../workflow.ts";

/** One thing that an edit of a workflow changes about what it may do. */
export interface WorkflowChange extends Lines {
  /** `growth`: rights; `exposure`: what others can reach; `guard`: what held back; `narrowing`: less; `edit`: neither. */
  readonly kind: "growth" | "exposure" | "guard" | "narrowing" | "edit";
  readonly severity: Severity;
  /** The file where it stands, where that is another one of the change, which this one calls. */
  readonly path?: string;
  readonly fact: string;
  readonly reachable?: Reachable;
}
