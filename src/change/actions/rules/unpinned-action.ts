import { type Around, findingIn, powerOf, quoted, type Rule, type WorkflowFinding } from "../finding.ts";
import type { Run } from "../runs.ts";
import type { Uses } from "../workflow.ts";

/** Code of others by a name that they can point elsewhere. */
export const unpinnedAction: Rule = {
  id: "unpinned-action",
  title: "Somebody else's code is named by a tag or branch",
  ofRun: (run, around) =>
    [run.job.uses, ...run.job.steps.map(({ uses }) => uses)].flatMap((uses) =>
      uses && isForeign(uses, around) && !uses.pinned ? [ofUses(uses, run, around)] : [],
    ),
};

/** Owners whose tags are as much GitHub's as the machine that runs them. */
const GITHUBS = ["actions/", "github/"];

function isForeign({ kind, target }: Uses, { owner }: Around): boolean {
  if (kind !== "remote") return kind === "docker";
  const own = owner === null ? GITHUBS : [...GITHUBS, `${owner.toLowerCase()}/`];
  // A `uses` made of an expression is no name at all; GitHub refuses it.
  return !own.some((prefix) => target.startsWith(prefix)) && !target.includes("$");
}

function ofUses(uses: Uses, run: Run, around: Around): WorkflowFinding {
  const what = uses.kind === "docker" ? `The image ${quoted(uses.target)}` : quoted(uses.text);
  return findingIn("unpinned-action", run, uses, {
    ...{ around, confidence: "high" },
    severity: powerOf(run) === "some" ? "medium" : "low",
    fact: `${what} is named by ${uses.ref === null && uses.kind === "remote" ? "no version" : "a tag or branch"}, not by ${uses.kind === "docker" ? "a digest" : "a commit"}.`,
    why: "Whoever can move that name decides what runs here with the token and the secrets of the job.",
    fine: `Write the whole ${uses.kind === "docker" ? "digest" : "commit"}, with the version in a comment behind it.`,
  });
}
