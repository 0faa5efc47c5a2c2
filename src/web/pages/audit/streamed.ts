import { Readable } from "node:stream";
import { paced } from "../../../slices.ts";

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
  if (typeof value !== "object" || value === null) return yield JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inner = `${indent}  `;
  let before = open;
  for (const [name, member] of membersOf(value)) {
    yield `${before}\n${inner}${name}`;
    yield* jsonTexts(member, inner);
    before = ",";
  }
  yield before === open ? `${open}${close}` : `\n${indent}${close}`;
}

/** Each with what stands before it. A list may be long: its keys are not made, which would be one step for all of them. */
function* membersOf(value: object): Generator<readonly [string, unknown], void, void> {
  if (Array.isArray(value)) for (const member of value) yield ["", member];
  else
    for (const [key, member] of Object.entries(value))
      if (member !== undefined) yield [`${JSON.stringify(key)}: `, member];
}
