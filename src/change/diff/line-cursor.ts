/** A text, or pieces that are one when they are put together, each but the last with a line feed at its end. */
export type LongText = string | readonly string[];

/** A piece of a text, and where in it a line begins. */
export interface Spot {
  readonly piece: number;
  readonly from: number;
}

/** The lines of a text one after the other, without all of them in memory at once. Only line feeds end a line. */
export interface LineCursor {
  /** The line that comes next; null at the end. A line feed at the very end begins no further line. */
  peek(): string | null;
  next(): string | null;
  /** 1-based number of the line that comes next. */
  readonly line: number;
  /** Where that line begins: another cursor of the same text may begin there. */
  readonly spot: Spot;
}

const START: Spot = { piece: 0, from: 0 };

export function lineCursor(text: LongText, start = START): LineCursor {
  const pieces = typeof text === "string" ? [text] : text;
  let at = start.piece;
  let { from } = start;
  let piece = pieces[at] ?? "";
  let end = 0;
  let line = 1;
  let ahead: string | null | undefined;

  function peek(): string | null {
    if (ahead !== undefined) return ahead;
    while (from >= piece.length && at + 1 < pieces.length) {
      at += 1;
      piece = pieces[at] ?? "";
      from = 0;
    }
    if (from >= piece.length) ahead = null;
    else {
      const feed = piece.indexOf("\n", from);
      end = feed < 0 ? piece.length : feed;
      ahead = piece.slice(from, end);
    }
    return ahead;
  }

  return {
    peek,
    next() {
      const taken = peek();
      if (taken === null) return null;
      from = end + 1;
      line += 1;
      ahead = undefined;
      return taken;
    },
    get line() {
      return line;
    },
    get spot() {
      return { piece: at, from };
    },
  };
}

export const lengthOf = (text: LongText): number =>
  typeof text === "string" ? text.length : text.reduce((sum, { length }) => sum + length, 0);

/** The same characters without the text that they are a piece of, which a piece keeps alive. */
export const detached = (piece: string): string => `${piece} `.slice(0, -1);
