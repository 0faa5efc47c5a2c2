import type { Gathering } from "./gathering.ts";

/** A row, and the line it begins at. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV text (RFC 4180): cells by commas, quoted where they hold commas, quotes or line ends. Empty lines
 * are no rows. A quote that nobody closes is a problem, and ends the reading. One by one, so that a reader can stop.
 */
export function* csvRows(text: string, place: string, to: Gathering): Generator<CsvRow, void, void> {
  const token = /"((?:[^"]|"")*)"(?=[,\r\n]|$)|([^",\r\n]*)(?=[,\r\n]|$)/uy;
  let [at, line] = [text.startsWith("\ufeff") ? 1 : 0, 1];
  let [cells, begins]: [string[], number] = [[], 1];
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) {
      to.problem(
        `${place}:${line}`,
        "a quote inside a cell, or one that nobody closes",
        'put the whole cell in quotes, and "" for one inside',
      );
      return;
    }
    const [whole, quoted, bare = ""] = found;
    cells.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"').trim());
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    at += whole.length;
    if (text[at] === ",") {
      at++;
      // A comma at the very end stands before one more cell.
      if (at === text.length) cells.push("");
      continue;
    }
    if (at < text.length) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      line++;
    }
    if (!isBlank(cells)) yield { line: begins, cells };
    [cells, begins] = [[], line];
  }
  if (cells.length > 0 && !isBlank(cells)) yield { line: begins, cells };
}

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === "";
