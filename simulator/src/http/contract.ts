import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnySchemaObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** One REST operation as GitHub's OpenAPI description has it (`tools/extract-openapi.ts`). */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: AnySchemaObject;
  readonly body: AnySchemaObject | null;
  readonly bodyRequired: boolean;
  readonly responses: Readonly<Record<string, AnySchemaObject | null>>;
}

/** GitHub's published contract, as far as the simulator speaks it. */
export interface Contract {
  /** The operation a request is for, with its path parameters; null when the description has none. */
  match(
    method: string,
    path: string,
  ): { readonly operation: Operation; readonly params: Record<string, string> } | null;
  /** What is wrong with a request's query or body, one line each. */
  requestProblems(operation: Operation, query: Record<string, string>, body: unknown): readonly string[];
  /** What is wrong with a response, one line each; an undescribed status is wrong too. */
  responseProblems(operation: Operation, status: number, body: unknown): readonly string[];
  /** What is wrong with a webhook payload, by its official name such as `pull-request-opened`. */
  webhookProblems(name: string, payload: unknown): readonly string[];
}

let contract: Contract | null = null;

/** The committed extract, read once per process; validators are compiled when first used. */
export function loadContract(): Contract {
  contract ??= readContract();
  return contract;
}

function readContract(): Contract {
  const operations = readOperations();
  const webhooks = read("webhooks.json");
  const components = read("components.json");
  const strict = validator(components, false);
  const lenient = validator(components, true);
  return {
    match: (method, path) => matchPath(operations, method, path),
    requestProblems(operation, query, body) {
      const inQuery = lenient(`${operation.id} query`, operation.query)({ ...query });
      if (operation.body === null) return inQuery;
      if (body === undefined) return operation.bodyRequired ? [...inQuery, "a JSON body is required"] : inQuery;
      return [...inQuery, ...strict(`${operation.id} body`, operation.body)(body)];
    },
    responseProblems(operation, status, body) {
      const schema = operation.responses[String(status)];
      if (schema === null) return body === undefined ? [] : [`status ${status} carries no body`];
      if (schema !== undefined) return strict(`${operation.id} ${status}`, schema)(body);
      return UNDESCRIBED.has(status) ? [] : [`status ${status} is not described for this operation`];
    },
    webhookProblems(name, payload) {
      const schema = webhooks[name];
      if (schema === undefined) return [`no schema for webhook ${name}; add it to tools/extract-openapi.ts`];
      return strict(name, schema)(payload);
    },
  };
}

/** Answers every operation can give although the description names them for some only. */
const UNDESCRIBED = new Set([304, 401, 403, 404, 422, 429, 500, 502, 503, 504]);

type Problems = (value: unknown) => readonly string[];

function validator(components: unknown, coerceTypes: boolean): (key: string, schema: AnySchemaObject) => Problems {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, coerceTypes });
  formats.default(ajv);
  ajv.addSchema({ $id: "github", components: { schemas: components } });
  const compiled = new Map<string, ValidateFunction>();
  return (key, schema) => (value) => {
    const check = compiled.get(key) ?? ajv.compile(absolute(schema));
    compiled.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message ?? "is wrong"}`);
  };
}

/** The schema with its references pointing into the one registered document. */
const absolute = (schema: AnySchemaObject): AnySchemaObject =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'));

function matchPath(operations: readonly Operation[], method: string, path: string): ReturnType<Contract["match"]> {
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const params = paramsOf(operation.path, path);
    if (params !== null) return { operation, params };
  }
  return null;
}

/** The path's parameters when it fits the template; a final `{path}` takes the rest, slashes and all. */
function paramsOf(template: string, path: string): Record<string, string> | null {
  // The one template with two parameters in a part; GitHub's pages call them `basehead`.
  const wanted = template.replace("{base}...{head}", "{basehead}").split("/");
  const given = path.split("/");
  if (wanted.at(-1) === "{path}" && given.length > wanted.length)
    given.splice(wanted.length - 1, given.length, given.slice(wanted.length - 1).join("/"));
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

/** Operations with fixed words before those with parameters, so that the closer fit wins. */
function readOperations(): readonly Operation[] {
  const entries = Object.entries(read("operations.json"));
  const operations = entries.map(([id, operation]) => ({ id, ...operation }) as Operation); // written by the extractor
  return operations.sort((a, b) => a.path.split("{").length - b.path.split("{").length);
}

const read = (name: string): Readonly<Record<string, AnySchemaObject>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../schema", name), "utf8"));
