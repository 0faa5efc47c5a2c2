import { codePoint, FOREIGN_SPACE, HIDDEN, spellHidden } from "../characters.ts";

const IN_CODE = new RegExp(`([${HIDDEN}${FOREIGN_SPACE}])|( {41,})`, "gu");

/** One line of running text with every invisible character spelled out; line breaks and tabs become spaces. */
export function withMarks(text: string): string {
  return spellHidden(text.replace(/[\t\n\r]+/g, " "), (character) => `\u27E6U+${codePoint(character)}\u27E7`);
}

/** A piece of a line of code: text as it stands, or something that has to be drawn to be seen. */
export type CodePiece = { readonly kind: "text" | "mark"; readonly text: string };

/** Longest line that is shown in full, in UTF-16 units; a minified line tells a reader nothing more. */
const MAX_LINE_LENGTH = 400;

/** A line of code, split where something invisible stands. Runs of more than 40 spaces are counted, not shown. */
export function codePieces(line: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  const shown = line.slice(0, MAX_LINE_LENGTH).replaceAll("\t", "    ");
  let end = 0;
  for (const match of shown.matchAll(IN_CODE)) {
    if (match.index > end) pieces.push({ kind: "text", text: shown.slice(end, match.index) });
    const spaces = match[2];
    pieces.push({ kind: "mark", text: spaces ? `${spaces.length} spaces` : `U+${codePoint(match[0])}` });
    end = match.index + match[0].length;
  }
  if (end < shown.length) pieces.push({ kind: "text", text: shown.slice(end) });
  if (line.length > MAX_LINE_LENGTH)
    pieces.push({ kind: "mark", text: `${line.length - MAX_LINE_LENGTH} more characters` });
  return pieces;
}
