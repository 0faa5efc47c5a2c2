import type { Hunk, HunkLine } from "../change.ts";
import { type LineCursor, type LongText, lineCursor, type Spot } from "./line-cursor.ts";

/**
 * The hunks of one file's unified diff, as GitHub sends it in `patch`; null when it is not one, or ends before its own
 * counts say: a diff that cannot be read in full is unknown, not empty. The text is whatever the author pushed, so only
 * line feeds split lines, everything else stays in `text`, and the time is linear in the length.
 */
export function parseHunks(patch: string): readonly Hunk[] | null {
  const cursor = lineCursor(patch);
  const hunks: Hunk[] = [];
  while (cursor.peek() !== null) {
    const hunk = readHunk(cursor);
    if (hunk === null) return null;
    hunks.push(hunk);
  }
  return hunks.length > 0 ? hunks : null;
}

/** Nine digits: no real file is longer, and the sum stays an exact integer. */
const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/** True of the line that begins a hunk. */
export const isHunkHeader = (line: string): boolean => HEADER.test(line);

/** Reads the hunk that begins here, with the remark about a missing last line feed; null when it is none. */
export function readHunk(cursor: LineCursor): Hunk | null {
  const lines: HunkLine[] = [];
  const isHunk = takeHunk(cursor, (kind, line, written) => void lines.push({ kind, line, text: written.slice(1) }));
  return isHunk ? { lines } : null;
}

/** The same of one that was read before, whose lines are made when they are asked for and not kept. */
export const hunkOnDemand = (text: LongText, spot: Spot): Hunk => ({
  get lines() {
    return readHunk(lineCursor(text, spot))?.lines ?? [];
  },
});

/** Goes through the hunk that begins here and hands on each line with its sign; false when it is none. */
export function takeHunk(
  cursor: LineCursor,
  take: (kind: HunkLine["kind"], line: number, written: string) => void,
): boolean {
  const header = HEADER.exec(cursor.next() ?? "");
  if (header === null) return false;
  const old = { line: Number(header[1]), left: Number(header[2] ?? 1) };
  const fresh = { line: Number(header[3]), left: Number(header[4] ?? 1) };
  while (old.left > 0 || fresh.left > 0) {
    const written = cursor.next();
    if (written === null) return false;
    if (written.startsWith("\\")) continue;
    const kind = KINDS[written[0] ?? " "];
    if (kind === undefined || !isLeft(kind, old, fresh)) return false;
    take(kind, kind === "removed" ? old.line : fresh.line, written);
    if (kind !== "added") old.line += 1;
    if (kind !== "removed") fresh.line += 1;
  }
  while (cursor.peek()?.startsWith("\\")) cursor.next();
  return true;
}

/** Some tools strip the blank that stands for an empty context line. */
const KINDS: Readonly<Record<string, HunkLine["kind"]>> = { "+": "added", "-": "removed", " ": "context" };

interface Side {
  line: number;
  left: number;
}

/** Counts a line down on the sides where it stands; false where the header counts no more of them. */
function isLeft(kind: HunkLine["kind"], old: Side, fresh: Side): boolean {
  if (kind === "added") return fresh.left-- > 0;
  if (kind === "removed") return old.left-- > 0;
  return old.left-- > 0 && fresh.left-- > 0;
}
