import { type Cause, causeOf, keptToWriters } from "./events.ts";
import { outsiderPasses } from "./outsider.ts";
import { permissionsOf } from "./permissions.ts";
import type { Entry, Event, Job, Permissions, Step, Workflow } from "./workflow.ts";

/**
 * One job as it runs: its own steps, or those of an action or reusable workflow of the same repository that it calls,
 * with the events, rights and inputs of whoever calls.
 */
export interface Run {
  readonly workflow: Workflow;
  readonly job: Job;
  /** Who calls this file; null where it is the workflow that GitHub starts. */
  readonly caller: Run | null;
  /** What the caller hands over, to be read in the caller's place. */
  readonly given: readonly Entry[];
  readonly events: readonly Event[];
  readonly permissions: Permissions | null;
  /** How people without write get it to run; empty where they cannot. */
  readonly ways: readonly Way[];
}

/** One event by which somebody without write reaches a run. */
export interface Way {
  readonly event: Event;
  readonly cause: Exclude<Cause, "writer">;
  /** What somebody with write has to do before it runs; null where nothing. */
  readonly gate: Gate | null;
}

/** `output`: an output of an earlier job decides, by a rule that the file does not show. */
export type Gate = "label" | "merge" | "output" | "environment" | "check";

/** How much less a way is worth by its gate, in steps of severity. Labels and merges wait for one look, an output may. */
const HOLDS: Readonly<Record<Gate, number>> = { label: 1, merge: 1, output: 1, environment: 2, check: 2 };

/** Steps of severity that the easiest of some ways loses by its gate. */
export const heldBack = (ways: readonly Way[]): number =>
  Math.min(...ways.map(({ gate }) => (gate === null ? 0 : HOLDS[gate])));

/** True where nobody with write has to do anything, as far as the file says. */
export const isOpen = ({ gate }: Way): boolean => gate === null || gate === "output";

/** Files of one repository by path, as far as they could be read. */
export type Files = ReadonlyMap<string, Workflow>;

/** How deep calls are followed; GitHub allows ten levels of actions and of reusable workflows. */
const MAX_DEPTH = 4;
/** Runs of one file, calls included: real ones have below a hundred, and jobs alone may be more. */
const MAX_RUNS = 300;

/** Every run of a file with what it calls. A file that only others call is looked at without them, too. */
export function runsOf(workflow: Workflow, files: Files): readonly Run[] {
  const known = madeRuns.get(files) ?? new Map<Workflow, readonly Run[]>();
  madeRuns.set(files, known);
  const runs = known.get(workflow) ?? makeRuns(workflow, files);
  known.set(workflow, runs);
  return runs;
}

/** Several rules ask for the runs of the same files. */
const madeRuns = new WeakMap<Files, Map<Workflow, readonly Run[]>>();

function makeRuns(workflow: Workflow, files: Files): readonly Run[] {
  const found: Run[] = [];
  const seen = new Set<string>();
  const add = (run: Run, depth: number): void => {
    const key = run.caller === null ? null : callKey(run);
    if ((key !== null && found.length >= MAX_RUNS) || (key !== null && seen.has(key))) return;
    if (key !== null) seen.add(key);
    found.push(run);
    if (depth < MAX_DEPTH) for (const next of calledBy(run, files)) add(next, depth + 1);
  };
  for (const job of workflow.jobs) {
    const { events } = workflow;
    const base = { workflow, job, caller: null, given: [], events, permissions: permissionsOf(workflow, job) };
    add({ ...base, ways: waysTo(workflow, job, files) }, 0);
  }
  return found;
}

/** Calls of one job that hand over the same are one: what they find is the same. */
const callKey = ({ workflow, job, caller, given, ways }: Run): string =>
  JSON.stringify([
    ...[workflow.path, job.id, caller?.workflow.path, caller?.job.line],
    given.map(({ name, value }) => [name, value.text]),
    ways.map(({ event, gate }) => [event.name, gate]),
  ]);

function calledBy(run: Run, files: Files): readonly Run[] {
  const { job, events } = run;
  const whole = job.uses?.kind === "local" ? files.get(job.uses.target) : undefined;
  const jobs = (whole?.jobs ?? []).map((inner) => ({
    ...{ workflow: whole as Workflow, job: inner, caller: run, given: job.with, events },
    permissions: inner.permissions ?? whole?.permissions ?? run.permissions,
    ways: waysThrough(run.ways, whole as Workflow, inner),
  }));
  const actions = job.steps.flatMap((step) => {
    const action = step.uses?.kind === "local" ? actionAt(step.uses.target, files) : undefined;
    const inner = action?.jobs[0];
    if (!action || !inner) return [];
    const ways = run.ways.filter((way) => reachesStep(way, step));
    return [
      { workflow: action, job: inner, caller: run, given: step.with, events, permissions: run.permissions, ways },
    ];
  });
  return [...jobs, ...actions];
}

