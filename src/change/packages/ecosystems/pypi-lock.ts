import {
  type Draft,
  dependency,
  draft,
  type Ecosystem,
  type Integrity,
  isUnreadable,
  type Source,
} from "../contract.ts";
import { jsonTree } from "../formats/json.ts";
import { tomlTree } from "../formats/toml.ts";
import { at, fieldsOf, itemsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { hashesOf } from "../integrity.ts";
import { asRegistry, gitAt, REGISTRY, registryAt, sourceOf, WORKSPACE } from "../sources.ts";

const ENTRIES_A_STEP = 64;

/** `poetry.lock`, `uv.lock`, `pdm.lock`, `pylock.toml` and `Pipfile.lock`. */
export const pypiLock: Ecosystem = {
  id: "pypi",
  reads: (path) =>
    /(?:^|\/)(?:(?:poetry|uv|pdm|Pipfile)\.lock|pylock(?:\.[\w-]+)?\.toml)$/.test(path) ? "lock" : null,
  *read(path, text) {
    const isJson = path.endsWith("Pipfile.lock");
    const tree = yield* isJson ? jsonTree(text) : tomlTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    if (isJson) addPipfileLock(found, tree);
    else yield* addPackages(found, tree);
    return found;
  },
};

function* addPackages(found: Draft, tree: Tree): Generator<void, void, void> {
  const entries = [...itemsOf(at(tree, "package")), ...itemsOf(at(tree, "packages"))];
  const files = new Map(fieldsOf(at(tree, "metadata", "files")).map(({ key, value }) => [key.toLowerCase(), value]));
  for (const [index, entry] of entries.entries()) {
    if (index % ENTRIES_A_STEP === 0) yield;
    const name = textAt(entry, "name") ?? "";
    const version = textAt(entry, "version");
    const source = sourceIn(at(entry, "source"), entry);
    const listed = [
      at(entry, "files"),
      at(entry, "wheels"),
      at(entry, "sdist"),
      ofVersion(files.get(name.toLowerCase()), version),
    ];
    const all = listed.flatMap((list) => (list?.kind === "map" ? [list] : itemsOf(list)));
    const integrity = all.flatMap((file): readonly Integrity[] => hashesOf(textAt(file, "hash") ?? hashIn(file)));
    found.dependencies.push(
      dependency({ name, source: foreignFile(all, source), version, integrity, line: entry.line }),
    );
  }
}

/** Older files list those of all versions of a name together. */
function ofVersion(listed: Tree | undefined, version: string | null): Tree | undefined {
  if (listed?.kind !== "list") return undefined;
  const items = listed.items.filter((file) => textAt(file, "file")?.includes(`-${version}`) !== false);
  return { ...listed, items };
}

const hashIn = (file: Tree): string | null => {
  const hash = textAt(file, "hashes", "sha256");
  return hash === null ? null : `sha256:${hash}`;
};

/** A file whose address is on another host than the package's source is what is really downloaded. */
function foreignFile(files: readonly Tree[], source: Source): Source {
  if (source.kind !== "registry") return source;
  const hosts = files.map((file) => textAt(file, "url")).filter((url) => url !== null);
  const other = hosts
    .map((url) => sourceOf(url))
    .find(({ host }) => host !== null && host !== "files.pythonhosted.org");
  return other === undefined ? source : asRegistry(other);
}

function sourceIn(source: Tree | undefined, entry: Tree): Source {
  const vcs = at(entry, "vcs");
  const git = textAt(source, "git") ?? textAt(entry, "git") ?? textAt(vcs, "url");
  if (git !== null) return gitAt(git.replace(/[?#].*$/, ""));
  const registry = textAt(source, "registry") ?? textAt(entry, "index");
  if (registry !== null) return registryAt(registry);
  for (const key of ["virtual", "editable", "directory", "path", "workspace"])
    if (textAt(source, key) !== null) return WORKSPACE;
  const url = textAt(source, "url");
  if (url === null) return REGISTRY;
  const type = textAt(source, "type");
  if (type === "git") return gitAt(url);
  if (type === "directory" || type === "file") return sourceOf(`file:${url}`);
  return type === "legacy" ? registryAt(url) : sourceOf(url);
}

function addPipfileLock(found: Draft, tree: Tree): void {
  for (const source of itemsOf(at(tree, "_meta", "sources")))
    found.registries.push({ scope: "+", source: registryAt(textAt(source, "url") ?? ""), line: source.line });
  for (const section of ["default", "develop"])
    for (const { key, value, line } of fieldsOf(at(tree, section))) {
      const git = textAt(value, "git");
      const file = textAt(value, "file");
      const source = git !== null ? gitAt(git) : file !== null ? sourceOf(file) : REGISTRY;
      const integrity = textsOf(at(value, "hashes")).flatMap(({ text }) => hashesOf(text));
      found.dependencies.push(
        dependency({ name: key, source, version: textOf(at(value, "version")), integrity, line }),
      );
    }
}
