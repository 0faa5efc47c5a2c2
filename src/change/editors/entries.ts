import type { Steps } from "../../slices.ts";
import type { ChangedFile, HunkLine } from "../change.ts";
import { newSide } from "../diff/lines.ts";
import { type JsoncEntry, jsoncEntries } from "../formats/jsonc.ts";
import { wholeTexts } from "../formats/whole-texts.ts";
import { yamlScalars } from "../formats/yaml-scalars.ts";
import { tomlTree } from "../packages/formats/toml.ts";
import type { Tree } from "../packages/formats/tree.ts";
import { yamlTree } from "../packages/formats/yaml.ts";
import type { Format } from "./rules.ts";

/** One value of a settings file under the keys that enclose it; what stands outside the text at hand is not in them. */
export type Entry = JsoncEntry;

export interface Settings {
  /** What the file says after the change, in file order. */
  readonly all: readonly Entry[];
  /** Those of them that the change adds or changes. */
  readonly fresh: readonly Entry[];
  /** False where only parts of the file are at hand. */
  readonly whole: boolean;
}

type Structured = Extract<Format, "json" | "toml" | "yaml" | "env">;

/** Both sides together; of longer ones what the hunks show is read. */
const MAX_WHOLE_CHARS = 262_144;

/** The settings of a file, compared with what it said before where both are at hand; all are new where it came from elsewhere. */
export function* settingsOf(file: ChangedFile, format: Structured, isNewHere: boolean): Steps<Settings> {
  const texts = wholeTexts(file);
  const after = texts?.after ?? null;
  if (after === null || after.length + (texts?.before?.length ?? 0) > MAX_WHOLE_CHARS) {
    const all: Entry[] = [];
    for (const hunk of file.hunks ?? []) for (const entry of yield* entriesOf(newSide(hunk), format)) all.push(entry);
    return { all, fresh: all.filter(({ line }) => line.kind === "added"), whole: false };
  }
  const all = yield* entriesOf(linesOf(after), format);
  const before = isNewHere || texts?.before == null ? [] : yield* entriesOf(linesOf(texts.before), format);
  const known = new Map<string, number>();
  for (const entry of before) known.set(identity(entry), (known.get(identity(entry)) ?? 0) + 1);
  const fresh = all.filter((entry) => {
    const left = known.get(identity(entry)) ?? 0;
    known.set(identity(entry), left - 1);
    return left <= 0;
  });
  yield;
  return { all, fresh, whole: true };
}

const identity = ({ keys, value }: Entry): string => JSON.stringify([keys, value]);

const linesOf = (text: string): readonly HunkLine[] =>
  text
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((line, at) => ({ kind: "added", line: at + 1, text: line.endsWith("\r") ? line.slice(0, -1) : line }));

function* entriesOf(lines: readonly HunkLine[], format: Structured): Steps<readonly Entry[]> {
  yield;
  if (format === "json") return jsoncEntries(lines);
  if (format === "env") return lines.flatMap(variable);
  const text = lines.map((line) => line.text).join("\n");
  const tree = yield* format === "toml" ? tomlTree(text) : yamlTree(text);
  yield;
  if (!("unreadable" in tree)) return flat(tree, lines);
  return format === "toml"
    ? byLine(lines)
    : yamlScalars(lines).map(({ text, key, line }) => ({
        keys: key === null ? [] : [key],
        value: text,
        line,
        within: [],
      }));
}

function variable(line: HunkLine): readonly Entry[] {
  const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w{0,100})\s*=\s*["']?([^"'\s#]*)/.exec(line.text) ?? [];
  return name === undefined || value === undefined ? [] : [{ keys: [name], value, line, within: [] }];
}

function flat(root: Tree, lines: readonly HunkLine[]): readonly Entry[] {
  const found: Entry[] = [];
  const seen = new Set<Tree>();
  const visit = (tree: Tree, keys: readonly string[]): void => {
    const line = lines[tree.line - 1];
    if (tree.kind === "scalar") {
      if (line) found.push({ keys, value: tree.text, line, within: [] });
      return;
    }
    // An alias is the node it names: once is enough to know what it says.
    if (seen.has(tree)) return;
    seen.add(tree);
    if (tree.kind === "list") for (const item of tree.items) visit(item, keys);
    else for (const { key, value } of tree.fields) visit(value, [...keys, key]);
  };
  visit(root, []);
  return found;
}

/** TOML of which only a part is at hand: a table, a key and the texts behind it. */
function byLine(lines: readonly HunkLine[]): readonly Entry[] {
  let table: readonly string[] = [];
  let key: string | null = null;
  return lines.flatMap((line): readonly Entry[] => {
    const header = /^\s*\[{1,2}([^[\]#]{1,300})\]/.exec(line.text);
    if (header) {
      table = (header[1] ?? "").split(".").map(bare);
      key = null;
      return [];
    }
    const [, name, rest = line.text] = /^\s*([\w."'-]{1,200})\s*=\s*(.*)$/.exec(line.text) ?? [];
    key = name === undefined ? key : (name.split(".").map(bare).at(-1) ?? null);
    const keys = key === null ? table : [...table, key];
    return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"?|'([^']*)'?|#.*|[\w.-]+/g)].flatMap(([whole, double, single]) =>
      whole.startsWith("#") ? [] : [{ keys, value: double ?? single ?? whole, line, within: [] }],
    );
  });
}

const bare = (name: string): string => name.trim().replace(/^["']|["']$/g, "");
