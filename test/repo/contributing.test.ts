import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(resolve(root, path), "utf8");
const manifest = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(read("package.json")));

test.each(["CONTRIBUTING.md", "README.md", ".github/pull_request_template.md"])(
  "%s: names no npm script that is not there",
  (path) => {
    const named = [...read(path).matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  },
);

test(".nvmrc: is a Node that the program runs on", () => {
  const least = Number(/\d+/.exec(manifest.engines.node)?.[0]);
  expect(Number(read(".nvmrc"))).toBeGreaterThanOrEqual(least);
});

/** GitHub's syntax of issue forms, as far as ours use it. */
const field = z.strictObject({
  type: z.enum(["markdown", "textarea", "input"]),
  id: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  attributes: z.strictObject({
    label: z.string().optional(),
    description: z.string().optional(),
    value: z.string().optional(),
  }),
  validations: z.strictObject({ required: z.boolean() }).optional(),
});
const form = z.strictObject({
  name: z.string().min(4),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(field).min(1),
});

test("issue forms: fit GitHub's syntax, each field once, and ask for nobody's name", () => {
  const paths = globSync(".github/ISSUE_TEMPLATE/*.yml", { cwd: root }).filter((path) => !path.endsWith("config.yml"));
  expect(paths.length).toBeGreaterThan(2);
  for (const path of paths) {
    const { body } = form.parse(parse(read(path)));
    const ids = body.flatMap(({ id }) => id ?? []);
    expect([path, new Set(ids).size]).toEqual([path, ids.length]);
    for (const { type, attributes } of body) {
      expect(type === "markdown" ? attributes.value : attributes.label).toBeTruthy();
      expect(attributes.label ?? "").not.toMatch(/login|account|who is/i);
    }
  }
});
