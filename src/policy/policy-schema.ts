import { z } from "zod";
import { type FileKey, isKey, keysOf, type Section } from "./key.ts";
import { FORMAT_KEYS, KEYS } from "./keys.ts";
import type { PolicyFile } from "./policy.ts";

const FILE_KEYS: Section<FileKey<unknown>> = { ...FORMAT_KEYS, ...KEYS };

/** A policy file: every key may be left out, none may be invented. */
export const policySchema = schemaOf(FILE_KEYS) as z.ZodType<PolicyFile>;

function schemaOf(section: Section<FileKey<unknown>>): z.ZodType {
  const shape = Object.entries(section).map(([name, node]) => [name, isKey(node) ? node.schema : schemaOf(node)]);
  return z.strictObject(Object.fromEntries(shape)).partial();
}

/** Every key with its documentation, by dotted path, in the order of the file. */
export const policyKeys = (): ReadonlyMap<string, FileKey<unknown>> =>
  new Map(keysOf(FILE_KEYS).map(([path, key]) => [path.join("."), key]));
