import { type Budget, fitsGlob } from "../../policy/glob.ts";
import type { Steps } from "../../slices.ts";

// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
// says where the file stands, which patterns there are, and that the last one that fits decides.

/** Where GitHub looks, in its order; the first file that there is counts. */
export const CODE_OWNERS_PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;
/** A file as large as this or larger is not loaded by GitHub. */
export const MAX_CODE_OWNERS_BYTES = 3_000_000;

interface Rule {
  readonly line: number;
  /** Fits when one of them does. */
  readonly globs: readonly string[];
  /** `@user`, `@org/team` or an address; none where a later line takes the owners of an earlier one away. */
  readonly owners: readonly string[];
}

export interface CodeOwners {
  readonly rules: readonly Rule[];
  /** Lines that GitHub skips, counted from 1: the first twenty, and how many there are. */
  readonly badLines: readonly number[];
  readonly badCount: number;
}

const MAX_BAD_LINES = 20;

/** Reads a CODEOWNERS file in steps, in time linear in its length. What is wrong with a line costs that line alone. */
export function* parseCodeOwners(text: string): Steps<CodeOwners> {
  const rules: Rule[] = [];
  const bad: number[] = [];
  let line = 0;
  for (const start of lineStarts(text)) {
    line += 1;
    const rule = ruleOf(text.slice(start.from, start.to), line);
    if (rule === "bad") bad.push(line);
    else if (rule !== null) rules.push(rule);
    yield;
  }
  return { rules, badLines: bad.slice(0, MAX_BAD_LINES), badCount: bad.length };
}

function* lineStarts(text: string): Generator<{ readonly from: number; readonly to: number }> {
  let from = text.startsWith("\ufeff") ? 1 : 0;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end;
    yield { from, to };
    from = to + 1;
  }
}

/** Longer ones are no pattern that anybody wrote, and would cost whoever matches them. */
const MAX_LINE_CHARS = 4_000;

/** Null for a line without a pattern. */
function ruleOf(text: string, line: number): Rule | "bad" | null {
  if (/^\s*(?:#|$)/.test(text)) return null;
  if (text.length > MAX_LINE_CHARS) return "bad";
  const [pattern = "", ...rest] = wordsOf(text);
  const comment = rest.findIndex((word) => word.startsWith("#"));
  const owners = comment < 0 ? rest : rest.slice(0, comment);
  const globs = globsOf(pattern);
  return globs === null || !owners.every((owner) => OWNER.test(owner)) ? "bad" : { line, globs, owners };
}

/** Parted by blanks; a blank behind a backslash belongs to the word. */
const wordsOf = (text: string): readonly string[] => text.match(/(?:\\\s|\S)+/g) ?? [];

const OWNER = /^(?:@[\w-]{1,100}(?:\/[\w.-]{1,100})?|[^@\s]{1,64}@[\w.-]{1,190})$/;

/** The pattern as globs of whole paths; null for what GitHub gives no meaning: `!`, ranges, escapes but of a blank. */
function globsOf(written: string): readonly string[] | null {
  const pattern = written.replace(/\\(\s)/g, "$1").replace(/\*{3,}/g, "**");
  if (/^!|[[\]\\]/.test(pattern) || /^\/*$/.test(pattern)) return null;
  const isFolder = pattern.endsWith("/");
  const inner = pattern.replace(/^\//, "").replace(/\/+$/, "");
  const segments = inner.split("/").map((part) => (part === "**" ? part : part.replace(/\*+/g, "*")));
  if (segments.some((part) => part === "" || part === "." || part === "..")) return null;
  const isAnchored = pattern.startsWith("/") || segments.length > 1;
  const body = `${isAnchored ? "" : "**/"}${segments.join("/")}`;
  const below = `${body}/**/*`;
  if (isFolder) return [below];
  // `docs/*` means files of that folder and no deeper ones; a name by itself may be a folder's.
  return isAnchored && segments.at(-1) === "*" ? [body] : [body, below];
}

/** Who owns a path: the line that decides and its owners; null where no line fits, "unknown" where it took too long to tell. */
export type Owned = { readonly line: number; readonly owners: readonly string[] } | null | "unknown";

/** As `matcherOf` allows for all paths and patterns of a policy; a path costs a rule a few comparisons. */
const MAX_COMPARISONS = 3_000_000;

/** The owners of each path, in steps. */
export function* ownersOf({ rules }: CodeOwners, paths: readonly string[]): Steps<ReadonlyMap<string, Owned>> {
  const budget: Budget = { left: MAX_COMPARISONS };
  const found = new Map<string, Owned>();
  for (const path of paths) found.set(path, yield* ownedBy(rules, path, budget));
  return found;
}

function* ownedBy(rules: readonly Rule[], path: string, budget: Budget): Steps<Owned> {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    const fits = rule?.globs.some((glob) => fitsGlob(path, glob, budget));
    if (budget.left <= 0) return "unknown";
    if (rule && fits) return { line: rule.line, owners: rule.owners };
    yield;
  }
  return null;
}
