import { z } from "zod";
import { type FileKey, isKey, keysOf, type PolicySection } from "./key.ts";
import { FORMAT_KEYS, KEYS } from "./keys.ts";
import type { PolicyFile } from "./policy.ts";

const FILE_KEYS: PolicySection<FileKey<unknown>> = { ...FORMAT_KEYS, ...KEYS };

/** What editors show of the sections, by dotted path. */
const SECTIONS: Readonly<Record<string, string>> = {
  exposure: "What makes the organisation a target; `sallyport exposure` asks, and says what to do about each yes.",
  publication: "What is written on GitHub.",
  "publication.label": "An opt-in label by public criteria, never by an assessment.",
  triage: "What is looked at when a pull request comes.",
  pushes: "What is looked at when a branch moves without a merged pull request.",
  viewers: "Who reads what was found.",
  access: "The weekly access audit, and what counts as thin or dormant.",
  "access.weekly": "When the audit runs.",
  "access.thin_grant": "Below which record a grant of write is thin.",
  retention: "How long things are kept.",
  signals: "Which signals count.",
};

/** A policy file: every key may be left out, none may be invented. docs/schema has it as JSON Schema, for editors. */
// Built from the table that the type comes from, which the compiler cannot follow.
export const policySchema = schemaOf(FILE_KEYS, []) as z.ZodType<PolicyFile>;

function schemaOf(section: PolicySection<FileKey<unknown>>, path: readonly string[]): z.ZodType {
  const shape = Object.entries(section).map(([name, node]) => [
    name,
    isKey(node) ? described(node) : schemaOf(node, [...path, name]),
  ]);
  const description = SECTIONS[path.join(".")];
  const whole = z.strictObject(Object.fromEntries(shape)).partial();
  return description === undefined ? whole : whole.meta({ description });
}

/** The schema of one key with what editors show of it. */
function described({ schema, about, allowed, ...rest }: FileKey<unknown>): z.ZodType {
  return schema.meta({
    description: `${about} Allowed: ${allowed}.`,
    ...("default" in rest && { default: rest.default }),
  });
}

/** Every key with its documentation, by dotted path, in the order of the file. */
export const policyKeys = (): ReadonlyMap<string, FileKey<unknown>> =>
  new Map(keysOf(FILE_KEYS).map(([path, key]) => [path.join("."), key]));
