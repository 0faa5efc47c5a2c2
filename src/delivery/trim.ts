import { EVENT_SCHEMAS, type TrimmedEvent } from "./events.ts";
import { carriesForeignKey } from "./foreign.ts";

/** The event in a webhook's JSON, cut to the fields we use; null when the JSON is not a body of the claimed event. */
export function trimEvent(name: string, json: unknown): TrimmedEvent | null {
  const schema = EVENT_SCHEMAS.get(name);
  if (!schema || typeof json !== "object" || json === null || carriesForeignKey(name, json)) return null;
  const parsed = schema.safeParse(json);
  // The map pairs each name with the schema of its payload; its type cannot say so.
  return parsed.success ? ({ name, payload: parsed.data } as TrimmedEvent) : null;
}
