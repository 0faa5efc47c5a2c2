// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and shells are what is tested
import { changed, file, filesOf } from "../given.ts";
import { type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { flow, workflow } from "../workflow-edits.ts";

const path = ".github/workflows/ci.yml";
const edit = (...lines: readonly string[]) => ({ "change.files": filesOf(file(path, lines)) });
const PIN = "a".repeat(40);

const CHECKOUT = "      - uses: actions/checkout@v4\n        with: { persist-credentials: false }";
const write = (scope: string): string => `permissions: { ${scope}: write }`;
const read = "permissions: { contents: read }";
const own = (uses: string): string => flow({ steps: `      - uses: ${uses}` });
const grows = (when: string, before: string, after: string, level: Trick[2]): Trick => [
  when,
  workflow(before, after),
  level,
];

/** With both sides whole: rights that were not there. */
const GROWTH: readonly Trick[] = [
  ...["contents", "packages", "id-token", "actions", "attestations", "deployments"].map((scope) =>
    grows(`write on ${scope}`, flow({ top: read }), flow({ top: write(scope) }), "critical"),
  ),
  ...["issues", "pull-requests", "checks", "statuses", "security-events", "pages"].map((scope) =>
    grows(`write on ${scope}`, flow({ top: read }), flow({ top: write(scope) }), "high"),
  ),
  grows("everything", flow({ top: read }), flow({ top: "permissions: write-all" }), "critical"),
  grows(
    "in the job, by an alias",
    flow({ top: "env: { A: &a write }\npermissions: read-all" }),
    flow({ top: "env: { A: &a write }\npermissions: read-all", job: "permissions: { contents: *a }" }),
    "critical",
  ),
  grows("where the default decided before", flow(), flow({ top: write("contents") }), "high"),
  grows("a token for other services where the default decided", flow(), flow({ top: write("id-token") }), "critical"),
  ...["pull_request_target", "workflow_run"].map((on) =>
    grows(`the trigger ${on}`, flow(), flow({ on: `[push, ${on}]` }), "critical"),
  ),
  ...["issue_comment", "issues", "discussion", "discussion_comment"].map((on) =>
    grows(`the trigger ${on}`, flow(), flow({ on: `[push, ${on}]` }), "high"),
  ),
  grows("a trigger kept to labels", flow(), flow({ on: "{ push: , issues: { types: [labeled] } }" }), "medium"),
  grows("a secret for every job", flow(), `env: { T: "\${{ secrets.TOKEN }}" }\n${flow()}`, "high"),
  grows("a secret", flow(), flow({ steps: "      - run: make\n        env: { T: '${{ secrets.TOKEN }}' }" }), "high"),
  grows(
    "a secret by brackets, over lines",
    flow(),
    flow({ steps: "      - run: make\n        env:\n          T: ${{\n            secrets['TOKEN']\n            }}" }),
    "high",
  ),
  grows(
    "all secrets as JSON",
    flow(),
    flow({ steps: "      - run: make\n        env: { T: '${{ toJSON( secrets ) }}' }" }),
    "critical",
  ),
  grows(
    "all secrets joined",
    flow(),
    flow({ steps: "      - run: make\n        env: { T: '${{ join(secrets.*) }}' }" }),
    "critical",
  ),
  grows(
    "secrets handed on",
    "on: push\njobs: { a: { uses: o/r/.github/workflows/a.yml@v1 } }",
    "on: push\njobs: { a: { uses: o/r/.github/workflows/a.yml@v1, secrets: inherit } }",
    "critical",
  ),
  grows("a runner of one's own, in capitals", flow(), flow().replace("ubuntu-latest", "[Self-Hosted, linux]"), "high"),
  grows("a group of runners", flow(), flow().replace("ubuntu-latest", "{ group: large }"), "high"),
  grows("an action by a tag", flow(), own("other/action@v1"), "high"),
  grows("a pin's owner changes", own(`one/setup@${PIN}`), own(`two/setup@${"b".repeat(40)}`), "high"),
  grows(
    "a title in a script",
    flow({ on: "pull_request_target", top: write("contents") }),
    flow({
      on: "pull_request_target",
      top: write("contents"),
      steps: "      - run: echo ${{ github.event.pull_request.title }}",
    }),
    "critical",
  ),
];

/** What held back and is gone. */
const GUARDS: readonly Trick[] = [
  grows("the permissions block goes", flow({ top: read }), flow(), "high"),
  grows(
    "the block goes where strangers start it",
    flow({ on: "pull_request_target", top: read }),
    flow({ on: "pull_request_target" }),
    "critical",
  ),
  grows("the condition goes", flow({ job: "if: github.actor == github.repository_owner" }), flow(), "medium"),
  grows(
    "the condition goes where strangers start it",
    flow({ on: "issue_comment", top: read, job: "if: github.event.comment.author_association == 'OWNER'" }),
    flow({ on: "issue_comment", top: read }),
    "critical",
  ),
  grows("the environment goes", flow({ job: "environment: release" }), flow(), "high"),
  grows(
    "the token stays in the checkout",
    flow({ steps: CHECKOUT }),
    flow({ steps: "      - uses: actions/checkout@v4" }),
    "medium",
  ),
  grows(
    "a stranger's head may be checked out",
    flow({ steps: CHECKOUT }),
    flow({ steps: CHECKOUT.replace("}", ", allow-unsafe-pr-checkout: true }") }),
    "critical",
  ),
];

/** Ordinary edits and repairs: never more than a note. */
const LESS: readonly Trick[] = [
  grows(
    "permissions move from the top to the job",
    flow({ top: write("contents") }),
    flow({ top: "permissions: {}", job: write("contents") }),
    "low",
  ),
  grows("permissions are narrowed", flow({ top: "permissions: write-all" }), flow({ top: write("contents") }), "low"),
  grows("a block is set where the default decided", flow(), flow({ top: read }), "low"),
  grows("another version of an action", own("actions/checkout@v4"), own("actions/checkout@v5"), "low"),
  grows("another version of somebody's action", own("a/b@v1"), own("a/b@v2"), "low"),
  grows("another pin", own(`a/b@${PIN}`), own(`a/b@${"b".repeat(40)}`), "low"),
  grows("a tag becomes a pin", own("a/b@v1"), own(`a/b@${PIN}`), "low"),
  grows("a pinned action of somebody else", flow(), own(`a/b@${PIN}`), "low"),
  grows("a step more", flow(), flow({ steps: "      - run: make\n      - run: make test" }), "low"),
  grows("a trigger without rights", flow(), flow({ on: "[push, pull_request]" }), "low"),
  grows("a privileged trigger goes", flow({ on: "[push, pull_request_target]" }), flow(), "low"),
  grows(
    "the workflow's own token in a step",
    flow({ top: read }),
    flow({ top: read, steps: "      - run: x\n        env: { T: '${{ secrets.GITHUB_TOKEN }}' }" }),
    "low",
  ),
  grows(
    "a secret moves to another step",
    flow({ steps: "      - run: '${{ secrets.A }}'\n      - run: x" }),
    flow({ steps: "      - run: x\n      - run: '${{ secrets.A }}'" }),
    "low",
  ),
  grows("a remark that names a trigger", flow(), `# pull_request_target\n${flow()}`, "low"),
  grows(
    "a title by way of the environment",
    flow({ on: "pull_request_target", top: read }),
    flow({
      on: "pull_request_target",
      top: read,
      steps: "      - run: echo $T\n        env: { T: '${{ github.event.pull_request.title }}' }",
    }),
    "low",
  ),
  ["a new workflow that reads", workflow(null, flow({ top: read })), "low"],
  grows(
    "an injection is repaired",
    flow({ on: "pull_request_target", top: read, steps: "      - run: echo ${{ github.event.pull_request.title }}" }),
    flow({ on: "pull_request_target", top: read, steps: "      - run: echo hi" }),
    "low",
  ),
];

export default [
  {
    kind: "fires",
    when: "a workflow gets a privileged trigger",
    given: edit("on:", "-  pull_request:", "+  pull_request_target:"),
    expect: {
      outcome: "fired",
      severity: "critical",
      line: 2,
      fact: "The change adds the trigger pull_request_target, which runs with the repository's own token and secrets.",
    },
  },
  {
    kind: "fires",
    when: "the trigger is written with escapes in a flow list",
    given: { "change.files": changed({ [path]: ['"on": [push, "pull\\u005frequest_target"]'] }) },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "an unclosed quote above would swallow the line",
    given: edit('          echo "unbalanced', "+permissions: write-all"),
    expect: {
      outcome: "fired",
      severity: "critical",
      line: 2,
      fact: "The change gives the workflow's token write permission on everything.",
    },
  },
  {
    kind: "fires",
    when: "the token may mint identities",
    given: edit("permissions:", "+  id-token: write"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The change gives the workflow's token write permission on id-token.",
    },
  },
  {
    kind: "fires",
    when: "all secrets are handed on",
    given: edit("    uses: ./.github/workflows/x.yml", "+    secrets: inherit"),
    expect: { outcome: "fired", severity: "critical", fact: "The change hands all secrets on." },
  },
  {
    kind: "fires",
    when: "a script uses a secret",
    given: edit("      - run: |", "+          deploy ${{ secrets.DEPLOY_KEY }}"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The change uses a secret that the lines around it did not use before.",
    },
  },
  {
    kind: "fires",
    when: "a job moves to a self-hosted runner",
    given: edit("-    runs-on: ubuntu-latest", "+    runs-on: [self-hosted, linux]"),
    expect: { outcome: "fired", severity: "high", fact: "The change runs a job on a self-hosted runner." },
  },
  {
    kind: "fires",
    when: "a pinned action of others is unpinned",
    given: edit(`-      - uses: acme/build@${PIN}`, "+      - uses: acme/build@main"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The change calls somebody else's action by a tag or branch that can be moved later.",
    },
  },
  {
    kind: "fires",
    when: "a file is moved to where workflows run from",
    given: { "change.files": filesOf(file(path, [], { status: "renamed", previousPath: "docs/ci.txt", hunks: [] })) },
    expect: {
      outcome: "fired",
      severity: "high",
      line: 1,
      fact: "A file was moved to where workflows run from; the diff does not show all of it.",
    },
  },
  {
    kind: "fires",
    when: "a workflow is longer than what is read",
    given: { "change.files": changed({ [path]: ["a: b ".repeat(20_000)] }) },
    expect: { outcome: "fired", severity: "high", line: 1, fact: "The workflow is longer than what is read here." },
  },
  {
    kind: "look_alike",
    when: "the trigger is only named in a comment",
    given: edit("on:", "+  # never pull_request_target here", "  pull_request:"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "documentation shows a workflow",
    given: { "change.files": changed({ "docs/ci.md": ["on: pull_request_target"] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a pinned action is bumped",
    given: edit(`-      - uses: acme/build@${PIN}`, `+      - uses: acme/build@${"b".repeat(40)}`),
    expect: { outcome: "fired", severity: "medium", fact: "The change edits a workflow without adding rights to it." },
  },
  {
    kind: "look_alike",
    when: "an unpinned action stays unpinned",
    given: edit("-      - uses: acme/build@v1", "+      - uses: acme/build@v2"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a permission moves within the file",
    given: edit("-  contents: write", "permissions:", "+  contents: write"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a workflow is deleted",
    given: { "change.files": filesOf(file(path, ["-on: push"], { status: "removed" })) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the token may read",
    given: edit("permissions:", "+  contents: read"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "boundary",
    when: "the token may write",
    given: edit("permissions:", "+  contents: write"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The change gives the workflow's token write permission on contents.",
    },
  },
  {
    kind: "unknown",
    when: "the workflow came without its text",
    given: { "change.files": filesOf(file(path, [], { hunks: null, additions: 3 })) },
    expect: { outcome: "unknown", unseen: "a workflow came without its text" },
  },
  {
    kind: "boundary",
    when: "several edits that add no right are one fact",
    given: edit(" name: a", "+on: push", "+jobs: {}"),
    expect: { outcome: "fired", severity: "medium", evidenceCount: 1, line: 2 },
  },
  ...tricks([...GROWTH, ...GUARDS, ...LESS]),
] satisfies readonly Vector[];
