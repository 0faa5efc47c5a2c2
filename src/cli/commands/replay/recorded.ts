import { z } from "zod";
import { InvalidInput } from "../../../errors.ts";
import { type JsonSource, parseJson, schemaProblems } from "../../json.ts";

/** One delivery as somebody recorded it. */
export interface Recorded {
  readonly file: string;
  readonly event: string;
  readonly payload: unknown;
}

const recorded = z.object({ event: z.string().min(1), payload: z.record(z.string(), z.unknown()) });
const payload = z.record(z.string(), z.unknown());

/**
 * The deliveries in one JSON file: one, a list, or with `event` a payload by itself. Throws InvalidInput with every
 * problem.
 */
export function recordedDeliveries(source: JsonSource, event: string | null): readonly Recorded[] {
  const { place: path, text } = source;
  const json = parseJson(text, path);
  if (event !== null) return [{ file: path, event, payload: parsed(payload, json, source) }];
  if (!Array.isArray(json) && !(typeof json === "object" && json !== null && "payload" in json))
    throw new InvalidInput([{ where: path, what: "not a recorded delivery", mend: "name its event with --event" }]);
  const list = Array.isArray(json) ? parsed(z.array(recorded), json, source) : [parsed(recorded, json, source)];
  return list.map((delivery) => ({ file: path, ...delivery }));
}

function parsed<Value>(schema: z.ZodType<Value>, json: unknown, source: JsonSource): Value {
  const result = schema.safeParse(json);
  if (!result.success) throw new InvalidInput(schemaProblems(result.error, source));
  return result.data;
}
