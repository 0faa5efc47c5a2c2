import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { Steps } from "../../slices.ts";

/** Loaded with the first workflow and kept, as in `formats/yaml-scalars.ts`: most commands never see one. */
export const yaml = (): typeof Yaml => {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
  return loaded;
};
let loaded: typeof Yaml | null = null;

/** The longest of 1,358 real workflows has 34,918 tokens. */
const LIMITS = { tokens: 50_000, depth: 200 };

/** Why a text is not to be used, and where that shows. */
export interface Refusal {
  readonly reason: string;
  readonly offset: number;
}

const LEXEMES_A_STEP = 512;

/** The documents of a YAML text as the library reads it, or its first mistake. In steps, a document the longest. */
export function* compose(text: string): Steps<{ readonly documents: readonly Yaml.Document.Parsed[] } | Refusal> {
  const { Lexer, Parser, Composer } = yaml();
  // Its own check of unique keys compares each with all others; `Reading` does it with a set.
  const composer = new Composer<Yaml.ParsedNode>({ uniqueKeys: false, schema: "failsafe", prettyErrors: false });
  const parser = new Parser();
  const documents: Yaml.Document.Parsed[] = [];
  const add = (tokens: Iterable<Yaml.CST.Token>): void => {
    for (const token of tokens) documents.push(...withoutTraces(() => [...composer.next(token)]));
  };
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > LIMITS.tokens) return { reason: `more than ${LIMITS.tokens} tokens`, offset: parser.offset };
    if (count % LEXEMES_A_STEP === 0) yield;
    add(parser.next(lexeme));
    if (parser.stack.length > LIMITS.depth)
      return { reason: `nested deeper than ${LIMITS.depth}`, offset: parser.offset };
  }
  yield;
  add(parser.end());
  yield;
  documents.push(...withoutTraces(() => [...composer.end()]));
  for (const { errors } of documents) {
    const [error] = errors;
    if (error) return { reason: `not YAML: ${REASONS[error.code] ?? "it cannot be parsed"}`, offset: error.pos[0] };
  }
  return { documents };
}

/** A text of nothing but mistakes has tens of thousands, and where each was made in the parser costs more than it. */
function withoutTraces<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The parser's own messages quote the file. */
const REASONS: Readonly<Record<string, string>> = {
  BAD_INDENT: "a line is indented wrongly",
  BAD_ALIAS: "an alias is wrong",
  MISSING_CHAR: "a bracket, quote or colon is missing",
  TAB_AS_INDENT: "a tab indents",
  MULTILINE_IMPLICIT_KEY: "a key runs over several lines",
  BLOCK_AS_IMPLICIT_KEY: "a key and its map stand on one line",
};
