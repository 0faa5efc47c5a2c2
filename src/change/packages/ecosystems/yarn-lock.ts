import type { Steps } from "../../../slices.ts";
import {
  type Draft,
  dependency,
  draft,
  type Ecosystem,
  isUnreadable,
  type LockPart,
  type Source,
} from "../contract.ts";
import { firstLine, paragraphEnd } from "../formats/paragraphs.ts";
import { isForeign, plainYamlTree } from "../formats/plain-yaml.ts";
import { at, type Field, fieldsOf, type Tree, textAt } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { hashesOf } from "../integrity.ts";
import { REGISTRY, sourceOf, WORKSPACE } from "../sources.ts";
import { npmNameIn, resolvedSource } from "./npm.ts";

const ENTRIES_A_STEP = 128;
const ASKING = ["dependencies", "optionalDependencies", "peerDependencies"];

/** `yarn.lock` of both generations. */
export const yarnLock: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)yarn\.lock$/.test(path) ? "lock" : null),
  *read(_path, text) {
    const found = draft();
    if (!isBerry(text)) {
      yield* addClassic(found, text);
      return found;
    }
    const tree = yield* yamlTree(text);
    if (isUnreadable(tree)) return tree;
    yield* addBerry(found, tree);
    return found;
  },
  *parts(_path, text) {
    const endOf = (from: number): number => paragraphEnd(text, from);
    if (!isBerry(text)) return { dialect: "yarn classic", asks: false, endOf, read: classicPart };
    const cacheKey = yield* cacheKeyIn(text);
    const read = (part: string): Steps<LockPart | null> => berryPart(part, cacheKey ?? "");
    return cacheKey === null ? null : { dialect: `yarn ${cacheKey}`, asks: true, endOf, read };
  },
};

/** Newer files begin with a map of their own; older ones are no YAML. */
const isBerry = (text: string): boolean => /^__metadata:/m.test(text);

