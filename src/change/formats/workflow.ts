import type { ChangedFile, HunkLine } from "../change.ts";
import { isMovedIn, isUnseen, newSide, oldSide } from "../diff/lines.ts";
import { type YamlScalar, yamlScalars } from "./yaml-scalars.ts";

/** One thing a workflow says that matters for what it may do. */
export interface WorkflowFact {
  readonly kind:
    | "privileged_trigger"
    | "write_permission"
    | "all_secrets"
    | "secret"
    | "self_hosted_runner"
    | "unpinned_action"
    | "moved_in"
    | "other";
  /** Trigger, scope, secret or action concerned, as the diff has it. */
  readonly subject: string;
  readonly line: HunkLine | null;
}

/** True for workflows and for the actions that a workflow of this repository can call. */
export function isWorkflowFile(path: string): boolean {
  return /^\.github\/(workflows\/[^/]+\.ya?ml|actions\/.+)$|(^|\/)action\.ya?ml$/i.test(path);
}

/** True for what GitHub runs of itself, and for all of the actions beside it, scripts among them. */
export const isRunByActions = (path: string): boolean =>
  /^\.github\/(?:workflows\/[^/]{1,255}\.ya?ml$|actions\/)/i.test(path);

/**
 * What the change adds to a workflow: in file order, comments and blank lines left out. What the hunks show to have
 * been there before is `other`. Linear in the text, never throws; reads fragments and expands no alias.
 */
export function workflowFacts(file: ChangedFile): readonly WorkflowFact[] {
  if (!isWorkflowFile(file.path) || file.status === "removed" || isUnseen(file)) return [];
  const found = (file.hunks ?? []).flatMap((hunk) => {
    const before = new Set(factsOf(oldSide(hunk)).filter(stillCounts).map(identity));
    const added = factsOf(newSide(hunk)).filter(({ line }) => line?.kind === "added");
    return added.map((fact) => (before.has(identity(fact)) ? { ...fact, kind: "other" as const } : fact));
  });
  if (!isMovedIn(file) || isWorkflowFile(file.previousPath ?? "")) return found;
  return [...found, { kind: "moved_in", subject: "the file", line: null }];
}

const identity = (fact: WorkflowFact): string => `${fact.kind} ${fact.subject}`;

/** A trigger or secret that stays beside the edit was there before; a permission may have been another job's. */
function stillCounts({ kind, line }: WorkflowFact): boolean {
  return line?.kind === "removed" || kind === "privileged_trigger" || kind === "secret";
}

function factsOf(lines: readonly HunkLine[]): readonly WorkflowFact[] {
  return yamlScalars(lines).flatMap((scalar) => {
    const found = [
      ...triggers(scalar),
      ...permissions(scalar),
      ...secrets(scalar),
      ...runners(scalar),
      ...actions(scalar),
    ];
    const other: WorkflowFact = { kind: "other", subject: "", line: scalar.line };
    return found.length > 0 ? found : [other];
  });
}

/** Events that run with the base repository's token and secrets although a fork caused them. */
function triggers({ text, line }: YamlScalar): readonly WorkflowFact[] {
  return text === "pull_request_target" || text === "workflow_run"
    ? [{ kind: "privileged_trigger", subject: text, line }]
    : [];
}

/** Scopes of GITHUB_TOKEN: docs.github.com, "Workflow syntax", `permissions`. */
const SCOPES = new Set(
  "actions artifact-metadata attestations checks contents deployments discussions id-token issues models packages pages pull-requests repository-projects security-events statuses".split(
    " ",
  ),
);

function permissions({ text, key, line }: YamlScalar): readonly WorkflowFact[] {
  if (text === "write-all" && key === "permissions") return [{ kind: "write_permission", subject: "everything", line }];
  return text === "write" && key !== null && SCOPES.has(key) ? [{ kind: "write_permission", subject: key, line }] : [];
}

function secrets({ text, key, line }: YamlScalar): readonly WorkflowFact[] {
  if (key === "secrets" && text === "inherit") return [{ kind: "all_secrets", subject: "inherit", line }];
  if (/tojson\s{0,8}\(\s{0,8}secrets\b/i.test(text)) return [{ kind: "all_secrets", subject: "toJSON", line }];
  const named = [...text.matchAll(/\bsecrets\s{0,8}(?:\.|\[)\s{0,8}['"]?([\w-]{1,100})/gi)].map(
    ([, secret]) => secret ?? "",
  );
  // GITHUB_TOKEN is in every job anyway; `permissions` says what it may do.
  const other = named.filter((secret) => secret.toUpperCase() !== "GITHUB_TOKEN");
  return other.map((subject) => ({ kind: "secret", subject, line }));
}

function runners({ text, key, line }: YamlScalar): readonly WorkflowFact[] {
  const asked = key === "runs-on" || key === "labels" || key === "group";
  return asked && text === "self-hosted" ? [{ kind: "self_hosted_runner", subject: text, line }] : [];
}

/** A tag or branch of somebody else's action can be moved after the review; GitHub's own and local ones are left out. */
function actions({ text, key, line }: YamlScalar): readonly WorkflowFact[] {
  if (key !== "uses" || /^(\.\/|actions\/|github\/)/.test(text)) return [];
  const [action = "", ref = ""] = text.split("@", 2);
  const pinned = /^[0-9a-f]{40}$/.test(ref) || /^sha256:[0-9a-f]{64}$/.test(ref);
  return pinned ? [] : [{ kind: "unpinned_action", subject: action, line }];
}
