import type { Hunk, HunkLine } from "../change.ts";
import { type LineCursor, lineCursor } from "./line-cursor.ts";

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
  const header = HEADER.exec(cursor.next() ?? "");
  if (header === null) return null;
  const old = { line: Number(header[1]), left: Number(header[2] ?? 1) };
  const fresh = { line: Number(header[3]), left: Number(header[4] ?? 1) };
  const found: HunkLine[] = [];
  while (old.left > 0 || fresh.left > 0) {
    const line = cursor.next();
    if (line === null) return null;
    if (line.startsWith("\\")) continue;
    const read = readLine(line, old, fresh);
    if (read === null) return null;
    found.push(read);
  }
  while (cursor.peek()?.startsWith("\\")) cursor.next();
  return { lines: found };
}

/** The same of a text that was read before, whose lines are made when they are asked for and not kept. */
export const hunkOnDemand = (text: string): Hunk => ({
  get lines() {
    return readHunk(lineCursor(text))?.lines ?? [];
  },
});

interface Side {
  line: number;
  left: number;
}

function readLine(line: string, old: Side, fresh: Side): HunkLine | null {
  const text = line.slice(1);
  switch (line[0]) {
    case "+":
      return fresh.left-- > 0 ? { kind: "added", line: fresh.line++, text } : null;
    case "-":
      return old.left-- > 0 ? { kind: "removed", line: old.line++, text } : null;
    case " ":
    // Some tools strip the blank that stands for an empty context line.
    case undefined:
      old.line++;
      return old.left-- > 0 && fresh.left-- > 0 ? { kind: "context", line: fresh.line++, text } : null;
    default:
      return null;
  }
}
