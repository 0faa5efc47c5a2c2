/** What every output is designed for; wider terminals keep it readable, narrower ones wrap by themselves. */
export const WIDTH = 80;

/** Rows shown per list; `--json` and `--csv` have them all. */
export const SHOWN_ROWS = 30;

export interface Column {
  readonly title: string;
  /** Numbers stand to the right, words to the left. */
  readonly align?: "right";
  /** Longer cells are cut with an ellipsis. */
  readonly maxWidth: number;
}

/** Rows under their titles, each column as wide as it must be; no line ends in spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map(({ maxWidth }, at) => cut(row[at] ?? "", maxWidth)),
  );
  const widths = columns.map((_, at) => cells.reduce((width, row) => Math.max(width, lengthOf(row[at] ?? "")), 0));
  return cells.map((row) =>
    row
      .map((text, at) => {
        const space = " ".repeat((widths[at] ?? 0) - lengthOf(text));
        return columns[at]?.align === "right" ? space + text : text + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Text broken at spaces into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A list cut at a number of lines, with how many are left. */
export const shorten = (lines: readonly string[], shown = SHOWN_ROWS): readonly string[] =>
  lines.length <= shown ? lines : [...lines.slice(0, shown), `and ${lines.length - shown} more (--json has all)`];

/** `1 account`, `2 accounts`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The text, or its beginning and an ellipsis. */
export const cut = (text: string, width: number): string =>
  lengthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join("")}…`;

const lengthOf = (text: string): number => [...text].length;
