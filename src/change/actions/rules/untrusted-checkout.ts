import { lowered, type Severity } from "../../severity.ts";
import { HEAD_EVENTS } from "../events.ts";
import { type Around, findingIn, powerOf, type Rule, type WorkflowFinding } from "../finding.ts";
import { type HeadSign, headFetched, headSign } from "../flow/heads.ts";
import { runsLocalCode, takesFetched } from "../flow/scripts.ts";
import { checkoutRefusesForks } from "../platform-rules.ts";
import { heldBack, type Run, reachesStep, type Way } from "../runs.ts";
import { lineOf } from "../tree.ts";
import type { Lines, Step } from "../workflow.ts";

/** Code of a fork is checked out where the token and the secrets of this repository are. */
export const untrustedCheckout: Rule = {
  id: "untrusted-checkout",
  title: "A fork's code is checked out beside this repository's rights",
  ofRun: (run, around) => run.job.steps.flatMap((step) => ofStep(step, run, around) ?? []),
};

interface Brought {
  readonly lines: Lines;
  readonly sign: HeadSign;
  /** True where the version of actions/checkout refuses a fork's head. */
  readonly refused: boolean;
  readonly allowed: boolean;
}

function ofStep(step: Step, run: Run, around: Around): WorkflowFinding | null {
  const ways = run.ways.filter(
    (way) =>
      way.cause === "target" && HEAD_EVENTS.has(way.event.name) && way.gate !== "merge" && reachesStep(way, step),
  );
  const brought = ways.length === 0 ? null : (byCheckout(step, run, around) ?? byScript(step, run));
  if (!brought) return null;
  const refused = brought.refused && ways.every(({ event }) => REFUSED_EVENTS.has(event.name));
  const severity = severityOf(brought, { run, step, ways });
  return findingIn("untrusted-checkout", { ...run, ways }, brought.lines, {
    around,
    severity: refused ? "low" : severity,
    confidence: brought.sign === "head" ? "high" : brought.sign === "named" ? "medium" : "low",
    ...(refused ? { reachable: "not any more" as const } : {}),
    fact: factOf(brought, ways),
    why: refused
      ? "This version of actions/checkout refuses a fork's head, so the step fails where it would have been dangerous."
      : "Whatever the pull request changes can run here with the token, the secrets and the caches of this repository.",
    fine: "Build pull requests under `pull_request`, and hand what a privileged workflow needs over as data that it checks.",
  });
}

/** Events under which actions/checkout looks; comments are not among them. */
const REFUSED_EVENTS = new Set(["pull_request_target", "workflow_run"]);

function factOf({ sign, allowed }: Brought, ways: readonly Way[]): string {
  const events = [...new Set(ways.map(({ event }) => `\`${event.name}\``))].join(", ");
  if (allowed) return `\`allow-unsafe-pr-checkout\` lets a fork's code in under ${events}.`;
  if (sign === "branch") return `A branch that the pull request names is checked out under ${events}.`;
  return sign === "head"
    ? `The head of a pull request is checked out under ${events}.`
    : `What an earlier step says is the head of a pull request is checked out under ${events}.`;
}

function byCheckout(step: Step, run: Run, around: Around): Brought | null {
  if (step.uses?.kind !== "remote" || !step.uses.target.includes("checkout")) return null;
  const place = { run, job: run.job, step };
  const input = (name: string): (typeof step.with)[number] | undefined => step.with.find((each) => each.name === name);
  const [ref, repository] = [input("ref"), input("repository")];
  const signs = [ref, repository].flatMap((entry) => (entry ? (headSign(entry.value, place) ?? []) : []));
  const allowed = input("allow-unsafe-pr-checkout")?.value.text.trim().toLowerCase() === "true";
  const sign = (["head", "named", "branch"] as const).find((each) => signs.includes(each)) ?? (allowed ? "head" : null);
  if (sign === null) return null;
  return {
    lines: { line: step.line, endLine: step.endLine },
    // A branch of a fork, by its name and its repository, is its head.
    sign: sign === "branch" && signs.length > 1 ? "head" : sign,
    refused: !allowed && step.uses.target === "actions/checkout" && checkoutRefusesForks(step.uses, around.at),
    allowed,
  };
}

function byScript(step: Step, run: Run): Brought | null {
  const found = headFetched(step, run);
  if (!found || !step.run) return null;
  const line = lineOf(step.run, found.index);
  return { lines: { line, endLine: line }, sign: found.sign, refused: false, allowed: false };
}

/** What comes after the checkout decides: it is run for certain, perhaps, or only read. */
function severityOf(
  { sign, allowed }: Brought,
  { run, step, ways }: { readonly run: Run; readonly step: Step; readonly ways: readonly Way[] },
): Severity {
  const after = run.job.steps.slice(run.job.steps.indexOf(step));
  const scripts = after.flatMap((each) => (each.run && (each !== step || step.uses) ? [each.run.text] : []));
  const own = step.run ? [step.run.text] : [];
  const local = after.some(({ uses }) => uses?.kind === "local") && run.caller === null;
  // `git fetch` alone leaves the files as they are.
  const taken = step.uses !== null || [...own, ...scripts].some(takesFetched);
  const runs = taken && (local || [...scripts, ...own].some(runsLocalCode));
  const powerful = powerOf(run) !== "none";
  const full: Severity = runs
    ? powerful
      ? "critical"
      : "high"
    : taken && scripts.length > 0 && powerful
      ? "high"
      : "medium";
  if (allowed && powerful) return full === "medium" ? "high" : full;
  return lowered(full, heldBack(ways) + (sign === "branch" ? 2 : 0));
}
