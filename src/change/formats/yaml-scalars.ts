import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { HunkLine } from "../change.ts";

/**
 * Seventy files, loaded with the first workflow: most commands read the signals and never see one. Kept, because
 * `require` looks its module up on disk again at each call once somebody has imported the same package.
 */
const yaml = (): typeof Yaml => {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
  return loaded;
};
let loaded: typeof Yaml | null = null;

/** One scalar of a YAML text with the key it stands under. */
export interface YamlScalar {
  readonly text: string;
  /** The key before it, through list items; null at the start and for keys at the same place. */
  readonly key: string | null;
  readonly line: HunkLine;
}

/**
 * Scalars of a YAML text in order, keys included, comments left out; a block scalar is one entry per line. Reads
 * fragments by lexing alone: nothing is composed, so no alias is expanded and no nesting is followed. Never throws.
 */
export function yamlScalars(written: readonly HunkLine[]): readonly YamlScalar[] {
  const lines = written.flatMap(asYamlLines);
  const { scalars, swallowed } = lex(lines);
  // A quote that opens in the middle of a script swallows what follows it; each line alone then says more.
  return swallowed && lines.length > 1 ? [...scalars, ...lines.flatMap((line) => lex([line]).scalars)] : scalars;
}

/** Parsers of workflows end a line, and a comment with it, at more characters than git and this lexer do. */
const YAML_BREAKS = /\r|\u0085|\u2028|\u2029/;
const asYamlLines = (line: HunkLine): readonly HunkLine[] =>
  YAML_BREAKS.test(line.text) ? line.text.split(YAML_BREAKS).map((text) => ({ ...line, text })) : [line];

/** The lexer marks structure with these; a hostile text must not bring its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const FOREIGN_MARKS = /[\u0000-\u0008\u000b-\u001f\ufeff]/g;
const STRUCTURE = new Set(["\u0002", "\u0018", "\u001f", "-", "?", "{", "}", "[", "]", ",", "---", "..."]);

function lex(lines: readonly HunkLine[]): { readonly scalars: readonly YamlScalar[]; readonly swallowed: boolean } {
  const scalars: { text: string; key: string | null; readonly line: HunkLine }[] = [];
  let row = 0;
  let key: string | null = null;
  let swallowed = false;
  for (const lexeme of new (yaml().Lexer)().lex(lines.map(({ text }) => text.replace(FOREIGN_MARKS, " ")).join("\n"))) {
    const line = lines[row];
    if (lexeme === ":") {
      key = asKey(scalars);
    } else if (line && isScalar(lexeme)) {
      const quoted = lexeme[0] === '"' || lexeme[0] === "'";
      if (quoted) scalars.push({ text: unquoted(lexeme), key, line });
      else
        for (const [index, text] of lexeme.split("\n").entries())
          scalars.push({ text: text.trim(), key, line: lines[row + index] ?? line });
      swallowed ||= quoted && lexeme.includes("\n");
    }
    row += newlines(lexeme);
  }
  return { scalars: scalars.filter(({ text }) => text !== ""), swallowed };
}

function isScalar(lexeme: string): boolean {
  return lexeme.trim() !== "" && !STRUCTURE.has(lexeme) && !"#&*!%|>".includes(lexeme[0] ?? "");
}

/** What stands before a colon is a key: it has no key of its own. */
function asKey(scalars: readonly { readonly text: string; key: string | null }[]): string | null {
  const last = scalars.at(-1);
  if (last) last.key = null;
  return last?.text ?? null;
}

function unquoted(source: string): string {
  const type = source.startsWith('"') ? "double-quoted-scalar" : "single-quoted-scalar";
  return yaml().CST.resolveAsScalar({ type, offset: 0, indent: 0, source }, true, () => {})?.value ?? "";
}

function newlines(lexeme: string): number {
  let count = 0;
  for (let at = lexeme.indexOf("\n"); at >= 0; at = lexeme.indexOf("\n", at + 1)) count += 1;
  return count;
}
