import { type Steps, sortSteps } from "../../slices.ts";
import type { Interner } from "./interner.ts";

/** The texts in the order of their bytes, and the place that each has in it. */
export function* inOrder(
  texts: readonly string[],
): Steps<{ readonly texts: readonly string[]; readonly placeOf: Int32Array }> {
  const order = Int32Array.from(texts.keys());
  yield* sortSteps(order, (a, b) => compareText(texts[a] ?? "", texts[b] ?? ""));
  const placeOf = new Int32Array(texts.length);
  for (const [place, index] of order.entries()) placeOf[index] = place;
  yield;
  return { texts: Array.from(order, (index) => texts[index] ?? ""), placeOf };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything that an interner was given, by number. */
export function* textsOf(all: Interner): Steps<readonly string[]> {
  const { count, bytesOf } = all.finish();
  const texts: string[] = [];
  for (let index = 0; index < count; index++) {
    texts.push(bytesOf(index).toString("latin1"));
    if ((index & 255) === 0) yield;
  }
  return texts;
}
