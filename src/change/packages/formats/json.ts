import type { Steps } from "../../../slices.ts";
import type { Unreadable } from "../contract.ts";
import { lineCounter } from "./line-counter.ts";
import { type Fields, type Items, list, MAX_DEPTH, map, scalar, type Tree } from "./tree.ts";

const TOKENS_A_STEP = 1_024;

/** All but strings, which may be longer than an expression can hold. */
const LEXEME = /[{}[\],:]|\/\/[^\n]*|\/\*|[^\s"{}[\],:/]+|\S/y;
const BLANK = /\s*/y;

/** A JSON text with lines. Comments and trailing commas are allowed, as some of these files have them. */
export function* jsonTree(text: string): Steps<Tree | Unreadable> {
  const builder = new Builder();
  const lineAt = lineCounter(text);
  let count = 0;
  let line = 1;
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; ) {
    line = lineAt(at);
    BLANK.lastIndex = at;
    BLANK.test(text);
    if (BLANK.lastIndex > at) {
      at = BLANK.lastIndex;
      continue;
    }
    LEXEME.lastIndex = at;
    const lexeme = text[at] === '"' ? stringAt(text, at) : (LEXEME.exec(text)?.[0] ?? "");
    if (lexeme === "/*") {
      const end = text.indexOf("*/", at + 2);
      if (end < 0) return { unreadable: "A comment does not end.", line };
      at = end + 2;
      continue;
    }
    at += lexeme.length;
    if (lexeme.startsWith("//")) continue;
    const wrong = builder.take(lexeme, line);
    if (wrong !== null) return { unreadable: wrong, line };
    count += 1;
    if (count % TOKENS_A_STEP === 0) yield;
  }
  return builder.root ?? { unreadable: "The file is empty or ends too early.", line };
}

/** A string with its quotes, or the opening quote alone where it does not end on its line. */
function stringAt(text: string, start: number): string {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 1) continue;
    const lexeme = text.slice(start, end + 1);
    return lexeme.includes("\n") ? '"' : lexeme;
  }
  return '"';
}

/** Puts lexemes together; says what is wrong, or null. */
class Builder {
  root: Tree | null = null;
  private readonly open: (Fields | Items)[] = [];
  private key: { readonly text: string; readonly line: number; colon: boolean } | null = null;

  take(lexeme: string, line: number): string | null {
    const top = this.open.at(-1);
    if (lexeme === ",") return this.key === null && top !== undefined ? null : "A comma stands where none may.";
    if (lexeme === ":") {
      if (this.key === null || this.key.colon) return "A colon stands where none may.";
      this.key.colon = true;
      return null;
    }
    if (lexeme === "}" || lexeme === "]") return this.close(lexeme);
    const first = lexeme[0] ?? "";
    if (top?.kind === "map" && this.key === null) {
      if (first !== '"' || lexeme.length < 2) return "A key is not written as a string.";
      this.key = { text: unescaped(lexeme), line, colon: false };
      return null;
    }
    if (this.key !== null && !this.key.colon) return "A value stands where a colon belongs.";
    if (first === '"') return lexeme.length < 2 ? "A string does not end." : this.put(scalar(unescaped(lexeme), line));
    if (first !== "{" && first !== "[") return this.bare(lexeme, line);
    if (this.open.length >= MAX_DEPTH) return "Nested deeper than is read here.";
    const opened = first === "{" ? map(line) : list(line);
    const wrong = this.put(opened);
    this.open.push(opened);
    if (this.open.length === 1) this.root = null;
    return wrong;
  }

  private bare(lexeme: string, line: number): string | null {
    return /^[-+.\w]+$/.test(lexeme) ? this.put(scalar(lexeme, line, false)) : "This is not JSON.";
  }

  private close(lexeme: string): string | null {
    const closed = this.open.pop();
    if (closed === undefined || this.key !== null || (closed.kind === "map") !== (lexeme === "}"))
      return "A bracket closes that is not open.";
    if (this.open.length === 0) this.root = closed;
    return null;
  }

  private put(value: Tree): string | null {
    const top = this.open.at(-1);
    if (top === undefined) {
      if (this.root !== null) return "Something follows the end.";
      this.root = value;
    } else if (top.kind === "list") top.items.push(value);
    else if (this.key !== null) top.fields.push({ key: this.key.text, line: this.key.line, value });
    this.key = null;
    return null;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
]);

/** Names, addresses and commands are shorter; decoding a longer text would take too long for one step. */
const MAX_DECODED = 16_384;

/** The text of a quoted string, without its quotes; a very long one as it is written. */
export function unescaped(lexeme: string): string {
  const inner = lexeme.slice(1, -1);
  if (inner.length > MAX_DECODED || !inner.includes("\\")) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (ESCAPES.get(letter ?? "") ?? letter ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
