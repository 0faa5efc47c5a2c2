import type { RecordHere } from "./facts.ts";

/**
 * Whether at least so many other people merged the account's work here; null when the merges that name somebody do not
 * settle it. What is null speaks neither for the account nor against it.
 */
export function mergedByAtLeast({ mergerCount, mergersUnseen }: RecordHere, count: number): boolean | null {
  if (mergerCount !== null && mergerCount >= count) return true;
  return mergerCount === null || mergersUnseen === true ? null : false;
}
