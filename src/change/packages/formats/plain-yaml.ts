import type { Steps } from "../../../slices.ts";
import { type Field, type Fields, type Items, list, MAX_DEPTH, map, scalar, type Tree } from "./tree.ts";

const LINES_A_STEP = 1_024;

const QUOTED = String.raw`'[^'\\]*'|"[^"\\]*"`;
/** Begins with nothing that YAML gives a meaning, and holds neither a comment nor a second key. */
const KEY = String.raw`${QUOTED}|[A-Za-z0-9_./$](?:[^\s:#'"{}\[\],&*!|>%\x60]|:(?=[A-Za-z0-9/]))*`;
/** Inside braces; ranges have blanks and signs of comparison between their words. */
const WORD = `[A-Za-z0-9_./^~$+=](?:(?:[A-Za-z0-9_./^~$+=@()|<>* -]|:(?=[A-Za-z0-9/]))*[A-Za-z0-9_./^~$+=@()|<>*-])?`;
const LINE = new RegExp(String.raw`^( *)(- )?(?:(${KEY}):(?: (?=\S)|$))?(.*)$`);
const VALUE = new RegExp(String.raw`^(?:${QUOTED}|[A-Za-z0-9./^~$(+=_][^\t]*)$`);
const FLOW_MAP = new RegExp(
  String.raw`^\{(?:(?:${QUOTED}|${WORD}): (?:${QUOTED}|${WORD}))(?:, (?:${QUOTED}|${WORD}): (?:${QUOTED}|${WORD}))*\}$`,
);
const FLOW_LIST = new RegExp(String.raw`^\[(?:${QUOTED}|${WORD})(?:, (?:${QUOTED}|${WORD}))*\]$`);
const PART = new RegExp(`${QUOTED}|${WORD}`, "g");
/** Longer lines are more than an expression can hold. */
const MAX_LINE = 10_000;
/** Longest value in braces that is read here; machines write the hash of one package. */
const MAX_FLOW = 1_000;

/** Signs that the lexer marks structure with: `yamlTree` takes them out before anything is read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const isForeign = (text: string): boolean => /[\u0000-\u0008\u000b-\u001f\ufeff]/.test(text);

interface Open {
  readonly node: Fields | Items;
  readonly indent: number;
}

/**
 * A YAML text as package managers write it: a key or an item a line, nested by blanks alone. Ten times as fast as the
 * lexer. Null for every other form, for `yamlTree` to read; what is read here means the same there.
 */
export function* plainYamlTree(text: string): Steps<Tree | null> {
  if (/[\t\r\u0085\u2028\u2029]/.test(text)) return null;
  const open: Open[] = [];
  /** The last key, while it has no value: what stands deeper belongs to it. */
  let waiting: Field | null = null;
  let line = 0;
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf("\n", from);
    const written = text.slice(from, feed < 0 ? undefined : feed);
    from = feed < 0 ? text.length : feed + 1;
    line += 1;
    if (written.length > MAX_LINE) return null;
    if (line % LINES_A_STEP === 0) yield;
    if (/^ *(?:#|$)/.test(written)) continue;
    const [, blanks = "", dash, key, rest = ""] = LINE.exec(written) ?? [];
    const indent = blanks.length;
    if (open.length === 0) open.push({ node: map(line), indent });
    if (waiting !== null) {
      const top = open.at(-1);
      // An item may stand below its key without being indented.
      if (indent > (top?.indent ?? 0) || (dash !== undefined && indent === top?.indent)) {
        const node: Fields | Items = dash === undefined ? map(line) : list(line);
        waiting.value = node;
        open.push({ node, indent });
        if (open.length > MAX_DEPTH) return null;
      }
      waiting = null;
    }
    while (open.length > 1 && ((open.at(-1)?.indent ?? 0) > indent || leavesList(open.at(-1), indent, dash)))
      open.pop();
    const top = open.at(-1);
    if (top === undefined || top.indent !== indent || (top.node.kind === "list") !== (dash !== undefined)) return null;
    const value = rest === "" ? null : valueIn(rest, line);
    if (top.node.kind === "list") {
      // An item that is a map of its own is left to the lexer.
      if (key !== undefined || value?.kind !== "scalar") return null;
      top.node.items.push(value);
      continue;
    }
    if (key === undefined || (rest !== "" && value === null) || key === "<<" || key === "?") return null;
    const field: Field = { key: unquoted(key), value: value ?? scalar("", line, false), line };
    top.node.fields.push(field);
    waiting = value === null ? field : null;
  }
  return open[0]?.node ?? null;
}

/** A list that stands at the column of its key ends with the next key there. */
const leavesList = (top: Open | undefined, indent: number, dash: string | undefined): boolean =>
  top?.node.kind === "list" && top.indent === indent && dash === undefined;

function valueIn(rest: string, line: number): Tree | null {
  if (rest === "{}") return map(line);
  if (rest === "[]") return list(line);
  const first = rest[0] ?? "";
  if (first === "{" || first === "[") {
    if (rest.length > MAX_FLOW || !(first === "{" ? FLOW_MAP : FLOW_LIST).test(rest)) return null;
    const parts = rest.match(PART) ?? [];
    const scalars = parts.map((part) => scalar(unquoted(part), line, isQuoted(part)));
    if (first === "[") return { kind: "list", items: scalars, line };
    const fields: Field[] = [];
    for (let at = 0; at + 1 < scalars.length; at += 2) {
      const [name, value] = [scalars[at], scalars[at + 1]];
      if (name !== undefined && value !== undefined) fields.push({ key: name.text, value, line });
    }
    return { kind: "map", fields, line };
  }
  if (!VALUE.test(rest) || (!isQuoted(rest) && /: | #|:$|\s$/.test(rest))) return null;
  return scalar(unquoted(rest), line, isQuoted(rest));
}

const isQuoted = (written: string): boolean => /^['"]/.test(written);
const unquoted = (written: string): string => (isQuoted(written) ? written.slice(1, -1) : written);
