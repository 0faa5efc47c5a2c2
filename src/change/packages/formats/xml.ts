import type { Steps } from "../../../slices.ts";
import type { Unreadable } from "../contract.ts";
import { lineCounter } from "./line-counter.ts";
import { type Fields, MAX_DEPTH, map, scalar, type Tree } from "./tree.ts";

const TAGS_A_STEP = 512;
const NAME = /^\/?([^\s/>]+)/;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * The elements of an XML text with lines: an element with text alone is a scalar, others are maps of their children.
 * Attributes are left out, and a text that declares entities of its own is not read.
 */
export function* xmlTree(text: string): Steps<Tree | Unreadable> {
  const root = map(1);
  const open: { readonly name: string; readonly node: Fields; readonly from: number }[] = [];
  const lineAt = lineCounter(text);
  let line = 1;
  let count = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    line = lineAt(at);
    count += 1;
    if (count % TAGS_A_STEP === 0) yield;
    const skipped = skippedAt(text, at);
    if (skipped !== null) {
      if (skipped < 0 || text.startsWith("<!DOCTYPE", at))
        return { unreadable: "This form of XML is not read here.", line };
      at = skipped;
      continue;
    }
    const end = text.indexOf(">", at);
    if (end < 0) return { unreadable: "A tag does not end.", line };
    const name = NAME.exec(text.slice(at + 1, Math.min(end, at + 200)))?.[1] ?? "";
    const parent = open.at(-1)?.node ?? root;
    if (text[at + 1] === "/") {
      const closed = open.pop();
      if (closed === undefined || closed.name !== name) return { unreadable: "A tag closes that is not open.", line };
      const holder = open.at(-1)?.node ?? root;
      const field = holder.fields.at(-1);
      if (field !== undefined && closed.node.fields.length === 0)
        field.value = scalar(contentOf(text.slice(closed.from, at)), field.line);
    } else {
      const node = map(line);
      parent.fields.push({ key: name, value: node, line });
      if (text[end - 1] !== "/") open.push({ name, node, from: end + 1 });
      if (open.length > MAX_DEPTH) return { unreadable: "Nested deeper than is read here.", line };
    }
    at = end + 1;
  }
  return open.length === 0 ? root : { unreadable: "The file ends too early.", line };
}

/** Where a comment, an instruction or a CDATA section ends; null for a tag, -1 where it does not end. */
function skippedAt(text: string, at: number): number | null {
  for (const [start, close] of [
    ["<!--", "-->"],
    ["<?", "?>"],
    ["<![CDATA[", "]]>"],
    ["<!", ">"],
  ] as const)
    if (text.startsWith(start, at)) {
      const end = text.indexOf(close, at + start.length);
      return end < 0 ? -1 : end + close.length;
    }
  return null;
}

function contentOf(written: string): string {
  return written
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal, hex, name: string | undefined) => {
      const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
      if (point === null) return ENTITIES.get(name ?? "") ?? whole;
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    })
    .trim();
}
