import { expect, test } from "../../support/jest.ts";
import { found, pasted, workflow } from "./found.ts";

const rule = "artifact-trust";
const RUN_ID = pasted("github.event.workflow_run.id");
const GET = `- { uses: actions/download-artifact@v5, with: { run-id: "${RUN_ID}", github-token: x } }`;
const TEMP = `- { uses: actions/download-artifact@v5, with: { run-id: "${RUN_ID}", path: "${pasted("runner.temp")}/a" } }`;
const WRITE = { top: "permissions: { contents: write }" };

/** What follows a download, under \`workflow_run\`. */
test.each<readonly [readonly string[], string, string]>([
  [["11 critical"], GET, "- run: npm ci"],
  [["11 critical"], GET, "- run: ./build.sh"],
  [["11 critical"], GET, "- run: bash out/run.sh"],
  [["11 critical"], GET, "- run: python tool.py"],
  [["11 critical"], GET, "- run: source vars.sh"],
  [["11 critical"], GET, "- run: . ./vars.sh"],
  [["11 critical"], GET, "- uses: ./.github/actions/deploy"],
  [["11 critical"], GET, "- run: cat vars >> $GITHUB_ENV"],
  [["11 critical"], GET, '- run: echo "PR=$(cat pr)" >> "$GITHUB_ENV"'],
  [["11 critical"], GET, '- run: echo "PR=$(<pr)" >> "$GITHUB_ENV"'],
  [["11 critical"], GET, "- run: cat bin >> $GITHUB_PATH"],
  [["11 critical"], TEMP, "- run: cat $RUNNER_TEMP/a/vars >> $GITHUB_ENV"],
  [["11 critical"], TEMP, "- run: source $RUNNER_TEMP/a/vars"],
  [["11 medium"], GET, '- run: echo "pr=$(cat pr)" >> $GITHUB_OUTPUT'],
  [["11 medium"], TEMP, '- run: echo "pr=$(cat a/pr)" >> $GITHUB_OUTPUT'],
  [["11 critical"], "- uses: dawidd6/action-download-artifact@v11", "- run: make"],
  [["11 critical"], `- run: gh run download ${RUN_ID}`, "- run: make"],
  [
    ["11 critical"],
    "- { uses: actions/github-script@v8, with: { script: 'github.rest.actions.downloadArtifact(x)' } }",
    "- run: unzip a.zip && make",
  ],
  [["12 critical"], GET, "- run: |\n    make"],
  [["11 critical"], GET, "- run: node dist/index.js"],
  [[], GET, "- run: echo done"],
  [[], GET, "- run: cat report.txt"],
  [[], GET, "- run: ls -l"],
  [[], GET, "- { uses: actions/github-script@v8, with: { script: 'read()' } }"],
  [[], GET, "- uses: codecov/codecov-action@v5"],
  [[], GET, "- run: '# make'"],
  [[], GET, "- run: echo pr=1 >> $GITHUB_OUTPUT"],
  [["11 critical"], GET.replace("run-id", "path: out, run-id"), "- run: bash out/run.sh"],
  [["11 critical"], GET.replace("run-id", "path: ./, run-id"), "- run: make"],
  [["11 critical"], GET.replace("run-id", `path: "${pasted("github.workspace")}", run-id`), "- run: make"],
  [[], GET.replace("run-id", "path: out/, run-id"), "- run: bash .github/comment.sh"],
  [[], GET.replace("run-id", "path: out, run-id"), "- uses: ./.github/actions/deploy"],
  [[], TEMP, "- run: npm ci"],
  [[], TEMP, "- run: make"],
  [[], GET, "- run: echo pr=$(gh pr list --json number --jq .[0]) >> $GITHUB_OUTPUT"],
  [[], GET.replace("run-id", "path: ~/data, run-id"), "- run: make"],
  [[], "- uses: actions/download-artifact@v5", "- run: make"],
  [[], "- { uses: actions/download-artifact@v5, with: { name: a } }", "- run: make"],
  [[], "- uses: actions/checkout@v5", "- run: make"],
  [[], "- run: make", GET],
])("artifact-trust %j after %s: %s", (expected, get, then) => {
  expect(found(rule, workflow("workflow_run", `${get}\n${then}`, WRITE))).toEqual(expected);
});

test("expression-injection: what a file of an artifact says becomes an output, and is pasted", () => {
  const steps = (get: string, read: string): string =>
    `${get}\n- { id: a, run: '${read}' }\n- run: echo ${pasted("steps.a.outputs.title")}`;
  const of = (get: string, read: string): readonly string[] =>
    found("expression-injection", workflow("workflow_run", steps(get, read), WRITE));
  expect(of(GET, 'echo "title=$(cat title.txt)" >> $GITHUB_OUTPUT')).toEqual(["12 critical"]);
  expect(of(GET, 'echo "title=fixed" >> $GITHUB_OUTPUT')).toEqual([]);
  expect(of(GET, 'echo "title=$(cat title.txt | tr -cd 0-9)" >> $GITHUB_OUTPUT')).toEqual([]);
  expect(of("- uses: actions/download-artifact@v5", 'echo "title=$(cat title.txt)" >> $GITHUB_OUTPUT')).toEqual([]);
});

test.each<readonly [readonly string[], string, string, string]>([
  [["11 high"], "workflow_run", "permissions: {}", "timeout-minutes: 5"],
  [[], "workflow_run", "env: {}", "if: github.event.workflow_run.event == 'push'"],
  [[], "workflow_run", "env: {}", "if: github.event.workflow_run.head_repository.full_name == github.repository"],
  [[], "push", "env: {}", "timeout-minutes: 5"],
  [[], "workflow_dispatch", "env: {}", "timeout-minutes: 5"],
  [[], "pull_request", "env: {}", "timeout-minutes: 5"],
])("artifact-trust %j on %s with %s, %s", (expected, on, top, job) => {
  expect(found(rule, workflow(on, `${GET}\n- run: make`, { top, job }))).toEqual(expected);
});

const HEAD = `- { uses: actions/checkout@v1, with: { ref: "${pasted("github.event.pull_request.head.sha")}" } }`;

/** Caches in a job under \`pull_request_target\`. */
test.each<readonly [readonly string[], string]>([
  [["11 medium"], `${HEAD}\n- uses: actions/cache@v4\n- run: npm ci`],
  [["11 medium"], `${HEAD}\n- uses: actions/cache/save@v4\n- run: npm ci`],
  [["11 medium"], `${HEAD}\n- { uses: actions/setup-node@v6, with: { cache: npm } }\n- run: npm ci`],
  [["11 medium"], `${HEAD}\n- { uses: actions/setup-python@v6, with: { cache: pip } }\n- run: pip install .`],
  [["11 medium"], `${HEAD}\n- { uses: ruby/setup-ruby@v1, with: { bundler-cache: true } }\n- run: rake`],
  [["11 medium"], `${HEAD}\n- uses: Swatinem/rust-cache@v2\n- run: cargo test`],
  [[], `${HEAD}\n- uses: actions/cache/restore@v4\n- run: npm ci`],
  [[], `${HEAD}\n- { uses: actions/setup-go@v6, with: { cache: false } }\n- run: go test`],
  [[], `${HEAD}\n- uses: actions/setup-node@v6\n- run: npm ci`],
  [[], `${HEAD}\n- uses: actions/cache@v4\n- run: echo`],
  [[], "- uses: actions/checkout@v5\n- uses: actions/cache@v4\n- run: npm ci"],
])("artifact-trust %j: %s", (expected, steps) => {
  expect(found(rule, workflow("pull_request_target", steps, WRITE))).toEqual(expected);
});
