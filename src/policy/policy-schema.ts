import { z } from "zod";
import { type FileKey, isKey, keysOf, type PolicySection } from "./key.ts";
import { FORMAT_KEYS, KEYS } from "./keys.ts";
import type { PolicyFile } from "./policy.ts";

const FILE_KEYS: PolicySection<FileKey<unknown>> = { ...FORMAT_KEYS, ...KEYS };

/** A policy file: every key may be left out, none may be invented. docs/schema has it as JSON Schema, for editors. */
// Built from the table that the type comes from, which the compiler cannot follow.
export const policySchema = schemaOf(FILE_KEYS) as z.ZodType<PolicyFile>;

function schemaOf(section: PolicySection<FileKey<unknown>>): z.ZodType {
  const shape = Object.entries(section).map(([name, node]) => [name, isKey(node) ? described(node) : schemaOf(node)]);
  return z.strictObject(Object.fromEntries(shape)).partial();
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
