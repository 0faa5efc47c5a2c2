import { changedSides, changedWorkflow } from "../../change/actions/compare/changed-workflow.ts";
import { newAgentSinks } from "../../change/actions/compare/new-exposure.ts";
import type { ChangedFile } from "../../change/change.ts";
import { isUnseen } from "../../change/diff/lines.ts";
import { isWorkflowFile } from "../../change/formats/workflow.ts";
import type { Instant } from "../../clock.ts";
import type { Steps } from "../../slices.ts";
import { changeSignal } from "../change-signal.ts";
import type { Graded } from "../worst.ts";

export default changeSignal({
  id: "chg-agent-workflow-sink",
  title: "The change lets strangers' text reach an agent that a workflow runs",
  version: 46,
  core: false,
  severity: "critical",
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://www.aikido.dev/blog/promptpwnd-github-actions-ai-agents",
      says: "Titles and bodies of issues reached the prompt of an agent that held a token with write, and it did what they said.",
    },
  ],
  why: "Whoever opens an issue or a pull request then tells the agent what to do with the workflow's token.",
  benign: [
    "A bot that runs only where somebody with write set a label.",
    "An agent whose tools can read and nothing else.",
  ],
  clears: "Give the agent no token and no secret, keep it to people with write, or hand it a number instead of a text.",
  framing: "Only the diff is read. Nobody but whoever pushes to the pull request can change it.",
  concerns: ({ path, status }) => status !== "removed" && isWorkflowFile(path) && /\.ya?ml$/i.test(path),
  open: changedWorkflow,
  read: sinks,
  tooLong: { severity: "medium", fact: "The workflow is longer than what is read here." },
  withoutText: "a workflow came without its text",
  unsure: { isSo: isUnclear, because: "a workflow came in parts, or cannot be read as one" },
});

function* isUnclear(file: ChangedFile): Steps<boolean> {
  const read = yield* changedWorkflow(file);
  return !isUnseen(file) && (read === null || "reason" in read.after);
}

function* sinks(file: ChangedFile, asOf: Instant, all: readonly ChangedFile[]): Steps<readonly Graded[]> {
  const read = yield* changedWorkflow(file);
  if (read === null || "reason" in read.after) return [];
  const around = { at: asOf, onDefaultBranch: false, isPublic: null, owner: null, files: yield* changedSides(all) };
  return newAgentSinks(read.before, read.after, around).map(
    ({ severity, path, line, endLine, fact, why, fine, reachable }) => {
      const place = { path, line, ...(endLine > line && { endLine }) };
      return { severity, evidence: { fact, tier: "SC", place, why, fine, reachable } };
    },
  );
}
