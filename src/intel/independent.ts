import type { ListedEntry } from "./entry.ts";

/** What tells whose word an entry is: the list it came in by, who found it, and where it can be checked. */
export interface Sourced extends Pick<ListedEntry, "origin" | "reference"> {
  readonly source: string;
}

/**
 * Groups of entries that do not rest on one another: two that came in by one list, that name one finder or that lead to
 * one page are one word, however many lists repeat it.
 */
export function independentGroups<Entry extends Sourced>(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: { readonly marks: Set<string>; readonly entries: Entry[] }[] = [];
  for (const entry of entries) {
    const marks = marksOf(entry);
    const joined = groups.filter((group) => marks.some((mark) => group.marks.has(mark)));
    const [first = { marks: new Set<string>(), entries: [] }, ...others] = joined;
    if (joined.length === 0) groups.push(first);
    for (const other of others) {
      groups.splice(groups.indexOf(other), 1);
      for (const mark of other.marks) first.marks.add(mark);
      first.entries.push(...other.entries);
    }
    for (const mark of marks) first.marks.add(mark);
    first.entries.push(entry);
  }
  return groups.map((group) => group.entries);
}

/** A list and a finder of one name are one: a list that is another's only source adds nothing. */
const marksOf = ({ source, origin, reference }: Sourced): readonly string[] => [
  `by ${plain(source)}`,
  ...(origin === null ? [] : [`by ${plain(origin)}`]),
  ...(reference === null ? [] : [`at ${reference}`]),
];

const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
