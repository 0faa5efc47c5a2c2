import { type Draft, dependency, draft, type Ecosystem, isUnreadable } from "../contract.ts";
import { jsonTree } from "../formats/json.ts";
import { at, fieldsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { hashesOf } from "../integrity.ts";
import { REGISTRY } from "../sources.ts";
import { npmNameIn, resolvedSource } from "./npm.ts";

const ENTRIES_A_STEP = 128;
const ASKING = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "requires"];

/** `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. */
export const npmLock: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path) ? "lock" : null),
  *read(_path, text) {
    const tree = yield* jsonTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    const asked = new Set<string>();
    const aliases = new Map<string, string>();
    const entries = entriesOf(tree);
    for (const [index, { entry }] of entries.entries()) {
      ask(entry, asked, aliases);
      if (index % ENTRIES_A_STEP === 0) yield;
    }
    for (const [index, { name, entry, line }] of entries.entries()) {
      addEntry(found, name, entry, line, aliases);
      if (index % ENTRIES_A_STEP === 0) yield;
    }
    // Version 1 does not hold the manifest's own list, so it cannot say what nothing asks for.
    if (at(tree, "packages", "") !== undefined) found.asked = asked;
    return found;
  },
};

interface Entry {
  /** Null for the project itself and its workspaces. */
  readonly name: string | null;
  readonly entry: Tree;
  readonly line: number;
}

/** Entries of both lists: older npm reads `dependencies`, which nest, newer npm `packages`. */
function entriesOf(tree: Tree): readonly Entry[] {
  const entries: Entry[] = fieldsOf(at(tree, "packages")).map(({ key, value, line }) => {
    const place = key.lastIndexOf("node_modules/");
    return { name: place < 0 ? null : key.slice(place + "node_modules/".length), entry: value, line };
  });
  const waiting = [at(tree, "dependencies")];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const { key, value, line } of fieldsOf(next)) {
      entries.push({ name: key, entry: value, line });
      const inner = at(value, "dependencies");
      if (inner !== undefined) waiting.push(inner);
    }
  return entries;
}

function ask(entry: Tree, asked: Set<string>, aliases: Map<string, string>): void {
  for (const section of ASKING)
    for (const { key, value } of fieldsOf(at(entry, section))) {
      asked.add(key);
      const target = /^npm:(@?[^@]+)/.exec(textOf(value) ?? "")?.[1];
      if (target !== undefined) aliases.set(key, target);
    }
}

function addEntry(
  found: Draft,
  name: string | null,
  entry: Tree,
  line: number,
  aliases: ReadonlyMap<string, string>,
): void {
  const version = textAt(entry, "version");
  // In version 1 an address or alias stands where the version does.
  const written = textAt(entry, "resolved") ?? (/^(?:npm:|[a-z+]+:\/\/|github:)/.test(version ?? "") ? version : null);
  if (name === null || textAt(entry, "link") === "true") return;
  const alias = /^npm:(@?[^@]+)/.exec(version ?? "")?.[1] ?? aliases.get(name);
  const address = written?.startsWith("npm:") ? null : written;
  const source = address === null ? REGISTRY : resolvedSource(address);
  const urlName = source.kind === "registry" && address !== null ? npmNameIn(address) : null;
  const resolvesTo = urlName ?? textAt(entry, "name") ?? alias ?? name;
  const integrity = hashesOf(textAt(entry, "integrity"));
  found.dependencies.push(
    dependency({ name, resolvesTo, declaredAlias: alias === resolvesTo, source, version, integrity, line }),
  );
  if (textAt(entry, "hasInstallScript") === "true") found.hooks.push({ moment: "inside", name, command: "", line });
}
