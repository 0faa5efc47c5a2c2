import { lowered, type Severity } from "../../severity.ts";
import { embeddedIn } from "../expression.ts";
import { type Around, type Confidence, findingIn, powerOf, type Rule, type WorkflowFinding } from "../finding.ts";
import { type Sink, sinksOf } from "../flow/sinks.ts";
import { embeddedCarries } from "../flow/taint.ts";
import { type Carried, named } from "../flow/untrusted-text.ts";
import { heldBack, type Run, reachesStep, type Way } from "../runs.ts";
import { lineOf } from "../tree.ts";
import type { Step } from "../workflow.ts";

/** Text that others choose is written into code before the code is run. */
export const expressionInjection: Rule = {
  id: "expression-injection",
  title: "Text that others choose is pasted into code",
  ofRun: (run, around) =>
    run.job.steps.flatMap((step) => sinksOf(step).flatMap((sink) => findingsIn({ run, step, sink, around }))),
};

interface Spot {
  readonly run: Run;
  readonly step: Step;
  readonly sink: Sink;
  readonly around: Around;
}

/** Reported per text; the first ones are enough to mend it. */
const MAX_PER_TEXT = 20;

function findingsIn({ run, step, sink, around }: Spot): readonly WorkflowFinding[] {
  const found: WorkflowFinding[] = [];
  const seen = new Set<string>();
  for (const embedded of embeddedIn(sink.text.text)) {
    const { index, text } = embedded;
    const carried = embeddedCarries(embedded, { run, job: run.job, step });
    const line = carried ? lineOf(sink.text, index) : 0;
    if (!carried || found.length >= MAX_PER_TEXT || seen.has(`${line} ${carried.from}`)) continue;
    seen.add(`${line} ${carried.from}`);
    const lines = { line, endLine: line + text.split("\n").length - 1 };
    found.push(findingIn("expression-injection", run, lines, { ...said(carried, run, step, sink), around }));
  }
  return found;
}

function said(
  { from, direct }: Carried,
  run: Run,
  step: Step,
  { what }: Sink,
): Omit<WorkflowFinding, "rule" | "path" | "job" | "line" | "endLine" | "reachable"> {
  const ways = run.ways.filter((way) => reachesStep(way, step));
  const confidence: Confidence = direct ? "high" : "medium";
  return {
    severity: severityOf(run, ways),
    confidence,
    fact: direct
      ? `${named(from)} is pasted into ${what}.`
      : `${capital(named(from))} reaches ${what} through a variable that is pasted into it.`,
    why: ways.some(({ cause }) => cause === "target")
      ? "Whoever writes that text decides what runs, with the token and the secrets of this job."
      : "Whoever writes that text decides what runs in this job.",
    fine: "Hand the text over in `env` and use it there as a quoted variable of the shell or of the script.",
  };
}

/** The worst way counts. A run that only people with write start, or a fork's with a read token, has less to take. */
function severityOf(run: Run, ways: readonly Way[]): Severity {
  const full: Severity = powerOf(run) === "none" ? "high" : "critical";
  const target = ways.filter(({ cause }) => cause === "target");
  if (target.length > 0) return lowered(full, heldBack(target));
  return ways.length > 0 ? "medium" : "low";
}

const capital = (text: string): string => (text[0]?.toUpperCase() ?? "") + text.slice(1);
