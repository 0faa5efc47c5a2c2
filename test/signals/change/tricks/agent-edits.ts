// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are what is tested
import type { ChangedFile } from "../../../../src/change/change.ts";
import type { Trick } from "../../tricks.ts";
import { flow, workflow } from "../../workflow-edits.ts";
import { agent, TITLE } from "./agent-prompts.ts";

const TOLD = agent(`prompt: "${TITLE}"`);
const FOLDER = ".github/workflows";
const CALLED = `on: { workflow_call: { inputs: { text: { type: string } } } }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-base-action@v1
        with: { prompt: "\${{ inputs.text }}", key: "\${{ secrets.KEY }}" }
`;
const calls = (text: string): string =>
  `on: issues\npermissions: write-all\njobs:\n  a:\n    uses: ./.github/workflows/z.yml\n    with: { text: "${text}" }\n`;
const ACTION = `name: ask
inputs: { text: {} }
runs:
  using: composite
  steps:
    - uses: anthropics/claude-code-base-action@v1
      with: { prompt: "\${{ inputs.text }}" }
`;
const asks = flow({
  on: "issues",
  top: "permissions: write-all",
  steps: `      - uses: ./.github/actions/ask\n        with: { text: "${TITLE}" }`,
});
const both = (
  called: readonly [before: string | null, after: string],
  calling: readonly [before: string | null, after: string],
): readonly ChangedFile[] => [workflow(...called, `${FOLDER}/z.yml`), workflow(...calling, `${FOLDER}/a.yml`)];
const movedTo = (path: string, from: string): ChangedFile => ({
  ...workflow(TOLD, TOLD, path),
  status: "renamed",
  previousPath: from,
});

/** Edits of what stood there before, and what comes by another file of the same change. */
export const EDITS: readonly Trick[] = [
  ["rights that grow", workflow(TOLD.replace("contents: write", "contents: read"), TOLD), "critical"],
  ["an event that strangers cause", workflow(TOLD.replace("on: issues", "on: workflow_dispatch"), TOLD), "critical"],
  [
    "a condition that is gone",
    workflow(agent(`prompt: "${TITLE}"`, { job: "if: github.event.issue.author_association == 'OWNER'" }), TOLD),
    "critical",
  ],
  ["an agent in a second job", workflow(TOLD, TOLD + TOLD.split("jobs:\n")[1]?.replace("build", "other")), "critical"],
  ["a file that moves to where Actions look", movedTo(`${FOLDER}/a.yml`, "docs/a.yml"), "critical"],
  ["a workflow and one that it calls", both([null, CALLED], [null, calls(TITLE)]), "critical"],
  ["a title for one that was called before", both([CALLED, `${CALLED}# x\n`], [calls("a"), calls(TITLE)]), "critical"],
  [
    "a workflow and an action that it calls",
    [workflow(null, asks), workflow(null, ACTION, ".github/actions/ask/action.yml")],
    "critical",
  ],
  ["rights to read alone", workflow(null, TOLD.replace("contents: write", "contents: read")), "high"],
  ["no rights at all", workflow(null, TOLD.replace("contents: write", "")), "high"],
  [
    "a label that writers set",
    workflow(null, TOLD.replace("on: issues", "on: { issues: { types: [labeled] } }")),
    "high",
  ],

  ["an agent that asks for a number", both([null, CALLED], [null, calls("${{ github.event.issue.number }}")]), null],
  ["both as they were", both([CALLED, `${CALLED}# x\n`], [calls(TITLE), `${calls(TITLE)}# x\n`]), null],
  ["a job with another name", workflow(TOLD, TOLD.replace("build:", "triage:")), null],
  ["the same on lines of its own", workflow(TOLD, agent(`prompt: >-\n  ${TITLE}`)), null],
  ["another model", workflow(TOLD, `${TOLD}          model: x\n`), null],
  ["a file with another name", movedTo(`${FOLDER}/b.yml`, `${FOLDER}/a.yml`), null],
  ["a second agent of the same job", workflow(TOLD, TOLD + (TOLD.split("    steps:\n")[1] ?? "")), null],
  [
    "one that people with write start",
    workflow(null, agent(`prompt: "${TITLE}"`, { job: "if: github.event.issue.author_association == 'OWNER'" })),
    null,
  ],
  [
    "one for owners and members",
    workflow(
      null,
      agent(`prompt: "${TITLE}"`, {
        job: `if: contains(fromJSON('["OWNER","MEMBER"]'), github.event.issue.author_association)`,
      }),
    ),
    null,
  ],
  [
    "one that a clock starts",
    workflow(null, agent('prompt: "Look"', { on: "{ schedule: [{ cron: '0 0 * * *' }] }" })),
    null,
  ],
  [
    "one that somebody with write fills in",
    workflow(null, agent('prompt: "${{ inputs.text }}"', { on: "workflow_dispatch" })),
    null,
  ],
  [
    "a title of a pull request from a fork",
    workflow(null, agent('prompt: "${{ github.event.pull_request.title }}"', { on: "pull_request" })),
    null,
  ],
  ["a login", workflow(null, agent('prompt: "${{ github.event.issue.user.login }}"')), null],
  ["a prompt in a comment", workflow(null, agent(`# prompt: "${TITLE}"\nprompt: "x"`)), null],
  ["a workflow of an example", workflow(null, TOLD, "examples/agent.yml"), null],
  ["one that is taken out", { ...workflow(TOLD, ""), status: "removed", texts: { before: TOLD, after: null } }, null],
];

/** Whoever knows what is looked for can hide the command from whoever reads the script alone. */
export const MISSED: readonly Trick[] = [
  [
    "a program behind a variable",
    workflow(
      null,
      flow({
        on: "issues",
        top: "permissions: write-all",
        steps: `      - run: |\n          A=claude\n          $A -p "$T"\n        env: { T: "${TITLE}" }`,
      }),
    ),
    "critical",
  ],
];
