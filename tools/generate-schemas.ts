// Writes the JSON Schemas of our file formats from the zod schemas that read and check them.
// node tools/generate-schemas.ts          writes docs/schema/*.json
// node tools/generate-schemas.ts --check  exits 1 when one of them is out of date
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { z } from "zod";
import { accessAuditSchema } from "../src/access/audit-schema.ts";
import { accessSnapshotSchema } from "../src/access/snapshot.ts";
import { reachSchema } from "../src/cli/commands/access/schema.ts";
import { dossierSchema } from "../src/cli/commands/assess/dossier-schema.ts";
import { assessmentSchema } from "../src/cli/commands/assess/schema.ts";
import { changeSchema } from "../src/cli/commands/change/schema.ts";
import { clustersSchema } from "../src/cli/commands/clusters/schema.ts";
import { codeIndexBuiltSchema, codeIndexesSchema } from "../src/cli/commands/code-index/schema.ts";
import { exposureSchema } from "../src/cli/commands/exposure/schema.ts";
import { historySchema } from "../src/cli/commands/history/schema.ts";
import { intelImportSchema, intelSchema } from "../src/cli/commands/intel/schema.ts";
import { jobsSchema } from "../src/cli/commands/jobs/schema.ts";
import { notifySchema } from "../src/cli/commands/notify/schema.ts";
import { explainSchema, simulationSchema, validationSchema } from "../src/cli/commands/policy/schema.ts";
import { POLICY_TITLE } from "../src/cli/commands/policy/validate.ts";
import { precisionSchema, signalsSchema } from "../src/cli/commands/signals/schema.ts";
import { subjectSchema } from "../src/cli/commands/subject/schema.ts";
import { vouchSchema } from "../src/cli/commands/vouch/schema.ts";
import { whatIfSchema } from "../src/cli/commands/whatif/schema.ts";
import { workflowsSchema } from "../src/cli/commands/workflows/schema.ts";
import { jsonSchemaText } from "../src/cli/json.ts";
import { accountMapSchema } from "../src/history/people/account-map.ts";
import { noticeSchema } from "../src/notification/render/signed.ts";
import { policySchema } from "../src/policy/policy-schema.ts";
import { ACCESS_WORDS } from "./schema-words/access.ts";
import { WORDS } from "./schema-words/common.ts";
import { HISTORY_WORDS } from "./schema-words/histories.ts";

interface Format {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly io: "input" | "output";
}

