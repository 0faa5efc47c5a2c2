import type { Instant } from "../../clock.ts";
import type { Problem } from "../../errors.ts";
import { hashesIn, PIECE_HASHES, piecesOf } from "./hashes.ts";
import { type CodeKey, sameDigest } from "./key.ts";

/** What stands above the hashes of a code index. */
export interface CodeIndexHead {
  readonly key: string;
  readonly count: number;
  readonly madeAt: Instant;
  /** Names of the repositories as addresses write them, where whoever made it asked for them. */
  readonly names?: readonly string[] | undefined;
}

/** An index as it is imported: pieces of at most `PIECE_HASHES` hashes, all sorted. */
export interface CodeIndexContent extends CodeIndexHead {
  readonly pieces: readonly string[];
  /** Names this content, and changes with it. */
  readonly digest: string;
}

/** Hashes of one index: 160 MB in memory while it is made, 220 MB of text. */
export const MOST_HASHES = 20_000_000;
/** Characters of its first line. */
const MOST_HEAD = 2 ** 20;

const BEGINS = "sallyport-code-index/1";
const HEAD =
  /^sallyport-code-index\/1 key=([0-9a-f]{16}) count=(\d{1,8}) made=(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)(?: names=([\w.~!*'(),%-]*))?\n$/;

/**
 * The file, line by line: what it is, pieces of hashes, and a seal over all of that by the key. No path and no content
 * stand in it, and no name of a repository unless one was asked for.
 */
export function* indexLines(
  head: Omit<CodeIndexHead, "key" | "count">,
  { hashes, key }: { readonly hashes: BigUint64Array; readonly key: CodeKey },
): Generator<string, void, void> {
  const seal = key.seal();
  const sealed = (line: string): string => {
    seal.update(line);
    return line;
  };
  const { madeAt, names } = head;
  const named = names === undefined ? "" : ` names=${names.map(encodeURIComponent).join(",")}`;
  yield sealed(`${BEGINS} key=${key.fingerprint} count=${hashes.length} made=${madeAt}${named}\n`);
  for (const piece of piecesOf(hashes)) yield sealed(`${piece}\n`);
  yield `seal ${seal.digest()}\n`;
}

/**
 * The content of such a file, or what is wrong with it: no such file, of another version, made with another key, cut off,
 * changed. `parts` are pieces of whole lines.
 */
export function readIndex(
  parts: Iterable<string>,
  { key, where }: { readonly key: CodeKey; readonly where: string },
): CodeIndexContent | Problem {
  const lines = linesOf(parts);
  const first = lines.next();
  const head = first.done ? null : headIn(first.value);
  if (head === null)
    return {
      where,
      what: "not a code index of this version",
      mend: "give a file that `sallyport code-index build` made",
    };
  if (head.key !== key.fingerprint)
    return {
      where,
      what: `made with the key ${head.key}, and the key file holds ${key.fingerprint}`,
      mend: "give the key file that it was built with",
    };
  const seal = key.seal();
  seal.update(first.value ?? "");
  const pieces: string[] = [];
  for (const line of lines) {
    if (!line.startsWith("seal ")) {
      seal.update(line);
      pieces.push(line.slice(0, -1));
      continue;
    }
    const digest = seal.digest();
    const isWhole = sameDigest(line, `seal ${digest}\n`) && lines.next().done === true;
    return isWhole && isInOrder(pieces, head.count) ? { ...head, pieces, digest } : changed(where);
  }
  return { where, what: "cut off: its last line is missing", mend: "copy it again, or build it again" };
}

const changed = (where: string): Problem => ({
  where,
  what: "changed since it was built, or damaged",
  mend: "copy it again, or build it again",
});

function headIn(line: string): CodeIndexHead | null {
  const [, key = "", count = "", madeAt = "", names] = HEAD.exec(line.slice(0, MOST_HEAD)) ?? [];
  if (key === "" || Number(count) > MOST_HASHES || Number.isNaN(Date.parse(madeAt))) return null;
  // A percent sign that begins no character was not written here.
  if (names !== undefined && /%(?![0-9A-F]{2})/.test(names)) return null;
  return { key, count: Number(count), madeAt, ...(names !== undefined && { names: names.split(",").filter(Boolean) }) };
}

/** Every piece is full but the last, and hashes only grow. */
function isInOrder(pieces: readonly string[], count: number): boolean {
  let [seen, last] = [0, -1n];
  for (const [index, piece] of pieces.entries()) {
    const hashes = hashesIn(piece);
    if (hashes === null || (hashes.length !== PIECE_HASHES && index < pieces.length - 1)) return false;
    for (const hash of hashes) {
      if (hash >> 1n <= last) return false;
      last = hash >> 1n;
    }
    seen += hashes.length;
  }
  return seen === count;
}

function* linesOf(parts: Iterable<string>): Generator<string, void, void> {
  for (const part of parts)
    for (let from = 0; from < part.length; ) {
      const end = part.indexOf("\n", from);
      yield end < 0 ? part.slice(from) : part.slice(from, end + 1);
      from = end < 0 ? part.length : end + 1;
    }
}
