import { lowered } from "../../severity.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { isOpen, type Run } from "../runs.ts";

/** Jobs on somebody's own machine, which the next job finds as the last one left it. */
export const selfHostedRunner: Rule = {
  id: "self-hosted-runner",
  title: "Jobs run on a machine of one's own",
  ofRun: (run, around) => ofRun(run, around) ?? [],
};

/** The label that every such runner has, and labels that are made with it. */
const SELF_HOSTED = /(?:^|[-_.])self[-_]hosted(?:$|[-_.])/;

function ofRun(run: Run, around: Around): readonly WorkflowFinding[] | null {
  const { runsOn } = run.job;
  const labelled = runsOn?.labels.some((label) => SELF_HOSTED.test(label)) ?? false;
  if (!runsOn || (!labelled && runsOn.group === null)) return null;
  // A group may be of GitHub's own larger machines: by itself it says too little.
  if (!labelled && run.ways.length === 0) return null;
  const open = run.ways.filter(isOpen);
  const severity = open.length > 0 ? "high" : run.ways.length > 0 ? "medium" : "low";
  const events = [...new Set(run.ways.map(({ event }) => `\`${event.name}\``))].join(", ");
  return [
    findingIn("self-hosted-runner", run, runsOn, {
      around,
      // Forks of private repositories belong to people who may read them.
      severity: lowered(severity, (labelled ? 0 : 1) + (around.isPublic === false ? 1 : 0)),
      confidence: labelled ? "high" : "low",
      fact:
        (labelled
          ? "The job runs on a self-hosted runner"
          : "The job runs on a group of runners that may be self-hosted") +
        (run.ways.length > 0 ? `, and forks can start it by ${events}.` : ", started by people with write alone."),
      why: "What one run leaves on the machine, the next one finds; the network around it is open to both.",
      fine: "Run what forks can start on GitHub's runners, or on machines that are made for one job and thrown away.",
    }),
  ];
}
