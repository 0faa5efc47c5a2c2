import { type Draft, dependency, draft, type Ecosystem, isUnreadable, type Source } from "../contract.ts";
import { at, fieldsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { hashesOf } from "../integrity.ts";
import { gitAt, REGISTRY, registryAt, sourceOf } from "../sources.ts";
import { addAllowed, addExtensions, addOverrides, npmDependency, npmNameIn, resolvedSource } from "./npm.ts";

const ENTRIES_A_STEP = 128;
const ASKING = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** `pnpm-lock.yaml` (versions 5 to 9), `pnpm-workspace.yaml` and the file of hooks that pnpm runs at each install. */
export const pnpm: Ecosystem = {
  id: "npm",
  reads(path) {
    if (/(?:^|\/)pnpm-lock\.yaml$/.test(path)) return "lock";
    if (/(?:^|\/)pnpm-workspace\.yaml$/.test(path)) return "settings";
    return /(?:^|\/)\.pnpmfile\.[cm]?js$/.test(path) ? "code" : null;
  },
  *read(path, text) {
    const found = draft();
    if (/js$/.test(path)) {
      found.hooks.push({ moment: "install", name: ".pnpmfile", command: "", line: 1 });
      return found;
    }
    const tree = yield* yamlTree(text);
    if (isUnreadable(tree)) return tree;
    if (path.endsWith("pnpm-workspace.yaml")) addWorkspace(found, tree);
    else yield* addLock(found, tree);
    return found;
  },
};

function* addLock(found: Draft, tree: Tree): Generator<void, void, void> {
  const asked = new Set<string>();
  const ask = (owner: Tree): void => {
    for (const section of ASKING) for (const { key } of fieldsOf(at(owner, section))) asked.add(key);
  };
  ask(tree);
  for (const { value } of fieldsOf(at(tree, "importers"))) ask(value);
  let count = 0;
  for (const section of ["packages", "snapshots"])
    for (const { key, value, line } of fieldsOf(at(tree, section))) {
      ask(value);
      // An alias is asked for by another name, and leads to `/name@version`.
      for (const asking of ASKING)
        for (const each of fieldsOf(at(value, asking))) {
          const target = nameAndVersion(textOf(each.value) ?? "")?.name;
          if (target !== undefined) asked.add(target);
        }
      if (section === "packages") addEntry(found, key, value, line);
      if (++count % ENTRIES_A_STEP === 0) yield;
    }
  for (const importer of [tree, ...fieldsOf(at(tree, "importers")).map(({ value }) => value)])
    for (const section of ASKING)
      for (const { value } of fieldsOf(at(importer, section))) {
        const target = nameAndVersion(textAt(value, "version") ?? textOf(value) ?? "")?.name;
        if (target !== undefined) asked.add(target);
      }
  found.asked = asked;
}

/** `/name/1.0.0_peers`, `/name@1.0.0(peers)` and `name@1.0.0` by the version of the lock file; null for other keys. */
function nameAndVersion(key: string): { readonly name: string; readonly version: string } | null {
  const bare = key.replace(/^\//, "").split("(")[0] ?? "";
  const [, name, version] = /^((?:@[^/@]+\/)?[^/@]+)[@/](.+)$/.exec(bare) ?? [];
  if (name === undefined || version === undefined) return null;
  return { name, version: /^\d/.test(version) ? (version.split("_")[0] ?? "") : version };
}

function addEntry(found: Draft, key: string, entry: Tree, line: number): void {
  const resolution = at(entry, "resolution");
  const known = nameAndVersion(key);
  const name = textAt(entry, "name") ?? known?.name ?? key;
  const version = textAt(entry, "version") ?? known?.version ?? null;
  const tarball = textAt(resolution, "tarball");
  const source = sourceIn(resolution);
  const urlName = tarball !== null && source.kind === "registry" ? npmNameIn(tarball) : null;
  const integrity = hashesOf(textAt(resolution, "integrity"));
  found.dependencies.push(dependency({ name, resolvesTo: urlName ?? name, source, version, integrity, line }));
  if (textAt(entry, "requiresBuild") === "true") found.hooks.push({ moment: "inside", name, command: "", line });
}

function sourceIn(resolution: Tree | undefined): Source {
  const repository = textAt(resolution, "repo");
  if (repository !== null) return gitAt(repository);
  const tarball = textAt(resolution, "tarball");
  if (tarball !== null) return resolvedSource(tarball);
  const directory = textAt(resolution, "directory");
  return directory === null ? REGISTRY : sourceOf(`file:${directory}`);
}

const FRESH = "packages in on the day they are published";

function addWorkspace(found: Draft, tree: Tree): void {
  addOverrides(found, at(tree, "overrides"));
  addExtensions(found, at(tree, "packageExtensions"));
  for (const { key, value, line } of fieldsOf(at(tree, "catalog")))
    found.dependencies.push(npmDependency(key, textOf(value), line));
  for (const catalog of fieldsOf(at(tree, "catalogs")))
    for (const { key, value, line } of fieldsOf(catalog.value))
      found.dependencies.push(npmDependency(key, textOf(value), line));
  for (const { key, line } of fieldsOf(at(tree, "configDependencies")))
    found.hooks.push({ moment: "install", name: `configDependencies: ${key}`, command: "", line });
  addAllowed(found, at(tree, "onlyBuiltDependencies"), "onlyBuiltDependencies");
  addAllowed(found, at(tree, "allowBuilds"), "allowBuilds");
  for (const { key, value, line } of fieldsOf(tree)) {
    const text = textOf(value);
    if (key === "registry" && text !== null) found.registries.push({ scope: "", source: registryAt(text), line });
    if (key === "dangerouslyAllowAllBuilds" && text === "true")
      found.weakened.push({
        setting: key,
        grade: "high",
        lets: "scripts of any package run when it is installed",
        line,
      });
    if (/^(?:strictDepBuilds|verifyStoreIntegrity|strictSsl|blockExoticSubdeps)$/.test(key) && text === "false")
      found.weakened.push({ setting: key, grade: "medium", lets: "packages in that this check would stop", line });
  }
  if (Number(textAt(tree, "minimumReleaseAge") ?? 0) === 0)
    found.weakened.push({ setting: "no minimumReleaseAge", grade: "medium", lets: FRESH, line: 1 });
  for (const registry of fieldsOf(at(tree, "registries")))
    found.registries.push({
      scope: registry.key === "default" ? "" : registry.key,
      source: registryAt(textOf(registry.value) ?? ""),
      line: registry.line,
    });
}
