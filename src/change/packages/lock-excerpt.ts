import type { Steps } from "../../slices.ts";
import type { Sides } from "../change.ts";
import type { Dependency, LockExcerpt, PackageFile } from "./contract.ts";

const ENTRIES_A_STEP = 256;

/**
 * Both sides of a lock file without the entries that stand on both alike: what can be compared afterwards as if all of
 * it were there, and kept where its text is too long. Linear in both.
 */
export function* excerptOf({ before, after }: Sides<PackageFile>): Steps<Sides<LockExcerpt>> {
  const names = new Set<string>();
  yield* differing(before, after, names);
  yield* differing(after, before, names);
  const sources = new Set<string>();
  return {
    before: before && (yield* excerpt(before, names, (entry) => isFirstOfItsSource(entry, sources))),
    after: after && (yield* excerpt(after, names, () => false)),
  };
}

const written = (entry: Dependency): string => JSON.stringify({ ...entry, line: 0 });

/** Adds the names of entries of one side that the other does not have as they are. */
function* differing(one: PackageFile | null, other: PackageFile | null, names: Set<string>): Steps<void> {
  const known = new Set<string>();
  for (const [index, entry] of (other?.dependencies ?? []).entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    known.add(written(entry));
  }
  for (const [index, entry] of (one?.dependencies ?? []).entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    if (!known.has(written(entry))) names.add(entry.name);
  }
}

/** One entry of each place that packages came from says that they did; whether it had a hash belongs to that. */
function isFirstOfItsSource(entry: Dependency, sources: Set<string>): boolean {
  const from = sourceKey(entry);
  if (sources.has(from)) return false;
  sources.add(from);
  return true;
}

export const sourceKey = ({ source, integrity }: Dependency): string =>
  `${source.kind} ${source.host} ${source.owner} ${integrity.length > 0}`;

function* excerpt(
  file: PackageFile,
  names: ReadonlySet<string>,
  standsForOthers: (entry: Dependency) => boolean,
): Steps<LockExcerpt> {
  const dependencies: Dependency[] = [];
  let [addressed, unhashed] = [0, 0];
  for (const [index, entry] of file.dependencies.entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    if (isAddressed(entry)) addressed += 1;
    if (isAddressed(entry) && entry.integrity.length === 0) unhashed += 1;
    if (standsForOthers(entry) || names.has(entry.name)) dependencies.push(entry);
  }
  const { hooks, registries, weakened, asked } = file;
  const kept = asked === null ? null : [...names].filter((name) => asked.has(name));
  return {
    ...{ hooks, registries, weakened, dependencies, asked: kept },
    // What was read in parts counted them already, and holds some of its entries alone.
    ...{ addressed: file.addressed ?? addressed, unhashed: file.unhashed ?? unhashed },
  };
}

/** True of entries from a registry whose address the file writes. */
export const isAddressed = ({ source }: Dependency): boolean => source.kind === "registry" && source.host !== null;

export const fromExcerpt = ({ asked, ...rest }: LockExcerpt): PackageFile => ({
  ...rest,
  asked: asked === null ? null : new Set(asked),
});
