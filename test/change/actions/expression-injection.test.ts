import { expect, test } from "../../support/jest.ts";
import { found, pasted, type Texts, workflow } from "./found.ts";

const rule = "expression-injection";
const run = (script: string, on = "issues"): string => workflow(on, `- run: ${script}`);
const TITLE = "github.event.issue.title";

/** Expressions in a script, each pasted alone; true where somebody else's text ends up in it. */
test.each<readonly [boolean, string]>([
  [true, TITLE],
  [true, "github.event.issue.body"],
  [true, "github.event.comment.body"],
  [true, "github.event.review.body"],
  [true, "github.event.review_comment.body"],
  [true, "github.event.discussion.title"],
  [true, "github.event.pages[0].page_name"],
  [true, "github.event.pages.*.page_name"],
  [true, "github.event.commits[0].message"],
  [true, "github.event.commits.*.author.email"],
  [true, "github.event.head_commit.message"],
  [true, "github.event.head_commit.author.name"],
  [true, "github.event.pull_request.title"],
  [true, "github.event.pull_request.head.ref"],
  [true, "github.event.pull_request.head.label"],
  [true, "github.event.pull_request.head.repo.default_branch"],
  [true, "github.event.workflow_run.head_branch"],
  [true, "github.event.workflow_run.head_commit.message"],
  [true, "github.event.workflow_run.pull_requests[0].head.ref"],
  [true, "github.head_ref"],
  [true, "github['head_ref']"],
  [true, "github['event']['issue']['title']"],
  [true, "github.event['issue'].title"],
  [true, "GitHub.Event.Issue.TITLE"],
  [true, "github . event . issue . title"],
  [true, "github.event.issue.*"],
  [true, "github.event.*.title"],
  [true, "(github.event.issue.title)"],
  [true, `format('{0}', ${TITLE})`],
  [true, `format('{0} {1}', 'a', format('{0}', ${TITLE}))`],
  [true, `toJSON(${TITLE})`],
  [true, "toJSON(github.event)"],
  [true, "toJson(github)"],
  [true, "toJSON(github.event.pull_request)"],
  [true, "join(github.event.commits.*.message, ' ')"],
  [true, `${TITLE} || 'none'`],
  [true, `inputs.title || ${TITLE}`],
  [true, `github.event_name == 'issues' && ${TITLE}`],
  [true, `github.event_name == 'issues' && ${TITLE} || github.ref`],
  [true, `fromJSON(toJSON(${TITLE}))`],
  [true, `case(true, ${TITLE}, 'x')`],
  [false, "github.event.issue.number"],
  [false, "github.event.issue.user.login"],
  [false, "github.event.issue.html_url"],
  [false, "github.event.pull_request.head.sha"],
  [false, "github.event.pull_request.base.ref"],
  [false, "github.event.pull_request.head.repo.full_name"],
  [false, "github.event.comment.id"],
  [false, "github.event.commits"],
  [false, "github.event"],
  [false, "github.sha"],
  [false, "github.actor"],
  [false, "github.ref_name"],
  [false, "toJSON(github.event.issue.number)"],
  [false, `contains(${TITLE}, 'bug')`],
  [false, `startsWith(${TITLE}, 'bug')`],
  [false, `endsWith(${TITLE}, 'bug')`],
  [false, `${TITLE} == 'bug'`],
  [false, `${TITLE} != ''`],
  [false, `!${TITLE}`],
  [false, `${TITLE} && 'yes' || 'no'`],
  [false, `contains(${TITLE}, 'bug') && 'yes' || 'no'`],
  [false, `hashFiles(${TITLE})`],
  [false, "'github.event.issue.title'"],
  [false, "secrets.TITLE"],
  [false, "vars.TITLE"],
  [false, "matrix.title"],
  [false, "steps.none.outputs.title"],
  [false, "needs.none.outputs.title"],
  [false, "inputs.title"],
  [false, "env.TITLE"],
  [false, "runner.os"],
  [false, "github.event.inputs.title"],
])("expression-injection %s: %s", (expected, expression) => {
  expect(found(rule, run(`echo "\${{ ${expression} }}"`))).toEqual(expected ? ["10 high"] : []);
});

const E = pasted(TITLE);
const OUTPUT = pasted("steps.a.outputs.t");

