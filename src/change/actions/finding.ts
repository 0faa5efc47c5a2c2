import type { Severity } from "../severity.ts";
import { holds } from "./platform-rules.ts";
import type { Files, Run, Way } from "./runs.ts";
import type { Lines, Workflow } from "./workflow.ts";

export const RULE_IDS = [
  "dangerous-trigger",
  "untrusted-checkout",
  "expression-injection",
  "agent-prompt-injection",
  "excessive-permissions",
  "secrets-inherit",
  "self-hosted-runner",
  "unpinned-action",
  "artifact-trust",
  "spoofable-actor",
  "oidc-publish",
  "ambiguous-yaml",
] as const;
export type RuleId = (typeof RULE_IDS)[number];

export type Confidence = "low" | "medium" | "high";

/** What a file lets somebody do, as its lines say. Never about who wrote it. */
export interface WorkflowFinding extends Lines {
  readonly rule: RuleId;
  readonly path: string;
  /** Id of the job; null for an action and for what concerns the whole file. */
  readonly job: string | null;
  readonly severity: Severity;
  /** How sure it is that the fact is so: `low` where the file leaves part of it open. */
  readonly confidence: Confidence;
  /** Whether it can be used as the repository stands, after a merge, or no longer by GitHub's rules of that day. */
  readonly reachable: Reachable;
  /** One sentence each: what the lines say, why it matters, what would make it fine. */
  readonly fact: string;
  readonly why: string;
  readonly fine: string;
}

export const REACHABLE = ["today", "when merged", "not any more"] as const;
export type Reachable = (typeof REACHABLE)[number];

/** What is known around the files. */
export interface Around {
  /** The moment that GitHub's rules are those of, UTC ISO 8601. */
  readonly at: string;
  /** False for files of a change that is not merged. */
  readonly onDefaultBranch: boolean;
  /** Null where nobody knows: GitHub's rules for public repositories are then not counted on. */
  readonly isPublic: boolean | null;
  /** Owner of the repository, whose own actions are no third party's; null where nobody knows. */
  readonly owner: string | null;
  readonly files: Files;
}

/** One rule: looks at each run, or at each file. Pure, linear in the file, never throws. */
export interface Rule {
  readonly id: RuleId;
  /** What it finds, in a few words; a sentence without its full stop. */
  readonly title: string;
  readonly ofRun?: (run: Run, around: Around) => readonly WorkflowFinding[];
  readonly ofFile?: (workflow: Workflow, around: Around) => readonly WorkflowFinding[];
}

/** What a rule says of a place; the rest follows from the run. */
export interface Said extends Pick<WorkflowFinding, "severity" | "confidence" | "fact" | "why" | "fine"> {
  readonly reachable?: Reachable;
}

/** A name out of a file, between backticks: what no name of an action, image or path holds becomes a question mark. */
export const quoted = (name: string): string => `\`${name.slice(0, 120).replace(/[^\w./@:+-]/g, "?")}\``;

export function findingIn(
  rule: RuleId,
  run: Run,
  lines: Lines,
  said: Said & { readonly around: Around },
): WorkflowFinding {
  const { around, ...rest } = said;
  const { line, endLine } = lines;
  return {
    ...{ rule, path: run.workflow.path, job: run.job.id, line, endLine },
    ...rest,
    reachable: said.reachable ?? reachableBy(run.ways, around),
  };
}

/** Whether the ways to a run are open at a moment. Without a way for people without write it is as open as the file. */
export function reachableBy(ways: readonly Way[], around: Around): Reachable {
  const open = ways.filter(({ event }) => !isBlocked(event.name, around));
  if (ways.length > 0 && open.length === 0) return "not any more";
  const waits = !around.onDefaultBranch && holds("target_runs_default_branch", around.at);
  return waits && open.length > 0 && open.every(({ cause }) => cause === "target") ? "when merged" : "today";
}

const isBlocked = (event: string, { at, isPublic }: Around): boolean =>
  event === "pull_request_target" && isPublic === true && holds("target_blocked_in_public", at);

/** What a run holds that is worth taking: `unknown` where the repository's default decides on the token. */
export function powerOf({ permissions, job, workflow }: Run): "none" | "unknown" | "some" {
  const secrets = job.secrets.length > 0 || job.inheritsSecrets !== null || workflow.secrets.length > 0;
  const writes = [...(permissions?.scopes.values() ?? [])].some(({ access }) => access === "write");
  if (secrets || writes) return "some";
  return permissions === null || permissions.written === "unreadable" ? "unknown" : "none";
}
