import { WIDTH } from "../../layout.ts";

const PLAIN = /^[\w@%+=:,./-]+$/;

/** Words as a shell takes them, in one line. */
export const commandLine = (words: readonly string[]): string => words.map(quoted).join(" ");

/** The same over as many lines as the page needs, so that it can be copied. */
export function commandLines(words: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  for (const word of words.map(quoted)) {
    const last = lines.at(-1);
    // Room is left for what says that a line goes on, on both sides of its end.
    if (last !== undefined && indent.length + last.length + 1 + word.length <= WIDTH - 4)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, at) => `${indent}${at === 0 ? "" : "  "}${line}${at < lines.length - 1 ? " \\" : ""}`);
}

const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
