import {
  type Dependency,
  type Draft,
  dependency,
  draft,
  type Ecosystem,
  type HookMoment,
  isUnreadable,
} from "../contract.ts";
import { jsonTree } from "../formats/json.ts";
import { at, type Field, fieldsOf, type Tree, textAt, textOf, textsOf } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { hostKind } from "../hosts.ts";
import { asRegistry, REGISTRY, sourceOf } from "../sources.ts";

/** Scripts that npm, pnpm, yarn or Bun run without being told to; https://docs.npmjs.com/cli/using-npm/scripts. */
const MOMENTS: ReadonlyMap<string, HookMoment> = new Map([
  ["preinstall", "install"],
  ["install", "install"],
  ["postinstall", "install"],
  ["preuninstall", "install"],
  ["uninstall", "install"],
  ["postuninstall", "install"],
  ["prepublish", "prepare"],
  ["preprepare", "prepare"],
  ["prepare", "prepare"],
  ["postprepare", "prepare"],
  ["dependencies", "prepare"],
  ["pnpm:devPreinstall", "prepare"],
]);

const SECTIONS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
/** Where tools that install git hooks from the manifest look. */
const GIT_HOOKS = [["husky", "hooks"], ["simple-git-hooks"], ["gitHooks"], ["pre-commit"], ["pre-push"]];

/** `package.json`: its scripts, what it depends on, and which packages may run scripts of their own. */
export const npm: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)package\.(?:json5?|yaml)$/.test(path) ? "manifest" : null),
  *read(path, text) {
    // pnpm takes a manifest in YAML, too; what is JSON5 beyond comments is said to be unread.
    const tree = yield* path.endsWith(".yaml") ? yamlTree(text) : jsonTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    const scripts = new Map(fieldsOf(at(tree, "scripts")).map(({ key, value }) => [key, textOf(value) ?? ""]));
    for (const field of fieldsOf(at(tree, "scripts"))) addScript(found, field, scripts);
    for (const keys of GIT_HOOKS) {
      const hooks = at(tree, ...keys);
      for (const { key, value, line } of hooks?.kind === "map" ? hooks.fields : [])
        found.hooks.push({
          moment: "git",
          name: key,
          command: textsOf(value)
            .map(({ text: each }) => each)
            .join(" && "),
          line,
        });
    }
    for (const section of SECTIONS)
      for (const field of fieldsOf(at(tree, section)))
        found.dependencies.push(npmDependency(field.key, textOf(field.value), field.line));
    addOverrides(found, at(tree, "resolutions"));
    addOverrides(found, at(tree, "overrides"));
    addOverrides(found, at(tree, "pnpm", "overrides"));
    addExtensions(found, at(tree, "pnpm", "packageExtensions"));
    addManager(found, tree);
    addAllowed(found, at(tree, "pnpm", "onlyBuiltDependencies"), "onlyBuiltDependencies");
    addAllowed(found, at(tree, "trustedDependencies"), "trustedDependencies");
    addAllowed(found, at(tree, "allowScripts"), "allowScripts");
    addAllowed(found, at(tree, "lavamoat", "allowScripts"), "lavamoat.allowScripts");
    return found;
  },
};

function addScript(found: Draft, { key, value, line }: Field, scripts: ReadonlyMap<string, string>): void {
  const moment = MOMENTS.get(key);
  const command = textOf(value);
  if (moment === undefined || command === null) return;
  const runs = withCalled(command, scripts);
  found.hooks.push({ moment, name: key, command, line, ...(runs !== command && { runs }) });
}

/** `npm run x` and the like, which a script may say instead of what it does. */
const CALL =
  /\b(?:npm|pnpm|yarn|bun|npm-run-all|run-s|run-p)(?: run(?:-script)?)?(?: -{1,2}\w+){0,3} ([\w:.-]{1,100})/g;
const MAX_DEPTH = 3;
/** Calls of one command that are followed, each time. */
const MAX_CALLED = 20;
const MAX_COMMAND = 20_000;

/** A command with the scripts that it calls in their place, and those that they call, a few deep. */
function withCalled(command: string, scripts: ReadonlyMap<string, string>): string {
  let runs = command;
  for (let depth = 0; depth < MAX_DEPTH && runs.length < MAX_COMMAND; depth++) {
    let calls = 0;
    const next = runs.replace(CALL, (call, name: string) =>
      ++calls > MAX_CALLED ? call : (scripts.get(name)?.slice(0, MAX_COMMAND) ?? call),
    );
    if (next === runs) break;
    runs = next.slice(0, MAX_COMMAND);
  }
  return runs;
}

