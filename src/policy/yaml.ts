import { Composer, type CST, type Document, isMap, isScalar, isSeq, LineCounter, Parser } from "yaml";

/** Plain data from hostile YAML, and where each part of it stands. */
export type YamlRead =
  | { readonly ok: true; readonly value: unknown; readonly positions: Positions }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface Fault extends Position {
  readonly what: string;
  readonly mend: string;
}

/** 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Path = readonly (string | number)[];

/** Of keys in mappings and of items in sequences. */
export interface Positions {
  of(path: Path): Position;
}

/** Levels of nesting; a policy needs four. */
const MAX_DEPTH = 20;

/**
 * Reads one document of YAML 1.2 in the core schema. Anchors, aliases, tags, directives and merge keys are refused
 * on the syntax tree, before anything is built from them; the library's own check of duplicate keys is quadratic in
 * their number (60,000 keys: a minute), so ours replaces it.
 */
export function readYaml(text: string): YamlRead {
  const lines = new LineCounter();
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const refused = refusedSyntax(tokens);
  if (refused) return { ok: false, faults: [{ ...place(refused.offset), ...refused.because }] };

  const options = { schema: "core", uniqueKeys: false, merge: false, prettyErrors: false } as const;
  const documents = [...new Composer(options).compose(tokens)];
  const [document, second] = documents;
  if (second) return { ok: false, faults: [{ ...place(second.range[0]), ...SECOND_DOCUMENT }] };
  if (!document) return { ok: true, value: null, positions: { of: () => place(0) } };
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors.map(({ pos, message }) => ({ ...place(pos[0]), ...malformed(message) })),
    };
  return plain(document, place);
}

interface Because {
  readonly what: string;
  readonly mend: string;
}

const SECOND_DOCUMENT: Because = { what: "a second document", mend: "keep one document, without `---` between" };
const TOO_DEEP: Because = { what: `nested deeper than ${MAX_DEPTH} levels`, mend: "write it flatter" };
const REFUSED_TOKENS: Readonly<Record<string, Because>> = {
  anchor: { what: "an anchor (&)", mend: "write the value out" },
  alias: { what: "an alias (*)", mend: "write the value out, or put a text that starts with * in quotes" },
  tag: { what: "a tag (!)", mend: "take it out, or put a text that starts with ! in quotes" },
  directive: { what: "a directive (%)", mend: "take the line out" },
};
const malformed = (message: string): Because => ({
  what: `not YAML: ${message.replace(/\s+/g, " ").slice(0, 160)}`,
  mend: "mend the syntax",
});

interface Refused {
  readonly offset: number;
  readonly because: Because;
}

/** The first thing on the syntax tree that is not let through. Iterative: the tree may be 30,000 levels deep. */
function refusedSyntax(tokens: readonly CST.Token[]): Refused | null {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (let index = tokens.length - 1; index >= 0; index--)
    waiting.push({ token: tokens[index] as CST.Token, depth: 0 });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    const because =
      depth > MAX_DEPTH ? TOO_DEEP : Object.hasOwn(REFUSED_TOKENS, token.type) && REFUSED_TOKENS[token.type];
    if (because) return { offset: token.offset, because };
    if (token.type === "error") return { offset: token.offset, because: malformed(token.message) };
    const inside = depth + ("items" in token ? 1 : 0);
    for (const child of childrenOf(token).toReversed()) waiting.push({ token: child, depth: inside });
  }
  return null;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return [...token.start, ...(token.value ? [token.value] : [])];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) => [
    ...item.start,
    ...(item.key ? [item.key] : []),
    ...(item.sep ?? []),
    ...(item.value ? [item.value] : []),
  ]);
}

/** The document as plain data. Depth is bounded by now, so recursion is safe. */
function plain(document: Document.Parsed, place: (offset: number) => Position): YamlRead {
  const offsets = new Map<string, number>();
  const faults: Fault[] = [];
  const convert = (node: unknown, path: Path): unknown => {
    if (isMap(node)) return Object.fromEntries(node.items.flatMap((pair) => entry(pair.key, pair.value, path)));
    if (isSeq(node))
      return node.items.map((item, index) => {
        offsets.set(address([...path, index]), offsetOf(item));
        return convert(item, [...path, index]);
      });
    return isScalar(node) ? node.value : null;
  };
  const entry = (key: unknown, value: unknown, path: Path): [string, unknown][] => {
    const fault = (because: Because): [] => {
      faults.push({ ...place(offsetOf(key)), ...because });
      return [];
    };
    if (!isScalar(key) || typeof key.value !== "string")
      return fault({ what: "a key that is not a word", mend: "write `key: value`" });
    const here = [...path, key.value];
    if (offsets.has(address(here))) return fault({ what: "this key stands here twice", mend: "keep one of the two" });
    offsets.set(address(here), offsetOf(key));
    return [[key.value, convert(value, here)]];
  };
  const value = convert(document.contents, []);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, value, positions: { of: (path) => place(nearestOffset(offsets, path)) } };
}

const address = (path: Path): string => JSON.stringify(path);

function offsetOf(node: unknown): number {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

/** Of the path itself, or of the nearest parent that stands in the text. */
function nearestOffset(offsets: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsets.get(address(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}
