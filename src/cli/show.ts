import type { Output } from "./command.ts";
import { WIDTH } from "./layout.ts";

/** Writes text for people: as it is from 80 columns on, folded between words where the terminal is narrower. */
export const show = (out: Output, text: string): void =>
  out.write(out.columns < WIDTH ? fold(text, Math.max(out.columns, NARROWEST)) : text);

/** Narrower than this, words alone fill the lines. */
const NARROWEST = 20;

/** Later lines stand two columns further in, so that a list stays one. */
function fold(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => (lengthOf(line) <= columns ? [line] : folded(line, columns)))
    .join("\n");
}

function folded(line: string, columns: number): readonly string[] {
  if (/^-+$/.test(line)) return [line.slice(0, columns)];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const deeper = " ".repeat(Math.min(indent.length + 2, Math.floor(columns / 2)));
  const lines: string[] = [];
  for (const word of line.trim().split(/ +/)) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(`${last} ${word}`) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push((last === undefined ? indent.slice(0, deeper.length) : deeper) + word);
  }
  return lines;
}

/** What is printed of it: what makes it strong takes no room. */
const lengthOf = (text: string): number => [...text.replaceAll(ON, "").replaceAll(OFF, "")].length;

const [ON, OFF] = ["\u001B[1m", "\u001B[22m"];

/** ECMA-48 "bold" and its end. Colour says nothing here: there is none on people, and words say the rest. */
export const strong = (text: string): string => ON + text + OFF;
