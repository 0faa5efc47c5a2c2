import type { Instant } from "../clock.ts";
import type { Problem } from "../errors.ts";
import { type ListedEntry, MAX_ENTRIES, type Named, type ReadList } from "./entry.ts";

/** Problems listed one by one; of more the number is said, so that no file floods a terminal. */
const MAX_PROBLEMS = 50;
/** After as many the file is none of its kind, and reading on tells nobody anything. */
const MOST_PROBLEMS = 1_000;

/** What a reader finds on its way through a file: entries, what it leaves out, and all that is wrong. */
export interface Gathering {
  add(entry: ListedEntry): void;
  leaveOut(what: string): void;
  /** Null, so that a reader can hand it on in the place of a value. */
  problem(where: string, what: string, mend: string): null;
  /** True once nothing more is worth reading: there are too many entries, or too many mistakes. */
  isOver(): boolean;
  result(format: ReadList["format"]): ReadList;
}

/** `isOnce`: who stands twice in such a file stands there by mistake, and the two may say different things. */
export function gathering(place: string, isOnce: boolean): Gathering {
  const entries: ListedEntry[] = [];
  const problems: Problem[] = [];
  const leftOut = new Map<string, number>();
  const seen = new Map<string, string>();
  let problemCount = 0;
  let isFull = false;
  const problem: Gathering["problem"] = (where, what, mend) => {
    problemCount++;
    if (problems.length < MAX_PROBLEMS) problems.push({ where, what, mend });
    return null;
  };
  return {
    problem,
    leaveOut: (what) => void leftOut.set(what, (leftOut.get(what) ?? 0) + 1),
    add(entry) {
      if (entries.length === MAX_ENTRIES) {
        const said = `more than ${MAX_ENTRIES.toLocaleString("en")} entries`;
        if (!isFull) problem(entry.where, said, "split the file");
        isFull = true;
        return;
      }
      const key = keyOf(entry.named);
      const before = seen.get(key);
      if (isOnce && before !== undefined) problem(entry.where, `the same account as ${before}`, "keep one of the two");
      else entries.push(entry);
      seen.set(key, entry.where);
    },
    isOver: () => isFull || problemCount >= MOST_PROBLEMS,
    result: (format) => ({
      format,
      entries,
      leftOut: [...leftOut].map(([what, count]) => ({ what, count })),
      problems:
        problemCount === problems.length
          ? problems
          : [
              ...problems,
              { where: place, what: `${problemCount - problems.length} more problems`, mend: "mend the first ones" },
            ],
    }),
  };
}

const keyOf = (named: Named): string => {
  if (named.by === "id") return `id ${named.id}`;
  return named.by === "login" ? `login ${named.login.toLowerCase()}` : `email ${named.address}`;
};

/** Where what is read stands, and the moment it is read at. */
export interface Reading {
  /** The name of the file. */
  readonly place: string;
  readonly now: Instant;
}
