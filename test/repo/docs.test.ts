import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { explainPolicy, NO_POLICY } from "../../src/policy/explain.ts";
import { parsePolicy } from "../../src/policy/policy-file.ts";
import { PLAYBOOK, PLAYBOOK_LEAD } from "../../src/web/pages/playbook/playbook.ts";
import { describe, expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(resolve(root, file), "utf8");
const pages = readdirSync(resolve(root, "docs")).filter((file) => file.endsWith(".md"));

/** The names in the first column of every table of a page, with the second column. */
const firstColumns = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/^\| `([^`|]+)` \| ([^|]*?) \|/gm)].map(([, name = "", next = ""]) => [name, next]);

describe("docs: the example policies", () => {
  test.each(readdirSync(resolve(root, "docs/examples")))(
    "%s is taken whole by the parser, and every line of it counts",
    (file) => {
      const parsed = parsePolicy(read(`docs/examples/${file}`), file);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const organization = { file: parsed.file, lines: parsed.lines, place: file };
      const explained = explainPolicy({ organization, repository: NO_POLICY }, null);
      const written = Object.keys(parsed.lines);
      expect(written.length).toBeGreaterThan(5);
      for (const { key, from } of explained.filter(({ key }) => written.includes(key) && key !== "version"))
        expect([key, from.map(({ line }) => line)]).toEqual([key, [parsed.lines[key]]]);
      expect(explained.filter(({ ignored }) => ignored !== null)).toEqual([]);
    },
  );

  test("each is named by a document", () => {
    const text = pages.map((file) => read(`docs/${file}`)).join("\n");
    expect(readdirSync(resolve(root, "docs/examples")).filter((file) => !text.includes(`examples/${file}`))).toEqual(
      [],
    );
  });
});

test("docs: the page of permissions names what app.yml and app.audit.yml ask for, and nothing else", () => {
  const [app, tier] = [parse(read("app.yml")), parse(read("app.audit.yml"))];
  const rows = firstColumns(read("docs/permissions.md"));
  const [usual, events, audits] = [app.default_permissions, app.default_events, tier.default_permissions];
  const [first, second] = [Object.keys(usual).length, Object.keys(usual).length + events.length];
  expect(rows.slice(0, first)).toEqual(Object.entries(usual));
  expect(rows.slice(first, second).map(([name]) => name)).toEqual(events);
  expect(rows.slice(second)).toEqual(Object.entries(audits));
});

test("docs: the list of metrics names every one there is, with its labels", () => {
  const source = read("src/web/metrics.ts");
  const made = [...source.matchAll(/name: "(sallyport_\w+)"[^}]*?labelNames: \[([^\]]*)\]/g)].map(
    ([, name, labels = ""]) => [name, [...labels.matchAll(/"(\w+)"/g)].map(([, label]) => `\`${label}\``).join(", ")],
  );
  expect(made.length).toBeGreaterThan(5);
  expect(firstColumns(read("docs/operations.md")).filter(([name]) => name.startsWith("sallyport_"))).toEqual(made);
});

test("docs: the playbook says what the page /playbook says", () => {
  const parts = PLAYBOOK.map(({ title, steps }) => [`## ${title}`, ...steps.map((step, at) => `${at + 1}. ${step}`)]);
  const said = read("docs/playbook.md")
    .replace(/\n {3}/g, " ")
    .split("\n");
  for (const line of [PLAYBOOK_LEAD, ...parts.flat()]) expect(said).toContain(line);
  expect(said.filter((line) => /^(## |\d+\. )/.test(line))).toEqual(parts.flat());
});

test("docs: the threat model names tests that exist", () => {
  const named = [...read("docs/threat-model.md").matchAll(/`(test\/[^`]+)`/g)].map(([, file = ""]) => file);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
});

test("docs: the README leads to every page, and every link between pages leads to a file", () => {
  const readme = read("README.md");
  expect(pages.filter((file) => !readme.includes(`docs/${file}`))).toEqual([]);
  const broken = ["README.md", ...pages.map((file) => `docs/${file}`)].flatMap((from) =>
    [...read(from).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map(([, to = ""]) => to)
      .filter((to) => !/^[a-z]+:/.test(to) && !existsSync(resolve(root, dirname(from), to)))
      .map((to) => `${from}: ${to}`),
  );
  expect(broken).toEqual([]);
});
