import { type Embedded, embeddedIn, type Flow, flowsOf } from "../expression.ts";
import type { Run } from "../runs.ts";
import type { Entry, Job, Step, Text } from "../workflow.ts";
import { type Statement, startsWriting, statementsOf } from "./shell-writes.ts";
import { type Carried, outputCarries, writableBy, writableIn } from "./untrusted-text.ts";

/** Where an expression stands. */
export interface Place {
  readonly run: Run;
  readonly job: Job;
  readonly step: Step | null;
}

/** Names followed from one to the next; real chains have two or three links. */
const MAX_LINKS = 6;

/** What a flow carries that people without write can choose; null when nothing is known to. */
export function carriedBy(flow: Flow, place: Place, links = 0): Carried | null {
  if (links > MAX_LINKS) return null;
  if (flow.path[0] === "github") {
    const from = writableBy(flow);
    return from === null ? null : { from, direct: links === 0 };
  }
  const known = memoAt(place);
  const key = flow.path.join(".");
  const before = known.get(key);
  if (before !== undefined) return before;
  // A name that leads back to itself carries nothing by that.
  known.set(key, null);
  const carried = behind(flow, place, links);
  known.set(key, carried);
  return carried;
}

/** A place for what was found before, by run and by the step or job where a name stands: each name is followed once. */
export function memory<T>(): (place: Place) => Map<string, T> {
  const runs = new WeakMap<Run, WeakMap<Step | Job, Map<string, T>>>();
  return ({ run, job, step }) => {
    const ofRun = runs.get(run) ?? new WeakMap<Step | Job, Map<string, T>>();
    runs.set(run, ofRun);
    const known = ofRun.get(step ?? job) ?? new Map<string, T>();
    ofRun.set(step ?? job, known);
    return known;
  };
}

const memoAt = memory<Carried | null>();

function behind(flow: Flow, place: Place, links: number): Carried | null {
  const [context, name = "*", what, output = "*"] = flow.path;
  if (context === "env") return envCarries(name, place, links);
  if (context === "steps" && what === "outputs") return outputOfStep({ id: name, output }, place, links);
  if (context === "needs" && what === "outputs") return outputOfJob({ id: name, output }, place, links);
  if (context === "matrix") return matrixCarries(flow.path.slice(1).join("."), place, links);
  return context === "inputs" ? inputCarries(name, place, links) : null;
}

/** The first thing that a text carries. */
export function textCarries(text: Text, place: Place, links = 0): Carried | null {
  for (const embedded of embeddedIn(text.text)) {
    const carried = embeddedCarries(embedded, place, links);
    if (carried) return carried;
  }
  return null;
}

/** The first thing that one expression carries. */
export function embeddedCarries({ expression, text }: Embedded, place: Place, links = 0): Carried | null {
  if (expression === null) {
    const from = writableIn(text);
    return from === null ? null : { from, direct: links === 0 };
  }
  for (const flow of flowsOf(expression)) {
    const carried = carriedBy(flow, place, links);
    if (carried) return carried;
  }
  return null;
}

/** Entries under a name in small letters; all of them for `*`, and those of a matrix that is one expression. */
export function named(entries: readonly Entry[], wanted: string): readonly Entry[] {
  if (wanted === "*" || entries.length === 0) return entries;
  const index = indexes.get(entries) ?? Map.groupBy(entries, ({ name }) => name.toLowerCase());
  indexes.set(entries, index);
  return [...(index.get(wanted) ?? []), ...(index.get("*") ?? [])];
}
const indexes = new WeakMap<readonly Entry[], Map<string, Entry[]>>();

function firstCarried(entries: readonly Entry[], place: Place, links: number): Carried | null {
  for (const { value } of entries) {
    const carried = textCarries(value, place, links + 1);
    if (carried) return { ...carried, direct: false };
  }
  return null;
}

/** The nearest `env` that sets a name, else what earlier steps wrote to GITHUB_ENV. */
function envCarries(name: string, place: Place, links: number): Carried | null {
  const sets = [place.step?.env ?? [], place.job.env, place.run.workflow.env].map((env) => named(env, name));
  const nearest = sets.find((entries) => entries.length > 0);
  if (nearest) return firstCarried(nearest, place, links);
  for (const step of stepsBefore(place)) {
    if (!step.run?.text.includes("GITHUB_ENV")) continue;
    const carried = writtenBy(step, { file: "GITHUB_ENV", name }, place, links);
    if (carried) return carried;
  }
  return null;
}

