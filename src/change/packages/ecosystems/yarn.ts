import { createHash } from "node:crypto";
import { type Draft, dependency, draft, type Ecosystem, isUnreadable, type Source } from "../contract.ts";
import { at, fieldsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { hashesOf } from "../integrity.ts";
import { REGISTRY, registryAt, sourceOf, WORKSPACE } from "../sources.ts";
import { addExtensions, npmNameIn, resolvedSource } from "./npm.ts";

const ENTRIES_A_STEP = 128;
const ASKING = ["dependencies", "optionalDependencies", "peerDependencies"];

/** `yarn.lock` of both generations. */
export const yarnLock: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)yarn\.lock$/.test(path) ? "lock" : null),
  *read(_path, text) {
    const found = draft();
    // Newer files begin with a map of their own; older ones are no YAML.
    if (!/^__metadata:/m.test(text)) {
      yield* addClassic(found, text);
      return found;
    }
    const tree = yield* yamlTree(text);
    if (isUnreadable(tree)) return tree;
    yield* addBerry(found, tree);
    return found;
  },
};

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
  const asked = new Set<string>();
  const cacheKey = textAt(tree, "__metadata", "cacheKey") ?? "";
  let count = 0;
  for (const { key, value, line } of fieldsOf(tree)) {
    if (++count % ENTRIES_A_STEP === 0) yield;
    if (key === "__metadata") continue;
    for (const section of ASKING) for (const field of fieldsOf(at(value, section))) asked.add(field.key);
    const [name, range] = descriptor(descriptors(key)[0] ?? "");
    const [resolvesTo, reference] = descriptor(textAt(value, "resolution") ?? key);
    const alias = /^npm:(@?[^@]+)@/.exec(range)?.[1];
    const checksum = textAt(value, "checksum");
    const [, prefix = cacheKey, hash = ""] = /^(?:(\w+)\/)?(.+)$/.exec(checksum ?? "") ?? [];
    // How the archive was packed is part of the name: another packing has another hash.
    const integrity = checksum === null ? [] : [{ algorithm: `yarn ${prefix}`, value: hash }];
    const version = textAt(value, "version");
    found.dependencies.push(
      dependency({
        name,
        resolvesTo,
        declaredAlias: alias === resolvesTo,
        source: berrySource(reference),
        version,
        integrity,
        line,
      }),
    );
  }
  found.asked = asked;
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

/** `.yarnrc.yml`: the newer yarn's settings. */
export const yarnSettings: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)\.yarnrc\.yml$/.test(path) ? "settings" : null),
  *read(_path, text) {
    const tree = yield* yamlTree(text);
    if (isUnreadable(tree)) return tree;
    const found = draft();
    addRegistries(found, "", tree);
    addExtensions(found, at(tree, "packageExtensions"));
    for (const { key, value } of fieldsOf(at(tree, "npmScopes"))) addRegistries(found, `@${key}`, value);
    for (const plugin of itemsOfPlugins(tree)) found.hooks.push({ moment: "install", ...plugin });
    if (at(tree, "npmMinimalAgeGate") === undefined)
      found.weakened.push({ setting: "no npmMinimalAgeGate", grade: "medium", lets: FRESH, line: 1 });
    for (const { key, value, line } of fieldsOf(tree)) {
      const text = textOf(value);
      if (key === "yarnPath" && text !== null && !OWN_RELEASE.test(text))
        found.hooks.push({ moment: "install", name: key, command: text, line });
      const weak = WEAK.get(key);
      if (text !== null && weak?.when.test(text))
        found.weakened.push({ setting: key, grade: weak.grade, lets: weak.lets, line });
      if (key === "unsafeHttpWhitelist")
        found.weakened.push({ setting: key, grade: "high", lets: "packages come over plain http", line });
    }
    return found;
  },
};

const FRESH = "packages in on the day they are published";

/** The release and plugins that the checkout carries: long programs that nobody reads, and every command runs. */
export const yarnPrograms: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)\.yarn\/(?:releases|plugins)\/.{1,200}\.[cm]?js$/.test(path) ? "program" : null),
  *read(path, text) {
    const found = draft();
    const name = path.slice(path.lastIndexOf("/") + 1);
    yield;
    found.hooks.push({ moment: "program", name, command: createHash("sha256").update(text).digest("hex"), line: 1 });
    return found;
  },
};

/** Where yarn keeps its own release and plugins when it is asked to. */
const OWN_RELEASE = /^(?:\.\/)?\.yarn\/releases\/yarn-[\w.-]+\.[cm]?js$/;
const OWN_PLUGIN =
  /^@yarnpkg\/plugin-[\w-]+$|^https:\/\/(?:mskelton\.dev|go\.mskelton\.dev|raw\.githubusercontent\.com\/yarnpkg)\//;

const WEAK: ReadonlyMap<string, { readonly when: RegExp; readonly grade: "high" | "medium"; readonly lets: string }> =
  new Map([
    ["enableStrictSsl", { when: /^false$/, grade: "high", lets: "anybody on the network stand in for the registry" }],
    ["checksumBehavior", { when: /^(?:ignore|update)$/, grade: "high", lets: "packages in whose hash has changed" }],
    [
      "enableHardenedMode",
      { when: /^false$/, grade: "medium", lets: "lock entries in that nobody compared with the registry" },
    ],
    ["enableImmutableInstalls", { when: /^false$/, grade: "medium", lets: "an install change the lock file" }],
    ["enableScripts", { when: /^true$/, grade: "medium", lets: "packages run scripts when they are installed" }],
  ]);

function addRegistries(found: Draft, scope: string, tree: Tree | undefined): void {
  for (const { key, value, line } of fieldsOf(tree))
    if (/^npm(?:Registry|Publish|Audit)Server$|^http(?:s)?Proxy$/.test(key))
      found.registries.push({
        scope: key === "npmRegistryServer" ? scope : `${scope}${key}`,
        source: registryAt(textOf(value) ?? ""),
        line,
      });
}

/** Plugins that yarn loads at every command and that are not its own. */
function itemsOfPlugins(
  tree: Tree,
): readonly { readonly name: string; readonly command: string; readonly line: number }[] {
  const plugins = at(tree, "plugins");
  return (plugins?.kind === "list" ? plugins.items : []).flatMap((item) => {
    const spec = textAt(item, "spec") ?? textOf(item) ?? textAt(item, "path") ?? "";
    return OWN_PLUGIN.test(spec) ? [] : [{ name: "plugins", command: spec, line: item.line }];
  });
}
