import { lowered, type Severity } from "../../severity.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { type Agent, agentOf } from "../flow/agents.ts";
import { textCarries } from "../flow/taint.ts";
import { type Carried, named } from "../flow/untrusted-text.ts";
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
        ? `The orders of ${agent.what} hold ${named(told.carried.from)}.`
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

/** Where the orders carry somebody's text: pasted in, or by a variable of the step that they name. */
function toldIn({ agent, step, run }: Spot): { readonly carried: Carried; readonly lines: Lines } | null {
  const place = { run, job: run.job, step };
  const orders: readonly Text[] = [
    ...(agent.prompts.length === 0 && step.run ? [step.run] : []),
    ...step.with.flatMap(({ name, value }) => (agent.prompts.includes(name) ? [value] : [])),
  ];
  for (const text of orders) {
    const carried = textCarries(text, place);
    if (carried) return { carried, lines: text };
  }
  // The text of a slash command stands elsewhere, and is made for the variables of this step.
  const elsewhere =
    agent.prompts.length > 0 && orders.some(({ text }) => /^\s{0,20}\/[\w:-]{1,60}\s{0,20}$/.test(text));
  for (const [entries, own] of [[step.env, true] as const, [[...run.job.env, ...run.workflow.env], false] as const])
    for (const { name, value } of entries) {
      const told = orders.some(({ text }) => text.includes(name)) || (own && elsewhere);
      const carried = told ? textCarries(value, place) : null;
      if (carried) return { carried: { ...carried, direct: false }, lines: value };
    }
  return null;
}
