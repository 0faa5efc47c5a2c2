import { type Draft, dependency, draft, type Ecosystem, isUnreadable, type Source } from "../contract.ts";
import { piecesOf, RUST } from "../formats/source-code.ts";
import { tomlTree } from "../formats/toml.ts";
import { at, type Field, fieldsOf, itemsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { hashesOf } from "../integrity.ts";
import { gitAt, REGISTRY, registryAt, sourceOf, WORKSPACE } from "../sources.ts";
import { statementsIn } from "../statements.ts";

const ENTRIES_A_STEP = 128;
const DEPENDENCIES = /^(?:dev-|build-|dev_|build_)?dependencies$/;

/** `Cargo.toml`, `Cargo.lock`, `.cargo/config.toml` and `build.rs`. */
export const cargo: Ecosystem = {
  id: "cargo",
  reads(path) {
    if (/(?:^|\/)Cargo\.toml$/.test(path)) return "manifest";
    if (/(?:^|\/)Cargo\.lock$/.test(path)) return "lock";
    if (/(?:^|\/)\.cargo\/config(?:\.toml)?$|(?:^|\/)rust-toolchain(?:\.toml)?$/.test(path)) return "settings";
    return /(?:^|\/)build\.rs$/.test(path) ? "code" : null;
  },
  *read(path, text) {
    const found = draft();
    if (path.endsWith("build.rs")) {
      found.hooks.push(
        { moment: "build", name: "build.rs", command: "", line: 1 },
        ...statementsIn("build.rs", yield* piecesOf(text, RUST), "rust"),
      );
      return found;
    }
    // The short form of this file is a channel alone.
    if (/(?:^|\/)rust-toolchain$/.test(path) && !text.includes("[")) return found;
    const tree = yield* tomlTree(text);
    if (isUnreadable(tree)) return tree;
    if (path.endsWith("Cargo.toml")) addManifest(found, tree);
    else if (path.endsWith("Cargo.lock")) yield* addLock(found, tree);
    else addSettings(found, tree);
    return found;
  },
};

function addManifest(found: Draft, tree: Tree): void {
  const holders = [tree, at(tree, "workspace"), ...fieldsOf(at(tree, "target")).map(({ value }) => value)];
  for (const holder of holders)
    for (const section of fieldsOf(holder))
      if (DEPENDENCIES.test(section.key)) for (const field of fieldsOf(section.value)) addDependency(found, field);
  for (const patched of fieldsOf(at(tree, "patch")))
    for (const field of fieldsOf(patched.value)) addDependency(found, field);
  for (const field of fieldsOf(at(tree, "replace"))) addDependency(found, field);
  for (const key of ["build", "links"]) {
    const value = at(tree, "package", key);
    const text = textOf(value);
    if (key === "build" && text !== null && value !== undefined && !/^(?:build\.rs|false|true)$/.test(text))
      found.hooks.push({ moment: "build", name: "build", command: text, line: value.line });
  }
}

function addDependency(found: Draft, { key, value, line }: Field): void {
  const resolvesTo = textAt(value, "package") ?? key;
  const version = textOf(value) ?? textAt(value, "version");
  found.dependencies.push(
    dependency({ name: key, resolvesTo, declaredAlias: resolvesTo !== key, source: sourceIn(value), version, line }),
  );
}

function sourceIn(value: Tree): Source {
  const git = textAt(value, "git");
  if (git !== null) return gitAt(git);
  const path = textAt(value, "path");
  if (path !== null) return sourceOf(`file:${path}`);
  const registry = textAt(value, "registry-index");
  if (registry !== null) return registryAt(registry);
  const named = textAt(value, "registry");
  if (named !== null && named !== "crates-io") return { ...REGISTRY, spec: named };
  return textAt(value, "workspace") === "true" ? WORKSPACE : REGISTRY;
}

function* addLock(found: Draft, tree: Tree): Generator<void, void, void> {
  const asked = new Set<string>();
  const inMetadata = new Map<string, string>();
  // Older files keep the hashes at their end: `checksum name version (source)`.
  for (const { key, value } of fieldsOf(at(tree, "metadata"))) {
    const [, name, version] = /^checksum (\S+) (\S+)/.exec(key) ?? [];
    inMetadata.set(`${name} ${version}`, textOf(value) ?? "");
  }
  for (const [index, entry] of itemsOf(at(tree, "package")).entries()) {
    if (index % ENTRIES_A_STEP === 0) yield;
    for (const { text } of textsOf(at(entry, "dependencies"))) asked.add(text.split(" ")[0] ?? "");
    const name = textAt(entry, "name") ?? "";
    const version = textAt(entry, "version");
    const written = textAt(entry, "source");
    const source = written === null ? WORKSPACE : lockSource(written);
    const checksum = textAt(entry, "checksum") ?? inMetadata.get(`${name} ${version}`);
    const integrity = checksum === undefined || checksum === "<none>" ? [] : hashesOf(`sha256:${checksum}`);
    found.dependencies.push(dependency({ name, source, version, integrity, line: entry.line }));
  }
  // The crates of the checkout itself are entries too, and name what the manifests ask for.
  found.asked = asked;
}

function lockSource(written: string): Source {
  if (
    /^registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index$|^sparse\+https:\/\/index\.crates\.io\/$/.test(
      written,
    )
  )
    return REGISTRY;
  return /^git\+/.test(written)
    ? gitAt(written.replace(/#.*$/, ""))
    : registryAt(written.replace(/^(?:registry|sparse)\+/, ""));
}

const PROGRAMS =
  /^(?:rustc|rustc-wrapper|rustc-workspace-wrapper|rustdoc|runner|linker|credential-provider|credential-process)$/;

function addSettings(found: Draft, tree: Tree): void {
  for (const section of fieldsOf(tree))
    for (const field of fieldsOf(section.value))
      for (const { key, value, line } of [field, ...fieldsOf(field.value)]) {
        const text = textsOf(value)
          .map((each) => each.text)
          .join(" ");
        if (PROGRAMS.test(key) && text !== "" && !/^(?:build|target|registry|registries)$/.test(key))
          found.hooks.push({ moment: "build", name: key, command: text, line });
        if (key === "rustflags" && /linker=/.test(text))
          found.hooks.push({ moment: "build", name: key, command: text, line });
        if (section.key === "source" && /^(?:registry|git)$/.test(key))
          found.registries.push({ scope: field.key, source: registryAt(text), line });
        if (section.key === "source" && key === "replace-with")
          found.registries.push({ scope: `${field.key} replaced`, source: { ...REGISTRY, spec: text }, line });
        if (section.key === "registries" && key === "index")
          found.registries.push({ scope: field.key, source: registryAt(text), line });
        if (section.key === "http" && key === "check-revoke" && text === "false")
          found.weakened.push({ setting: key, grade: "medium", lets: "a revoked certificate pass", line });
        if (section.key === "http" && /^(?:proxy|cainfo)$/.test(key))
          found.weakened.push({
            setting: key,
            grade: "medium",
            lets: "another host stand between Cargo and the registry",
            line,
          });
        if (section.key === "toolchain" && key === "path")
          found.hooks.push({ moment: "build", name: "toolchain path", command: text, line });
      }
  for (const patched of fieldsOf(at(tree, "patch")))
    for (const field of fieldsOf(patched.value)) addDependency(found, field);
}
