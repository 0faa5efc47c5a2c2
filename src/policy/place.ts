import { spellHidden } from "../characters.ts";
import type { Path, Positions } from "./yaml.ts";

/** A file that was read: how people find it, and where each part of it stands. */
export interface Source {
  readonly place: string;
  readonly positions: Positions;
}

/** Where in a file something is, for people: `place:line:column key.below[0]`. */
export function where(path: Path, { place, positions }: Source): string {
  const { line, column } = positions.of(path);
  const key = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${printable(part)}`))
    .join("")
    .replace(/^\./, "");
  return `${place}:${line}:${column}${key === "" ? "" : ` ${key}`}`;
}

/** Keys come from the file: characters that nobody sees would forge lines. */
const printable = (key: string): string => {
  const clean = spellHidden(key, () => "?");
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
};
