import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { Steps } from "../../../slices.ts";
import type { Unreadable } from "../contract.ts";
import { plainYamlTree } from "./plain-yaml.ts";
import { map, type Tree } from "./tree.ts";
import { YamlBuilder } from "./yaml-builder.ts";

/** Loaded with the first YAML file: most commands never see one. */
const yaml = (): typeof Yaml => {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
  return loaded;
};
let loaded: typeof Yaml | null = null;

const LEXEMES_A_STEP = 512;

/** The lexer marks structure with these; a hostile text must not bring its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const FOREIGN_MARKS = /[\u0000-\u0008\u000b-\u001f\ufeff]/g;

/**
 * The first document of a YAML text with lines. Lexed by the library, put together here: its own composer needs a
 * minute for a lock file of a megabyte. What machines write in the plainest form is read without the lexer. An alias is the node it names, shared, so nothing is expanded; merge keys and
 * what else these files never have make it unreadable.
 */
export function* yamlTree(written: string): Steps<Tree | Unreadable> {
  const text = written.replace(/\r\n?/g, "\n").replace(FOREIGN_MARKS, " ");
  return (yield* plainYamlTree(text)) ?? (yield* lexedYamlTree(text));
}

/** The same without the short way of plain files. Exported for the test that holds both to one answer. */
export function* lexedYamlTree(text: string): Steps<Tree | Unreadable> {
  const builder = new YamlBuilder(unquoted);
  let line = 1;
  let column = 0;
  let count = 0;
  let isText = false;
  for (const lexeme of new (yaml().Lexer)().lex(text)) {
    if (lexeme === "\u0002") continue;
    if (lexeme === "\u001f") {
      isText = true;
      continue;
    }
    const wrong = lexeme === "\u0018" ? "A bracket does not close." : builder.take(lexeme, line, column, isText);
    if (wrong !== null) return { unreadable: wrong, line };
    if (builder.ended) break;
    isText = false;
    const feed = lexeme.lastIndexOf("\n");
    column = feed < 0 ? column + lexeme.length : lexeme.length - feed - 1;
    for (let at = feed < 0 ? -1 : lexeme.indexOf("\n"); at >= 0; at = lexeme.indexOf("\n", at + 1)) line += 1;
    count += 1;
    if (count % LEXEMES_A_STEP === 0) yield;
  }
  builder.settle();
  // Nothing but comments is an ordinary state of settings.
  return builder.root ?? map(1);
}

function unquoted(source: string): string {
  if (!source.includes("\\") && !source.includes("''") && !source.includes("\n")) return source.slice(1, -1);
  const type = source.startsWith('"') ? "double-quoted-scalar" : "single-quoted-scalar";
  return yaml().CST.resolveAsScalar({ type, offset: 0, indent: 0, source }, true, () => {})?.value ?? "";
}