/** Ways to write it, with the line that is named. */
test.each<readonly [string, readonly string[], string]>([
  ["a block", ["12 high"], `- run: |\n    echo a\n    echo ${E}`],
  ["a folded block", ["12 high"], `- run: >-\n    echo a\n    ${E}`],
  ["a quoted text over two lines", ["11 high"], `- run: "echo a\n    ${E}"`],
  ["an expression over three lines", ["12 high"], `- run: |\n    echo a\n    echo \${{\n      ${TITLE}\n    }}`],
  ["no blanks", ["10 high"], `- run: echo \${{${TITLE}}}`],
  ["many blanks", ["10 high"], `- run: echo \${{${" ".repeat(300)}${TITLE}${" ".repeat(300)}}}`],
  ["a tab", ["11 high"], `- run: |\n    echo \${{\t${TITLE}\t}}`],
  ["a quoted brace before it", ["10 high"], `- run: echo \${{ format('}}{0}', ${TITLE}) }}`],
  ["the same twice on one line", ["10 high"], `- run: echo ${E} ${E}`],
  ["twice on two lines", ["11 high", "12 high"], `- run: |\n    echo ${E}\n    echo ${E}`],
  ["another shell", ["10 high"], `- run: echo ${E}\n  shell: pwsh`],
  ["a flow map", ["10 high"], `- { run: "echo ${E}" }`],
  ["an escape in a quoted text", ["10 high"], `- run: "echo \\x24{{ ${TITLE} }}"`],
  ["a tagged text", ["10 high"], `- run: !!str "echo ${E}"`],
  ["an upper-case key", ["10 high"], `- RUN: echo ${E}`],
  ["actions/github-script", ["12 high"], `- uses: actions/github-script@v8\n  with:\n    script: console.log("${E}")`],
  ["its input in capitals", ["12 high"], `- uses: Actions/GitHub-Script@v8\n  with:\n    SCRIPT: console.log("${E}")`],
  ["azure/cli", ["12 high"], `- uses: azure/cli@v2\n  with:\n    inlineScript: echo ${E}`],
  ["another input of the same action", [], `- uses: actions/github-script@v8\n  with:\n    result-encoding: ${E}`],
  ["an input of some action", [], `- uses: octo-org/say@v1\n  with:\n    script: ${E}`],
  ["the name of a step", [], `- name: ${E}\n  run: echo`],
  ["a condition", [], `- if: ${TITLE}\n  run: echo`],
  ["env, used safely", [], `- env:\n    TITLE: ${E}\n  run: echo "$TITLE"`],
  [
    "env, used by a script",
    [],
    `- uses: actions/github-script@v8\n  env:\n    T: ${E}\n  with:\n    script: log(process.env.T)`,
  ],
  ["a comment", [], `- run: echo # ${E}`],
  ["an expression that cannot be parsed", ["10 high"], `- run: echo \${{ ${TITLE} ?? 'x' }}`],
  ["one padded past what is parsed", ["10 high"], `- run: echo \${{ ${"'' || ".repeat(3_000)}${TITLE} }}`],
  ["one that cannot be parsed and names nothing", [], `- run: echo \${{ github.sha ?? "x" }}`],
  ["env, pasted", ["12 high"], `- env:\n    TITLE: ${E}\n  run: echo \${{ env.TITLE }}`],
  ["env in another case, pasted", ["12 high"], `- env:\n    TITLE: ${E}\n  run: echo \${{ env.title }}`],
  [
    "an output, pasted",
    ["11 high"],
    `- { id: a, env: { T: "${E}" }, run: 'echo "t=$T" >> $GITHUB_OUTPUT' }\n- run: echo ${OUTPUT}`,
  ],
  [
    "another output of it",
    [],
    `- { id: a, env: { T: "${E}" }, run: 'echo "t=1" >> $GITHUB_OUTPUT; echo $T' }\n- run: echo ${OUTPUT}`,
  ],
  [
    "an output of letters alone",
    [],
    `- { id: a, env: { T: "${E}" }, run: 'echo "t=$(echo $T | tr -cd a-z)" >> $GITHUB_OUTPUT' }\n- run: echo ${OUTPUT}`,
  ],
  [
    "set-output",
    ["11 high"],
    `- { id: a, env: { T: "${E}" }, run: 'echo "::set-output name=t::$T"' }\n- run: echo ${OUTPUT}`,
  ],
  ["GITHUB_ENV", ["11 high"], `- { env: { T: "${E}" }, run: 'echo "X=$T" >> $GITHUB_ENV' }\n- run: echo \${{ env.X }}`],
  [
    "through a variable of the shell",
    ["14 high"],
    `- id: a\n  env: { T: "${E}" }\n  run: |\n    t=$T; echo "t=$t" >> $GITHUB_OUTPUT\n- run: echo ${OUTPUT}`,
  ],
  [
    "changed files",
    ["11 high"],
    `- { id: a, uses: tj-actions/changed-files@v47 }\n- run: echo ${pasted("steps.a.outputs.all_changed_files")}`,
  ],
  [
    "whether files changed",
    [],
    `- { id: a, uses: tj-actions/changed-files@v47 }\n- run: echo ${pasted("steps.a.outputs.any_changed")}`,
  ],
  ...(
    [
      ["sed -e s/a/b/ <<< $T", "13 high"],
      ["sed s/[^a-z]//g <<< $T"],
      ["jq -r .issue.title $GITHUB_EVENT_PATH", "13 high"],
      ["jq . $GITHUB_EVENT_PATH | base64", "13 high"],
      ["jq .issue.number $GITHUB_EVENT_PATH"],
      ["base64 $GITHUB_EVENT_PATH", "13 high"],
      ["wc -c $GITHUB_EVENT_PATH"],
      ["python3 -c 'open(os.environ[\"GITHUB_EVENT_PATH\"])'", "13 high"],
      ["gh issue view 1", "13 high"],
      ["gh issue view 1 --json body", "13 high"],
      ["gh issue view 1 --json number"],
      ["gh issue list --json title", "13 high"],
      ["gh issue list"],
      ["gh pr diff 1", "13 high"],
      ["gh api repos/o/r/issues/1 --jq .title", "13 high"],
      ["gh api repos/o/r/issues/1/comments -f body=x"],
      ["gh api repos/o/r/issues/1 --jq .number"],
      ["echo $GITHUB_HEAD_REF", "13 high"],
      ["echo $GITHUB_SHA"],
    ] as const
  ).map(([command, ...lines]): readonly [string, readonly string[], string] => [
    `what \`${command}\` says`,
    lines,
    `- id: a\n  env: { T: "${E}" }\n  run: echo "t=$(${command})" >> $GITHUB_OUTPUT\n- run: echo ${OUTPUT}`,
  ]),
  [
    "a script's output",
    ["14 high"],
    `- id: a\n  uses: actions/github-script@v8\n  with:\n    script: core.setOutput("t", context.payload.issue.title)\n- run: echo ${OUTPUT}`,
  ],
])("expression-injection in %s", (_, expected, steps) => {
  expect(found(rule, workflow("issues", steps))).toEqual(expected);
});

