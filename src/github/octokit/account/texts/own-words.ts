/** Whoever writes more than this says what counts here within it. */
const MAX_LENGTH = 8_000;

/** A text without what its writer did not write: lines it quotes, and comments that a template left behind. */
export const ownWords = (text: string): string =>
  text
    .slice(0, MAX_LENGTH)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/^\s{0,3}>.*$/gm, "");

/** Own words without code, which is written by programs and copied from anywhere. */
export const ownProse = (text: string): string =>
  ownWords(text)
    .replace(/```[\s\S]*?(?:```|$)/g, "")
    .replace(/`[^`\n]*`/g, "");
