import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { expect, test } from "../support/jest.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const folder = resolve(import.meta.dirname, "../../.github/workflows");
const workflows = globSync("*.yml", { cwd: folder }).map((file) => {
  const text = readFileSync(resolve(folder, file), "utf8");
  const workflow: Workflow = parse(text);
  return { file, text, workflow, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
});

test("workflows: every action is named by a commit, and its version stands beside it", () => {
  const named = workflows.flatMap(({ text }) => text.match(/uses:.*$/gm) ?? []);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((line) => !/^uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test("the action: names what it uses by commits, reads each input, and pastes no expression into a shell", () => {
  const text = readFileSync(resolve(folder, "../../action.yml"), "utf8");
  const action: { readonly inputs: object; readonly runs: { readonly steps: readonly Step[] } } = parse(text);
  const named = text.match(/uses:.*$/gm) ?? [];
  expect(
    named.filter((line) => !/^uses: [\w-]+\/[\w-]+(?:\/[\w-]+)?@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
  ).toEqual([]);
  expect(action.runs.steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  expect(Object.keys(action.inputs).filter((input) => !text.includes(`inputs.${input}`))).toEqual([]);
});

test("workflows: nothing is granted but to the job that needs it, and no expression is pasted into a shell", () => {
  expect(workflows.map(({ workflow: { permissions } }) => permissions)).toEqual(workflows.map(() => ({})));
  expect(workflows.flatMap(({ steps }) => steps).filter(({ run }) => run?.includes("${{"))).toEqual([]);
});

test("workflows: a release is started by a person and by nothing else", () => {
  expect(workflows.find(({ file }) => file === "release.yml")?.workflow.on).toBe("workflow_dispatch");
});

test("workflows: CHANGELOG.md says what is in the version that package.json names", () => {
  const read = (file: string): string => readFileSync(resolve(folder, "../..", file), "utf8");
  const { version }: { readonly version: string } = JSON.parse(read("package.json"));
  expect(read("CHANGELOG.md").split("\n")).toContain(`## ${version}`);
});
