// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are what is tested
import type { Trick } from "../../tricks.ts";
import { flow, workflow } from "../../workflow-edits.ts";

export const TITLE = "${{ github.event.issue.title }}";
const ENV = `        env: { T: "${TITLE}" }`;

/** A workflow whose agent has these inputs, write rights and its own key. */
export const agent = (
  inputs: string,
  {
    on = "issues",
    permissions = "{ contents: write }",
    job = "",
    uses = "anthropics/claude-code-base-action@v1",
    before = "",
    env = "",
  }: Partial<Record<"on" | "permissions" | "job" | "uses" | "before" | "env", string>> = {},
): string =>
  flow({
    on,
    top: `permissions: ${permissions}`,
    job,
    steps: `${before}      - uses: ${uses}\n${env}        with:\n          anthropic_api_key: \${{ secrets.KEY }}\n${indented(inputs, 10)}`,
  });

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));

/** One that runs a script; `T` holds the title. */
const script = (lines: string, { on = "issues", shell = "bash" } = {}): string =>
  flow({
    on,
    top: "permissions: write-all",
    steps: `      - shell: ${shell}\n        run: |\n${indented(lines, 10)}\n${ENV}`,
  });

const fires = (when: string, text: string, level: Trick[2] = "critical"): Trick => [when, workflow(null, text), level];
const fine = (when: string, text: string): Trick => [when, workflow(null, text), null];
const prompt = (expression: string): string => `prompt: "\${{ ${expression} }}"`;

/** How an expression or YAML can write it. */
export const WRITTEN: readonly Trick[] = [
  fires("a prompt over lines", agent(`prompt: |\n  Look at this:\n  ${TITLE}`)),
  fires("a folded prompt", agent(`prompt: >-\n  Look at this:\n  ${TITLE}`)),
  fires("names in other letters", agent(prompt("GitHub.Event.Issue.Title"))),
  fires("names as texts", agent(prompt("github['event']['issue']['title']"))),
  fires("the whole event", agent(prompt("toJSON(github.event)"))),
  fires("all that GitHub says", agent(prompt("toJson(github)"))),
  fires("a text put into another", agent(prompt("format('Handle {0}', github.event.issue.title)"))),
  fires("a text or another", agent(prompt("github.event.issue.title || 'none'"))),
  fires("a text if there is one", agent(prompt("github.event.issue && github.event.issue.body"))),
  fires("titles of anything", agent(prompt("join(github.event.*.title, ' ')"))),
  fires("there and back", agent(prompt("fromJSON(toJSON(github.event)).issue.title"))),
  fires("beside a number", agent('prompt: "${{ github.event.issue.number }} ${{github.event.issue.title}}"')),
  fires("a quoted key", agent(`"prompt": "${TITLE}"`)),
  fires("a key in other letters", agent(`PROMPT: "${TITLE}"`)),
  fires("a tag", agent(`prompt: !!str "${TITLE}"`)),
  fires("letters by number", agent('prompt: "\\u0024\\x7b{ github.event.issue.ti\\x74le }}"')),
  fires("an alias", agent("prompt: *t", { env: `        env:\n          A: &t "Handle ${TITLE}"\n` })),
  fires(
    "a flow of braces",
    flow({
      on: "issues",
      top: "permissions: write-all",
      steps: `      - { uses: anthropics/claude-code-base-action@v1, with: { prompt: "${TITLE}" } }`,
    }),
  ),
  fires("line feeds of another system", agent(`prompt: "${TITLE}"`).replaceAll("\n", "\r\n")),
  fires("a mark before the first letter", `\ufeff${agent(`prompt: "${TITLE}"`)}`),
  ["an ending in other letters", workflow(null, agent(`prompt: "${TITLE}"`), ".github/workflows/A.YAML"), "critical"],
  fires("an action in other letters", agent(`prompt: "${TITLE}"`, { uses: "Anthropics/Claude-Code-Base-Action@v1" })),
  fires("arguments of its program", agent(`claude_args: "--append-system-prompt '${TITLE}'"`)),
  fires("a list of events", agent(`prompt: "${TITLE}"`, { on: "[push, issues]" })),
  fires("an event of a discussion", agent(prompt("github.event.comment.body"), { on: "discussion_comment" })),
  fires("what stood there before an edit", agent(prompt("github.event.changes.body.from"), { on: "issue_comment" })),
  fires("a page of the wiki", agent(prompt("github.event.pages[0].title"), { on: "gollum" })),
  fires(
    "the title of a run",
    agent(prompt("github.event.workflow_run.display_title"), { on: "{ workflow_run: { workflows: [ci] } }" }),
  ),
  fires("anybody is let in", agent('allowed_non_write_users: "*"', { uses: "anthropics/claude-code-action@v1" })),
];

const OUTPUT = prompt("steps.a.outputs.t");
const step = (run: string): string => `      - id: a\n        run: ${run}\n${ENV}\n`;

