// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are what is tested
import type { Fetched } from "../../../src/absence.ts";
import { type ActionsFiles, runsHeads } from "../../../src/change/actions/runs-heads.ts";
import type { ChangedFile } from "../../../src/change/change.ts";
import { changeBase } from "../../../src/dossier/sources/base.ts";
import { file } from "../../signals/given.ts";
import { expect, test } from "../../support/jest.ts";
import { NOW, no, playedGateway, yes } from "../played-gateway.ts";

const REPOSITORY = { owner: "Octo-Org", name: "wallet" };
const workflow = (on: string, ref: string): ActionsFiles["files"][number] => ({
  path: ".github/workflows/ci.yml",
  text: `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with: { ref: ${ref} }\n      - run: npm ci\n`,
});
const REFUSED = '"${{ github.event.pull_request.head.sha }}"';
const HEAD = `${REFUSED}, allow-unsafe-pr-checkout: true`;
const RUNS = workflow("pull_request_target", HEAD);
const own = workflow("pull_request_target", "main");

test.each<[string, ActionsFiles, boolean | null]>([
  ["a stranger's head with the repository's rights", { files: [RUNS], missing: [] }, true],
  ["its own branch with them", { files: [own], missing: [] }, false],
  ["a head that GitHub's checkout refuses", { files: [workflow("pull_request_target", REFUSED)], missing: [] }, false],
  ["a stranger's head without them", { files: [workflow("pull_request", HEAD)], missing: [] }, false],
  ["nothing", { files: [], missing: [] }, false],
  ["its own branch, and one that was not read", { files: [own], missing: [{ path: "x" }] }, null],
  ["its own branch, and one that is no workflow", { files: [own, { path: "b.yml", text: "{" }], missing: [] }, null],
  ["a stranger's head, and one that was not read", { files: [RUNS], missing: [{ path: "x" }] }, true],
])("runsHeads: workflows that run %s", (_, given, expected) => {
  expect(runsHeads(given, NOW)).toBe(expected);
});

const manifest = (...lines: readonly string[]): ChangedFile => file("package.json", ["+{", ...lines, "+}"]);
const HOOK = manifest('+  "scripts": { "postinstall": "node x.js" }');

test.each<[string, readonly ChangedFile[], Fetched<ActionsFiles>, boolean | null, number]>([
  ["a hook, where heads are run", [HOOK], yes({ files: [RUNS], missing: [] }), true, 1],
  ["a hook, where they are not", [HOOK], yes({ files: [own], missing: [] }), false, 1],
  ["a hook, and GitHub does not say", [HOOK], no("forbidden"), null, 1],
  ["a script that people start", [manifest('+  "scripts": { "lint": "eslint ." }')], no("forbidden"), null, 0],
  ["a version of a dependency", [manifest('+  "dependencies": { "a": "2.0.0" }')], no("forbidden"), null, 0],
  ["code", [file("src/a.ts", ["+run()"])], no("forbidden"), null, 0],
])("base: a change with %s", async (_, files, answer, heads, requests) => {
  const { gateway, asked } = playedGateway({ workflowFiles: async () => answer });
  expect(await changeBase(gateway, REPOSITORY, files, NOW)).toEqual({ owner: "octo-org", runsHeads: heads });
  expect(asked).toHaveLength(requests);
});
