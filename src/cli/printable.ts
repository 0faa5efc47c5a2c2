import { codePoint, spellHidden } from "../characters.ts";

/** Text that others wrote, safe on a terminal: no file name can move the cursor, change colours or reverse a line. */
export const printable = (text: string): string => spellHidden(text, (character) => `<U+${codePoint(character)}>`);
