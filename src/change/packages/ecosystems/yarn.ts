import { createHash } from "node:crypto";
import { type Draft, draft, type Ecosystem, isUnreadable } from "../contract.ts";
import { at, fieldsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { registryAt } from "../sources.ts";
import { addExtensions } from "./npm.ts";

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
