import { changedSides, changedWorkflow } from "../../change/actions/compare/changed-workflow.ts";
import { compareWorkflows } from "../../change/actions/compare/compare.ts";
import type { ChangedFile } from "../../change/change.ts";
import { isWorkflowFile, type WorkflowFact, workflowFacts } from "../../change/formats/workflow.ts";
import type { Severity } from "../../change/severity.ts";
import type { Instant } from "../../clock.ts";
import type { Steps } from "../../slices.ts";
import { changeSignal, graded } from "../change-signal.ts";
import type { Graded } from "../worst.ts";

/** How grave each kind of fact is, and what it lets the workflow do. */
const KINDS: Readonly<Record<WorkflowFact["kind"], { readonly severity: Severity; says(subject: string): string }>> = {
  privileged_trigger: {
    severity: "critical",
    says: (trigger) =>
      `The change adds the trigger ${trigger}, which runs with the repository's own token and secrets.`,
  },
  write_permission: {
    severity: "critical",
    says: (scope) => `The change gives the workflow's token write permission on ${scope}.`,
  },
  all_secrets: { severity: "critical", says: () => "The change hands all secrets on." },
  secret: { severity: "high", says: () => "The change uses a secret that the lines around it did not use before." },
  self_hosted_runner: { severity: "high", says: () => "The change runs a job on a self-hosted runner." },
  unpinned_action: {
    severity: "high",
    says: () => "The change calls somebody else's action by a tag or branch that can be moved later.",
  },
  moved_in: {
    severity: "high",
    says: () => "A file was moved to where workflows run from; the diff does not show all of it.",
  },
  other: { severity: "medium", says: () => "The change edits a workflow without adding rights to it." },
};

export default changeSignal({
  id: "chg-workflow-privilege",
  title: "The change edits what Actions workflows may do",
  version: 58,
  core: true,
  severity: "critical",
  falsePositiveRisk: "medium",
  baseRate:
    "1.7 % of first merged pull requests touch a workflow, 0.4 % add one; 5.0 % of those by established authors (209,211 pull requests of 126 repositories)",
  baseRateUpperPercent: 5.2,
  sources: [
    {
      url: "https://securityv0.pages.dev/intelligence/2026-04-26-prt-scan-pull-request-target-campaign/",
      says: "A campaign looked for workflows that run a pull request's code with the base repository's rights.",
    },
    {
      url: "https://saschb2b.com/blog/pull-request-target-trap",
      says: "pull_request_target runs with secrets and a writable token although a fork caused it.",
    },
    {
      url: "https://arxiv.org/abs/2103.03846",
      says: "Edits of sensitive files are among the traits that tell malicious commits from ordinary ones.",
    },
  ],
  why: "A workflow runs by itself with the repository's token and secrets, so whoever may change it may use them.",
  benign: [
    "Ordinary upkeep of the build: a release job, a documentation deployment, a new version of an action.",
    "A maintainer asked for the workflow.",
  ],
  clears:
    "Pin actions to a full commit hash, ask for the narrowest permission, and have a code owner of the workflow approve it.",
  framing: "Only the diff is read. Nobody but whoever pushes to the pull request can change it.",
  concerns: ({ path, status }) => status !== "removed" && isWorkflowFile(path),
  open: changedWorkflow,
  *read(file, asOf, all) {
    return (yield* compared(file, asOf, all)) ?? inHunks(file);
  },
  tooLong: { severity: "high", fact: "The workflow is longer than what is read here." },
  withoutText: "a workflow came without its text",
  /** GitHub runs these itself; an action elsewhere only runs when something calls it. */
  first: (path) => path.toLowerCase().startsWith(".github/workflows/"),
});

/** What the changed lines say by themselves: all that GitHub shows of a file whose rest was not read. */
const inHunks = (file: ChangedFile): readonly Graded[] =>
  significant(workflowFacts(file)).map((fact) => item(file.path, fact));

/** What both sides say, where both are known; null where only the hunks are. */
function* compared(file: ChangedFile, asOf: Instant, all: readonly ChangedFile[]): Steps<readonly Graded[] | null> {
  const read = yield* changedWorkflow(file);
  if (read === null) return null;
  const { before, after } = read;
  if ("reason" in after)
    return [
      ...inHunks(file),
      graded("medium", file.path, `It cannot be read as a workflow: ${after.reason}.`, after.line),
    ];
  const around = { at: asOf, onDefaultBranch: false, isPublic: null, owner: null, files: yield* changedSides(all) };
  return compareWorkflows(before, after, around).map(
    ({ severity, fact, path = file.path, line, endLine, reachable }) => {
      const { evidence } = graded(severity, path, fact, line);
      const place = { path, line, ...(endLine > line && { endLine }) };
      return { severity, evidence: { ...evidence, place, ...(reachable && { reachable }) } };
    },
  );
}

/** Facts of one file; edits that add no right are one fact, and only when there is nothing graver. */
function significant(facts: readonly WorkflowFact[]): readonly WorkflowFact[] {
  const grave = facts.filter(({ kind }) => kind !== "other");
  return grave.length > 0 ? grave : facts.slice(0, 1);
}

function item(path: string, { kind, subject, line }: WorkflowFact) {
  const { severity, says } = KINDS[kind];
  return graded(severity, path, says(subject), line?.line);
}
