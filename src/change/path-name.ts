import { codePoint, FOREIGN_SPACE, spellHidden } from "../characters.ts";

/** Longest path shown in a sentence. */
const MAX_PATH_CHARS = 120;

/** A path is written by whoever pushed it: what a reader cannot see, or takes for a space, is drawn as its number. */
export const pathName = (path: string): string =>
  spellHidden(path.slice(0, MAX_PATH_CHARS), drawn).replace(SPACES, drawn);

const SPACES = new RegExp(`[${FOREIGN_SPACE}]`, "gu");
const drawn = (character: string): string => `\\u{${codePoint(character).toLowerCase()}}`;
