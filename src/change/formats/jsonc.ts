import type { HunkLine } from "../change.ts";

/** One scalar of a JSONC text, under the keys that enclose it. */
export interface JsoncEntry {
  /** Keys from the outside in, as far as the text shows them; a fragment may begin in the middle. */
  readonly keys: readonly string[];
  /** Decoded string, or the literal as written (`true`, `null`, a number). */
  readonly value: string;
  readonly line: HunkLine;
  /** Numbers of the brackets that enclose it, from the outside in, as far as the text shows them. */
  readonly within: readonly number[];
}

/** Deeper nesting than any editor configuration has; keys further in are left out of `keys`, the last one is kept. */
const MAX_DEPTH = 64;

/**
 * Scalars of a JSONC text in order; comments and trailing commas are allowed. Reads fragments as well as whole files,
 * so one hunk is enough. Linear in the text, never throws: what is not JSONC is skipped.
 */
export function jsoncEntries(lines: readonly HunkLine[]): readonly JsoncEntry[] {
  const entries: JsoncEntry[] = [];
  const outer: (string | null)[] = [];
  const brackets: number[] = [];
  let opened = 0;
  let depth = 0;
  let key: string | null = null;
  /** What all entries between two brackets share: a long list in deep nesting would hold as many copies. */
  let around: Pick<JsoncEntry, "keys" | "within"> | null = null;
  for (const token of tokens(lines)) {
    if (token.kind === "key") {
      key = token.text;
      continue;
    }
    if (token.kind === "open") {
      depth += 1;
      opened += 1;
      if (depth <= MAX_DEPTH) {
        outer.push(key);
        brackets.push(opened);
        around = null;
      }
    } else if (token.kind === "close") {
      if (depth <= MAX_DEPTH) {
        outer.pop();
        brackets.pop();
        around = null;
      }
      depth = Math.max(0, depth - 1);
    } else {
      around ??= { keys: outer.filter((part) => part !== null), within: [...brackets] };
      const keys = key === null ? around.keys : [...around.keys, key];
      entries.push({ keys, value: token.text, line: token.line, within: around.within });
    }
    key = null;
  }
  return entries;
}

interface Token {
  kind: "open" | "close" | "key" | "scalar";
  readonly text: string;
  readonly line: HunkLine;
}

/** String, bracket, comment start, colon or bare literal; no repetition stands inside another, so matching is linear. */
const LEXEME = /"(?:[^"\\]|\\.)*"?|[{[]|[}\]]|\/\/.*|\/\*|:|[^\s"{}[\],:/]+|\//g;

function tokens(lines: readonly HunkLine[]): readonly Token[] {
  const found: Token[] = [];
  let inComment = false;
  for (const line of lines) {
    let rest = line.text;
    while (rest !== "") {
      if (inComment) {
        const end = rest.indexOf("*/");
        inComment = end < 0;
        rest = inComment ? "" : rest.slice(end + 2);
      } else {
        const comment = addTokens(rest, line, found);
        inComment = comment !== null;
        rest = comment ?? "";
      }
    }
  }
  return found;
}

/** Adds the tokens of a text to `found`; returns what follows the start of a block comment, or null without one. */
function addTokens(text: string, line: HunkLine, found: Token[]): string | null {
  for (const match of text.matchAll(LEXEME)) {
    const [lexeme] = match;
    const first = lexeme[0];
    if (lexeme === "/*") return text.slice(match.index + lexeme.length);
    if (first === "/") continue;
    if (first === "{" || first === "[") found.push({ kind: "open", text: lexeme, line });
    else if (first === "}" || first === "]") found.push({ kind: "close", text: lexeme, line });
    else if (first === ":") markKey(found);
    else found.push({ kind: "scalar", text: first === '"' ? decoded(lexeme) : lexeme, line });
  }
  return null;
}

/** What stands before a colon is a key, even when the colon stands lines below it. */
function markKey(found: Token[]): void {
  const last = found.at(-1);
  if (last?.kind === "scalar") last.kind = "key";
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

function decoded(lexeme: string): string {
  const inner = lexeme.slice(1, lexeme.length > 1 && lexeme.endsWith('"') ? -1 : undefined);
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (ESCAPES[letter ?? ""] ?? letter ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
