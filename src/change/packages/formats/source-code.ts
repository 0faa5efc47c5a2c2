import type { Steps } from "../../../slices.ts";
import { lineCounter } from "./line-counter.ts";

/** One piece of a program: a name, a quoted text, or a sign. */
export interface Piece {
  readonly kind: "word" | "text" | "sign";
  /** Of a quoted text what stands between the quotes, as written. */
  readonly text: string;
  readonly line: number;
}

export interface Language {
  /** What begins a comment that ends with the line. */
  readonly comment: "#" | "//";
  /** True where a comment may stand between slashes and stars. */
  readonly blocks: boolean;
  /** True where a single quote begins a text. */
  readonly single: boolean;
}

export const PYTHON: Language = { comment: "#", blocks: false, single: true };
export const RUBY: Language = { comment: "#", blocks: false, single: true };
export const GRADLE: Language = { comment: "//", blocks: true, single: true };
export const RUST: Language = { comment: "//", blocks: true, single: false };
export const GO: Language = { comment: "//", blocks: true, single: false };

const LEXEMES_A_STEP = 4_096;

const LEXEME = /[^\S\n]+|\n|"""|'''|[\w$@]+|./suy;

/**
 * The pieces of a program's text, comments left out. This is no parser: it says which names and texts stand in which
 * order, which is enough for statements that name a source or start a program. Linear, never throws.
 */
export function* piecesOf(text: string, language: Language): Steps<readonly Piece[]> {
  const pieces: Piece[] = [];
  let count = 0;
  const lineAt = lineCounter(text);
  for (let at = 0; at < text.length; ) {
    LEXEME.lastIndex = at;
    const lexeme = LEXEME.exec(text)?.[0] ?? text.slice(at, at + 1);
    const first = lexeme[0] ?? "";
    const line = lineAt(at);
    let end = at + lexeme.length;
    if (text.startsWith(language.comment, at)) end = placeOf(text, "\n", at);
    else if (language.blocks && text.startsWith("/*", at)) end = placeOf(text, "*/", at + 2) + 2;
    else if (first === '"' || first === "`" || (first === "'" && language.single)) {
      end = endOfText(text, at, lexeme);
      pieces.push({
        kind: "text",
        text: text.slice(at + lexeme.length, Math.max(at + lexeme.length, end - lexeme.length)),
        line,
      });
    } else if (/[\w$@]/.test(first)) pieces.push({ kind: "word", text: lexeme, line });
    else if (lexeme.trim() !== "") pieces.push({ kind: "sign", text: lexeme, line });
    at = end;
    count += 1;
    if (count % LEXEMES_A_STEP === 0) yield;
  }
  return pieces;
}

const placeOf = (text: string, mark: string, from: number): number => {
  const place = text.indexOf(mark, from);
  return place < 0 ? text.length : place;
};

/** Past the closing quotes; a text of one line that does not close ends with it. */
function endOfText(text: string, start: number, quotes: string): number {
  for (let at = start + quotes.length; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "\n" && quotes.length === 1 && quotes !== "`") return at;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
  }
  return text.length;
}
