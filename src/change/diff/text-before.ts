import type { Hunk, HunkLine } from "../change.ts";

/**
 * The file as it was, from the file as it is and all hunks between them: what they added is taken out, what they removed
 * put back. Null where the hunks do not fit the text. Whether its last line ends with a line feed is as in `after`. Linear.
 */
export function textBefore(after: string, hunks: readonly Hunk[]): string | null {
  const lines = after.split("\n");
  const before: string[] = [];
  let at = 0;
  for (const { lines: changed } of hunks) {
    const begin = placeOf(changed, after);
    if (begin === null || begin < at || begin > lines.length) return null;
    while (at < begin) before.push(lines[at++] ?? "");
    for (const { kind, text } of changed) {
      if (kind !== "removed" && lines[at++] !== text) return null;
      if (kind !== "added") before.push(text);
    }
  }
  while (at < lines.length) before.push(lines[at++] ?? "");
  return before.join("\n");
}

/** Lines of the new text above a hunk. One without a line of the new file leaves nothing of it: context would be shown. */
function placeOf(changed: readonly HunkLine[], after: string): number | null {
  const first = changed.find(({ kind }) => kind !== "removed");
  if (first !== undefined) return first.line - 1;
  return after === "" ? 0 : null;
}
