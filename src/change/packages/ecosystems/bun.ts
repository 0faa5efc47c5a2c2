import { type Draft, dependency, draft, type Ecosystem, isUnreadable } from "../contract.ts";
import { jsonTree } from "../formats/json.ts";
import { tomlTree } from "../formats/toml.ts";
import { at, fieldsOf, itemsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { hashesOf } from "../integrity.ts";
import { REGISTRY, registryAt, sourceOf, WORKSPACE } from "../sources.ts";
import { addOverrides, npmNameIn, resolvedSource } from "./npm.ts";

const ENTRIES_A_STEP = 128;
const ASKING = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** `bun.lock` and `bunfig.toml`. The older `bun.lockb` is binary and not read. */
export const bun: Ecosystem = {
  id: "npm",
  reads(path) {
    if (/(?:^|\/)bun\.lock$/.test(path)) return "lock";
    return /(?:^|\/)\.?bunfig\.toml$/.test(path) ? "settings" : null;
  },
  *read(path, text) {
    const isLock = path.endsWith(".lock");
    const tree = yield* isLock ? jsonTree(text) : tomlTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    if (isLock) yield* addLock(found, tree);
    else addSettings(found, tree);
    return found;
  },
};

function* addLock(found: Draft, tree: Tree): Generator<void, void, void> {
  const asked = new Set<string>();
  const ask = (owner: Tree | undefined): void => {
    for (const section of ASKING) for (const { key } of fieldsOf(at(owner, section))) asked.add(key);
  };
  for (const { value } of fieldsOf(at(tree, "workspaces"))) ask(value);
  addOverrides(found, at(tree, "overrides"));
  let count = 0;
  for (const { key, value, line } of fieldsOf(at(tree, "packages"))) {
    if (++count % ENTRIES_A_STEP === 0) yield;
    for (const item of itemsOf(value)) ask(item);
    addEntry(
      found,
      key,
      textsOf(value).map(({ text }) => text),
      line,
    );
  }
  found.asked = asked;
}

/** `["name@version", "address or empty", {...}, "hash"]`; without an address where the source stands in the first part. */
function addEntry(
  found: Draft,
  key: string,
  [resolution = "", second = "", ...rest]: readonly string[],
  line: number,
): void {
  // A key is a path where two versions are installed: `parent/name`, whose last part may have a scope.
  const name = /(@[^/]+\/[^/]+|[^/]+)$/.exec(key.slice(-200))?.[1] ?? key;
  const place = resolution.indexOf("@", 1);
  const resolved = resolution.slice(0, place < 0 ? undefined : place);
  const version = place < 0 ? "" : resolution.slice(place + 1);
  const elsewhere = /^[a-z+]+:/i.test(version);
  const source = /^workspace:/.test(version)
    ? WORKSPACE
    : elsewhere
      ? sourceOf(version)
      : /^https?:/.test(second)
        ? resolvedSource(second)
        : REGISTRY;
  const urlName = source.kind === "registry" && npmNameIn(second) !== null ? npmNameIn(second) : null;
  const resolvesTo = urlName ?? resolved;
  // Bun writes the alias's real name here by itself; whether the manifest asked for it stands in the manifest.
  const integrity = hashesOf(rest.at(-1) ?? (elsewhere ? null : second));
  found.dependencies.push(
    dependency({ name, resolvesTo, declaredAlias: urlName === null, source, version, integrity, line }),
  );
}

function addSettings(found: Draft, tree: Tree): void {
  const install = at(tree, "install");
  const registry = at(install, "registry");
  if (registry !== undefined)
    found.registries.push({
      scope: "",
      source: registryAt(textOf(registry) ?? textAt(registry, "url") ?? ""),
      line: registry.line,
    });
  for (const { key, value, line } of fieldsOf(at(install, "scopes")))
    found.registries.push({
      scope: key.startsWith("@") ? key : `@${key}`,
      source: registryAt(textOf(value) ?? textAt(value, "url") ?? ""),
      line,
    });
  for (const [name, list] of [
    ["preload", at(tree, "preload")],
    ["test.preload", at(tree, "test", "preload")],
  ] as const)
    for (const { text, line } of textsOf(list)) found.hooks.push({ moment: "build", name, command: text, line });
  const frozen = at(install, "frozenLockfile");
  if (
    textAt(install, "minimumReleaseAge") === "0" ||
    (textOf(frozen) === "false" && textAt(install, "saveTextLockfile") === "false")
  )
    found.weakened.push({
      setting: "install",
      grade: "low",
      lets: "packages in that no lock file has fixed",
      line: install?.line ?? 1,
    });
}
