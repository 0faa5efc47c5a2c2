import type { Steps } from "../../slices.ts";
import type { ChangedFile, Sides } from "../change.ts";
import { inPathOrder } from "../diff/path-order.ts";
import { keptIn, type Memory, memoryOf } from "../memory.ts";
import { isVendored } from "../paths.ts";
import { recent } from "../recent.ts";
import { compareFiles } from "./compare.ts";
import { knownSources } from "./compare-sources.ts";
import { type EcosystemId, isUnreadable, type LockExcerpt, type PackageFile, type Unreadable } from "./contract.ts";
import { type Finding, type FindingKind, finding, type KnownSources } from "./finding.ts";
import type { FileSides, Side } from "./fragments.ts";
import { excerptOf, fromExcerpt } from "./lock-excerpt.ts";
import { readLockParts } from "./lock-parts.ts";
import { manifestAround, manifestsOf } from "./manifests.ts";
import { type Place, placeOf, readPackageFile } from "./read.ts";
import { sidesOf } from "./sides.ts";
import { standingOf } from "./standing.ts";

export interface FoundAt extends Finding {
  readonly path: string;
}

/** A package file of the change that was not read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly line: number;
  readonly because: string;
}

export interface PackageFindings {
  readonly found: readonly FoundAt[];
  readonly unread: readonly UnreadFile[];
}

/** Characters of all package files of one change that are read; what comes after them in path order is said to be unread. */
const MAX_CHANGE_CHARS = 32 * 2 ** 20;

/** What is known of the change as a whole. */
export interface ChangeAround {
  readonly owner: string | null;
  /** True where it is known that a person opened it. */
  readonly byPerson: boolean;
  readonly runsHeads: boolean;
}

/** True of files that a package manager or a build takes for its own. */
export const isPackagePath = (path: string): boolean => !isVendored(path) && placeOf(path) !== null;

/** True of those that can be judged only as a whole. Go's sources are too many for what their `init()` says. */
export const wantsWholePackage = (path: string): boolean => isPackagePath(path) && !path.endsWith(".go");

/** True of files that say which packages were resolved. */
export const isLockFile = (path: string): boolean => isPackagePath(path) && placeOf(path)?.role === "lock";

const HOOKS: ReadonlySet<FindingKind> = new Set<FindingKind>(["hook-added", "hook-changed", "code-acts"]);

/** Whether a change brings code that runs by itself with an install or a build. */
export function* bringsHooks(files: readonly ChangedFile[]): Steps<boolean> {
  // A lock file says what was resolved, and nothing of its own runs.
  const own = files.filter(({ path }) => isPackagePath(path) && !isLockFile(path));
  if (own.length === 0) return false;
  const { found } = yield* packageFindings(own, { owner: null, byPerson: true, runsHeads: false });
  return found.some(({ kind, severity }) => HOOKS.has(kind) && severity !== "low");
}

const PARTS = "a package file came in parts that say too little";

interface Opened {
  readonly file: ChangedFile;
  readonly place: Place;
  readonly before: PackageFile | null;
  readonly after: PackageFile | null;
}

/**
 * What a change does to the package files it touches. Each is read once on both sides; a lock file is held against the
 * manifests of its folder that the change touches. Linear, in steps of some milliseconds; never throws.
 */
export function* packageFindings(files: readonly ChangedFile[], around: ChangeAround): Steps<PackageFindings> {
  const unread: UnreadFile[] = [];
  const opened = new Map<string, Opened>();
  let leftChars = MAX_CHANGE_CHARS;
  for (const file of inPathOrder(files.filter(({ path }) => isPackagePath(path)))) {
    const place = placeOf(file.path);
    if (place === null) continue;
    const sides = file.lock === undefined ? sidesOf(file) : null;
    leftChars -= (sides?.before?.text.length ?? 0) + (sides?.after?.text.length ?? 0);
    const because = file.lock === undefined ? notAtHand(file, sides, leftChars) : null;
    if (file.lock !== undefined) opened.set(file.path, { file, place, ...readBefore(file.lock) });
    else if (because !== null) unread.push({ path: file.path, line: 1, because });
    else if (sides !== null) {
      const both = yield* openBoth(file, place, sides, unread);
      if (both !== null) opened.set(file.path, both);
    }
    yield;
  }
  const changed = new Set(files.flatMap(({ path }) => manifestEcosystem(path)));
  const found = unread.flatMap(({ path }) => lockAlone(path, changed, around));
  const known = knownBefore([...opened.values()]);
  yield;
  for (const { file, place, before, after } of opened.values()) {
    const manifests = manifestsOf(place.path).flatMap((path) => opened.get(path)?.after ?? []);
    // Without the manifest in the change, all that is known of it is that it stays as it was.
    const manifest = place.role === "lock" ? manifestAround(manifests, changed.has(place.ecosystem.id)) : null;
    const { id: ecosystem } = place.ecosystem;
    const all = yield* compareFiles(before, after, {
      ...around,
      path: file.path,
      known: known.get(ecosystem) ?? null,
      ecosystem,
      role: place.role,
      manifest,
    });
    for (const each of all) found.push({ ...each, path: file.path });
    yield;
  }
  return { found, unread };
}

const readBefore = ({ before, after }: Sides<LockExcerpt>): Sides<PackageFile> => ({
  before: before && fromExcerpt(before),
  after: after && fromExcerpt(after),
});

/**
 * Files whose lock files, where they were read whole, hold what they say in place of their texts, which are longer than
 * what a dossier keeps. In steps; those that cannot be read stay as they are.
 */
