import { stripTypeScriptTypes } from "node:module";
import { placedTokens } from "../code-tokens.ts";

export type Kind = "comparison" | "equality" | "logic" | "number" | "flag";

/** One token of a file replaced by another. */
export interface Change {
  readonly path: string;
  readonly kind: Kind;
  /** Counted from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** Index of the token in the text without its types, which stands where it stood in the file. */
  readonly at: number;
}

const WORDS: Readonly<Record<string, readonly [Kind, string]>> = {
  "<": ["comparison", "<="],
  "<=": ["comparison", "<"],
  ">": ["comparison", ">="],
  ">=": ["comparison", ">"],
  "===": ["equality", "!=="],
  "!==": ["equality", "==="],
  "&&": ["logic", "||"],
  "||": ["logic", "&&"],
  "??": ["logic", "&&"],
  true: ["flag", "false"],
  false: ["flag", "true"],
};

/**
 * Every change of one token in a source: each comparison moved by its boundary, each equality and each `and` turned
 * round, each number one more and one less in its last digit, each flag turned over. Types have no part in it, and
 * neither has a signal's `version`, which the lock of the catalogue holds.
 */
export function changesIn(path: string, source: string): readonly Change[] {
  const code = stripTypeScriptTypes(source);
  const tokens = placedTokens(code);
  return tokens.flatMap(({ token, at }, index): readonly Change[] => {
    const line = code.slice(0, at).split("\n").length;
    const change = (kind: Kind, after: string): Change => ({ path, kind, line, before: token, after, at });
    const word = Object.hasOwn(WORDS, token) ? WORDS[token] : undefined;
    if (word) return [change(...word)].filter((each) => canBeRead(code, each));
    const named = tokens[index - 1]?.token === ":" ? tokens[index - 2]?.token : undefined;
    if (!/^\d/.test(token) || token.endsWith("n") || named === "version") return [];
    return [1, -1].map((step) => change("number", stepped(token, step)));
  });
}

/** The source as JavaScript with that one token replaced; lines and columns before it stay. */
export function changed(source: string, { before, after, at }: Change): string {
  const code = stripTypeScriptTypes(source);
  return code.slice(0, at) + after + code.slice(at + before.length);
}

/** A number written in code, one more or less in its last digit. A negative one keeps apart from a sign before it. */
function stepped(token: string, step: number): string {
  const plain = token.replaceAll("_", "");
  const digits = plain.split(".")[1]?.length ?? 0;
  const value = Number(plain) + step * 10 ** -digits;
  return value < 0 ? ` ${value.toFixed(digits)}` : value.toFixed(digits);
}

/** `a ?? b || c` is refused by the language: not every `and` can be turned round where it stands. */
function canBeRead(code: string, change: Change): boolean {
  try {
    stripTypeScriptTypes(code.slice(0, change.at) + change.after + code.slice(change.at + change.before.length));
    return true;
  } catch {
    return false;
  }
}

/** `count` of them in an order that the seed decides: the same seed draws the same from the same list. */
export function drawn<T>(all: readonly T[], { seed, count }: { readonly seed: number; readonly count: number }): T[] {
  const next = chance(seed);
  return all
    .map((each) => ({ each, place: next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ each }) => each);
}

/** Numbers from 0 to below 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
