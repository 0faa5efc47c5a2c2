/** A GitHub Actions expression: docs.github.com, "Evaluate expressions in workflows and actions". */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | boolean | number | null }
  /** `github.event.issue.title`, in small letters; `*` for a filter, a number and what is computed. */
  | { readonly kind: "reference"; readonly path: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression };

const TOKEN =
  /\s{0,1000}(?:('(?:[^']|'')*')|([a-z_][\w-]*)|(-?(?:0x[\da-f]+|\d[\d.e+-]*))|(&&|\|\||[=!<>]=|[()[\].,!<>*]))/iy;

/** GitHub takes 21,000 characters and a depth of 50; nobody writes a tenth of it. */
const LIMITS = { characters: 21_000, tokens: 2_000, depth: 50 };

/** The expression a text holds, without its `${{ }}`; null when it is none. Linear, never throws. */
export function parseExpression(text: string): Expression | null {
  const tokens = tokenize(text);
  if (tokens === null) return null;
  const reader: Reader = { tokens, at: 0, depth: 0 };
  const found = binary(reader, 0);
  return found !== null && reader.at === tokens.length ? found : null;
}

interface Token {
  readonly kind: "text" | "name" | "number" | "sign";
  readonly text: string;
}

function tokenize(text: string): readonly Token[] | null {
  const trimmed = text.trim();
  if (trimmed.length > LIMITS.characters) return null;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match || tokens.length >= LIMITS.tokens) return null;
    const [, quoted, name, number, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** From what binds least. */
const OPERATORS = [["||"], ["&&"], ["==", "!="], ["<", ">", "<=", ">="]] as const;

const isSign = (reader: Reader, text: string): boolean => {
  const token = reader.tokens[reader.at];
  return token?.kind === "sign" && token.text === text;
};

function take(reader: Reader, text: string): boolean {
  if (!isSign(reader, text)) return false;
  reader.at += 1;
  return true;
}

function binary(reader: Reader, rank: number): Expression | null {
  const operators = OPERATORS[rank];
  if (!operators) return unary(reader);
  let left = binary(reader, rank + 1);
  for (;;) {
    const operator = operators.find((sign) => isSign(reader, sign));
    if (left === null || operator === undefined) return left;
    reader.at += 1;
    const right = binary(reader, rank + 1);
    left = right && { kind: "binary", operator, left, right };
  }
}

function unary(reader: Reader): Expression | null {
  reader.depth += 1;
  if (reader.depth > LIMITS.depth) return null;
  let found: Expression | null;
  if (take(reader, "!")) {
    const of = unary(reader);
    found = of && { kind: "not", of };
  } else found = postfix(reader);
  reader.depth -= 1;
  return found;
}

function postfix(reader: Reader): Expression | null {
  const token = reader.tokens[reader.at];
  if (token === undefined) return null;
  reader.at += 1;
  if (token.kind === "text") return { kind: "literal", value: token.text };
  if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
  if (token.kind === "sign") {
    const inner = token.text === "(" ? binary(reader, 0) : null;
    return inner !== null && take(reader, ")") ? steps(reader, inner) : null;
  }
  const name = token.text.toLowerCase();
  if (isSign(reader, "(")) {
    const args = list(reader);
    return args && steps(reader, { kind: "call", name, args });
  }
  if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
  if (name === "null") return { kind: "literal", value: null };
  return steps(reader, { kind: "reference", path: [name] });
}

/** `.name`, `.*` and `[index]` behind something; what is taken out of a call is as good as the call. */
function steps(reader: Reader, from: Expression): Expression | null {
  const path = from.kind === "reference" ? [...from.path] : null;
  for (;;) {
    if (take(reader, ".")) {
      const next = reader.tokens[reader.at];
      if (next?.kind !== "name" && !(next?.kind === "sign" && next.text === "*")) return null;
      reader.at += 1;
      path?.push(next.text.toLowerCase());
    } else if (take(reader, "[")) {
      const index = take(reader, "*") ? null : binary(reader, 0);
      if (!take(reader, "]")) return null;
      path?.push(index?.kind === "literal" && typeof index.value === "string" ? index.value.toLowerCase() : "*");
    } else return path ? { kind: "reference", path } : from;
  }
}

function list(reader: Reader): readonly Expression[] | null {
  const args: Expression[] = [];
  take(reader, "(");
  while (!take(reader, ")")) {
    if (args.length > 0 && !take(reader, ",")) return null;
    const arg = binary(reader, 0);
    if (arg === null) return null;
    args.push(arg);
  }
  return args;
}

/** One `${{ }}` of a text. */
export interface Embedded {
  readonly index: number;
  /** Between the braces. */
  readonly text: string;
  /** Null when it cannot be parsed: GitHub refuses the file, or it is newer than this reader. */
  readonly expression: Expression | null;
}

/** Expressions read per text: more of them say nothing new. */
const MAX_EMBEDDED = 500;

/** The `${{ }}` of a text in order; a quoted `}}` does not end one. */
export function embeddedIn(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (let index = text.indexOf("${{"); index >= 0 && found.length < MAX_EMBEDDED; ) {
    const end = endOf(text, index + 3);
    if (end < 0) break;
    const inner = text.slice(index + 3, end);
    found.push({ index, text: inner, expression: parseExpression(inner) });
    index = text.indexOf("${{", end);
  }
  return found;
}

function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text[at] === "}" && text[at + 1] === "}") return at;
  }
  return -1;
}

/** An expression and all that it is made of, in no promised order. */
export function* partsOf(expression: Expression): Generator<Expression> {
  const left = [expression];
  for (let part = left.pop(); part; part = left.pop()) {
    yield part;
    if (part.kind === "call") left.push(...part.args);
    if (part.kind === "not") left.push(part.of);
    if (part.kind === "binary") left.push(part.right, part.left);
  }
}

/** Every context that an expression mentions, whatever it is for. */
export const references = (expression: Expression): readonly (readonly string[])[] =>
  [...partsOf(expression)].flatMap((part) => (part.kind === "reference" ? [part.path] : []));

/** A context whose text an expression may turn into. */
export interface Flow {
  readonly path: readonly string[];
  /** True when it is written out with all that is below it, as `toJSON` does. */
  readonly whole: boolean;
}

/** Functions whose result is theirs, whatever goes in: a boolean, a hash, a status. */
export const OPAQUE: ReadonlySet<string> = new Set([
  "contains",
  "startswith",
  "endswith",
  "hashfiles",
  "success",
  "failure",
  "always",
  "cancelled",
]);

/** The contexts whose text may stand in the result: a comparison, a condition before `&&`, `contains` pass none on. */
export function flowsOf(expression: Expression): readonly Flow[] {
  if (expression.kind === "reference") return [{ path: expression.path, whole: false }];
  if (expression.kind === "call") {
    if (OPAQUE.has(expression.name)) return [];
    const whole = expression.name === "tojson" || expression.name === "join";
    return expression.args.flatMap(flowsOf).map((flow) => ({ ...flow, whole: whole || flow.whole }));
  }
  if (expression.kind !== "binary") return [];
  const { operator, left, right } = expression;
  if (operator === "||") return [...flowsOf(left), ...flowsOf(right)];
  return operator === "&&" ? flowsOf(right) : [];
}
