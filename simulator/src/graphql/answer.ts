import type { ExecutionResult } from "graphql";
import type { Fault } from "../http/faults.ts";

/** An execution's result in GitHub's shape: `type` stands beside the message, a hole is a null with an error. */
export function shapeAnswer(result: ExecutionResult, faults: readonly Fault[]): Readonly<Record<string, unknown>> {
  // graphql-js builds data without prototypes and frozen in places; a copy can be cut.
  const data: unknown = JSON.parse(JSON.stringify(result.data ?? null));
  const errors = (result.errors ?? []).map(({ message, path, locations, extensions }) => {
    const { type, ...rest } = extensions;
    const more = Object.keys(rest).length > 0 ? { extensions: rest } : {};
    return { ...(type === undefined ? {} : { type }), path, ...more, locations, message };
  });
  const holes = faults.flatMap((fault) => (fault.kind === "partial" ? [hole(data, fault)] : []));
  const all = [...errors, ...holes];
  return all.length === 0 ? { data } : { data, errors: all };
}

function hole(data: unknown, fault: Extract<Fault, { kind: "partial" }>): Readonly<Record<string, unknown>> {
  const last = fault.path.at(-1) ?? "";
  const holder = fault.path.slice(0, -1).reduce<unknown>((at, key) => value(at, key), data);
  if (typeof holder === "object" && holder !== null) Reflect.set(holder, last, null);
  const type = fault.type ?? "RESOURCE_LIMITS_EXCEEDED";
  return {
    type,
    path: fault.path,
    locations: [{ line: 1, column: 1 }],
    message: fault.message ?? "Resource limits for this query exceeded.",
  };
}

const value = (at: unknown, key: string): unknown =>
  typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
