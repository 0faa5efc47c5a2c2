import { Readable } from "node:stream";
import { paced } from "../slices.ts";

/** Characters that are sent at once. */
const CHUNK = 65_536;

/** A long answer, made while it is sent: the loop is shared, and the whole text is never in memory. */
export const streamed = (texts: Iterable<string>): Readable => Readable.from(chunksOf(texts), { objectMode: false });

async function* chunksOf(texts: Iterable<string>): AsyncGenerator<string> {
  const pause = paced();
  let chunk = "";
  for (const text of texts) {
    chunk += text;
    await pause();
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

/** What `JSON.stringify(value, null, 2)` gives, in parts; of a value that came from JSON. */
export function* jsonTexts(value: unknown, indent = ""): Generator<string, void, void> {
  const list = Array.isArray(value);
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0)
    return yield JSON.stringify(value);
  const inner = `${indent}  `;
  let before = list ? "[" : "{";
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${before}\n${inner}${list ? "" : `${JSON.stringify(key)}: `}`;
    yield* jsonTexts(member, inner);
    before = ",";
  }
  yield `\n${indent}${list ? "]" : "}"}`;
}
