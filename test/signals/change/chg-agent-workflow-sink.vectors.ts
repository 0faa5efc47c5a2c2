// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are what is tested
import { filesOf } from "../given.ts";
import { boundary, edited, missed, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { flow, workflow } from "../workflow-edits.ts";
import { EDITS, MISSED } from "./tricks/agent-edits.ts";
import { BY_WAYS, COMMANDS, WRITTEN } from "./tricks/agent-prompts.ts";

const agent = (prompt: string, { on = "issues", permissions = "contents: write" } = {}): string =>
  flow({
    on,
    top: `permissions: { ${permissions} }`,
    steps: `      - uses: anthropics/claude-code-base-action@v1\n        with:\n          prompt: ${prompt}\n          anthropic_api_key: \${{ secrets.KEY }}`,
  });
const TEXTS = [
  "issue.title",
  "issue.body",
  "comment.body",
  "pull_request.title",
  "pull_request.body",
  "discussion.body",
  "pull_request.head.ref",
  "review.body",
];
const EVENT: Readonly<Record<string, string>> = {
  issue: "issues",
  comment: "issue_comment",
  pull_request: "pull_request_target",
  discussion: "discussion",
  review: "pull_request_review",
};
const eventOf = (text: string): string => EVENT[text.split(".")[0] ?? ""] ?? "issues";
const fires = (text: string): Trick => [
  `${text} reaches a prompt`,
  workflow(null, agent(`"Handle: \${{ github.event.${text} }}"`, { on: eventOf(text) })),
  "critical",
];

export default [
  ...tricks([
    ...TEXTS.slice(0, 7).map(fires),
    ...WRITTEN,
    ...BY_WAYS,
    ...COMMANDS,
    ...EDITS,
    [
      "an agent that asks who calls it",
      workflow(null, agent('"${{ github.event.issue.title }}"').replace("code-base-action", "code-action")),
      "high",
    ],
    [
      "an agent of the command line",
      workflow(
        null,
        flow({
          on: "issue_comment",
          top: "permissions: write-all",
          steps: `      - run: claude -p "\${{ github.event.comment.body }}"`,
        }),
      ),
      "critical",
    ],
    ["a prompt that a number reaches", workflow(null, agent('"Handle issue ${{ github.event.issue.number }}"')), null],
    ["a prompt without an event", workflow(null, agent('"Look at the code"', { on: "push" })), null],
    [
      "a title that reaches a name",
      workflow(null, flow({ on: "issues", steps: "      - name: ${{ github.event.issue.title }}\n        run: make" })),
      null,
    ],
    ["an ordinary workflow", workflow(null, flow()), null],
    [
      "a prompt that a title reached before",
      workflow(
        agent('"${{ github.event.issue.title }}"'),
        agent('"${{ github.event.issue.title }}"').replace("@v1", "@v2"),
      ),
      null,
    ],
    [
      "a title that no longer reaches it",
      workflow(agent('"${{ github.event.issue.title }}"'), agent('"Handle it"', { on: "push" })),
      null,
    ],
  ]),
  ...saying(
    ["a title", workflow(null, agent('"${{ github.event.issue.title }}"')), "critical"],
    "The orders of anthropics/claude-code-base-action hold `github.event.issue.title`.",
  ),
  ...boundary(
    ["before: a number", workflow(null, agent('"${{ github.event.issue.number }}"')), null],
    ["after: the title", workflow(null, agent('"${{ github.event.issue.title }}"')), "critical"],
  ),
  ...missed(tricks(MISSED), { outcome: "clear" }),
  {
    kind: "unknown",
    when: "a workflow of which only an edit is shown",
    given: {
      "change.files": filesOf(edited(".github/workflows/ci.yml", " with:", `+  prompt: "\${{ inputs.text }}"`)),
    },
    wanted: "critical",
    expect: { outcome: "unknown", unseen: "a workflow came in parts, or cannot be read as one" },
  },
  {
    kind: "unknown",
    when: "a workflow that is none",
    given: { "change.files": filesOf(workflow(null, "on: [issues\njobs: {")) },
    expect: { outcome: "unknown", unseen: "a workflow came in parts, or cannot be read as one" },
  },
] satisfies readonly Vector[];
