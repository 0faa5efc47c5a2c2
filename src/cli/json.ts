import { z } from "zod";
import { InvalidInput, type Problem } from "../errors.ts";
import type { Output } from "./command.ts";
import { faultIn, type Position, positionsIn } from "./json-positions.ts";

/** The value of a JSON text; throws InvalidInput when it is none. `place` is where people find it. */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8 names the place of some mistakes only, and quotes the text beside it.
    const where = placeAt(place, faultIn(text) ?? TOP);
    throw new InvalidInput([{ where, what: "not JSON", mend: "give a file of JSON text" }]);
  }
}

/** The JSON Schema of one of our formats, as text. Inputs may carry keys that we do not read; outputs are exact. */
export function jsonSchemaText(title: string, schema: z.ZodType, io: "input" | "output"): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** Prints a report as one line of JSON, as fast as it is read: a list of its that is made row by row is never held whole. */
export async function printJson(out: Output, report: object): Promise<void> {
  for (const piece of jsonPieces(report)) {
    out.write(piece);
    await out.drained();
  }
  out.write("\n");
}

/**
 * A report in pieces that together are its JSON text: lists are cut, so that one of tens of thousands of rows is not in
 * memory twice more, as a text and as bytes. A list may be an iterable that makes its rows one by one.
 */
export function* jsonPieces(report: object): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries(report)) {
    yield `${before}${JSON.stringify(name)}:`;
    if (typeof value === "object" && value !== null && Symbol.iterator in value) yield* listPieces(value);
    else yield JSON.stringify(value);
    before = ",";
  }
  yield "}";
}

/** Some 30 KB: a text that small dies young. */
const PIECE_ROWS = 50;

function* listPieces(list: Iterable<unknown>): Generator<string> {
  yield "[";
  let before = "";
  let rows: unknown[] = [];
  const piece = (): string => `${before}${JSON.stringify(rows).slice(1, -1)}`;
  for (const row of list) {
    rows.push(row);
    if (rows.length < PIECE_ROWS) continue;
    yield piece();
    [before, rows] = [",", []];
  }
  if (rows.length > 0) yield piece();
  yield "]";
}

/** A JSON text, and where people find it. */
export interface JsonSource {
  readonly place: string;
  readonly text: string;
}

const placeAt = (place: string, { line, column }: Position): string => `${place}:${line}:${column}`;

const TOP: Position = { line: 1, column: 1 };

/** The same for problems that name their place as `grants[3].account` after that of the file. */
export function withPositions(problems: readonly Problem[], { place, text }: JsonSource): readonly Problem[] {
  const paths = problems.map(({ where }) => where.slice(place.length).trim());
  const positions = positionsIn(
    text,
    paths.map((path) => path.split(/[.[\]]+/).filter((step) => step !== "")),
  );
  return problems.map((problem, at) => ({
    ...problem,
    where: `${placeAt(place, positions[at] ?? TOP)} ${paths[at]}`.trim(),
  }));
}

/** Problems listed one by one; the rest are counted, so that a hostile file cannot flood a terminal. */
const MAX_LISTED_COUNT = 50;

/** Schema problems as lines: line and column in the file and the path there, what, how to mend it. */
export function schemaProblems(error: z.ZodError, { place, text }: JsonSource): readonly Problem[] {
  const problems = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], what: "no such key", mend: "take it out" }))
      : [{ path: issue.path, what: issue.message.toLowerCase(), mend: "see docs/schema for what is allowed" }],
  );
  const first = problems.slice(0, MAX_LISTED_COUNT);
  const positions = positionsIn(
    text,
    first.map(({ path }) => path),
  );
  const listed = first.map(({ path, what, mend }, at) => ({
    where: `${placeAt(place, positions[at] ?? TOP)} ${path.map(String).join("/")}`.trim(),
    what,
    mend,
  }));
  const moreCount = problems.length - listed.length;
  return moreCount === 0
    ? listed
    : [...listed, { where: place, what: `${moreCount} more problems`, mend: "mend the first ones" }];
}
