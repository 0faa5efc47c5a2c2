import type { Source } from "./effective.ts";

/** Sources for people: `owner`, `team core`, separated by `; `. */
export const sourceWords = (via: readonly Source[]): string =>
  via.map(({ kind, team }) => (team === undefined ? kind.replaceAll("_", " ") : `${kind} ${team}`)).join("; ");
