import { causeOf } from "../events.ts";
import { permissionsOf } from "../permissions.ts";
import type { Entry, Job, Lines, Step, Workflow } from "../workflow.ts";
import { sameJob } from "./new-rights.ts";
import type { WorkflowChange } from "./workflow-change.ts";

/** What held a job back before and does not any more: a permissions block, a condition, an environment, an input. */
export function lostGuards(before: Workflow, after: Workflow): readonly WorkflowChange[] {
  const forStrangers = after.events.some((event) => causeOf(event) === "target");
  return after.jobs.flatMap((job) => {
    const earlier = sameJob(before, job);
    return earlier === null ? [] : lostIn(job, { before, after, earlier, forStrangers });
  });
}

interface Sides {
  readonly before: Workflow;
  readonly after: Workflow;
  readonly earlier: Job;
  /** True where a stranger can cause a run with the repository's rights. */
  readonly forStrangers: boolean;
}

function lostIn(job: Job, { before, after, earlier, forStrangers }: Sides): readonly WorkflowChange[] {
  const grave = forStrangers ? "critical" : "high";
  const place = { line: job.line, endLine: job.line };
  const lost: WorkflowChange[] = [];
  const lose = (severity: WorkflowChange["severity"], fact: string, at: Lines = place): void =>
    void lost.push({ kind: "guard", severity, line: at.line, endLine: at.endLine, fact });
  if (permissionsOf(before, earlier) !== null && permissionsOf(after, job) === null)
    lose(grave, "The change takes the permissions block away: the repository's default decides.");
  if (earlier.if !== null && job.if === null)
    lose(forStrangers ? "critical" : "medium", "The change takes the condition of a job away.");
  if (earlier.environment !== null && job.environment === null)
    lose("high", "The change takes the environment of a job away, and whoever had to approve it.");
  const guarded = earlier.steps.filter((step) => isFalse(step, "persist-credentials")).length;
  if (guarded > job.steps.filter((step) => isFalse(step, "persist-credentials")).length && job.steps.some(checksOut))
    lose(
      forStrangers ? "high" : "medium",
      "The change leaves the token in the checkout, where later steps can read it.",
    );
  for (const step of job.steps)
    if (isTrue(step, UNSAFE) && !earlier.steps.some((each) => isTrue(each, UNSAFE)))
      lose("critical", "The change allows the checkout of a stranger's head with the repository's rights.", step);
  if (forStrangers)
    for (const [step, of] of sameSteps(earlier, job))
      if (of.if !== null && step.if === null) lose("high", "The change takes the condition of a step away.", step);
  return lost;
}

const UNSAFE = "allow-unsafe-pr-checkout";
const checksOut = ({ uses }: Step): boolean => uses?.target === "actions/checkout";
const settingOf = (entries: readonly Entry[], wanted: string): string | null =>
  entries
    .find(({ name }) => name === wanted)
    ?.value.text.trim()
    .toLowerCase() ?? null;
const isFalse = (step: Step, input: string): boolean => settingOf(step.with, input) === "false";
const isTrue = (step: Step, input: string): boolean => settingOf(step.with, input) === "true";

/** Steps that do the same on both sides. */
function sameSteps(before: Job, after: Job): readonly (readonly [Step, Step])[] {
  const key = ({ id, uses, run }: Step): string => id ?? uses?.target ?? run?.text ?? "";
  const earlier = new Map(before.steps.map((step) => [key(step), step]));
  return after.steps.flatMap((step) => {
    const other = earlier.get(key(step));
    return other === undefined ? [] : [[step, other] as const];
  });
}
