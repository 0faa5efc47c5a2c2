import type { Severity } from "../severity.ts";
import type { Dependency, Registry, Source, Weakened } from "./contract.ts";
import { type Around, type Finding, finding, type KnownSources, shown } from "./finding.ts";
import { hostKind } from "./hosts.ts";
import { ownerOf } from "./sources.ts";

export function knownSources(dependencies: readonly Dependency[], registries: readonly Registry[]): KnownSources {
  const hosts = new Set<string>();
  const owners = new Set<string>();
  for (const { source } of [...dependencies, ...registries]) {
    if (source.host === null) continue;
    if (source.kind === "registry" || source.kind === "url") hosts.add(source.host);
    if (source.owner !== null) owners.add(ownerOf(source));
  }
  const elsewhere = dependencies.some(({ source }) => source.kind === "git" || source.kind === "url");
  const fromRegistry = dependencies.filter(({ source }) => source.kind === "registry").map(({ name }) => name);
  return { hosts, owners, elsewhere, fromRegistry: new Set(fromRegistry) };
}

/** What one file and the others of its ecosystem took from together; names stay the file's own. */
export function joined(own: KnownSources, others: KnownSources | null): KnownSources {
  if (others === null) return own;
  return {
    hosts: new Set([...own.hosts, ...others.hosts]),
    owners: new Set([...own.owners, ...others.owners]),
    elsewhere: own.elsewhere || others.elsewhere,
    fromRegistry: own.fromRegistry,
  };
}

/**
 * Dependencies that come from elsewhere than the registry, or from a host that the file did not use. Those of one owner
 * or host are one finding.
 */
export function sourceFindings(fresh: readonly Dependency[], known: KnownSources, around: Around): readonly Finding[] {
  const groups = new Map<
    string,
    { readonly first: Finding; readonly name: string; readonly from: string; count: number }
  >();
  for (const entry of fresh) {
    const from = placeOf(entry.source);
    const first = sourceFinding(entry, from, known, around);
    if (first === null) continue;
    const key = `${first.kind} ${first.severity} ${from}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first, name: shown(entry.name), from, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()].map(({ first, name, count }) =>
    count === 1 ? first : { ...first, fact: `${first.fact.slice(0, -1)}, as ${count - 1} more after ${name} do.` },
  );
}

const placeOf = ({ host, owner }: Source): string =>
  host === null ? "a place that is not written here" : shown(owner === null ? host : `${host}/${owner}`);

function sourceFinding(
  { name, source, line }: Dependency,
  from: string,
  known: KnownSources,
  around: Around,
): Finding | null {
  if (source.kind === "path" || source.kind === "workspace") return null;
  if (source.plain && !known.hosts.has(source.host ?? ""))
    return finding("plain-source", "high", line, `${shown(name)} comes from ${from} without encryption.`);
  if (source.kind === "registry") {
    if (source.host === null || known.hosts.has(source.host)) return null;
    const severity = HOST_SEVERITY[hostKind(around.ecosystem, source.host)];
    return severity === null
      ? null
      : finding("foreign-host", severity, line, `${shown(name)} comes from the host ${from}.`);
  }
  const severity = ownerSeverity(name, source, known, around);
  if (source.kind === "url")
    return finding("url-source", severity, line, `${shown(name)} comes from an address at ${from}.`);
  return finding("git-source", severity, line, `${shown(name)} comes from a git repository of ${from}.`);
}

const HOST_SEVERITY: Readonly<Record<ReturnType<typeof hostKind>, Severity | null>> = {
  home: null,
  mirror: "medium",
  tenant: "medium",
  local: "medium",
  foreign: "high",
};

/**
 * Medium for repositories of this repository's owner, of owners that the file took code from already, and of others
 * where taking from repositories is the file's habit; high for the first one, and where a package of the registry is
 * replaced.
 */
function ownerSeverity(name: string, source: Source, known: KnownSources, around: Around): Severity {
  const { host, owner } = source;
  // The repository stands on GitHub; of the same name on another host anybody may be.
  const isOwn = owner !== null && owner === around.owner && host === "github.com";
  if (isOwn || (owner !== null && known.owners.has(ownerOf(source)))) return "medium";
  if (owner === null && known.hosts.has(host ?? "")) return "medium";
  // Hooks of git are medium whoever keeps them, and what a lock names anew another of its packages asks for.
  if (around.ecosystem === "git" && around.role === "settings") return "medium";
  const expected = around.manifest?.names.has(name) === true ? "registry" : "unknown";
  if (around.role === "lock" && !known.fromRegistry.has(name) && expected === "unknown") return "medium";
  return known.elsewhere && !known.fromRegistry.has(name) ? "medium" : "high";
}

/** Registries that the change adds. Whoever serves everything is graver than whoever serves one scope. */
export function registryFindings(
  before: readonly Registry[],
  after: readonly Registry[],
  around: Around,
): readonly Finding[] {
  const known = new Set(before.flatMap(({ source, scope }) => [`${source.host}`, `${scope} ${source.spec}`]));
  return after.flatMap(({ scope, source, line }): readonly Finding[] => {
    if (known.has(`${scope} ${source.spec}`) || (source.host !== null && known.has(source.host))) return [];
    const kind = source.host === null ? "tenant" : hostKind(around.ecosystem, source.host);
    const all = scope === "" || /^distributionurl$|^wrapperurl$|^proxy$/.test(scope);
    if (source.plain && kind !== "local")
      return [
        finding(
          "plain-source",
          all ? "critical" : "high",
          line,
          `Packages come from ${shown(source.host ?? "a registry")} without encryption.`,
        ),
      ];
    const severity = kind === "foreign" && all ? "critical" : HOST_SEVERITY[kind];
    if (severity === null) return [];
    const served = all ? "Packages are" : "Some packages are";
    return [finding("registry-added", severity, line, `${served} taken from ${shown(source.host ?? source.spec)}.`)];
  });
}

/** Protections that the change switches off, and rights that it gives. */
export function weakenedFindings(before: readonly Weakened[] | null, after: readonly Weakened[]): readonly Finding[] {
  const known = new Set((before ?? []).map(({ setting }) => setting));
  return after.flatMap(({ setting, grade, lets, line }): readonly Finding[] => {
    // What is missing is news only where it stood before.
    const missing = setting.startsWith("no ");
    if (known.has(setting) || (missing && before === null)) return [];
    return [finding("protection-off", missing ? "medium" : grade, line, `The setting ${shown(setting)} lets ${lets}.`)];
  });
}
