/** What of a source file runs, as tokens of TypeScript's own scanner: the same for every formatting and comment. */
import { SyntaxKind } from "typescript/unstable/ast";
import { createScanner, type Scanner } from "typescript/unstable/ast/scanner";

/**
 * The tokens that run: no comment, blank or trailing comma, no type import, and no type or interface at the top level.
 * Annotations inside code stay. Throws where a text cannot be read, so that no lock is made of half a file.
 */
export function runningTokens(text: string): readonly string[] {
  const tokens = scanned(text);
  const kept: string[] = [];
  let depth = 0;
  let names = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    const before = kept.at(-1) ?? ";";
    if (depth === 0 && (before === ";" || before === "}")) {
      const end = typeOnlyEnd(tokens, at);
      if (end > at) {
        at = end - 1;
        continue;
      }
      names = token === "import" || (token === "export" && tokens[at + 1] === "{");
    }
    if (names && isTypeName(tokens, at)) {
      while (![",", "}"].includes(tokens[at + 1] ?? "}")) at++;
      if (tokens[at + 1] === ",") at++;
      continue;
    }
    if (CLOSING.has(token) && before === "," && !["[", ","].includes(kept.at(-2) ?? "")) kept.pop();
    depth += OPENING.has(token) ? 1 : CLOSING.has(token) ? -1 : 0;
    kept.push(token);
  }
  return kept;
}

/** The file that a token leads to, as it is named there: an import at run time, or data beside the code; else null. */
export function leadsTo(tokens: readonly string[], at: number): string | null {
  const token = tokens[at] ?? "";
  if (!/^"\.{1,2}\//.test(token)) return null;
  const [second, first] = [tokens[at - 2] ?? "", tokens[at - 1] ?? ""];
  const leads = first === "from" || first === "import" || (first === "(" && ["import", "URL"].includes(second));
  return leads ? token.slice(1, -1) : null;
}

const OPENING: ReadonlySet<string> = new Set(["{", "(", "["]);
const CLOSING: ReadonlySet<string> = new Set(["}", ")", "]"]);
const WORD = /^[\p{L}_$]/u;

/** Where a statement ends that says types alone; where it begins when it does not. */
function typeOnlyEnd(tokens: readonly string[], start: number): number {
  const at = tokens[start] === "export" ? start + 1 : start;
  const [word, next = "", after] = tokens.slice(at, at + 3);
  if (word === "interface" && WORD.test(next)) return blockEnd(tokens, at);
  const declares = word === "type" && (WORD.test(next) || next === "{" || next === "*");
  const imports = word === "import" && next === "type" && after !== "from" && after !== ",";
  return declares || imports ? statementEnd(tokens, at) : start;
}

function blockEnd(tokens: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at] === "{") depth++;
    if (tokens[at] === "}" && --depth === 0) return at + 1;
  }
  throw new Error("an interface without an end");
}

function statementEnd(tokens: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    depth += OPENING.has(token) ? 1 : CLOSING.has(token) ? -1 : 0;
    if (token === ";" && depth === 0) return at + 1;
  }
  throw new Error("a type without an end");
}

/** `type Name` among the names of an import or export. */
const isTypeName = (tokens: readonly string[], at: number): boolean =>
  tokens[at] === "type" && ["{", ","].includes(tokens[at - 1] ?? "") && WORD.test(tokens[at + 1] ?? "");

const scanned = (text: string): readonly string[] => placedTokens(text).map(({ token }) => token);

/** Every token of a text but comments and blanks, with the index at which it begins; a string in double quotes. */
export function placedTokens(text: string): readonly { readonly token: string; readonly at: number }[] {
  const scanner = createScanner(true, undefined, text);
  const tokens: { readonly token: string; readonly at: number }[] = [];
  /** Braces that are open within each template that is open. */
  const templates: number[] = [];
  for (;;) {
    const kind = next(scanner, { before: tokens.at(-1)?.token ?? "", templates });
    if (kind === SyntaxKind.EndOfFile) return tokens;
    const at = scanner.getTokenStart();
    if (kind === SyntaxKind.Unknown || scanner.isUnterminated())
      throw new Error(`cannot read the code from: ${text.slice(at).split("\n")[0]}`);
    const isString = kind === SyntaxKind.StringLiteral;
    tokens.push({ token: isString ? JSON.stringify(scanner.getTokenValue()) : scanner.getTokenText(), at });
  }
}

/** The scanner does not know whether a slash divides and which brace ends the gap of a template; the tokens tell. */
function next(
  scanner: Scanner,
  { before, templates }: { readonly before: string; readonly templates: number[] },
): SyntaxKind {
  const kind = scanner.scan();
  const last = templates.length - 1;
  if (kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken)
    return endsValue(before) ? kind : scanner.reScanSlashToken();
  if (kind === SyntaxKind.TemplateHead) templates.push(0);
  if (last < 0) return kind;
  const open = templates[last] ?? 0;
  if (kind === SyntaxKind.OpenBraceToken) templates[last] = open + 1;
  if (kind !== SyntaxKind.CloseBraceToken) return kind;
  if (open > 0) {
    templates[last] = open - 1;
    return kind;
  }
  const rest = scanner.reScanTemplateToken(false);
  if (rest === SyntaxKind.TemplateTail) templates.pop();
  return rest;
}

const endsValue = (token: string): boolean =>
  token === "++" || token === "--" || (/[\p{L}\p{N}_$"`)\]}]$/u.test(token) && !BEFORE_VALUE.has(token));

const BEFORE_VALUE: ReadonlySet<string> = new Set([
  ...["return", "typeof", "instanceof", "in", "of", "new", "delete", "void", "throw", "case", "do", "else"],
  ...["yield", "await"],
]);