const FORMATS: readonly Format[] = [
  {
    name: "sallyport.access-1",
    title: "Who can reach what in one organisation",
    schema: accessSnapshotSchema,
    io: "input",
  },
  {
    name: "sallyport.dossier-1",
    title: "Everything known about one subject at one moment",
    schema: dossierSchema,
    io: "input",
  },
  { name: "sallyport.policy-1", title: POLICY_TITLE, schema: policySchema, io: "input" },
  { name: "sallyport.assessment-1", title: "What a dossier adds up to", schema: assessmentSchema, io: "output" },
  {
    name: "sallyport.exposure-1",
    title: "How exposed an organisation says it is",
    schema: exposureSchema,
    io: "output",
  },
  { name: "sallyport.signals-1", title: "The catalogue of signals", schema: signalsSchema, io: "output" },
  {
    name: "sallyport.signals-precision-1",
    title: "How often signals were right",
    schema: precisionSchema,
    io: "output",
  },
  {
    name: "sallyport.account-map-1",
    title: "What is known of accounts and of a repository",
    schema: accountMapSchema,
    io: "input",
  },
  { name: "sallyport.history-1", title: "Who made the commits of a repository", schema: historySchema, io: "output" },
  {
    name: "sallyport.workflows-1",
    title: "What GitHub Actions files let people do",
    schema: workflowsSchema,
    io: "output",
  },
  { name: "sallyport.subject-1", title: "What is kept about one account", schema: subjectSchema, io: "output" },
  { name: "sallyport.change-1", title: "What a change could do", schema: changeSchema, io: "output" },
  { name: "sallyport.jobs-1", title: "Work that was set aside", schema: jobsSchema, io: "output" },
  {
    name: "sallyport.policy-validation-1",
    title: "What is wrong with policy files",
    schema: validationSchema,
    io: "output",
  },
  {
    name: "sallyport.policy-explained-1",
    title: "The rules in force, and where each comes from",
    schema: explainSchema,
    io: "output",
  },
  {
    name: "sallyport.policy-simulation-1",
    title: "What another policy would change",
    schema: simulationSchema,
    io: "output",
  },
  { name: "sallyport.intel-1", title: "What lists of others say", schema: intelSchema, io: "output" },
  { name: "sallyport.intel-import-1", title: "What came of a list", schema: intelImportSchema, io: "output" },
  { name: "sallyport.vouch-1", title: "What is said about one account", schema: vouchSchema, io: "output" },
  { name: "sallyport.clusters-1", title: "Accounts that hard evidence joins", schema: clustersSchema, io: "output" },
  {
    name: "sallyport.code-index-built-1",
    title: "What is in an index of private code",
    schema: codeIndexBuiltSchema,
    io: "output",
  },
  {
    name: "sallyport.code-indexes-1",
    title: "Indexes of private code that are kept",
    schema: codeIndexesSchema,
    io: "output",
  },
  { name: "sallyport.notify-1", title: "How test messages fared", schema: notifySchema, io: "output" },
  { name: "sallyport.notice-1", title: "What a signed webhook says", schema: noticeSchema, io: "output" },
  { name: "sallyport.reach-1", title: "Who can do what on which branch", schema: reachSchema, io: "output" },
  { name: "sallyport.what-if-1", title: "What a change of access would change", schema: whatIfSchema, io: "output" },
  { name: "sallyport.audit-1", title: "Access audit of one organisation", schema: accessAuditSchema, io: "output" },
];

const folder = resolve(import.meta.dirname, "../docs/schema");

/** Every schema file as it has to be: path and text. */
export function schemaFiles(): readonly { readonly path: string; readonly text: string }[] {
  return FORMATS.map(({ name, title, schema, io }) => {
    const format = name.replace(/^sallyport\.|-1$/g, "");
    const path = resolve(folder, `${name}.json`);
    const text = jsonSchemaText(title, schema, io);
    // The policy file's keys are described where they are defined, and the program prints that schema itself.
    if (name === "sallyport.policy-1") return { path, text };
    return { path, text: `${JSON.stringify(described(JSON.parse(text), format, ""), null, 2)}\n` };
  });
}

/** The schema with words on every property that has none of its own: those for the property that holds it go first. */
function described(node: unknown, format: string, holder: string): unknown {
  if (Array.isArray(node)) return node.map((each) => described(each, format, holder));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "properties" ? properties(value, format, holder) : described(value, format, holder),
    ]),
  );
}

function properties(members: object, format: string, holder: string): unknown {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]: [string, object]) => {
      const words = [`${format}:${holder}.${name}`, `${holder}.${name}`, `${format}:${name}`, name];
      const found = words.map((word) => ALL_WORDS.get(word)).find((text) => text !== undefined);
      const isFixed = "const" in member;
      const own = "description" in member || isFixed || found === undefined ? {} : { description: found };
      return [name, { ...own, ...Object(described(member, format, name)) }];
    }),
  );
}

const ALL_WORDS = new Map(Object.entries({ ...WORDS, ...HISTORY_WORDS, ...ACCESS_WORDS }));

function main(check: boolean): void {
  if (!check) mkdirSync(folder, { recursive: true });
  for (const { path, text } of schemaFiles()) {
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      process.stderr.write(`${path}: out of date; run node tools/generate-schemas.ts\n`);
      process.exitCode = 1;
    }
  }
}

if (import.meta.main) main(process.argv.includes("--check"));
