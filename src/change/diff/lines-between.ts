import type { Hunk, HunkLine } from "../change.ts";

/**
 * What stands between the first and the last lines that two texts share, as one hunk: for files that git shows no lines
 * of. More than a shortest difference would have, and never less. Null where there is none. Linear.
 */
export function hunkBetween(before: string, after: string): Hunk | null {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;
  const side = (lines: readonly string[], kind: HunkLine["kind"]): readonly HunkLine[] =>
    lines.slice(head, lines.length - tail).map((text, index) => ({ kind, line: head + index + 1, text }));
  const lines = [...side(old, "removed"), ...side(fresh, "added")];
  return lines.length > 0 ? { lines } : null;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