/** One dependency as the manifest writes it: a range, `npm:other@range`, an address, `owner/repository` or a path. */
export function npmDependency(key: string, spec: string | null, line: number): Dependency {
  const name = key;
  const written = (spec ?? "").trim();
  // yarn writes `npm:` before mere ranges, too.
  const alias = /^npm:(@[^@]+|[A-Za-z_-][^@]*)(?:@(.*))?$/.exec(written);
  if (alias) {
    const resolvesTo = alias[1] ?? name;
    return dependency({
      name,
      resolvesTo,
      declaredAlias: resolvesTo !== name,
      source: REGISTRY,
      version: alias[2] ?? null,
      line,
    });
  }
  if (/^jsr:/.test(written)) return dependency({ name, source: REGISTRY, version: written, line });
  if (/^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(written))
    return dependency({ name, source: sourceOf(`github:${written}`), version: null, line });
  const source = sourceOf(written);
  if (source.kind === "registry") return dependency({ name, source: REGISTRY, version: written, line });
  // The registry's own file of a package is that package, whatever it is called here.
  const isHome = source.host !== null && hostKind("npm", source.host) === "home" && !source.plain;
  if (!isHome) return dependency({ name, source, version: null, line });
  const resolvesTo = npmNameIn(written) ?? name;
  return dependency({ name, resolvesTo, source: asRegistry(source), version: null, line });
}

/** The name in a key of resolutions or overrides, which may be a path or carry a range: `a/b`, `a>b`, `b@^1`. */
const overridden = (key: string): string =>
  key.length > MAX_NAME ? key : (/(@[^/@>]+\/[^/@>]+|[^/@>]+)(?:@[^>]*)?$/.exec(key)?.[1] ?? key);

/** No name or address of a package is longer; searching in a longer text could take its square. */
const MAX_NAME = 2_000;

/** Overrides nest: a name holds a spec, or further names for what stands below it; `.` is the name itself. */
export function addOverrides(found: Draft, tree: Tree | undefined): void {
  const waiting = fieldsOf(tree).map((field) => ({ field, name: field.key }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { field, name } = next;
    const spec = textOf(field.value);
    // `$name` takes the spec of the manifest's own dependency.
    if (spec !== null && !spec.startsWith("$"))
      found.dependencies.push(npmDependency(overridden(name), spec, field.line));
    for (const inner of fieldsOf(field.value))
      waiting.push({ field: inner, name: inner.key === "." ? name : inner.key });
  }
}

/** Dependencies that the project adds to packages of others. */
export function addExtensions(found: Draft, tree: Tree | undefined): void {
  for (const { value } of fieldsOf(tree))
    for (const section of SECTIONS)
      for (const { key, value: spec, line } of fieldsOf(at(value, section)))
        found.dependencies.push(npmDependency(key, textOf(spec), line));
}

/** Corepack fetches the manager that the manifest names, and may be given an address. */
function addManager(found: Draft, tree: Tree): void {
  const manager = textAt(tree, "packageManager");
  const [, name = "", spec = ""] = /^([^@]+)@(.*)$/.exec(manager ?? "") ?? [];
  const line = fieldsOf(tree).findLast(({ key }) => key === "packageManager")?.line ?? 1;
  if (/^https?:/.test(spec)) found.dependencies.push(dependency({ name, source: sourceOf(spec), line }));
}

/** Packages whose own scripts may run: a list of names, or a map to `true`. */
export function addAllowed(found: Draft, tree: Tree | undefined, setting: string): void {
  const lets = "scripts of this package run when it is installed";
  for (const { text, line } of tree?.kind === "list" ? textsOf(tree) : [])
    found.weakened.push({ setting: `${setting}: ${text}`, grade: "low", lets, line });
  for (const { key, value, line } of fieldsOf(tree))
    if (textOf(value) === "true") found.weakened.push({ setting: `${setting}: ${key}`, grade: "low", lets, line });
}

/** A package file's address on a registry: `/name/-/name-1.0.0.tgz` or `/name/name-1.0.0.tgz`; null for others. */
export function npmNameIn(url: string): string | null {
  if (url.length > MAX_NAME) return null;
  const path = URL.parse(url)?.pathname ?? "";
  const match =
    /((?:@|%40)[^/]+(?:\/|%2f)[^/]+|[^/]+)\/-\/(?:@[^/]+\/)?[^/]+$/i.exec(path) ??
    /^\/(@[^/]+\/[^/]+|[^/]+)\/[^/]+\.tgz$/.exec(path);
  return match?.[1] === undefined ? null : match[1].replace(/%40/i, "@").replace(/%2f/i, "/");
}

/** A lock file's address: the registry's where it is one of a package file, else as it is written. */
export function resolvedSource(url: string): ReturnType<typeof sourceOf> {
  const source = sourceOf(url);
  return source.kind === "url" && npmNameIn(url) !== null ? asRegistry(source) : source;
}
