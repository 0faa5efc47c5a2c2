/** The lines of a text one after the other, without all of them in memory at once. Only line feeds end a line. */
export interface LineCursor {
  /** The line that comes next; null at the end. A line feed at the very end begins no further line. */
  peek(): string | null;
  next(): string | null;
  /** 1-based number of the line that comes next. */
  readonly line: number;
  /** Where in the text that line begins. */
  readonly offset: number;
}

export function lineCursor(text: string): LineCursor {
  let from = 0;
  let line = 1;
  let ahead: string | null | undefined;
  let end = 0;

  function peek(): string | null {
    if (ahead !== undefined) return ahead;
    if (from >= text.length) ahead = null;
    else {
      const feed = text.indexOf("\n", from);
      end = feed < 0 ? text.length : feed;
      ahead = text.slice(from, end);
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
    get offset() {
      return from;
    },
  };
}