const actionAt = (folder: string, files: Files): Workflow | undefined => {
  const base = folder === "" || folder === "." ? "" : `${folder}/`;
  return files.get(`${base}action.yml`) ?? files.get(`${base}action.yaml`);
};

/** Whether somebody without write gets through a step's own condition. */
export const reachesStep = ({ event, gate }: Way, { if: condition }: Step): boolean =>
  outsiderPasses(condition, { event: event.name, labelled: true, merged: gate === "merge", outputs: true }) !== false;

function waysTo(workflow: Workflow, job: Job, files: Files): readonly Way[] {
  const ways = workflow.events.flatMap((event): Way[] => {
    const cause = causeIn(event, files);
    return cause === "writer" ? [] : [{ event, cause, gate: keptToWriters(event) ? "label" : null }];
  });
  return waysThrough(ways, workflow, job);
}

/** The ways that the conditions of a job and of the jobs before it leave open, with what they ask of writers. */
function waysThrough(ways: readonly Way[], workflow: Workflow, job: Job): readonly Way[] {
  const before = jobsBefore(workflow, job);
  return ways.flatMap((way) => {
    const passes = (without: Gate | null): boolean => {
      const world = { event: way.event.name, labelled: without !== "label", merged: without !== "merge" };
      return before.every(
        (each) =>
          outsiderPasses(each.if, { ...world, outputs: without !== "output" }) !== false ||
          (each !== job && runsAnyway(job)),
      );
    };
    return passes(null) ? [{ ...way, gate: way.gate ?? gateOf(before, job, passes) }] : [];
  });
}

function gateOf(before: readonly Job[], job: Job, passes: (without: Gate) => boolean): Gate | null {
  if (before.some(checksPermission)) return "check";
  if ([job, ...before].some(({ environment }) => environment !== null)) return "environment";
  return (["merge", "label", "output"] as const).find((gate) => !passes(gate)) ?? null;
}

/** `always()` runs a job whose needs were skipped. */
const runsAnyway = (job: Job): boolean => /\balways\(\)/.test(job.if?.text ?? "");

/** A job and what it waits for, the nearest first. */
function jobsBefore(workflow: Workflow, job: Job): readonly Job[] {
  const byId = jobsOf(workflow);
  const found = new Set<Job>([job]);
  for (const each of found) {
    for (const id of each.needs) {
      const other = byId.get(id);
      if (other && found.size < MAX_BEFORE) found.add(other);
    }
  }
  return [...found];
}

/** Jobs that are looked at for a condition that keeps a later one from running; real ones wait for a dozen. */
const MAX_BEFORE = 50;

const jobIndexes = new WeakMap<Workflow, ReadonlyMap<string | null, Job>>();

function jobsOf(workflow: Workflow): ReadonlyMap<string | null, Job> {
  const index = jobIndexes.get(workflow) ?? new Map(workflow.jobs.map((job) => [job.id, job]));
  jobIndexes.set(workflow, index);
  return index;
}

/** A step that asks GitHub what the person behind the event may do; what it decides is not in the file. */
function checksPermission({ steps }: Job): boolean {
  return steps.some(
    ({ uses, run, with: inputs }) =>
      CHECKING_ACTION.test(uses?.target ?? "") ||
      [run, ...inputs.map(({ value }) => value)].some((text) => text !== null && CHECKING_CALL.test(text.text)),
  );
}

const CHECKING_ACTION =
  /^(?:actions-cool\/check-user-permission|prince-chrismc\/check-actor-permissions-action|lannonbr\/repo-permission-check-action|sushichop\/action-repository-permission|tspascoal\/get-user-teams-membership|skjnldsv\/check-actor-permission|shopify\/snapit|xt0rted\/slash-command-action|peter-evans\/slash-command-dispatch|github\/command)$/;
const CHECKING_CALL =
  /getCollaboratorPermissionLevel|checkCollaborator|\/collaborators\/|getMembershipForUser|checkMembershipForUser|author_association/;

/** `workflow_run` is as open as the workflows that it follows, where those are at hand. */
function causeIn(event: Event, files: Files): Cause {
  const followed = event.name === "workflow_run" ? (event.filters.get("workflows") ?? []) : [];
  const known = [...files.values()].filter(({ name, path }) => followed.includes(name ?? path));
  if (followed.length === 0 || known.length < followed.length) return causeOf(event);
  return known.some(({ events }) => events.some((each) => causeOf(each) !== "writer")) ? "target" : "writer";
}
