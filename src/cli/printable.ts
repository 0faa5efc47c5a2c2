/**
 * Text that others wrote, safe on a terminal: control, format and invisible characters become `<U+XXXX>`, so that no
 * file name can move the cursor, change colours or reverse a line.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `<U+${hex(character)}>`);
}

/** Other, line and paragraph separators, and the letters that show nothing. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