export function* withLockExcerpts(files: readonly ChangedFile[]): Steps<readonly ChangedFile[]> {
  const shorter: ChangedFile[] = [];
  for (const file of files) {
    const place = file.texts === undefined || !isPackagePath(file.path) ? null : placeOf(file.path);
    const sides = place?.role === "lock" ? sidesOf(file) : null;
    const both = place === null || sides === null ? null : yield* openBoth(file, place, sides, []);
    const { texts: _, ...rest } = file;
    shorter.push(both === null ? file : { ...rest, lock: yield* excerptOf(both) });
  }
  return shorter;
}

/** What files of each ecosystem took packages from before the change, as far as the change touches them. */
function knownBefore(opened: readonly Opened[]): ReadonlyMap<EcosystemId, KnownSources> {
  const byEcosystem = Map.groupBy(opened, ({ place }) => place.ecosystem.id);
  return new Map(
    [...byEcosystem].map(([id, files]) => {
      const before = files.flatMap((file) => file.before ?? []);
      const sources = before.flatMap(({ dependencies }) => dependencies.filter(({ source }) => source.host !== null));
      return [
        id,
        knownSources(
          sources,
          before.flatMap(({ registries }) => registries),
        ),
      ];
    }),
  );
}

/** What is known of a lock file that could not be read: whether a manifest explains that it changes. */
function lockAlone(path: string, changed: ReadonlySet<EcosystemId>, { byPerson }: ChangeAround): FoundAt[] {
  const place = placeOf(path);
  if (place?.role !== "lock" || changed.has(place.ecosystem.id)) return [];
  return [
    { ...finding("lock-alone", byPerson ? "medium" : "low", 1, "A lock file changes, and no manifest does."), path },
  ];
}

/** The ecosystem whose manifest this is, pnpm's list of workspaces among them; none for other files. */
function manifestEcosystem(path: string): readonly EcosystemId[] {
  const place = placeOf(path);
  return place !== null && (place.role === "manifest" || path.endsWith("pnpm-workspace.yaml"))
    ? [place.ecosystem.id]
    : [];
}

/** Why a file cannot be judged; null where it can, or where nothing was to be read in it. */
function notAtHand(file: ChangedFile, sides: FileSides | null, leftChars: number): string | null {
  if (leftChars < 0) return "the package files of the change are longer than what is read here";
  const isMoved = file.previousPath !== null && file.previousPath !== file.path;
  if (isMoved && file.texts === undefined && file.additions + file.deletions > 0) return PARTS;
  if (sides !== null || file.status === "unchanged") return null;
  // A new release of a program is too long for a diff; that it is there is no news.
  if (file.status === "added" && placeOf(file.path)?.role === "program") return null;
  if (file.binary !== undefined) return null;
  return file.hunks === null ? "a package file came without its text" : PARTS;
}

function* openBoth(file: ChangedFile, place: Place, sides: FileSides, unread: UnreadFile[]): Steps<Opened | null> {
  const memory = memoryOf(file);
  const former = arrives(file, place) ? null : sides.before;
  const both =
    isWhole(former) && isWhole(sides.after) ? yield* readLockParts(place, textsOf(former, sides), memory) : null;
  if (both !== null) return { file, place, ...both };
  const after = yield* openSide(place, sides.after, memory);
  const before = yield* openSide(place, former, memory);
  for (const side of [after, before])
    if (side !== null && isUnreadable(side)) {
      const because = side === after ? side.unreadable : `Before the change: ${side.unreadable}`;
      // Tests keep files that are broken on purpose.
      if (standingOf(file.path) !== "data") unread.push({ path: file.path, line: side.line, because });
      return null;
    }
  const readable = (side: PackageFile | Unreadable | null): PackageFile | null =>
    side === null || isUnreadable(side) ? null : side;
  return { file, place, before: readable(before), after: readable(after) };
}

/** True of files that came from a place where they meant nothing, or less: all that they say is new here. */
function arrives({ previousPath, status, path }: ChangedFile, { ecosystem, role }: Place): boolean {
  if (status === "copied") return true;
  if (previousPath === null || previousPath === path) return false;
  const former = isVendored(previousPath) ? null : placeOf(previousPath);
  return former?.ecosystem !== ecosystem || former.role !== role || standingOf(previousPath) !== standingOf(path);
}

const isWhole = (side: Side | null): boolean => side === null || side.lines === null;
const textsOf = (former: Side | null, { after }: FileSides): Sides<string> => ({
  before: former?.text ?? null,
  after: after?.text ?? null,
});

const recentIn = keptIn(() => recent<PackageFile | Unreadable>({ entries: 32, maxChars: 2 ** 21 }));

function* openSide(place: Place, side: Side | null, memory: Memory): Steps<PackageFile | Unreadable | null> {
  if (side === null) return null;
  const known = recentIn(memory);
  const read = known.of(place.path, side.text) ?? (yield* readPackageFile(place, side.text));
  known.keep(place.path, side.text, read);
  const lineOf = (line: number): number => side.lines?.[line - 1] ?? line;
  if (isUnreadable(read)) return { ...read, line: lineOf(read.line) };
  return side.lines === null ? read : atLines(read, lineOf);
}

/** The same with the file's own line numbers. */
function atLines(file: PackageFile, lineOf: (line: number) => number): PackageFile {
  const moved = <Part extends { readonly line: number }>(parts: readonly Part[]): readonly Part[] =>
    parts.map((part) => ({ ...part, line: lineOf(part.line) }));
  return {
    hooks: moved(file.hooks),
    dependencies: moved(file.dependencies),
    registries: moved(file.registries),
    weakened: moved(file.weakened),
    asked: file.asked,
  };
}
