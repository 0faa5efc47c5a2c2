import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path/posix";
import { leadsTo, runningTokens } from "./code-tokens.ts";

/** The text of a file under `src`, by its path there; throws when there is none. */
export type ReadFile = (path: string) => string;

/** The sources as code: which files lead to which, and what they say. Each is read once. */
export interface Code {
  /** These files and everything they lead to inside `src`; `apart` are neither entered nor named. */
  closure(roots: Iterable<string>, apart?: ReadonlySet<string>): ReadonlySet<string>;
  /** Hash over what runs in the files: comments, formatting, types, the order of imports and the folder a file stands in do not change it. */
  fingerprint(files: Iterable<string>): string;
}

interface Source {
  readonly leads: readonly string[];
  readonly says: string;
}

export function codeOf(read: ReadFile): Code {
  const sources = new Map<string, Source>();
  const sourceOf = (path: string): Source => {
    const source = sources.get(path) ?? remembered(path, read(path));
    sources.set(path, source);
    return source;
  };
  return {
    closure(roots, apart = new Set()) {
      const found = new Set<string>();
      const waiting = [...roots];
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (found.has(path) || apart.has(path)) continue;
        found.add(path);
        waiting.push(...sourceOf(path).leads);
      }
      return found;
    },
    fingerprint: (files) => sha256([...files].map((path) => sourceOf(path).says).sort()),
  };
}

/** What was last read under each path: most texts are the same in every copy of the sources that is looked at. */
const memory = new Map<string, { readonly text: string; readonly source: Source }>();

function remembered(path: string, text: string): Source {
  const known = memory.get(path);
  if (known?.text === text) return known.source;
  const source = sourceIn(path, text);
  memory.set(path, { text, source });
  return source;
}

function sourceIn(path: string, text: string): Source {
  if (!path.endsWith(".ts")) return { leads: [], says: said(path, dataTokens(path, text)) };
  const tokens = runningTokens(text);
  const leads: string[] = [];
  const moved = tokens.map((token, at) => {
    const target = leadsTo(tokens, at);
    if (target === null) return token;
    leads.push(join(dirname(path), target));
    return JSON.stringify(basename(target));
  });
  // Data that is not named beside the code that reads it could change unseen.
  if (tokens.includes("readFileSync") && leads.every((each) => each.endsWith(".ts")))
    throw new Error(`src/${path} reads a file: name it by new URL("./file", import.meta.url)`);
  return { leads, says: said(path, importsSorted(moved)) };
}

/** The formatter orders imports by where files stand, and which of them runs first is no rule of a signal. */
function importsSorted(tokens: readonly string[]): readonly string[] {
  const imports: string[] = [];
  let at = 0;
  while (tokens[at] === "import" && tokens[at + 1] !== "(") {
    const end = tokens.indexOf(";", at) + 1;
    imports.push(tokens.slice(at, end).join(" "));
    at = end;
  }
  return [...imports.sort(), ...tokens.slice(at)];
}

const dataTokens = (path: string, text: string): readonly string[] =>
  path.endsWith(".json") ? [JSON.stringify(JSON.parse(text))] : text.replace(/#.*$/gm, "").split(/\s+/).filter(Boolean);

const said = (path: string, tokens: readonly string[]): string => `${basename(path)} ${sha256(tokens)}`;

const sha256 = (parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");