/** Who can start it decides how grave it is. */
test.each<readonly [string, string, string, string]>([
  ["issues", "permissions: {}", "timeout-minutes: 5", "high"],
  ["issues", "permissions: { issues: write }", "timeout-minutes: 5", "critical"],
  ["issues", "permissions: { contents: read }", "timeout-minutes: 5", "high"],
  ["issues", "permissions: {}", `env: { X: '${pasted("secrets.X")}' }`, "critical"],
  ["issues", "env: {}", "timeout-minutes: 5", "critical"],
  ["pull_request", "permissions: {}", "timeout-minutes: 5", "medium"],
  ["push", "permissions: {}", "timeout-minutes: 5", "low"],
  ["workflow_call", "permissions: {}", "timeout-minutes: 5", "low"],
  ["[push, issues]", "permissions: {}", "timeout-minutes: 5", "high"],
  ["issues", "permissions: {}", "if: github.event.issue.author_association == 'OWNER'", "low"],
  ["issues", "permissions: {}", "if: github.event_name == 'push'", "low"],
  ["issues", "permissions: {}", "environment: release", "low"],
  ["{ issues: { types: [labeled] } }", "permissions: {}", "timeout-minutes: 5", "medium"],
  [
    "pull_request_target",
    "permissions: {}",
    "if: github.event.pull_request.head.repo.full_name == github.repository",
    "low",
  ],
])("expression-injection on %s with %s, %s: %s", (on, top, job, severity) => {
  expect(found(rule, workflow(on, `- run: echo ${E}`, { top, job }))).toEqual([`10 ${severity}`]);
});

const ACTION = `runs:
  using: composite
  steps:
    - run: echo \${{ inputs.title }}
      shell: bash
inputs:
  title: {}
`;
const calls = (title: string): Texts => ({
  ".github/workflows/ci.yml": workflow("issues", `- uses: ./.github/actions/say\n  with:\n    title: ${title}`),
  ".github/actions/say/action.yml": ACTION,
});
const CALLED = `on:
  workflow_call:
    inputs: { title: { type: string } }
jobs:
  say:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ inputs.title }}
`;

test("expression-injection follows what a workflow hands to an action or a workflow of its repository", () => {
  expect(found(rule, calls(E))).toEqual(["4 high"]);
  expect(found(rule, calls("a title"))).toEqual([]);
  expect(found(rule, calls(pasted("github.event.issue.number")))).toEqual([]);
  expect(found(rule, { "action.yml": ACTION })).toEqual([]);
  const caller = `on: issues\njobs:\n  say:\n    uses: ./.github/workflows/say.yml\n    with: { title: "${E}" }\n`;
  const both = { ".github/workflows/ci.yml": caller, ".github/workflows/say.yml": CALLED };
  expect(found(rule, both)).toEqual(["8 critical"]);
  expect(found(rule, { ".github/workflows/say.yml": CALLED })).toEqual([]);
});

test("expression-injection follows outputs of jobs and a matrix made of them", () => {
  const jobs = (use: string, more = ""): string => `on: issues
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    outputs: { t: "\${{ steps.s.outputs.t }}" }
    steps:
      - { id: s, env: { T: "${E}" }, run: 'echo "t=$T" >> $GITHUB_OUTPUT' }
  b:
    needs: a
    runs-on: ubuntu-latest
    ${more}
    steps:
      - run: echo ${use}
`;
  expect(found(rule, jobs(pasted("needs.a.outputs.t")))).toEqual(["14 high"]);
  expect(found(rule, jobs(pasted("needs.a.outputs.other")))).toEqual([]);
  const matrix = `strategy: { matrix: { t: '${pasted("fromJSON(needs.a.outputs.t)")}' } }`;
  expect(found(rule, jobs(pasted("matrix.t"), matrix))).toEqual(["14 high"]);
  expect(found(rule, jobs(pasted("matrix.other"), matrix))).toEqual([]);
});
