import type { Random } from "../seeded-numbers.ts";

/** Words of made-up syllables in lines of 60 to 80 characters. */
export function madeText(length: number, random: Random): string {
  const words = Array.from({ length: WORDS }, () => word(2 + Math.floor(random.next() * 8), random));
  let text = "";
  for (let line = 0; text.length < length; ) {
    // A few words are most of every text.
    const next = words[Math.floor(random.next() ** 3 * WORDS)] ?? "";
    line += next.length + 1;
    text += line > 70 ? `${next}\n` : `${next} `;
    if (line > 70) line = 0;
  }
  return text;
}

const WORDS = 2_000;

function word(length: number, random: Random): string {
  let made = "";
  while (made.length < length) made += LETTERS[Math.floor(random.next() * LETTERS.length)];
  return made;
}

const LETTERS = "eeeeetttaaaoooiiinnnssshhhrrrdddlllcuumwfgypbvkxjq_.";

/** Exact bytes in the form fast-import reads. */
export const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** 12 x 16 x 24 files. */
const FOLDERS = 12;
const INNER_FOLDERS = 16;
const FILES = 24;
const LINE_BYTES = 64;
const MIN_LINES = 16;
const MAX_LINES = 128;
/** Of the lines of a file that changes. */
const CHANGED_LINES = 0.2;

/**
 * Changes of one to three files of 1 to 8 KB, three folders deep; a fifth of a file's lines is new each time, so that
 * versions are stored as differences, as in real packs. Keeps one number a line.
 */
export function fileChanges(random: Random): () => string {
  const text = madeText(1 << 20, random).replaceAll("\n", " ");
  const linesOf = new Map<number, Uint32Array>();
  const below = (limit: number): number => Math.floor(random.next() * limit);

  function changed(file: number): Uint32Array {
    const known = linesOf.get(file);
    const lines = known ?? new Uint32Array(MIN_LINES + below(MAX_LINES - MIN_LINES));
    for (let line = 0; line < lines.length; line++)
      if (known === undefined || random.next() < CHANGED_LINES) lines[line] = below(text.length - LINE_BYTES);
    linesOf.set(file, lines);
    return lines;
  }

  return () => {
    let made = "";
    for (let count = 1 + below(3); count > 0; count--) {
      const [outer, inner, name] = [below(FOLDERS), below(INNER_FOLDERS), below(FILES)];
      const lines = changed((outer * INNER_FOLDERS + inner) * FILES + name);
      const content = Array.from(lines, (from) => text.slice(from, from + LINE_BYTES - 1)).join("\n");
      made += `M 100644 inline source/part-${outer}/topic-${inner}/file-${name}.txt\n${data(`${content}\n`)}`;
    }
    return made;
  };
}
