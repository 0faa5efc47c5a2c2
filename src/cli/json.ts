import type { z } from "zod";
import { InvalidInput, type Problem } from "../errors.ts";

/** The value of a JSON text; throws InvalidInput when it is none. `place` is where people find it. */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput([{ where: place + positionIn(error), what: "not JSON", mend: "give a file of JSON text" }]);
  }
}

/** V8 names line and column for most mistakes. The rest of its message quotes the text and is not shown. */
function positionIn(error: unknown): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(String(error)) ?? [];
  return line === undefined || column === undefined ? "" : `:${line}:${column}`;
}

/** Problems listed one by one; the rest are counted, so that a hostile file cannot flood a terminal. */
const MAX_LISTED_COUNT = 50;

/** Schema problems as lines: where in the file, what, how to mend it. */
export function schemaProblems(error: z.ZodError, place: string): readonly Problem[] {
  const problems = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], what: "no such key", mend: "take it out" }))
      : [{ path: issue.path, what: issue.message.toLowerCase(), mend: "see docs/schema for what is allowed" }],
  );
  const listed = problems.slice(0, MAX_LISTED_COUNT).map(({ path, what, mend }) => ({
    where: `${place} ${path.map(String).join("/")}`.trim(),
    what,
    mend,
  }));
  const moreCount = problems.length - listed.length;
  return moreCount === 0
    ? listed
    : [...listed, { where: place, what: `${moreCount} more problems`, mend: "mend the first ones" }];
}
