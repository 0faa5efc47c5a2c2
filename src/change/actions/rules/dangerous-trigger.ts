import type { Severity } from "../../severity.ts";
import { type Around, powerOf, type Rule, reachableBy, type WorkflowFinding } from "../finding.ts";
import { isOpen, type Run, runsOf } from "../runs.ts";
import type { Event, Workflow } from "../workflow.ts";

/** An event that gives runs for forks the rights of this repository. */
export const dangerousTrigger: Rule = {
  id: "dangerous-trigger",
  title: "Runs that forks cause have this repository's rights",
  ofFile: (workflow, around) =>
    workflow.events.flatMap((event) => (event.name in ABOUT ? ofEvent(event, workflow, around) : [])),
};

const ABOUT: Readonly<Record<string, string>> = {
  pull_request_target: "A fork's pull request starts it",
  workflow_run: "It follows runs that a fork's pull request may have started",
};

function ofEvent(event: Event, workflow: Workflow, around: Around): readonly WorkflowFinding[] {
  const runs = runsOf(workflow, around.files).filter(
    ({ caller, ways }) => caller === null && ways.some((way) => way.event === event),
  );
  if (runs.length === 0) return [];
  return [
    {
      rule: "dangerous-trigger",
      path: workflow.path,
      job: null,
      line: event.line,
      endLine: event.endLine,
      severity: severityOf(event, runs),
      confidence: "high",
      reachable: reachableBy(
        runs.flatMap(({ ways }) => ways.filter((way) => way.event === event)),
        around,
      ),
      fact: `${ABOUT[event.name]}, with the token and the secrets of this repository.`,
      why: "Every mistake in its steps is then open to anybody who can open a pull request.",
      fine: "Use `pull_request` where no secret and no write is needed, and let no step touch what the fork wrote.",
    },
  ];
}

function severityOf(event: Event, runs: readonly Run[]): Severity {
  const open = runs.filter(({ ways }) => ways.some((way) => way.event === event && isOpen(way)));
  return open.some((run) => powerOf(run) !== "none" && hasOwnCode(run)) ? "medium" : "low";
}

/** Scripts and local actions are where mistakes are made; an action that sets labels by path makes few. */
const hasOwnCode = ({ job }: Run): boolean =>
  job.uses !== null ||
  job.steps.some(
    ({ run, uses, with: inputs }) =>
      run !== null || uses?.kind === "local" || inputs.some(({ name }) => name === "script"),
  );
