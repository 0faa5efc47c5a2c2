import type { ChangedFile, Hunk, HunkLine } from "../change.ts";

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

/**
 * True when a file's content was not shown. With lines counted it is text past GitHub's limits; without any it may be a
 * binary, a text that the repository or its encoding keeps from being compared, or a file that only moved.
 */
export const isUnseen = (file: ChangedFile): boolean => file.status !== "removed" && file.hunks === null;

/** Of unseen files those that nobody expects to read: pictures, fonts, sound, and files that moved as they were. */
export const isSeldomRead = (file: ChangedFile): boolean =>
  file.additions + file.deletions === 0 && (file.status === "renamed" || MEDIA.test(file.path));

const MEDIA = /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|pdf|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|flac|webm|mov)$/i;

/** True when a file came to its path by renaming or copying, so that most of its content is in no hunk. */
export function isMovedIn(file: ChangedFile): boolean {
  return (file.status === "renamed" || file.status === "copied") && file.previousPath !== null;
}
