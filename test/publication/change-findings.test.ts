import { globSync } from "node:fs";
import { join } from "node:path";
import { publicFindings, type ReadDiff } from "../../src/publication/change-findings.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { atOnce } from "../../src/slices.ts";
import { file, NOW } from "../signals/given.ts";
import type { Vector } from "../signals/vector.ts";
import { expect, test } from "../support/jest.ts";

const said = (diff: Partial<ReadDiff> & Pick<ReadDiff, "files">) =>
  atOnce(publicFindings({ truncated: false, readAt: NOW, ...diff }));
const task = (path = ".vscode/tasks.json") =>
  file(path, ['+{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}']);

test("public findings: a finding stands at its line with its title, why it matters and what makes it fine", () => {
  const { title, annotations } = said({ files: [file("src/a.ts", ["+const a = 1;"]), task()] });
  expect(title).toBe("1 finding in the diff, the gravest critical");
  expect(annotations).toEqual([
    {
      path: ".vscode/tasks.json",
      startLine: 1,
      endLine: 1,
      level: "warning",
      title: expect.stringMatching(/ \(critical\)$/),
      message: expect.stringMatching(/^[^\n]+\n\n[^\n]+\n\nFine if: [^\n]+$/),
    },
  ]);
});

test("public findings: a diff without any says so, and one that was cut says that", () => {
  const { title, summary, annotations } = said({ files: [file("src/a.ts", ["+const a = 1;"])] });
  expect([title, annotations]).toEqual(["No findings in the diff", []]);
  expect(summary).not.toContain("could not be read");
  expect(said({ files: [], truncated: true }).summary).toContain("could not be read");
});

test("public findings: nothing of what tells secrets apart", () => {
  const line = "+const token = '[a GitHub token is not shown, 0123456789abcdef]';";
  const found = said({ files: [file("src/a.ts", [line]), file("src/b.ts", [line])] });
  expect(found.annotations).toHaveLength(2);
  expect(JSON.stringify(found)).not.toContain("0123456789abcdef");
});

test("public findings: of the diff alone, whatever is known of the repository", () => {
  const hook = file("package.json", ["+{", '+  "scripts": { "postinstall": "node x.js" }', "+}"]);
  const base = { owner: "octo-org", runsHeads: true };
  expect(said({ files: [hook], base })).toEqual(said({ files: [hook] }));
});

test("public findings: notes stay on the private page", () => {
  const note = file("src/a.ts", ["+say('@\u200bteam')"]);
  expect(said({ files: [note] }).annotations).toEqual([]);
});

test("public findings: a thousand at most, the gravest, and the others are counted", () => {
  const tasks = Array.from({ length: 1_003 }, (_, index) => task(`p${index}/.vscode/tasks.json`));
  const { annotations, summary, title } = said({ files: tasks });
  expect(annotations).toHaveLength(1_000);
  expect(title).toContain("1003 findings");
  expect(summary).toContain("3 findings more are not listed.");
});

test("public findings: hidden characters of what the change wrote are drawn", () => {
  const named = file("src/\u202ea\u200b.ts", ["+x"]);
  const { annotations, summary } = said({ files: [named, task()] });
  const shown = [summary, ...annotations.flatMap(({ title, message }) => [title, message])].join(" ");
  expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
});

const SIGNALS = join(import.meta.dirname, "../signals");
/** Words by which a sentence would speak of whoever sent the change. */
const PERSON = /\b(author|account|contributor|newcomer|sender|person|he|she|his|her|him|identity|compromised?)\b/i;
/** What is published is made of the diff alone. */
const OF_DIFF: ReadonlySet<string> = new Set(["change.files", "change.texts"]);
const PUBLIC = CATALOG.filter(({ axis, needs }) => axis === "C" && needs.every((name) => OF_DIFF.has(name)));

test.each(PUBLIC.map(({ id, title, why, clears }) => [id, [title, why, clears].join(" ")]))(
  "public findings: %s has no word about whoever sent the change",
  async (id, texts) => {
    expect(texts).not.toMatch(PERSON);
    const [path = ""] = globSync(`*/${id}.vectors.ts`, { cwd: SIGNALS });
    const { default: vectors } = await import(join(SIGNALS, path));
    for (const { given } of vectors as readonly Vector[]) {
      const files = given["change.files"]?.files;
      if (files === undefined) continue;
      for (const { path, title, message } of said({ files }).annotations)
        expect(`${title} ${message}`.replaceAll(path, "")).not.toMatch(PERSON);
    }
  },
);
