import type { Hunk, HunkLine } from "../change.ts";

/**
 * The hunks of one file's unified diff, as GitHub sends it in `patch`; null when it is not one, or ends before its own
 * counts say: a diff that cannot be read in full is unknown, not empty. The text is whatever the author pushed, so only
 * line feeds split lines, everything else stays in `text`, and the time is linear in the length.
 */
export function parseHunks(patch: string): readonly Hunk[] | null {
  const lines = patch.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const hunks: Hunk[] = [];
  let at = 0;
  while (at < lines.length) {
    const read = readHunk(lines, at);
    if (read === null) return null;
    hunks.push(read.hunk);
    at = read.next;
  }
  return hunks.length > 0 ? hunks : null;
}

/** Nine digits: no real file is longer, and the sum stays an exact integer. */
const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

function readHunk(lines: readonly string[], start: number): { readonly hunk: Hunk; readonly next: number } | null {
  const header = HEADER.exec(lines[start] ?? "");
  if (header === null) return null;
  const old = { line: Number(header[1]), left: Number(header[2] ?? 1) };
  const fresh = { line: Number(header[3]), left: Number(header[4] ?? 1) };
  const found: HunkLine[] = [];
  let at = start + 1;
  for (; old.left > 0 || fresh.left > 0; at++) {
    const line = lines[at];
    if (line === undefined) return null;
    if (line.startsWith("\\")) continue;
    const read = readLine(line, old, fresh);
    if (read === null) return null;
    found.push(read);
  }
  while (lines[at]?.startsWith("\\")) at++;
  return { hunk: { lines: found }, next: at };
}

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
