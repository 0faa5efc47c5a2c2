const LINE_FEED = 10;
const PIECE_BYTES = 2 ** 18;
const MARK = "\ufeff";

/**
 * Makes a text of bytes as they come, in pieces of whole lines, each decoded once: neither all of the bytes nor a second
 * copy of the text is held, as where parts are added up. A mark of UTF-8 at its start is left out.
 */
export function pieceMaker(): { take(bytes: Uint8Array): void; end(): readonly string[] } {
  const pieces: string[] = [];
  let held = Buffer.alloc(PIECE_BYTES);
  let size = 0;

  function cut(end: number): void {
    const piece = held.toString("utf8", 0, end);
    pieces.push(pieces.length === 0 && piece.startsWith(MARK) ? piece.slice(1) : piece);
    held.copyWithin(0, end, size);
    size -= end;
  }

  /** Room for more: what ends with a line goes, and a longer line gets a larger place. */
  function makeRoom(): void {
    const end = held.lastIndexOf(LINE_FEED, size - 1) + 1;
    if (end > 0) cut(end);
    else held = Buffer.concat([held], 2 * held.length);
  }

  return {
    take(bytes) {
      for (let from = 0; from < bytes.length; ) {
        if (size === held.length) makeRoom();
        const part = bytes.subarray(from, from + held.length - size);
        held.set(part, size);
        size += part.length;
        from += part.length;
      }
    },
    end() {
      cut(size);
      return pieces;
    },
  };
}
