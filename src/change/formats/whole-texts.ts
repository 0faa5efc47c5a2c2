import type { ChangedFile, Sides } from "../change.ts";

/**
 * The file on both sides: as it was read, or of a new file what its hunks show, which is all of it. Null where only
 * parts of it are known.
 */
export function wholeTexts(file: ChangedFile): Sides<string> | null {
  if (file.texts !== undefined) return file.texts;
  if (file.status !== "added" || file.hunks === null || file.hunks.length > 1) return null;
  const lines = file.hunks[0]?.lines ?? [];
  if (lines.some(({ kind }) => kind !== "added") || (lines[0]?.line ?? 1) !== 1) return null;
  return { before: null, after: lines.map(({ text }) => `${text}\n`).join("") };
}
