import { type Draft, dependency, draft, type Ecosystem, isUnreadable } from "../contract.ts";
import { at, fieldsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { xmlTree } from "../formats/xml.ts";
import { REGISTRY, registryAt, sourceOf } from "../sources.ts";

const ELEMENTS_A_STEP = 512;
/** Plugins whose work is to run whatever the file says. */
const RUNNERS =
  /^(?:exec-maven-plugin|maven-antrun-plugin|groovy-maven-plugin|gmaven-plugin|gmavenplus-plugin|download-maven-plugin|wagon-maven-plugin|beanshell-maven-plugin|scriptus-maven-plugin)$/;

/** `pom.xml`, Maven's settings, and the extensions that it loads before anything else. */
export const maven: Ecosystem = {
  id: "maven",
  reads(path) {
    if (/(?:^|\/)pom\.xml$/.test(path)) return "manifest";
    return /(?:^|\/)\.mvn\/(?:extensions\.xml|(?:settings|maven-settings)\.xml|jvm\.config|maven\.config)$|(?:^|\/)\.?m2?\/settings\.xml$/.test(
      path,
    )
      ? "settings"
      : null;
  },
  *read(path, text) {
    const found = draft();
    if (path.endsWith(".config")) {
      addArguments(found, text);
      return found;
    }
    const tree = yield* xmlTree(text);
    if (isUnreadable(tree)) return tree;
    const waiting: Tree[] = [tree];
    let count = 0;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const { key, value, line } of fieldsOf(next)) {
        addElement(found, key, value, line, path.endsWith("extensions.xml"));
        waiting.push(value);
        if (++count % ELEMENTS_A_STEP === 0) yield;
      }
    return found;
  },
};

function addElement(found: Draft, key: string, value: Tree, line: number, isExtensions: boolean): void {
  const artifact = textAt(value, "artifactId") ?? "";
  const name = `${textAt(value, "groupId") ?? ""}:${artifact}`;
  const url = textAt(value, "url");
  if (/^(?:repository|pluginRepository|snapshotRepository|mirror)$/.test(key) && url !== null) {
    const policies = [...fieldsOf(at(value, "releases")), ...fieldsOf(at(value, "snapshots"))];
    // Where a project is published to is no place that a build reads.
    const distributes = key === "snapshotRepository";
    if (!distributes) found.registries.push({ scope: key === "mirror" ? "" : "+", source: registryAt(url), line });
    if (policies.some((policy) => policy.key === "checksumPolicy" && textOf(policy.value) === "ignore"))
      found.weakened.push({
        setting: "checksumPolicy ignore",
        grade: "medium",
        lets: "packages in whose hash does not fit",
        line,
      });
  }
  if (key === "dependency") {
    const path = textAt(value, "systemPath");
    const source = path === null ? REGISTRY : sourceOf(`file:${path}`);
    found.dependencies.push(dependency({ name, source, version: textAt(value, "version"), line }));
  }
  if (key === "plugin" && RUNNERS.test(artifact) && at(value, "executions") !== undefined)
    found.hooks.push({ moment: "build", name: artifact, command: commandOf(value), line });
  if (key === "extension" && (isExtensions || artifact !== ""))
    found.hooks.push({ moment: "build", name: `extension ${name}`, command: "", line });
}

/** The texts of a plugin's configuration, in order, as one line; what stands deeper than a fact shows is cut. */
function commandOf(plugin: Tree): string {
  const parts: string[] = [];
  const waiting: Tree[] = [plugin];
  for (let next = waiting.pop(); next !== undefined && parts.length < 60; next = waiting.pop()) {
    const text = textOf(next);
    if (text !== null && text !== "") parts.push(text);
    for (const { key, value } of fieldsOf(next).toReversed())
      if (!/^(?:version|groupId|artifactId|phase|id|goal)$/.test(key)) waiting.push(value);
  }
  return parts.join(" ").replace(/\s+/g, " ").slice(0, 2_000);
}

/** Arguments of Java or Maven that load code into every build. */
function addArguments(found: Draft, text: string): void {
  for (const [index, line] of text.split("\n").entries())
    for (const word of line.trim().split(/\s+/))
      if (
        /^-(?:javaagent:|agentpath:|agentlib:|Xbootclasspath|Dmaven\.ext\.class\.path=|Dmaven\.wagon\.http\.ssl\.insecure=true)|^-s$|^--settings/.test(
          word,
        )
      )
        found.hooks.push({ moment: "build", name: "argument", command: word, line: index + 1 });
}
