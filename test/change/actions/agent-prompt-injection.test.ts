import { expect, test } from "../../support/jest.ts";
import { found, pasted, workflow } from "./found.ts";

const rule = "agent-prompt-injection";
const BODY = pasted("github.event.issue.body");
const READ = "permissions: { contents: read }";
const of = (on: string, steps: string, top = READ, job?: string): readonly string[] =>
  found(rule, workflow(on, steps, { top, ...(job === undefined ? {} : { job }) }));

/** Steps under \`issues\` with read rights. */
test.each<readonly [readonly string[], string]>([
  [["10 high"], `- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "Sort ${BODY}" } }`],
  [["10 high"], `- { uses: Google-GitHub-Actions/Run-Gemini-CLI@v1, with: { Prompt: "Sort ${BODY}" } }`],
  [["10 high"], `- { uses: google-gemini/gemini-cli-action@v1, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: actions/ai-inference@v2, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: anthropics/claude-code-base-action@beta, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: anthropics/claude-code-base-action@beta, with: { system_prompt: "${BODY}" } }`],
  [["10 medium"], `- { uses: anthropics/claude-code-action@v1, with: { prompt: "${BODY}" } }`],
  [["10 medium"], `- { uses: anthropics/claude-code-action@v1, with: { direct_prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: anthropics/claude-code-action@v1, with: { allowed_non_write_users: "*" } }`],
  [
    ["10 high"],
    `- { uses: anthropics/claude-code-action@v1, with: { allowed_non_write_users: "*", prompt: "${BODY}" } }`,
  ],
  [["10 medium"], `- { uses: openai/codex-action@v1, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: openai/codex-action@v1, with: { allow-users: "*" } }`],
  [["10 medium"], `- { uses: sst/opencode/github@latest, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: qwenlm/qwen-code-action@v1, with: { prompt: "${BODY}" } }`],
  [["10 high"], `- { uses: augmentcode/augment-agent@v0, with: { instruction: "${BODY}" } }`],
  [
    ["10 high"],
    `- { uses: google-github-actions/run-gemini-cli@v1, env: { TEXT: "${BODY}" }, with: { prompt: "Sort $TEXT" } }`,
  ],
  [
    ["10 high"],
    `- { uses: google-github-actions/run-gemini-cli@v1, env: { TEXT: "${BODY}" }, with: { prompt: "${pasted("env.TEXT")}" } }`,
  ],
  [["10 high"], `- { run: 'claude -p "Sort ${BODY}"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'claude --print "Sort $TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'claude --model x -p "Sort $TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'npx gemini --yolo -p "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'codex exec "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'copilot -p "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'opencode run "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'aider --yes --message "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'cursor-agent "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'goose run -t "$TEXT"' }`],
  [["10 high"], `- { env: { TEXT: "${BODY}" }, run: 'gh models run x "$TEXT"' }`],
  [
    ["11 high"],
    `- { id: a, env: { T: "${BODY}" }, run: 'echo "t=$T" >> $GITHUB_OUTPUT' }\n- { uses: actions/ai-inference@v2, with: { prompt: "${pasted("steps.a.outputs.t")}" } }`,
  ],
  [
    ["10 high"],
    `- { uses: google-github-actions/run-gemini-cli@v1, env: { TEXT: "${BODY}" }, with: { prompt: /triage } }`,
  ],
  [[], `- { uses: google-github-actions/run-gemini-cli@v1, env: { N: "1" }, with: { prompt: /triage } }`],
  [[], `- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "Sort the open issues" } }`],
  [
    [],
    `- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "Issue ${pasted("github.event.issue.number")}" } }`,
  ],
  [[], `- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "For ${pasted("github.repository")}" } }`],
  [[], `- { uses: google-github-actions/run-gemini-cli@v1, env: { TEXT: "${BODY}" }, with: { prompt: "Sort" } }`],
  [[], `- { uses: google-github-actions/run-gemini-cli@v1, with: { settings: "${BODY}" } }`],
  [[], `- { uses: anthropics/claude-code-action@v1, with: { allowed_non_write_users: "octo-helper" } }`],
  [[], `- { uses: anthropics/claude-code-action@v1, with: { trigger_phrase: "@claude" } }`],
  [[], `- { uses: actions/github-script@v8, with: { script: "${BODY}" } }`],
  [[], `- { uses: octo-org/agent@v1, with: { prompt: "${BODY}" } }`],
  [[], `- { env: { TEXT: "${BODY}" }, run: 'echo "$TEXT" | grep claude' }`],
  [[], `- { env: { TEXT: "${BODY}" }, run: 'mkdir -p claude; echo "$TEXT"' }`],
  [[], `- { env: { TEXT: "${BODY}" }, run: 'npm install -g gemini; echo "$TEXT"' }`],
])("agent-prompt-injection %j: %s", (expected, steps) => {
  expect(of("issues", steps)).toEqual(expected);
});

const SORT = `- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "${BODY}" } }`;

test.each<readonly [readonly string[], string, string, string]>([
  [["10 critical"], "issues", "permissions: { issues: write }", "timeout-minutes: 5"],
  [["10 critical"], "issues", "env: {}", "timeout-minutes: 5"],
  [["10 critical"], "issues", READ, `env: { A: "${pasted("secrets.A")}", B: "${pasted("secrets.B")}" }`],
  [["10 high"], "issues", READ, `env: { KEY: "${pasted("secrets.KEY")}" }`],
  [["10 medium"], "{ issues: { types: [labeled] } }", READ, "timeout-minutes: 5"],
  [["10 medium"], "issues", READ, "if: contains(github.event.issue.labels.*.name, 'agent')"],
  [[], "issues", READ, "if: github.event.issue.author_association == 'OWNER'"],
  [[], "push", "env: {}", "timeout-minutes: 5"],
  [[], "workflow_dispatch", "env: {}", "timeout-minutes: 5"],
  [[], "pull_request", "env: {}", "timeout-minutes: 5"],
])("agent-prompt-injection %j on %s with %s, %s", (expected, on, top, job) => {
  expect(of(on, SORT, top, job)).toEqual(expected);
});
