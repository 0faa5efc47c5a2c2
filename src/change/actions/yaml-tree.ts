import type * as Yaml from "yaml";
import type { Steps } from "../../slices.ts";
import { compose, type Refusal, yaml } from "./compose-yaml.ts";

/** Lines as git counts them: 1-based, ended by line feeds alone, both ends included. */
export interface Lines {
  readonly line: number;
  readonly endLine: number;
}

/** One scalar, whatever its style: what YAML makes of it, and how it is written. */
export interface Text extends Lines {
  readonly kind: "text";
  readonly text: string;
  /** The characters in the file, indicators and quotes included. */
  readonly source: string;
  /** Comment behind it on its line; null when there is none. */
  readonly comment: string | null;
}

export interface TreeMap extends Lines {
  readonly kind: "map";
  /** In file order; no name twice. */
  readonly entries: readonly { readonly key: Text; readonly value: Tree }[];
}

export interface TreeList extends Lines {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

/** A YAML value with aliases and merge keys resolved; everything that is no map or list is text. */
export type Tree = Text | TreeMap | TreeList;

/** A text that is no YAML, or more of it than anybody writes. */
export interface Malformed {
  readonly kind: "malformed";
  readonly reason: string;
  readonly line: number;
}

/** What every text is held to, beside what one is put together of. */
const LIMITS = { characters: 500_000, nodes: 50_000, expressions: 2_000 };

/** A long text that aliases repeat counts for more than one value. */
const CHARACTERS_PER_NODE = 25;

/** No YAML text may hold these; the lexer marks structure with some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The documents of a YAML text that hold anything. Linear in its length and in what its aliases stand for, both capped;
 * never throws. In steps, of which the longest puts one document together.
 */
export function* readTrees(text: string): Steps<readonly Tree[] | Malformed> {
  const lineAt = lineCounter(text);
  if (text.length > LIMITS.characters)
    return { kind: "malformed", reason: `longer than ${LIMITS.characters} characters`, line: 1 };
  if (text.split("${{", LIMITS.expressions + 2).length > LIMITS.expressions + 1)
    return { kind: "malformed", reason: `more than ${LIMITS.expressions} expressions`, line: 1 };
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) return { kind: "malformed", reason: "holds a control character", line: lineAt(forbidden.index) };
  const composed = yield* compose(text);
  if ("reason" in composed) return malformed(composed, lineAt);
  const trees: Tree[] = [];
  for (const document of composed.documents) {
    yield;
    const reading = new Reading(text, lineAt);
    const tree = reading.read(document.contents);
    if (reading.refusal) return malformed(reading.refusal, lineAt);
    if (tree !== null && !isEmpty(tree)) trees.push(tree);
  }
  return trees;
}

const isEmpty = (tree: Tree): boolean => tree.kind === "text" && tree.text === "";

const malformed = ({ reason, offset }: Refusal, lineAt: (offset: number) => number): Malformed => ({
  ...{ kind: "malformed", reason },
  line: lineAt(offset),
});

/** One document turned into a tree. Anchors are looked up in order, so a name may be used again. */
class Reading {
  /** Why the tree is not to be used. */
  refusal: Refusal | null = null;
  private readonly anchors = new Map<string, { readonly tree: Tree; readonly size: number }>();
  private size = 0;
  private readonly text: string;
  private readonly lineAt: (offset: number) => number;

  constructor(text: string, lineAt: (offset: number) => number) {
    this.text = text;
    this.lineAt = lineAt;
  }

  read(node: unknown): Tree | null {
    const { isAlias, isMap, isScalar, isSeq } = yaml();
    if (this.refusal) return null;
    if (isAlias(node)) return this.aliased(node.source, node.range?.[0] ?? 0);
    const before = this.size;
    this.grow(1 + (isScalar(node) && node.range ? (node.range[1] - node.range[0]) / CHARACTERS_PER_NODE : 0), 0);
    const tree = isMap(node)
      ? this.map(node)
      : isSeq(node)
        ? this.list(node)
        : isScalar(node)
          ? this.scalar(node)
          : null;
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined && tree) this.anchors.set(anchor, { tree, size: this.size - before });
    return tree;
  }

  /** Counts what the aliases stand for, so that nobody who walks the tree meets more than that. */
  private grow(by: number, offset: number): void {
    this.size += by;
    if (this.size > LIMITS.nodes) this.refuse(`more than ${LIMITS.nodes} values, aliases counted`, offset);
  }

  private refuse(reason: string, offset: number): null {
    this.refusal ??= { reason, offset };
    return null;
  }

  private aliased(name: string, offset: number): Tree | null {
    const known = this.anchors.get(name);
    if (!known) return this.refuse("an alias without its anchor", offset);
    this.grow(known.size, offset);
    return known.tree;
  }

  private place(range: Yaml.Range | null | undefined): Lines & { readonly source: string } {
    const [start, end] = [range?.[0] ?? 0, range?.[1] ?? 0];
    const source = this.text.slice(start, end);
    const last = end - (source.length - source.trimEnd().length);
    return { line: this.lineAt(start), endLine: this.lineAt(Math.max(start, last - 1)), source };
  }

  private scalar(node: Yaml.Scalar): Text {
    return {
      kind: "text",
      text: typeof node.value === "string" ? node.value : "",
      ...this.place(node.range),
      comment: node.comment?.trim() ?? null,
    };
  }

  private list(node: Yaml.YAMLSeq): TreeList {
    const { line, endLine } = this.place(node.range);
    return { kind: "list", items: node.items.flatMap((item) => this.read(item) ?? []), line, endLine };
  }

  private map(node: Yaml.YAMLMap): TreeMap | null {
    const { line, endLine } = this.place(node.range);
    const own: { readonly key: Text; readonly value: Tree }[] = [];
    const merged: { readonly key: Text; readonly value: Tree }[] = [];
    const names = new Set<string>();
    for (const pair of node.items) {
      const offset = yaml().isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
      const key = this.read(pair.key);
      if (key?.kind !== "text") return this.refuse("a key that is no text", offset);
      const value = this.read(pair.value) ?? { ...key, text: "", source: "" };
      if (key.source === "<<") merged.push(...mergedEntries(value));
      else if (names.has(key.text)) return this.refuse("the same key twice in one map", offset);
      else own.push({ key, value });
      if (key.source !== "<<") names.add(key.text);
    }
    // Of two maps that are merged, the first has a name; the map's own goes before both.
    const inherited = merged.filter(({ key }) => !names.has(key.text) && names.add(key.text));
    return { kind: "map", entries: [...own, ...inherited], line, endLine };
  }
}

function mergedEntries(value: Tree): TreeMap["entries"] {
  if (value.kind === "map") return value.entries;
  return value.kind === "list" ? value.items.flatMap((item) => (item.kind === "map" ? item.entries : [])) : [];
}

/** Line of an offset by its line feeds: one pass, then a search by halves. */
function lineCounter(text: string): (offset: number) => number {
  const feeds: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) feeds.push(at);
  return (offset) => {
    let [low, high] = [0, feeds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((feeds[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
