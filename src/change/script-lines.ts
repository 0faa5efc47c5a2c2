import type { ChangedFile, HunkLine } from "./change.ts";
import { newSide } from "./diff/lines.ts";

const PAGE = /\.(?:x?html?|svg)$/i;
const TAGS = /<(\/?)script\b/gi;
/** An attribute that runs, or an address that does. */
const RUNS_BY_ITSELF = /\bon[a-z]{3,20}\s{0,8}=|javascript:/i;

/** Numbers of lines of a page or picture that run: scripts, and tags with an attribute that does. Empty for other files. */
export function scriptLines(file: ChangedFile): ReadonlySet<number> {
  const found = new Set<number>();
  if (!PAGE.test(file.path)) return found;
  for (const hunk of file.hunks ?? []) {
    const lines = newSide(hunk);
    let inside = beginsInside(lines);
    for (const line of lines) {
      const wasInside = inside;
      for (const [, closing] of line.text.matchAll(TAGS)) inside = closing === "";
      if (wasInside || inside || RUNS_BY_ITSELF.test(line.text)) found.add(line.line);
    }
  }
  return found;
}

/** What is shown of a file may begin in the middle of a script: its first tag closes one. */
function beginsInside(lines: readonly HunkLine[]): boolean {
  for (const { text } of lines) {
    const first = /<(\/?)script\b/i.exec(text);
    if (first) return first[1] === "/";
  }
  return false;
}
