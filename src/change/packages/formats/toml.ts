import type { Steps } from "../../../slices.ts";
import type { Unreadable } from "../contract.ts";
import { unescaped } from "./json.ts";
import { type Field, type Fields, type Items, list, MAX_DEPTH, map, scalar, type Tree } from "./tree.ts";

const LEXEMES_A_STEP = 1_024;

/** Strings are found by search, since they may be longer than an expression can hold. */
const LEXEME = /[^\S\n]+|\n|#[^\n]*|[=.,{}]|\[\[?|\]\]?|[^\s"'=.,{}[\]#]+|\S/y;

/** A TOML text with lines. Lenient where a stricter reader would refuse: a repeated key is kept. */
export function* tomlTree(text: string): Steps<Tree | Unreadable> {
  const builder = new Builder();
  let line = 1;
  let count = 0;
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; ) {
    LEXEME.lastIndex = at;
    const quoted = text[at] === '"' || text[at] === "'";
    const lexeme = quoted ? stringAt(text, at) : (LEXEME.exec(text)?.[0] ?? "");
    if (lexeme === null) return { unreadable: "A string does not end.", line };
    at += lexeme.length;
    if (lexeme[0] !== "#" && lexeme.trim() !== "" && lexeme !== "\n") {
      // Only at the start of a line are two brackets one token.
      const parts = /^(?:\[\[|\]\])$/.test(lexeme) && !builder.atHeader ? [...lexeme] : [lexeme];
      for (const part of parts) {
        const wrong = builder.take(part, line);
        if (wrong !== null) return { unreadable: wrong, line };
      }
    } else if (lexeme === "\n") {
      const wrong = builder.endLine();
      if (wrong !== null) return { unreadable: wrong, line };
    }
    for (let feed = lexeme.indexOf("\n"); feed >= 0; feed = lexeme.indexOf("\n", feed + 1)) line += 1;
    count += 1;
    if (count % LEXEMES_A_STEP === 0) yield;
  }
  const wrong = builder.endLine();
  return wrong === null && builder.complete ? builder.root : { unreadable: wrong ?? "The file ends too early.", line };
}

/** A string with its quotes; null where it does not end. */
function stringAt(text: string, start: number): string | null {
  const quote = text[start] ?? "";
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let end = text.indexOf(mark, start + mark.length); end >= 0; end = text.indexOf(mark, end + 1)) {
    let slashes = 0;
    while (quote === '"' && text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 1) continue;
    const last = end + mark.length;
    // Up to two quotes more may stand before the closing three.
    const more = mark.length === 3 ? (text.startsWith(quote.repeat(2), last) ? 2 : text[last] === quote ? 1 : 0) : 0;
    const lexeme = text.slice(start, last + more);
    return mark.length === 1 && lexeme.includes("\n") ? null : lexeme;
  }
  return null;
}

function textOf(lexeme: string): string {
  const wide = lexeme.startsWith('"""') || (lexeme.startsWith("'''") && lexeme.length >= 6);
  const inner = lexeme.slice(wide ? 3 : 1, wide ? -3 : -1).replace(wide ? /^\n/ : /^$/, "");
  return lexeme[0] === '"' ? unescaped(`"${inner.replace(/\\\n\s*/g, "")}"`) : inner;
}

type State = "key" | "header" | "value" | "after";

class Builder {
  readonly root: Fields = map(1);
  /** Where keys of the present table go. */
  private table: Fields = this.root;
  /** Arrays and inline tables that are open. */
  private readonly open: (Fields | Items)[] = [];
  private keys: string[] = [];
  private keyLine = 1;
  private state: State = "key";
  private double = false;
  /** The last field of each name: a file may have as many tables as it has lines. */
  private readonly index = new Map<Fields, Map<string, Field>>();

  get complete(): boolean {
    return this.open.length === 0 && this.keys.length === 0;
  }

  /** True where `[[` and `]]` are one token. */
  get atHeader(): boolean {
    return (this.state === "key" && this.open.length === 0 && this.keys.length === 0) || this.state === "header";
  }

  endLine(): string | null {
    if (this.open.length > 0) return null;
    if (this.keys.length > 0 || this.state === "header" || this.state === "value") return "A line ends too early.";
    this.state = "key";
    return null;
  }

