/**
 * Characters that a reader cannot see or that reorder what he sees: bidirectional controls, ignorable code points,
 * control characters, and spaces that are not the space bar's (Trojan Source, CVE-2021-42574).
 */
const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u2800]/u;
/** Joiners inside emoji are how emoji are written; drawing them would only deface honest titles. */
const IN_EMOJI = /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)(?:\u200D|\uFE0F)/u;
const IN_TEXT = new RegExp(`${IN_EMOJI.source}|(${INVISIBLE.source})`, "gu");
const IN_CODE = new RegExp(`(${INVISIBLE.source}|(?! )\\p{Zs})|( {${41},})`, "gu");

/** One line of running text with every invisible character spelled out; line breaks and tabs become spaces. */
export function withMarks(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, " ")
    .replace(IN_TEXT, (whole, invisible: string | undefined) =>
      invisible ? `\u27E6${codePoint(whole)}\u27E7` : whole,
    );
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
    pieces.push({ kind: "mark", text: spaces ? `${spaces.length} spaces` : codePoint(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < shown.length) pieces.push({ kind: "text", text: shown.slice(end) });
  if (line.length > MAX_LINE_LENGTH)
    pieces.push({ kind: "mark", text: `${line.length - MAX_LINE_LENGTH} more characters` });
  return pieces;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
