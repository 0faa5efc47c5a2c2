import type { Sides } from "../../../src/change/change.ts";
import { compareFiles } from "../../../src/change/packages/compare.ts";
import { isUnreadable, type PackageFile, type Unreadable } from "../../../src/change/packages/contract.ts";
import type { Around, Finding } from "../../../src/change/packages/finding.ts";
import { excerptOf, fromExcerpt } from "../../../src/change/packages/lock-excerpt.ts";
import { manifestAround, manifestsOf } from "../../../src/change/packages/manifests.ts";
import { placeOf, readPackageFile } from "../../../src/change/packages/read.ts";
import { atOnce } from "../../../src/slices.ts";

/** A package file as its ecosystem reads it. */
export function read(path: string, text: string): PackageFile | Unreadable {
  const place = placeOf(path);
  if (place === null) throw new Error(`nobody reads ${path}`);
  return atOnce(readPackageFile(place, text));
}

function readable(path: string, text: string | null): PackageFile | null {
  if (text === null) return null;
  const found = read(path, text);
  if (isUnreadable(found)) throw new Error(`${path}:${found.line} ${found.unreadable}`);
  return found;
}

/** Before and after of one file, and what is to be said: `severity kind`, nothing for an innocent look-alike. */
export type Row = readonly [
  what: string,
  path: string,
  before: string | null,
  after: string | null,
  ...expected: string[],
];

export interface Given {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly around?: Partial<Around>;
  /** Text of the manifest beside a lock file, after the change; it counts as changed unless `around` says otherwise. */
  readonly manifest?: string;
  /** True where the change leaves that manifest as it was. */
  readonly lockAlone?: boolean;
  /** True to compare what a dossier keeps of both sides. */
  readonly shortened?: boolean;
}

/** What the change of one file is found to do. */
export function compared({
  path,
  around,
  manifest,
  lockAlone = false,
  shortened = false,
  ...given
}: Given): readonly Finding[] {
  const place = placeOf(path);
  if (place === null) throw new Error(`nobody reads ${path}`);
  const [manifestPath = ""] = manifestsOf(path);
  const beside = manifest === undefined ? null : readable(manifestPath, manifest);
  const whole = { before: readable(path, given.before), after: readable(path, given.after) };
  const { before, after } = shortened ? kept(whole) : whole;
  return atOnce(
    compareFiles(before, after, {
      path,
      ecosystem: place.ecosystem.id,
      role: place.role,
      owner: "our-org",
      known: null,
      byPerson: true,
      runsHeads: false,
      manifest: beside === null ? null : manifestAround([beside], !lockAlone),
      ...around,
    }),
  );
}

function kept(whole: Sides<PackageFile>): Sides<PackageFile> {
  const { before, after } = atOnce(excerptOf(whole));
  return { before: before && fromExcerpt(before), after: after && fromExcerpt(after) };
}

/** `severity kind` of each finding, in alphabetical order. */
export const said = (given: Given): readonly string[] =>
  compared(given)
    .map(({ severity, kind }) => `${severity} ${kind}`)
    .toSorted();
