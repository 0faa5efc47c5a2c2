import { createHash } from "node:crypto";
import type { Fetched } from "../../../absence.ts";
import type { Instant } from "../../../clock.ts";
import { version } from "../../../version.ts";
import type { Reading } from "../../gateway.ts";

/** A reading with what its session knows. */
export interface PacedReading extends Reading {
  /** Until when it pauses; null for not at all. */
  readonly lowUntil: (now: Instant) => Instant | null;
}

/** Another version of this program may have kept another shape. */
const PROGRAM = version();

/**
 * The answer that a reading keeps to a question, or GitHub's, which it keeps then. What was read of it is kept, never
 * what GitHub says besides. An answer that might be another one next time is asked for again.
 */
export async function kept<T>(
  reading: PacedReading | undefined,
  question: readonly unknown[],
  {
    ask,
    isLasting = () => true,
  }: { readonly ask: () => Promise<Fetched<T>>; readonly isLasting?: (value: T) => boolean },
): Promise<Fetched<T>> {
  if (reading === undefined) return ask();
  const key = createHash("sha256")
    .update(JSON.stringify([PROGRAM, question]))
    .digest("hex");
  const known = await reading.recall(key);
  if (known !== null) {
    const value: T = JSON.parse(known);
    return { ok: true, value };
  }
  const answer = await ask();
  if (answer.ok && isLasting(answer.value)) await reading.keep(key, JSON.stringify(answer.value));
  return answer;
}
