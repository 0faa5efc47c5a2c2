import { filtered, type Steps } from "../../slices.ts";
import { least, type Severity } from "../severity.ts";
import { compareHooks } from "./compare-hooks.ts";
import { lockFindings } from "./compare-locks.ts";
import { joined, knownSources, registryFindings, sourceFindings, weakenedFindings } from "./compare-sources.ts";
import { type Dependency, NOTHING, type PackageFile } from "./contract.ts";
import { type Around, type Finding, finding, shown } from "./finding.ts";
import { nearName } from "./near-names.ts";
import { ownerOf } from "./sources.ts";
import { type Standing, standingOf } from "./standing.ts";

const ENTRIES_A_STEP = 256;

const MOST: Readonly<Record<Standing, Severity>> = { project: "critical", aside: "medium", data: "low" };

/**
 * What a change does to one package file: both sides as they were read, null where no file stands. In data of tests
 * nothing is above low, in examples and documentation nothing above medium. Linear in both; pure.
 */
export function* compareFiles(
  before: PackageFile | null,
  after: PackageFile | null,
  around: Around,
): Steps<readonly Finding[]> {
  const found = yield* compareWhole(before, after, around);
  // Code that tests run is run, and pytest looks for its own wherever tests stand; hooks of git and pnpm work where they stand alone.
  const isRun = standingOf(around.path) === "aside" || /(?:^|\/)conftest\.py$/.test(around.path);
  if (around.role === "code" && !/^(?:git|npm)$/.test(around.ecosystem) && isRun) return found;
  const most = MOST[standingOf(around.path)];
  return found.map((each) => ({ ...each, severity: least(each.severity, most) }));
}

function* compareWhole(
  before: PackageFile | null,
  after: PackageFile | null,
  around: Around,
): Steps<readonly Finding[]> {
  const found = [...(yield* compareHooks(before, after, around))];
  if (after === null) return found;
  found.push(...registryFindings(before?.registries ?? [], after.registries, around));
  found.push(...weakenedFindings(before?.weakened ?? null, after.weakened));
  yield;
  const earlier = before ?? NOTHING;
  const known = joined(knownSources(earlier.dependencies, [...earlier.registries, ...after.registries]), around.known);
  yield;
  const fresh = yield* freshEntries(earlier, after);
  const names = new Set(earlier.dependencies.map(({ name }) => name));
  yield;
  const told = yield* filtered(
    fresh,
    (entry) => !isTold(entry, around) && !(known.owners.has(ownerOf(entry.source)) && names.has(entry.name)),
  );
  found.push(...sourceFindings(told, known, around));
  yield;
  const renamed = yield* filtered(
    fresh,
    ({ name, resolvesTo, source }) => resolvesTo !== name && source.kind === "registry",
  );
  found.push(...otherPackages(earlier, renamed, around));
  yield;
  if (around.role === "manifest") found.push(...nearNames(fresh, names, around));
  if (around.role === "lock" || earlier.dependencies.some(({ integrity }) => integrity.length > 0))
    found.push(...(yield* lockFindings(before, after, fresh, around)));
  return found;
}

const keyOf = ({ name, version, source, resolvesTo }: Dependency): string =>
  `${name} ${version} ${source.kind} ${source.spec} ${resolvesTo}`;

/** Entries that did not stand in the old file as they are. */
function* freshEntries(before: PackageFile, after: PackageFile): Steps<readonly Dependency[]> {
  const same = new Set<string>();
  for (const [index, entry] of before.dependencies.entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    same.add(keyOf(entry));
  }
  const fresh: Dependency[] = [];
  for (const [index, entry] of after.dependencies.entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    if (!same.has(keyOf(entry))) fresh.push(entry);
  }
  return fresh;
}

/** True of lock entries whose source the manifest names: the finding about its line is enough. */
function isTold({ name, source }: Dependency, { role, manifest }: Around): boolean {
  if (role !== "lock" || manifest === null) return false;
  return manifest.elsewhere.has(name) || (source.owner !== null && manifest.owners.has(ownerOf(source)));
}

/** New direct dependencies whose name is hardly another one's than a well-known package's. */
function nearNames(
  fresh: readonly Dependency[],
  former: ReadonlySet<string>,
  { ecosystem }: Around,
): readonly Finding[] {
  return fresh.flatMap(({ name, source, declaredAlias, line }): readonly Finding[] => {
    const near = source.kind === "registry" && !declaredAlias && !former.has(name) ? nearName(ecosystem, name) : null;
    const fact = `${shown(name)} is not the well-known ${near}, and is called almost the same.`;
    return near === null ? [] : [finding("near-name", "high", line, fact)];
  });
}

/** Of new entries that stand for another package than the one they name those that did not before. */
function otherPackages(before: PackageFile, renamed: readonly Dependency[], around: Around): readonly Finding[] {
  const pair = ({ name, resolvesTo }: Dependency): string => `${name} ${resolvesTo}`;
  const known = new Set(before.dependencies.map(pair));
  return renamed.flatMap((entry): readonly Finding[] => {
    const { name, resolvesTo, declaredAlias, line } = entry;
    if (known.has(pair(entry))) return [];
    known.add(pair(entry));
    const fact = `${shown(name)} stands for the package ${shown(resolvesTo)}.`;
    if (around.role === "lock")
      return declaredAlias || around.manifest?.elsewhere.has(name)
        ? []
        : [finding("other-package", "high", line, fact)];
    // Renaming a dependency is a usual thing in Rust, where names of crates and of modules differ.
    return [finding("other-package", around.ecosystem === "cargo" ? "low" : "medium", line, fact)];
  });
}
