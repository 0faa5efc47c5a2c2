import type { Steps } from "../../../slices.ts";

/**
 * A JSON document as texts that take a few milliseconds each to write, store and read, however long its lists are. The
 * first is the document with its long lists emptied; each of the others fills one of them up, outer ones first.
 */
export function* piecesOf(document: unknown): Steps<readonly string[]> {
  const long: LongList[] = [];
  const pieces = [JSON.stringify(shortened(document, [], long).value)];
  for (const { at, items } of iterate(long)) {
    for (let from = 0; from < items.length; ) {
      const taken: unknown[] = [];
      for (let weight = 0; weight < PIECE_WEIGHT && from < items.length; from++) {
        const item = shortened(items[from], [...at, from], long);
        weight += item.weight;
        taken.push(item.value);
      }
      const piece: Piece = { at, items: taken };
      pieces.push(JSON.stringify(piece));
      yield;
    }
  }
  return pieces;
}

/** The document again. */
export function* documentOf(pieces: Iterable<string>): Steps<unknown> {
  const [first = "null", ...rest] = pieces;
  const document: unknown = JSON.parse(first);
  for (const text of rest) {
    const { at, items }: Piece = JSON.parse(text);
    const list = at.reduce<unknown>(memberOf, document);
    if (Array.isArray(list)) list.push(...items);
    yield;
  }
  return document;
}

/** Where in the document a list is, as keys and indices from the top, and the next of its items. */
interface Piece {
  readonly at: Path;
  readonly items: readonly unknown[];
}

interface LongList {
  readonly at: Path;
  readonly items: readonly unknown[];
}

type Path = readonly (string | number)[];

/** How every piece of one list of the document begins, and of lists within its items. */
export const beginningOf = (list: string): string => `{"at":[${JSON.stringify(list)}`;

/** Items from which a list stands in pieces of its own. */
const LONG = 100;
/** Values of all kinds in one piece, about 50 KB. */
const PIECE_WEIGHT = 2_000;

/** The value without its long lists, which are added to `long`, and how many values are left in it. */
function shortened(value: unknown, at: Path, long: LongList[]): { readonly value: unknown; readonly weight: number } {
  if (typeof value !== "object" || value === null) return { value, weight: 1 };
  if (Array.isArray(value) && value.length > LONG) {
    long.push({ at, items: value });
    return { value: [], weight: 1 };
  }
  let weight = 1;
  const kept = (key: string | number, member: unknown): unknown => {
    const short = shortened(member, [...at, key], long);
    weight += short.weight;
    return short.value;
  };
  const short = Array.isArray(value)
    ? value.map((member, index) => kept(index, member))
    : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, kept(key, member)]));
  return { value: short, weight };
}

/** Each of a list that grows meanwhile. */
function* iterate<Item>(list: readonly Item[]): Generator<Item, void, void> {
  for (let index = 0; index < list.length; index++) yield list[index] as Item;
}

const memberOf = (value: unknown, key: string | number): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