  take(lexeme: string, line: number): string | null {
    const first = lexeme[0] ?? "";
    const isString = first === '"' || first === "'";
    if (this.state === "header") return this.header(lexeme, isString);
    if (this.state === "key") return this.key(lexeme, isString, line);
    if (this.state === "after") return this.after(lexeme);
    if (first === "[" || first === "{") {
      const opened = first === "[" ? list(line) : map(line);
      this.put(opened, line);
      this.open.push(opened);
      this.state = first === "[" ? "value" : "key";
      return this.open.length > MAX_DEPTH ? "Nested deeper than is read here." : null;
    }
    if (lexeme === "]" && this.open.at(-1)?.kind === "list") return this.close();
    if (!isString && !/^[-+:\w]+$/.test(lexeme)) return "A value is missing.";
    this.put(scalar(isString ? textOf(lexeme) : lexeme, line, isString), line);
    this.state = "after";
    return null;
  }

  private key(lexeme: string, isString: boolean, line: number): string | null {
    if (this.open.length === 0 && this.keys.length === 0 && (lexeme === "[" || lexeme === "[[")) {
      this.double = lexeme === "[[";
      this.state = "header";
      this.keyLine = line;
      return null;
    }
    if (lexeme === "}" && this.keys.length === 0 && this.open.at(-1)?.kind === "map") return this.close();
    if (lexeme === ".") return null;
    if (lexeme === "=") {
      this.state = "value";
      return this.keys.length === 0 ? "A key is missing." : null;
    }
    if (!isString && !/^[-\w]+$/.test(lexeme)) return "This is not TOML.";
    if (this.keys.length === 0) this.keyLine = line;
    this.keys.push(isString ? textOf(lexeme) : lexeme);
    return this.keys.length > MAX_DEPTH ? "Nested deeper than is read here." : null;
  }

  private header(lexeme: string, isString: boolean): string | null {
    if (lexeme === ".") return null;
    if (lexeme === "]" || lexeme === "]]") {
      this.table = this.tableAt(this.root, this.keys, this.double);
      this.keys = [];
      this.state = "after";
      return (lexeme === "]]") === this.double ? null : "A header does not close.";
    }
    if (!isString && !/^[-\w]+$/.test(lexeme)) return "This is not TOML.";
    this.keys.push(isString ? textOf(lexeme) : lexeme);
    return this.keys.length > MAX_DEPTH ? "Nested deeper than is read here." : null;
  }

  private after(lexeme: string): string | null {
    const top = this.open.at(-1);
    // Dates and floats come in parts: `1979-05-27 07:32:00.5`.
    if (top === undefined) return /^[.\w:+-]+$/.test(lexeme) ? null : "Something follows a value.";
    if (lexeme === ",") this.state = top.kind === "list" ? "value" : "key";
    else if (lexeme === (top.kind === "list" ? "]" : "}")) return this.close();
    else return /^[.\w:+-]+$/.test(lexeme) ? null : "Something follows a value.";
    return null;
  }

  private close(): null {
    this.open.pop();
    this.state = "after";
    return null;
  }

  private put(value: Tree, line: number): void {
    const top = this.open.at(-1);
    if (top?.kind === "list") top.items.push(value);
    else {
      const key = this.keys.at(-1) ?? "";
      const place = this.tableAt(top ?? this.table, this.keys.slice(0, -1), false);
      this.add(place, { key, value, line: this.keyLine });
      this.keys = [];
    }
    if (line < this.keyLine) this.keyLine = line;
  }

  private add(table: Fields, field: Field): void {
    table.fields.push(field);
    const names = this.index.get(table) ?? new Map<string, Field>();
    names.set(field.key, field);
    this.index.set(table, names);
  }

  /** The table under keys, made where it is not there; of an array of tables the last one, or a new one. */
  private tableAt(from: Fields, keys: readonly string[], another: boolean): Fields {
    let table = from;
    for (const [index, key] of keys.entries()) {
      const known = this.index.get(table)?.get(key);
      const fresh = another && index === keys.length - 1;
      if (known?.value.kind === "list") {
        const items = known.value.items;
        const last = items.at(-1);
        const next = fresh || last?.kind !== "map" ? map(this.keyLine) : last;
        if (next !== last) items.push(next);
        table = next;
      } else if (known?.value.kind === "map" && !fresh) table = known.value;
      else {
        const next = map(this.keyLine);
        const value: Tree = fresh ? { kind: "list", items: [next], line: this.keyLine } : next;
        this.add(table, { key, value, line: this.keyLine });
        table = next;
      }
    }
    return table;
  }
}
