import type { ChangedFile, Hunk, HunkLine } from "./change.ts";

/** Lines the change adds, in order. Empty when nothing was shown. */
export function addedLines(file: ChangedFile): readonly HunkLine[] {
  return (file.hunks ?? []).flatMap((hunk) => hunk.lines.filter((line) => line.kind === "added"));
}

/** One hunk as the new file reads there. */
export function newSide(hunk: Hunk): readonly HunkLine[] {
  return hunk.lines.filter((line) => line.kind !== "removed");
}

/** One hunk as the old file read there. */
export function oldSide(hunk: Hunk): readonly HunkLine[] {
  return hunk.lines.filter((line) => line.kind !== "added");
}

/** True when text changed that GitHub did not show. Binary files count no lines, so they are not unseen text. */
export function isUnseen(file: ChangedFile): boolean {
  return file.status !== "removed" && file.hunks === null && file.additions + file.deletions > 0;
}

/** True when a file came to its path by renaming or copying, so that most of its content is in no hunk. */
export function isMovedIn(file: ChangedFile): boolean {
  return (file.status === "renamed" || file.status === "copied") && file.previousPath !== null;
}
