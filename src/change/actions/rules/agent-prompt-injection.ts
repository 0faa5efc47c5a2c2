import { lowered, type Severity } from "../../severity.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { type Agent, agentOf } from "../flow/agents.ts";
import { filesWritten, scriptReads } from "../flow/shell-reads.ts";
import { type Place, textCarries } from "../flow/taint.ts";
import { type Carried, named as inWords } from "../flow/untrusted-text.ts";
import { writtenScopes } from "../permissions.ts";
import { heldBack, type Run, reachesStep } from "../runs.ts";
import type { Lines, Step, Text } from "../workflow.ts";

/** Text that others choose is part of what an agent is told to do. */
export const agentPromptInjection: Rule = {
  id: "agent-prompt-injection",
  title: "Text that others choose is part of an agent's orders",
  ofRun: (run, around) =>
    run.job.steps.flatMap((step) => {
      const agent = agentOf(step);
      const ways = run.ways.filter((way) => way.cause === "target" && reachesStep(way, step));
      return agent && ways.length > 0 ? ofAgent({ agent, step, run: { ...run, ways } }, around) : [];
    }),
};

interface Spot {
  readonly agent: Agent;
  readonly step: Step;
  readonly run: Run;
}

function ofAgent(spot: Spot, around: Around): readonly WorkflowFinding[] {
  const { agent, step, run } = spot;
  const lifted = step.with.find(({ name, value }) => agent.lifts.includes(name) && value.text.includes("*"));
  const told = toldIn(spot);
  if (!told && !lifted) return [];
  const lines: Lines = told?.lines ?? lifted?.value ?? step;
  return [
    findingIn("agent-prompt-injection", run, lines, {
      around,
      severity: severityOf(run, agent.asksWho && !lifted),
      confidence: told?.carried.direct ? "high" : "medium",
      fact: told
        ? `The orders of ${agent.what} hold ${inWords(told.carried.from)}.`
        : `Everybody may give ${agent.what} orders here.`,
      why: "An agent follows what it reads, so whoever writes that text can have it use the token, the secrets and the tools of this job.",
      fine: "Let a writer start it, give it read rights and few tools, and have a later job check what it proposes.",
    }),
  ];
}

/** An agent with a write token or other secrets than its own key is worth more; one that asks who calls is harder to use. */
function severityOf({ permissions, job, ways }: Run, asksWho: boolean): Severity {
  const grave = permissions === null || writtenScopes(permissions).length > 0 || job.secrets.length > 1;
  const full: Severity = grave ? "critical" : "high";
  // Who sets a label or merges does not read for an agent.
  const held = heldBack(ways);
  return lowered(full, (asksWho ? 1 : 0) + held);
}

interface Told {
  readonly carried: Carried;
  readonly lines: Lines;
}

/** Where the orders carry somebody's text: pasted in, read by their own shell, by a variable or by a file that they name. */
function toldIn({ agent, step, run }: Spot): Told | null {
  const place = { run, job: run.job, step };
  const isScript = agent.prompts.length === 0;
  const orders: readonly Text[] = [
    ...(isScript && step.run ? [step.run] : []),
    ...step.with.flatMap(({ name, value }) => (agent.prompts.includes(name) ? [value] : [])),
  ];
  for (const text of orders) {
    const carried = textCarries(text, place) ?? (isScript ? scriptReads(text.text) : null);
    if (carried) return { carried, lines: text };
  }
  // The text of a slash command stands elsewhere, and is made for the variables of this step.
  const elsewhere = !isScript && orders.some(({ text }) => /^\s{0,20}\/[\w:-]{1,60}\s{0,20}$/.test(text));
  const named = (name: string): boolean => orders.some(({ text }) => text.includes(name));
  return (
    byVariable(place, (name, own) => named(name) || (own && elsewhere)) ??
    byFile(place, [...orders, ...step.with.flatMap(({ name, value }) => (agent.files?.includes(name) ? [value] : []))])
  );
}

type At = Place & { readonly step: Step };

function byVariable(place: At, isTold: (name: string, own: boolean) => boolean): Told | null {
  const { run, job, step } = place;
  for (const [entries, own] of [[step.env, true] as const, [[...job.env, ...run.workflow.env], false] as const])
    for (const { name, value } of entries) {
      const carried = isTold(name, own) ? textCarries(value, place) : null;
      if (carried) return { carried: { ...carried, direct: false }, lines: value };
    }
  return null;
}

/** Whether a file stands in a text as a word of its own. */
const names = (text: string, file: string): boolean =>
  text.split(/[^\w./${}-]{1,1000}/).some((word) => word.replace(/^\.\/|\.$/g, "") === file.replace(/^\.\//, ""));

/** What an earlier step of the job wrote to a file that the orders name. */
function byFile(place: At, orders: readonly Text[]): Told | null {
  const { job, step } = place;
  for (const earlier of job.steps.slice(0, job.steps.indexOf(step))) {
    const script = earlier.run;
    const file = script && filesWritten(script.text).find((each) => orders.some(({ text }) => names(text, each)));
    if (!file) continue;
    const from = { ...place, step: earlier };
    const carried =
      textCarries(script, from) ??
      scriptReads(script.text) ??
      byVariable(from, (name) => script.text.includes(name))?.carried;
    const lines = orders.find(({ text }) => names(text, file)) ?? step;
    if (carried) return { carried: { ...carried, direct: false }, lines };
  }
  return null;
}
