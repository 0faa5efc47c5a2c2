import type { ChangedFile, Sides } from "../change.ts";

/**
 * The file on both sides: as it was read, or of a new or removed file what its one hunk shows, which is all of it. Null
 * where only parts of it are known.
 */
export function wholeTexts({ texts, status, hunks }: ChangedFile): Sides<string> | null {
  if (texts !== undefined) return texts;
  if ((status !== "added" && status !== "removed") || hunks === null || hunks.length > 1) return null;
  const lines = hunks[0]?.lines ?? [];
  if (lines.some(({ kind }) => kind !== status) || (lines[0]?.line ?? 1) !== 1) return null;
  const text = lines.map((line) => `${line.text}\n`).join("");
  return status === "added" ? { before: null, after: text } : { before: text, after: null };
}
