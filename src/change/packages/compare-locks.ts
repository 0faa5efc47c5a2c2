import { filtered, type Steps } from "../../slices.ts";
import type { Dependency, PackageFile } from "./contract.ts";
import { type Around, type Finding, finding, shown } from "./finding.ts";
import { hashChange } from "./integrity.ts";
import { isAddressed } from "./lock-excerpt.ts";

const ENTRIES_A_STEP = 256;

/** A release may be installed in many folders; more copies of it say nothing new. */
const MAX_COPIES = 16;

const release = ({ name, version }: Dependency): string => `${name} ${version}`;

/** What files with hashes can say: those of a release, entries that nothing asks for, versions that no manifest explains. */
export function* lockFindings(
  before: PackageFile | null,
  after: PackageFile,
  fresh: readonly Dependency[],
  around: Around,
): Steps<readonly Finding[]> {
  const releases = new Map<string, Dependency[]>();
  for (const [index, entry] of (before?.dependencies ?? []).entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    const others = releases.get(release(entry));
    if (others === undefined) releases.set(release(entry), [entry]);
    else if (others.length < MAX_COPIES) others.push(entry);
  }
  const found: Finding[] = [];
  const told = new Set<string>();
  for (const [index, entry] of after.dependencies.entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    const each = hashFinding(entry, releases.get(release(entry)) ?? []);
    if (each === null || told.has(each.fact)) continue;
    told.add(each.fact);
    found.push(each);
  }
  const added = yield* filtered(
    fresh,
    (entry) => !releases.has(release(entry)) && !/^(?:path|workspace)$/.test(entry.source.kind),
  );
  yield;
  if (around.role !== "lock") return gathered(found);
  found.push(...unhashed(after, added), ...unexplained(before, after, around));
  const first = added[0];
  if (before !== null && first !== undefined && around.manifest !== null && !around.manifest.changed)
    found.push(
      finding(
        "lock-alone",
        around.byPerson ? "medium" : "low",
        first.line,
        "Locked versions change, and no manifest does.",
      ),
    );
  return gathered(found);
}

/** The same release with another hash, a weaker one, or none. */
function hashFinding(entry: Dependency, earlier: readonly Dependency[]): Finding | null {
  const former = earlier.filter(({ source }) => source.kind === entry.source.kind);
  if (former.length === 0 || entry.version === null || entry.source.kind !== "registry") return null;
  // One version may be listed several times, with a hash or, inside the archive of another package, without.
  if (entry.integrity.length === 0 && former.some(({ integrity }) => integrity.length === 0)) return null;
  const hashes = former.flatMap(({ integrity }) => integrity);
  const name = shown(entry.name);
  switch (hashChange(hashes, entry.integrity)) {
    case "other":
      return finding("hash-changed", "high", entry.line, `${name} keeps its version and gets another hash.`);
    case "weaker":
      return finding("hash-weaker", "medium", entry.line, `${name} gets a weaker hash.`);
    case "removed":
      return finding("hash-removed", "medium", entry.line, `${name} loses its hash.`);
    default:
      return null;
  }
}

/** New entries without a hash in a file whose other entries have one. */
function unhashed(after: PackageFile, added: readonly Dependency[]): readonly Finding[] {
  const bare = ({ integrity }: Dependency): boolean => integrity.length === 0;
  const all = after.dependencies.filter(isAddressed);
  const { addressed = all.length, unhashed = all.filter(bare).length } = after;
  if (unhashed * 10 > addressed) return [];
  return added
    .filter((entry) => isAddressed(entry) && bare(entry))
    .map(({ name, line }) => finding("hash-missing", "medium", line, `${shown(name)} is new and has no hash.`));
}

/** New names that neither another entry nor the manifest asks for, where the file says who asks. */
function unexplained(before: PackageFile | null, after: PackageFile, { manifest }: Around): readonly Finding[] {
  const { asked } = after;
  if (asked === null || before === null) return [];
  const known = new Set(before.dependencies.map(({ name }) => name));
  return after.dependencies
    .filter(
      ({ name, source }) =>
        source.kind !== "workspace" && source.kind !== "path" && !known.has(name) && !asked.has(name),
    )
    .filter(({ name }) => manifest?.names.has(name) !== true)
    .map(({ name, line }) =>
      finding("unexplained-entry", "medium", line, `Nothing asks for the new entry ${shown(name)}.`),
    );
}

/** More alike than this in one file is the work of a tool: another format, or another version of it. */
const MANY = 20;

/** Findings about hashes of a whole file become one, which is medium. */
function gathered(found: readonly Finding[]): readonly Finding[] {
  const counts = Map.groupBy(found, ({ kind }) => kind);
  return [...counts.values()].flatMap((alike): readonly Finding[] => {
    const [first] = alike;
    if (first === undefined || alike.length <= MANY) return alike;
    return [
      {
        ...finding(
          first.kind,
          "medium",
          first.line,
          `${first.fact.slice(0, -1)}, and so for ${alike.length - 1} more.`,
        ),
      },
    ];
  });
}