/** A value of the matrix, or what `fromJSON` makes of an expression under a name on the way to it. */
function matrixCarries(wanted: string, place: Place, links: number): Carried | null {
  const under = place.job.matrix.filter(
    ({ name }) =>
      name === "*" ||
      name === wanted ||
      wanted === "*" ||
      wanted.startsWith(`${name}.`) ||
      name.startsWith(`${wanted}.`),
  );
  return firstCarried(under, { ...place, step: null }, links);
}

function stepsBefore({ job, step }: Place): readonly Step[] {
  const at = step === null ? -1 : job.steps.indexOf(step);
  return at < 0 ? job.steps : job.steps.slice(0, at);
}

function outputOfStep(
  asked: { readonly id: string; readonly output: string },
  place: Place,
  links: number,
): Carried | null {
  const step = place.job.steps.find(({ id }) => id !== null && id.toLowerCase() === asked.id);
  if (!step) return null;
  const from = step.uses?.kind === "remote" ? outputCarries(step.uses.target, asked.output) : null;
  if (from !== null) return { from, direct: false };
  return (
    writtenBy(step, { file: "GITHUB_OUTPUT", name: asked.output }, place, links) ?? setByScript(step, asked.output)
  );
}

function outputOfJob(
  asked: { readonly id: string; readonly output: string },
  place: Place,
  links: number,
): Carried | null {
  const job = place.run.workflow.jobs.find(({ id }) => id !== null && id.toLowerCase() === asked.id);
  return job ? firstCarried(named(job.outputs, asked.output), { ...place, job, step: null }, links) : null;
}

/** What a caller in this repository hands over; nothing is known of callers elsewhere. */
function inputCarries(name: string, { run }: Place, links: number): Carried | null {
  const { caller, given } = run;
  if (caller === null) return null;
  const step = caller.job.steps.find((each) => each.with === given) ?? null;
  return firstCarried(named(given, name), { run: caller, job: caller.job, step }, links);
}

/** What a `run` writes into GITHUB_OUTPUT or GITHUB_ENV under a name, followed through the variables of its shell. */
function writtenBy(
  step: Step,
  { file, name }: { readonly file: "GITHUB_OUTPUT" | "GITHUB_ENV"; readonly name: string },
  place: Place,
  links: number,
): Carried | null {
  const script = step.run?.text ?? "";
  if (!script.includes(file) && !script.includes("::set-")) return null;
  let open = false;
  for (const { statement, carried } of statementsIn(script, { ...place, step }, links)) {
    const starts = startsWriting(statement, name);
    // What stands between `name<<EOF` and its end belongs to it; the next name does no harm.
    open ||= starts && statement.includes("<<");
    if ((starts || open) && carried) return carried;
  }
  return null;
}

const read = new WeakMap<Run, WeakMap<Step, readonly Statement[]>>();

/** What a step's script says that matters here; each script is read once a run. */
function statementsIn(script: string, place: Place & { readonly step: Step }, links: number): readonly Statement[] {
  const ofRun = read.get(place.run) ?? new WeakMap<Step, readonly Statement[]>();
  read.set(place.run, ofRun);
  const before = ofRun.get(place.step);
  if (before) return before;
  const variables = new Map<string, Carried>();
  for (const { name, value } of [...place.run.workflow.env, ...place.job.env, ...place.step.env]) {
    const carried = value.text.includes("${{") ? textCarries(value, place, links + 1) : null;
    if (carried) variables.set(name, { ...carried, direct: false });
  }
  const found = statementsOf(script, variables, (line) => {
    const carried = textCarries({ ...NO_PLACE, text: line, source: line }, place, links + 1);
    return carried && { ...carried, direct: false };
  });
  ofRun.set(place.step, found);
  return found;
}

const NO_PLACE = { kind: "text", comment: null, line: 0, endLine: 0 } as const;

const PAYLOAD =
  /(?:payload|event|pull_?request|pr|issue|comment|data)\b[\w.?!()[\]]{0,60}\.(?:title|body|head\??\.(?:ref|label)|message|head_branch)\b/i;

/** `core.setOutput` or `return` in a script of actions/github-script. */
function setByScript({ uses, with: inputs }: Step, output: string): Carried | null {
  if (uses?.target !== "actions/github-script") return null;
  const script = inputs.find(({ name }) => name === "script")?.value.text ?? "";
  const pattern = output === "result" ? /\breturn\b([^\n]{0,300})/g : /\bsetOutput\(\s{0,20}(['"`][^\n]{0,300})/g;
  for (const [, rest = ""] of script.matchAll(pattern)) {
    const about = output === "result" || output === "*" || rest.slice(1).toLowerCase().startsWith(output);
    if (about && PAYLOAD.test(rest)) return { from: "an output of actions/github-script", direct: false };
  }
  return null;
}
