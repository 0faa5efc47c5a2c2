import { type Field, type Fields, type Items, list, MAX_DEPTH, map, scalar, type Tree } from "./tree.ts";

/** A container that is still being filled; in block style `column` is where its keys or dashes stand. */
interface Open {
  readonly node: Fields | Items;
  readonly column: number;
  readonly flow: boolean;
}

/** Puts lexemes of YAML together: each is given with its place, and what is wrong with it comes back, or null. */
export class YamlBuilder {
  root: Tree | null = null;
  ended = false;
  private readonly open: Open[] = [];
  /** Reads a quoted scalar. */
  private readonly unquoted: (lexeme: string) => string;
  /** A scalar that may yet turn out to be a key. */
  private pending: { readonly node: Tree; readonly column: number } | null = null;
  private explicitColumn: number | null = null;
  /** Names the next scalar or bracket; a line end turns it into the name of the block that follows. */
  private anchor: string | null = null;
  private blockAnchor: string | null = null;
  private readonly anchors = new Map<string, Tree>();
  /** Column of an anchor or tag before a key, which then begins there. */
  private propertyColumn: number | null = null;

  constructor(unquoted: (lexeme: string) => string) {
    this.unquoted = unquoted;
  }

  take(lexeme: string, line: number, column: number, isText: boolean): string | null {
    const first = lexeme[0] ?? "";
    if (isText || first === '"' || first === "'") {
      const text = isText ? lexeme.trim() : this.unquoted(lexeme);
      return this.value(scalar(text, line, !isText), column);
    }
    if (lexeme.trim() === "" || first === "#" || first === "%") {
      if (first === "\n") {
        this.propertyColumn = null;
        this.blockAnchor = this.anchor ?? this.blockAnchor;
        this.anchor = null;
      }
      return null;
    }
    if (lexeme === "---" || lexeme === "...") {
      this.settle();
      this.ended = this.root !== null;
      return null;
    }
    if (first === "&" || first === "!") {
      this.settle();
      if (first === "&") this.anchor = lexeme.slice(1);
      this.propertyColumn ??= column;
      return null;
    }
    if (first === "*") return this.value(this.anchors.get(lexeme.slice(1)) ?? scalar(lexeme, line), column);
    if (first === "|" || first === ">") return null;
    return this.structure(lexeme, line, column);
  }

  private structure(lexeme: string, line: number, column: number): string | null {
    if (lexeme === "?") {
      this.explicitColumn = column;
      return null;
    }
    if (lexeme === ":") return this.colon(line);
    if (lexeme === "-") {
      this.settle();
      return this.dash(line, column);
    }
    if (lexeme === "{" || lexeme === "[") {
      this.settle();
      const node = lexeme === "{" ? map(line) : list(line);
      return this.put(node) ?? this.push({ node, column, flow: true });
    }
    if (lexeme === "," || lexeme === "}" || lexeme === "]") {
      this.settle();
      if (lexeme !== "," && this.open.at(-1)?.flow) this.open.pop();
      return null;
    }
    return "This form of YAML is not read here.";
  }

  /** Puts a scalar that no colon followed where it belongs. */
  settle(): void {
    const { pending } = this;
    this.pending = null;
    const top = this.open.at(-1);
    if (pending === null) return;
    // In a flow map a key may stand without a value.
    if (top?.flow && top.node.kind === "map" && !isOpenField(top.node.fields.at(-1)))
      top.node.fields.push({
        key: textOfKey(pending.node),
        value: scalar("", pending.node.line),
        line: pending.node.line,
      });
    else this.put(pending.node);
  }

  private value(node: Tree, column: number): string | null {
    this.settle();
    if (this.anchor !== null) this.anchors.set(this.anchor, node);
    this.anchor = null;
    this.pending = { node, column: this.propertyColumn ?? column };
    this.propertyColumn = null;
    return null;
  }

  private colon(line: number): string | null {
    const { pending } = this;
    if (pending === null) return this.explicitColumn === null ? "A colon without a key." : null;
    this.pending = null;
    const column = this.explicitColumn ?? pending.column;
    this.explicitColumn = null;
    const key = textOfKey(pending.node);
    if (key === "<<") return "Merge keys are not read here.";
    const field: Field = { key, value: scalar("", line, false), line: pending.node.line };
    const flow = this.open.at(-1);
    if (flow?.flow) {
      if (flow.node.kind === "map") flow.node.fields.push(field);
      else flow.node.items.push({ kind: "map", fields: [field], line });
      return null;
    }
    while ((this.open.at(-1)?.column ?? -1) > column || this.isListAt(column)) this.open.pop();
    const top = this.open.at(-1);
    if (top !== undefined && top.column === column && top.node.kind === "map") {
      top.node.fields.push(field);
      return null;
    }
    const node = map(pending.node.line);
    const wrong = this.put(node) ?? this.push({ node, column, flow: false });
    node.fields.push(field);
    return wrong;
  }

  private isListAt(column: number): boolean {
    const top = this.open.at(-1);
    return top !== undefined && top.column === column && top.node.kind === "list" && this.open.length > 1;
  }

  private dash(line: number, column: number): string | null {
    while ((this.open.at(-1)?.column ?? -1) > column) this.open.pop();
    const top = this.open.at(-1);
    let node = top?.node;
    if (top === undefined || node?.kind !== "list" || top.column !== column) {
      const opened = list(line);
      node = opened;
      const wrong = this.put(opened) ?? this.push({ node: opened, column, flow: false });
      if (wrong !== null) return wrong;
    }
    node.items.push(scalar("", line, false));
    return null;
  }

  private push(open: Open): string | null {
    this.open.push(open);
    return this.open.length > MAX_DEPTH ? "Nested deeper than is read here." : null;
  }

  /** Into the place that is open: the root, the value of the last key, the last item. */
  private put(node: Tree): string | null {
    const anchor = this.anchor ?? this.blockAnchor;
    if (anchor !== null && node.kind !== "scalar") {
      this.anchors.set(anchor, node);
      this.anchor = null;
      this.blockAnchor = null;
    }
    const top = this.open.at(-1);
    if (top === undefined) {
      this.root ??= node;
      return null;
    }
    if (top.node.kind === "list") {
      if (top.flow) top.node.items.push(node);
      else top.node.items[top.node.items.length - 1] = node;
      return null;
    }
    const field = top.node.fields.at(-1);
    if (field === undefined) return "A value without a key.";
    field.value = node;
    return null;
  }
}

/** In a flow map the last field still waits for its value. */
const isOpenField = (field: Field | undefined): boolean =>
  field !== undefined && field.value.kind === "scalar" && !field.value.quoted && field.value.text === "";

const textOfKey = (node: Tree): string => (node.kind === "scalar" ? node.text : "");
