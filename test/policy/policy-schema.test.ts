import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { LATER_KEYS } from "../../src/policy/keys.ts";
import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { parsePolicy } from "../../src/policy/policy-file.ts";
import { policyKeys } from "../../src/policy/policy-schema.ts";
import { readYaml } from "../../src/policy/yaml.ts";
import { expect, test } from "../support/jest.ts";

interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
}

const docs = (path: string): string => readFileSync(new URL(`../../docs/${path}`, import.meta.url), "utf8");
const schema: Node = JSON.parse(docs("schema/sallyport.policy-1.json"));
const fits = new Ajv2020({ strict: true }).compile(schema);

/** What the JSON Schema says of the key at a dotted path. */
const nodeAt = (key: string): Node | undefined =>
  key.split(".").reduce<Node | undefined>((node, name) => node?.properties?.[name], schema);

const valueAt = (key: string): unknown =>
  key
    .split(".")
    .reduce<unknown>((value, name) => (value === undefined ? value : Reflect.get(Object(value), name)), DEFAULT_POLICY);

test.each([...policyKeys()])(
  "schema: %s is described, with what is allowed and the default",
  (key, { about, allowed }) => {
    const node = nodeAt(key);
    expect(node?.description).toBe(`${about} Allowed: ${allowed}.`);
    expect(node?.default).toEqual(valueAt(key));
  },
);

test("schema: it takes the whole documented file", () => {
  const read = readYaml(/```yaml\n([\s\S]*?)```/.exec(docs("policy.md"))?.[1] ?? "");
  expect(read.ok && fits(read.value)).toBe(true);
});

test.each([...LATER_KEYS, "mdoe", "triage.deep"])("schema: it refuses %s as the parser does", (key) => {
  const file = key.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), "x");
  expect(fits(file)).toBe(false);
  expect(parsePolicy(JSON.stringify(file), "file").ok).toBe(false);
});

test.each([
  [{ triage: { sensitive_paths: ["ok/**"], skip_bots: [0] } }],
  [{ mode: "loud" }],
  [{ retention: { evidence_days: 366 } }],
  [{ publication: { label: { name: "a\u202eb" } } }],
  [{ publication: { label: { name: "a\u2028b" } } }],
  [{ $schema: 1 }],
])("schema: it refuses %j as the parser does", (file) => {
  expect(fits(file)).toBe(false);
  expect(parsePolicy(JSON.stringify(file), "file").ok).toBe(false);
});

test("schema: a file may name its schema for editors", () => {
  const file = { $schema: "https://example.org/sallyport.policy-1.json", mode: "live" };
  expect(fits(file)).toBe(true);
  expect(parsePolicy(JSON.stringify(file), "file")).toMatchObject({ ok: true, file });
});