/** By which ways it gets there. */
export const BY_WAYS: readonly Trick[] = [
  fires("a variable of the step", agent(prompt("env.T"), { env: `${ENV}\n` })),
  fires("a variable of the job", agent(prompt("env.T"), { job: `env: { T: "${TITLE}" }` })),
  fires("a matrix", agent(prompt("matrix.t"), { job: `strategy: { matrix: { t: ["${TITLE}"] } }` })),
  fires("an output", agent(OUTPUT, { before: step('echo "t=$T" >> "$GITHUB_OUTPUT"') })),
  fires(
    "an output that sed has seen",
    agent(OUTPUT, { before: step("echo \"t=$(sed 's/^//' <<< $T)\" >> $GITHUB_OUTPUT") }),
  ),
  fires("a variable of later steps", agent(prompt("env.X"), { before: step('echo "X=$T" >> $GITHUB_ENV') })),
  fires(
    "the runner's file of the event",
    agent(OUTPUT, { before: step('echo "t=$(jq -r .issue.title "$GITHUB_EVENT_PATH")" >> $GITHUB_OUTPUT') }),
  ),
  fires(
    "what gh says",
    agent(OUTPUT, { before: step('echo "t=$(gh issue view 1 --json title -q .title)" >> $GITHUB_OUTPUT') }),
  ),
  fires(
    "what a script of the API hands on",
    agent(OUTPUT, {
      before:
        "      - id: a\n        uses: actions/github-script@v7\n        with: { script: \"core.setOutput('t', context.payload.issue.title)\" }\n",
    }),
  ),
  fires("a file of orders", agent("prompt_file: p.txt", { before: step('echo "$T" > ./p.txt') })),
  fires("one that tee wrote", agent("prompt_file: ./p.txt", { before: step('echo "$T" | tee p.txt') })),
  fires("one made of the event", agent("prompt_file: p.txt", { before: step('cat "$GITHUB_EVENT_PATH" >> p.txt') })),
  fine("a file of something else", agent("prompt_file: q.txt", { before: step('echo "$T" > p.txt') })),
  fine("a file without it", agent("prompt_file: p.txt", { before: "      - run: date > p.txt\n" })),
];

/** Agents of the command line. */
export const COMMANDS: readonly Trick[] = [
  fires("a comment in a command", script('claude -p "${{ github.event.comment.body }}"', { on: "issue_comment" })),
  fires("a variable in a command", script('claude --dangerously-skip-permissions -p "$T"')),
  fires("a command over lines", script('claude \\\n  --model x \\\n  -p "$T"')),
  fires("a command below a comment that seems to go on", script('# the notes \\\nclaude -p "$T"')),
  fires("a text to its input", script('claude -p <<< "$T"')),
  fires("a text of many lines", script(`claude -p <<END\n${TITLE}\nEND`)),
  fires("a package that is run", script('npx -y @anthropic-ai/claude-code -p "$T"')),
  fires("a flag with its value", script('gemini --prompt="$T"')),
  fires("flags before the verb", script('codex --full-auto exec "$T"')),
  fires("another agent", script('droid exec "$T"')),
  fires("a third one", script('crush run "$T"')),
  fires("inside another shell", script("bash -c 'claude -p \"$T\"'")),
  fires("a list of words", script('subprocess.run(["claude", "-p", os.environ["T"]])', { shell: "python" })),
  fires("a variable of PowerShell", script("claude -p $env:T", { shell: "pwsh" })),
  fires("the event to its input", script('claude -p "Sort this" < "$GITHUB_EVENT_PATH"')),
  fires("the runner's name of the branch", script('claude -p "$GITHUB_HEAD_REF"', { on: "pull_request_target" })),
  fires("what gh shows of an issue", script("gh issue view 1 | claude -p sort")),
  fires("what the API says", script('B=$(gh api repos/o/r/issues/1 --jq .body)\nclaude -p "$B"')),
  fires("a stranger's lines", script("gh pr diff 1 | claude -p review", { on: "pull_request_target" })),
  fine("labels that gh shows", script("gh issue view 1 --json labels | claude -p sort").replace(ENV, "")),
  fine("a number of the event", script('claude -p "Handle $(jq .issue.number $GITHUB_EVENT_PATH)"').replace(ENV, "")),
  fine("an answer that is posted", script("claude -p review > a.md\ngh issue comment 1 -F a.md").replace(ENV, "")),
  fine(
    "an answer by the API",
    script("claude -p x > a\ngh api repos/o/r/issues/1/comments -f body=@a").replace(ENV, ""),
  ),
  fine("a comment about an agent", script('# claude -p would do it\necho "$T"')),
  fine("a line that names an agent", script('echo "see claude -p"; echo "$T"')),
  fine("the head of an ordinary pull request", script("gh pr diff 1 | claude -p x", { on: "pull_request" })),
];
