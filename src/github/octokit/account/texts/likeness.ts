import type { Steps } from "../../../../slices.ts";
import { ownWords } from "./own-words.ts";

/** What texts are compared by. */
export interface Comparable {
  readonly title: string;
  readonly body: string;
  /** Owner and name of the repository it stands in, which a copy names anew in each. */
  readonly place: string;
  /** Lines added and removed of a pull request; null of anything else. */
  readonly size: readonly [number, number] | null;
}

/** Words in a row that are one piece of a text. */
const SHINGLE_WORDS = 5;
/** Share of pieces that nearly equal texts have in common (SIGNALS.md, beh-template-duplicate-prs). */
const MIN_JACCARD = 0.9;
/** Below so many words a text says too little: "Update README.md" is GitHub's own title for an edit. */
const MIN_WORDS = 8;
/** Letters of scripts that put no space between words: so many weigh as one word. */
const LETTERS_A_WORD = 3;
/** Short texts are alike where the same words come with a change of the same size, and one of some size. */
const MIN_LINES = 10;

/** A text as a set of its pieces. */
interface Pieces {
  readonly index: number;
  /** Sorts the same whatever the order of the texts. */
  readonly key: string;
  readonly shingles: ReadonlySet<string>;
}

/**
 * Numbers texts so that nearly equal ones have the same number, in the order of their first; null for one that is like
 * no other. Headings and boxes to tick are a template's, names of repositories and numbers are masked. The same texts
 * give the same groups in whatever order they come.
 */
export function* alikeSteps(texts: readonly Comparable[]): Steps<readonly (number | null)[]> {
  const pieces: Pieces[] = [];
  for (const [index, text] of texts.entries()) {
    const found = piecesOf(text, index);
    if (found !== null) pieces.push(found);
    yield;
  }
  pieces.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const groups: { readonly first: Pieces; readonly members: number[] }[] = [];
  for (const piece of pieces) {
    const group = groups.find(({ first }) => isNearlyEqual(first.shingles, piece.shingles));
    if (group === undefined) groups.push({ first: piece, members: [piece.index] });
    else group.members.push(piece.index);
    yield;
  }
  const numbered: (number | null)[] = texts.map(() => null);
  const shared = groups
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => members.toSorted((a, b) => a - b));
  for (const [number, members] of shared.toSorted(([a = 0], [b = 0]) => a - b).entries())
    for (const member of members) numbered[member] = number;
  return numbered;
}

function piecesOf({ title, body, place, size }: Comparable, index: number): Pieces | null {
  const words = wordsOf(`${title}\n${body}`, place);
  if (!isLong(words)) {
    if (words.length === 0 || size === null || size[0] + size[1] < MIN_LINES) return null;
    const whole = `${words.join(" ")} ${size.join(" ")}`;
    return { index, key: whole, shingles: new Set([whole]) };
  }
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  const shingles = new Set(Array.from({ length: count }, (_, at) => words.slice(at, at + SHINGLE_WORDS).join(" ")));
  return { index, key: words.join(" "), shingles };
}

function isLong(words: readonly string[]): boolean {
  const letters = words.filter((each) => /^\p{Lo}$/u.test(each)).length;
  return words.length - letters + letters / LETTERS_A_WORD >= MIN_WORDS;
}

/** Words, and single letters of scripts that do not part words. */
function wordsOf(text: string, place: string): readonly string[] {
  const [owner = "", name = ""] = place.toLowerCase().split("/");
  return (
    ownWords(text)
      .replace(/^\s*(?:#{1,6}\s|[-*] \[[ x]\]).*$/gim, "")
      .replace(/https?:\/\/\S+/g, " link ")
      .toLowerCase()
      .replaceAll(`${owner}/${name}`, " here ")
      .replaceAll(name.length >= MIN_NAME ? name : `${owner}/${name}`, " here ")
      .replaceAll(owner.length >= MIN_NAME ? owner : `${owner}/${name}`, " here ")
      .match(/\p{Lo}|[\p{L}\p{N}_]+/gu)
      ?.map((word) => (/^\p{N}+$/u.test(word) ? "0" : word)) ?? []
  );
}

/** A repository called `a` would be masked in every word. */
const MIN_NAME = 3;

/** Stops as soon as too many pieces are missing: most texts are told apart by a few. */
function isNearlyEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size < MIN_JACCARD * large.size) return false;
  // Of s and l pieces i are in both: i / (s + l - i) is 0.9 or more.
  const needed = Math.ceil((MIN_JACCARD * (small.size + large.size)) / (1 + MIN_JACCARD));
  let missing = small.size - needed;
  for (const piece of small) if (!large.has(piece) && --missing < 0) return false;
  return missing >= 0;
}
