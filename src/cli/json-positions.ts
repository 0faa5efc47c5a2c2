/** 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

type Path = readonly PropertyKey[];

/** Where a text stops being JSON; null when it never does. Time is linear in the text, depth costs no stack. */
export function faultIn(text: string): Position | null {
  const offset = scan(text, EMPTY);
  return offset === null ? null : positionOf(text, offset);
}

/**
 * Where each path stands in a JSON text: the key of a member, the first character of an item; of what is not there the
 * nearest thing that holds it. One pass over the text for all of them.
 */
export function positionsIn(text: string, paths: readonly Path[]): readonly Position[] {
  const root = makeNode();
  for (const path of paths) path.reduce<Node>((node, step) => childOf(node, String(step)), root);
  scan(text, root);
  return paths.map((path) => {
    let [node, at]: [Node | undefined, number] = [root, 0];
    for (const step of path) {
      node = node?.children.get(String(step));
      if (node === undefined || node.at < 0) break;
      at = node.at;
    }
    return positionOf(text, at);
  });
}

/** What is looked for: names below names, with the place where each was found, below zero before. */
interface Node {
  at: number;
  readonly children: Map<string, Node>;
}

const makeNode = (): Node => ({ at: -1, children: new Map() });
const EMPTY = makeNode();

function childOf(node: Node, name: string): Node {
  const child = node.children.get(name) ?? makeNode();
  node.children.set(name, child);
  return child;
}

function positionOf(text: string, offset: number): Position {
  let [line, start] = [1, 0];
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** An open bracket: what is looked for below it, and how many items it had so far. */
interface Open {
  readonly node: Node | undefined;
  readonly isList: boolean;
  count: number;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Where what the pattern means ends, when it stands there; below zero otherwise. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The same of a string, whose text may be as long as the file. */
function afterString(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < FIRST_PRINTABLE) return -1;
    at = code === BACKSLASH ? after(ESCAPE, text, at) : at + 1;
    if (at < 0) return -1;
  }
  return -1;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** Offset of the first fault, null without one; notes where the nodes stand on the way. */
function scan(text: string, root: Node): number | null {
  const open: Open[] = [];
  const skip = (from: number): number => after(SPACE, text, from);
  let at = skip(0);
  let node: Node | undefined = root;
  for (;;) {
    if (text[at] === "{" || text[at] === "[") {
      open.push({ node, isList: text[at] === "[", count: 0 });
      at = skip(at + 1);
    } else {
      const end = text[at] === '"' ? afterString(text, at) : after(SCALAR, text, at);
      if (end < 0) return at;
      at = skip(end);
    }
    for (let last = open.at(-1); last && text[at] === (last.isList ? "]" : "}"); last = open.at(-1)) {
      open.pop();
      at = skip(at + 1);
    }
    const inside = open.at(-1);
    if (inside === undefined) return at === text.length ? null : at;
    if (inside.count > 0) {
      if (text[at] !== ",") return at;
      at = skip(at + 1);
    }
    const place = at;
    let name = String(inside.count);
    if (!inside.isList) {
      const end = afterString(text, at);
      if (end < 0) return at;
      if (inside.node) name = String(JSON.parse(text.slice(at, end)));
      at = skip(end);
      if (text[at] !== ":") return at;
      at = skip(at + 1);
    }
    inside.count++;
    // Of a name that stands there twice JSON.parse keeps the last.
    node = inside.node?.children.get(name);
    if (node) node.at = place;
  }
}
