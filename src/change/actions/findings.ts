import { rankOf } from "../severity.ts";
import type { Around, Rule, WorkflowFinding } from "./finding.ts";
import { agentPromptInjection } from "./rules/agent-prompt-injection.ts";
import { ambiguousYaml } from "./rules/ambiguous-yaml.ts";
import { artifactTrust } from "./rules/artifact-trust.ts";
import { dangerousTrigger } from "./rules/dangerous-trigger.ts";
import { excessivePermissions } from "./rules/excessive-permissions.ts";
import { expressionInjection } from "./rules/expression-injection.ts";
import { oidcPublish } from "./rules/oidc-publish.ts";
import { secretsInherit } from "./rules/secrets-inherit.ts";
import { selfHostedRunner } from "./rules/self-hosted-runner.ts";
import { spoofableActor } from "./rules/spoofable-actor.ts";
import { unpinnedAction } from "./rules/unpinned-action.ts";
import { untrustedCheckout } from "./rules/untrusted-checkout.ts";
import { type Run, runsOf } from "./runs.ts";
import type { Workflow } from "./workflow.ts";

/** Every rule, in the order in which they are listed for people. */
export const RULES: readonly Rule[] = [
  dangerousTrigger,
  untrustedCheckout,
  expressionInjection,
  agentPromptInjection,
  excessivePermissions,
  secretsInherit,
  selfHostedRunner,
  unpinnedAction,
  artifactTrust,
  spoofableActor,
  oidcPublish,
  ambiguousYaml,
];

/**
 * What the files of one repository let people do, ordered by path and line; the same line is named once a rule, by its
 * worst. Files outside `around.files` are neither asked for nor known. Linear in the files; pure; never throws.
 */
export function workflowFindings(around: Around): readonly WorkflowFinding[] {
  const found = [...around.files.values()].flatMap((workflow) => findingsOf(workflow, around));
  return worstOfLines(found).sort((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.rule, b.rule));
}

/** What starts in one of the files, with what it calls, in its order. */
export const findingsFrom = (workflow: Workflow, around: Around): readonly WorkflowFinding[] =>
  worstOfLines(findingsOf(workflow, around));

function worstOfLines(findings: readonly WorkflowFinding[]): WorkflowFinding[] {
  const worst = new Map<string, WorkflowFinding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.path, finding.line, finding.rule, finding.fact]);
    const before = worst.get(key);
    if (!before || rankOf(before.severity) < rankOf(finding.severity)) worst.set(key, finding);
  }
  return [...worst.values()];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Actions are looked at where a workflow calls them; one that nobody calls still has what needs no caller. */
function findingsOf(workflow: Workflow, around: Around): readonly WorkflowFinding[] {
  const runs: readonly Run[] = runsOf(workflow, around.files);
  return RULES.flatMap((rule) => [
    ...(rule.ofFile?.(workflow, around) ?? []),
    ...(rule.ofRun ? runs.flatMap((run) => rule.ofRun?.(run, around) ?? []) : []),
  ]);
}
