import { type Draft, dependency, draft, type Ecosystem, isUnreadable, type Source } from "../contract.ts";
import { jsonTree } from "../formats/json.ts";
import { at, fieldsOf, itemsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { hashesOf } from "../integrity.ts";
import { gitAt, REGISTRY, registryAt, sourceOf } from "../sources.ts";

const ENTRIES_A_STEP = 64;
/** Events that an install or update brings by itself; https://getcomposer.org/doc/articles/scripts.md. */
const EVENTS =
  /^(?:(?:pre|post)-(?:install|update|autoload-dump|package-install|package-update|package-uninstall|file-download)(?:-cmd)?|post-root-package-install|post-create-project-cmd|pre-pool-create|init|pre-command-run|command)$/;

/** `composer.json` and `composer.lock`. */
export const composer: Ecosystem = {
  id: "composer",
  reads(path) {
    if (/(?:^|\/)composer\.json$/.test(path)) return "manifest";
    return /(?:^|\/)composer\.lock$/.test(path) ? "lock" : null;
  },
  *read(path, text) {
    const tree = yield* jsonTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    if (path.endsWith(".lock")) yield* addLock(found, tree);
    else addManifest(found, tree);
    return found;
  },
};

function addManifest(found: Draft, tree: Tree): void {
  for (const { key, value, line } of fieldsOf(at(tree, "scripts")))
    if (EVENTS.test(key)) {
      const command = textsOf(value)
        .map(({ text }) => text)
        .join(" && ");
      // Autoload dumps and commands of frameworks run at every install; project creation once.
      found.hooks.push({
        moment: /root-package|create-project/.test(key) ? "prepare" : "install",
        name: key,
        command,
        line,
      });
    }
  for (const section of ["require", "require-dev"])
    for (const { key, value, line } of fieldsOf(at(tree, section)))
      found.dependencies.push(dependency({ name: key, source: REGISTRY, version: textOf(value), line }));
  const repositories = at(tree, "repositories");
  for (const each of itemsOf(repositories)) addRepository(found, each, each.line);
  for (const { value, line } of fieldsOf(repositories)) addRepository(found, value, line);
  for (const { key, value, line } of fieldsOf(at(tree, "config"))) addSetting(found, key, value, line);
  const type = at(tree, "type");
  if (textOf(type) === "composer-plugin")
    found.hooks.push({ moment: "install", name: "type", command: "composer-plugin", line: type?.line ?? 1 });
}

function addRepository(found: Draft, each: Tree, line: number): void {
  const url = textAt(each, "url");
  const type = textAt(each, "type") ?? "composer";
  if (type === "package") {
    const source = lockSource(at(each, "package"));
    found.dependencies.push(dependency({ name: textAt(each, "package", "name") ?? "package", source, line }));
  } else if (type === "path")
    found.dependencies.push(dependency({ name: url ?? "", source: sourceOf(`file:${url}`), line }));
  else if (url !== null && /^(?:composer|artifact)$/.test(type))
    found.registries.push({ scope: "+", source: registryAt(url), line });
  else if (url !== null) found.dependencies.push(dependency({ name: url, source: gitAt(url), line }));
}

function addSetting(found: Draft, key: string, value: Tree, line: number): void {
  if ((key === "secure-http" && textOf(value) === "false") || (key === "disable-tls" && textOf(value) === "true"))
    found.weakened.push({
      setting: key,
      grade: "high",
      lets: "anybody on the network stand in for the registry",
      line,
    });
  if (key !== "allow-plugins") return;
  const lets = "code of this plugin run inside Composer";
  if (textOf(value) === "true")
    found.weakened.push({ setting: key, grade: "high", lets: "code of any plugin run inside Composer", line });
  for (const plugin of fieldsOf(value))
    if (textOf(plugin.value) === "true")
      found.weakened.push({ setting: `allow-plugins: ${plugin.key}`, grade: "low", lets, line: plugin.line });
}

function* addLock(found: Draft, tree: Tree): Generator<void, void, void> {
  const entries = [...itemsOf(at(tree, "packages")), ...itemsOf(at(tree, "packages-dev"))];
  for (const [index, entry] of entries.entries()) {
    if (index % ENTRIES_A_STEP === 0) yield;
    const name = textAt(entry, "name") ?? "";
    const shasum = textAt(entry, "dist", "shasum");
    const source = lockSource(entry);
    const integrity = shasum === null || shasum === "" ? [] : hashesOf(`sha1:${shasum}`);
    found.dependencies.push(
      dependency({ name, source, version: textAt(entry, "version"), integrity, line: entry.line }),
    );
  }
}

/** Archives come from the git host where the package lives, so its owner is what can change. */
function lockSource(entry: Tree | undefined): Source {
  const url = textAt(entry, "dist", "url") ?? textAt(entry, "source", "url");
  if (url === null) return REGISTRY;
  const found = sourceOf(url);
  return found.kind === "path" ? found : { ...found, kind: "registry" };
}
