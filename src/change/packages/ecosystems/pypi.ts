import { type Draft, dependency, draft, type Ecosystem, isUnreadable, type Source } from "../contract.ts";
import { settingsOf } from "../formats/ini.ts";
import { tomlTree } from "../formats/toml.ts";
import { at, type Field, fieldsOf, itemsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { REGISTRY, registryAt, sourceOf, WORKSPACE } from "../sources.ts";
import { addOption, requirement } from "./requirements.ts";

/** `pyproject.toml`, `Pipfile`, `setup.cfg` and pip's own settings. */
export const pypi: Ecosystem = {
  id: "pypi",
  reads(path) {
    if (/(?:^|\/)(?:pyproject\.toml|Pipfile|setup\.cfg)$/.test(path)) return "manifest";
    return /(?:^|\/)(?:pip\.(?:conf|ini)|uv\.toml|\.pypirc)$/.test(path) ? "settings" : null;
  },
  *read(path, text) {
    const found = draft();
    if (/(?:\.cfg|\.conf|\.ini|\.pypirc)$/.test(path)) {
      for (const { section, key, value, line } of settingsOf(text, true)) addSetting(found, section, key, value, line);
      yield;
      return found;
    }
    const tree = yield* tomlTree(text);
    if (isUnreadable(tree)) return tree;
    if (path.endsWith("Pipfile")) addPipfile(found, tree);
    else if (path.endsWith("uv.toml")) addUv(found, tree);
    else addProject(found, tree);
    return found;
  },
};

function addSetting(found: Draft, section: string, key: string, value: string, line: number): void {
  addOption(found, key.replace(/_/g, "-"), value, line);
  if (/^options/.test(section) && /^(?:install_requires|setup_requires|tests_require)$/.test(key)) {
    const each = requirement(value, line);
    if (each !== null) found.dependencies.push(each);
  }
  if (key === "dependency_links" && value !== "")
    found.dependencies.push(dependency({ name: "dependency_links", source: sourceOf(value), line }));
}

function addProject(found: Draft, tree: Tree): void {
  const project = at(tree, "project");
  const lists = [at(project, "dependencies"), at(tree, "build-system", "requires")];
  for (const group of [at(project, "optional-dependencies"), at(tree, "dependency-groups")])
    for (const { value } of fieldsOf(group)) lists.push(value);
  for (const list of lists)
    for (const { text, line } of textsOf(list)) {
      const each = requirement(text, line);
      if (each !== null) found.dependencies.push(each);
    }
  const backend = at(tree, "build-system", "backend-path");
  if (backend !== undefined)
    found.hooks.push({
      moment: "build",
      name: "backend-path",
      command: textsOf(backend)
        .map(({ text }) => text)
        .join(" "),
      line: backend.line,
    });
  for (const keys of [
    ["hatch", "build", "hooks", "custom"],
    ["pdm", "build"],
    ["poetry", "build"],
    ["setuptools", "cmdclass"],
  ])
    addBuildHook(found, keys, at(tree, "tool", ...keys));
  const poetry = at(tree, "tool", "poetry");
  for (const section of ["dependencies", "dev-dependencies"])
    for (const field of fieldsOf(at(poetry, section))) addTable(found, field);
  for (const { value } of fieldsOf(at(poetry, "group")))
    for (const field of fieldsOf(at(value, "dependencies"))) addTable(found, field);
  for (const source of [...itemsOf(at(poetry, "source")), ...itemsOf(at(tree, "tool", "pdm", "source"))])
    addIndex(found, source);
  addUv(found, at(tree, "tool", "uv"));
}

function addBuildHook(found: Draft, keys: readonly string[], value: Tree | undefined): void {
  if (value === undefined) return;
  const name = keys.join(".");
  const script = textAt(value, "script") ?? textAt(value, "path") ?? textAt(value, "run-setup") ?? textOf(value);
  if (script !== null) found.hooks.push({ moment: "build", name, command: script, line: value.line });
  else if (keys[0] === "hatch" || keys[0] === "setuptools")
    found.hooks.push({ moment: "build", name, command: "", line: value.line });
}

/** One line of a table of dependencies: a range, or a table with `git`, `url`, `path` or the name of an index. */
function addTable(found: Draft, { key, value, line }: Field): void {
  for (const each of value.kind === "list" ? value.items : [value])
    found.dependencies.push(
      dependency({ name: key, source: tableSource(each), version: textOf(each) ?? textAt(each, "version"), line }),
    );
}

function tableSource(value: Tree): Source {
  const git = textAt(value, "git");
  if (git !== null) return sourceOf(git, "git");
  const url = textAt(value, "url") ?? textAt(value, "file");
  if (url !== null) return sourceOf(url);
  const path = textAt(value, "path");
  if (path !== null) return sourceOf(`file:${path}`);
  if (textAt(value, "workspace") === "true") return WORKSPACE;
  const index = textAt(value, "index") ?? textAt(value, "source");
  return index === null ? REGISTRY : { ...REGISTRY, spec: index };
}

function addUv(found: Draft, uv: Tree | undefined): void {
  for (const field of fieldsOf(at(uv, "sources"))) addTable(found, field);
  for (const index of itemsOf(at(uv, "index"))) addIndex(found, index);
  for (const holder of [uv, at(uv, "pip")])
    for (const { key, value } of fieldsOf(holder)) {
      const values = value.kind === "map" ? [] : textsOf(value);
      for (const { text, line } of values)
        addOption(found, key === "allow-insecure-host" ? "trusted-host" : key, text, line);
    }
  for (const list of ["constraint-dependencies", "override-dependencies", "dev-dependencies"])
    for (const { text, line } of textsOf(at(uv, list))) {
      const each = requirement(text, line);
      if (each !== null) found.dependencies.push(each);
    }
}

function addIndex(found: Draft, index: Tree): void {
  const priority = textAt(index, "priority");
  const isDefault = textAt(index, "default") === "true" || priority === "default" || priority === "primary";
  const name = textAt(index, "name") ?? "";
  // An index that only named packages use cannot stand in for others.
  const explicit = textAt(index, "explicit") === "true" || priority === "explicit";
  const url = textAt(index, "url");
  if (url !== null)
    found.registries.push({ scope: isDefault ? "" : explicit ? name : "+", source: registryAt(url), line: index.line });
  if (textAt(index, "verify_ssl") === "false")
    found.weakened.push({
      setting: "verify_ssl",
      grade: "high",
      lets: "anybody on the network stand in for the index",
      line: index.line,
    });
}

function addPipfile(found: Draft, tree: Tree): void {
  for (const source of itemsOf(at(tree, "source"))) addIndex(found, source);
  for (const section of ["packages", "dev-packages"])
    for (const field of fieldsOf(at(tree, section))) addTable(found, field);
}