/** An entry of the older format by itself; null where a line belongs to one above. */
function* classicPart(text: string): Steps<LockPart | null> {
  const found = draft();
  if (/^\s/.test(firstLine(text, /^\s*(?:#|$)/))) return null;
  yield* addClassic(found, text);
  return { ...found, asked: [] };
}

/** An entry of the newer format by itself; null where it is not in its plainest form, or what stands above decides it. */
function* berryPart(text: string, cacheKey: string): Steps<LockPart | null> {
  const first = firstLine(text, /^ *(?:#|$)/);
  if (first === "") return { ...draft(), asked: [] };
  const tree = /^[ -]/.test(first) || isForeign(text) ? null : yield* plainYamlTree(text);
  if (tree === null) return null;
  const found = draft();
  const asked: string[] = [];
  for (const field of fieldsOf(tree)) {
    // Written so that it was not found, it still speaks for the whole file.
    if (field.key === METADATA && !text.startsWith(`${METADATA}:`)) return null;
    addBerryEntry(found, field, { cacheKey, asked });
  }
  return { ...found, asked };
}

/** What the last such map of the file says of how archives are packed; null where it is not in the plainest form. */
function* cacheKeyIn(text: string): Steps<string | null> {
  let cacheKey = "";
  const mark = `${METADATA}:`;
  for (let from = text.indexOf(mark); from >= 0; from = text.indexOf(mark, from + mark.length)) {
    if (from > 0 && text[from - 1] !== "\n") continue;
    const part = text.slice(from, paragraphEnd(text, from));
    const tree = isForeign(part) ? null : yield* plainYamlTree(part);
    if (tree === null || fieldsOf(tree).some(({ key }) => key !== METADATA)) return null;
    cacheKey = textAt(tree, METADATA, "cacheKey") ?? "";
  }
  return cacheKey;
}

const METADATA = "__metadata";

interface ClassicEntry {
  readonly names: readonly string[];
  readonly line: number;
  readonly fields: Map<string, string>;
}

/** The older format: names at the margin, two blanks before what belongs to them, four before what they ask for. */
function* addClassic(found: Draft, text: string): Generator<void, void, void> {
  let entry: ClassicEntry | null = null;
  let count = 0;
  const settle = (): void => {
    if (entry !== null) addClassicEntry(found, entry);
  };
  for (const [index, written] of text.split("\n").entries()) {
    if (++count % 1024 === 0) yield;
    if (/^\s*(?:#|$)/.test(written)) continue;
    if (!/^\s/.test(written)) {
      settle();
      entry = { names: descriptors(written.trim().replace(/:$/, "")), line: index + 1, fields: new Map() };
      continue;
    }
    const [, indent = "", key = "", value = ""] = /^(\s+)"?([^\s"]+)"?\s*:?\s*"?([^"]*)"?/.exec(written) ?? [];
    if (indent.length === 2 && value !== "") entry?.fields.set(key, value);
  }
  // What the manifest asks for is not in this file, so it cannot say what nothing asks for.
  settle();
}

const descriptors = (written: string): readonly string[] =>
  written.split(",").map((part) => part.trim().replace(/^"|"$/g, ""));

/** `name@range`, where a scope begins with the same sign. */
const descriptor = (written: string): readonly [string, string] => {
  const place = written.indexOf("@", 1);
  return place < 0 ? [written, ""] : [written.slice(0, place), written.slice(place + 1)];
};

function addClassicEntry(found: Draft, { names, line, fields }: ClassicEntry): void {
  const [name, range] = descriptor(names[0] ?? "");
  const resolved = fields.get("resolved") ?? null;
  const hash = /#([0-9a-f]{40})$/.exec(resolved ?? "")?.[1];
  const source = resolved === null ? sourceOf(range) : resolvedSource(resolved.replace(/#[0-9a-f]{40}$/, ""));
  const alias = /^npm:(@?[^@]+)/.exec(range)?.[1];
  const urlName = resolved !== null && source.kind === "registry" ? npmNameIn(resolved) : null;
  const resolvesTo = urlName ?? alias ?? name;
  const written = hashesOf(fields.get("integrity") ?? null);
  const isCommit = source.kind === "git";
  const integrity =
    written.length > 0 || hash === undefined || isCommit ? written : [{ algorithm: "sha1", value: hash }];
  found.dependencies.push(
    dependency({
      name,
      resolvesTo,
      declaredAlias: alias === resolvesTo,
      source,
      version: fields.get("version") ?? null,
      integrity,
      line,
    }),
  );
}

function* addBerry(found: Draft, tree: Tree): Generator<void, void, void> {
  const asked: string[] = [];
  const cacheKey = textAt(tree, METADATA, "cacheKey") ?? "";
  let count = 0;
  for (const field of fieldsOf(tree)) {
    if (++count % ENTRIES_A_STEP === 0) yield;
    addBerryEntry(found, field, { cacheKey, asked });
  }
  found.asked = new Set(asked);
}

function addBerryEntry(
  found: Draft,
  { key, value, line }: Field,
  { cacheKey, asked }: { readonly cacheKey: string; readonly asked: string[] },
): void {
  if (key === METADATA) return;
  for (const section of ASKING) for (const field of fieldsOf(at(value, section))) asked.push(field.key);
  const [name, range] = descriptor(descriptors(key)[0] ?? "");
  const [resolvesTo, reference] = descriptor(textAt(value, "resolution") ?? key);
  const alias = /^npm:(@?[^@]+)@/.exec(range)?.[1];
  const checksum = textAt(value, "checksum");
  const [, prefix = cacheKey, hash = ""] = /^(?:(\w+)\/)?(.+)$/.exec(checksum ?? "") ?? [];
  // How the archive was packed is part of the name: another packing has another hash.
  const integrity = checksum === null ? [] : [{ algorithm: `yarn ${prefix}`, value: hash }];
  const version = textAt(value, "version");
  const declaredAlias = alias === resolvesTo;
  const source = berrySource(reference);
  found.dependencies.push(dependency({ name, resolvesTo, declaredAlias, source, version, integrity, line }));
}

/** `npm:1.0.0`, `npm:1.0.0::__archiveUrl=…`, `workspace:a`, `patch:…`, or an address with a commit. */
function berrySource(reference: string): Source {
  const archive = /::.*__archiveUrl=([^&]+)/.exec(reference.slice(0, 2_000))?.[1];
  if (archive !== undefined)
    return resolvedSource(archive.replace(/%3A/gi, ":").replace(/%2F/gi, "/").replace(/%40/gi, "@"));
  if (/^npm:/.test(reference)) return REGISTRY;
  if (/^workspace:/.test(reference)) return WORKSPACE;
  return sourceOf(reference);
}
