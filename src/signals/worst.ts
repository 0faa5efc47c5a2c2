import { rankOf, SEVERITIES, type Severity } from "../change/severity.ts";
import { clear, clearBut, type Detection, type Evidence, fired, unknown } from "./signal.ts";

/** One fact with how grave it is. */
export interface Graded {
  readonly severity: Severity;
  readonly evidence: Evidence;
}

/**
 * Arguments of `fired` for facts of different severity: gravest first, of the same severity one of each file before a
 * second one of any, so that no number of decoys in one file hides another; the finding as grave as its gravest fact.
 * Files that `first` names come before the others.
 */
export function worstOf(
  found: readonly Graded[],
  first: (path: string) => boolean = () => true,
): Parameters<typeof fired> {
  const stated = found.map(({ severity, evidence }): Graded => ({ severity, evidence: { ...evidence, severity } }));
  const grades = new Map(stated.map(({ severity, evidence }) => [evidence, rankOf(severity)]));
  const heads = new Set(headOfEachFile(stated));
  const severity = SEVERITIES[Math.max(0, ...grades.values())] ?? "low";
  const rank = (fact: Evidence): number =>
    -4 * (grades.get(fact) ?? 0) + (heads.has(fact) ? 0 : 2) + (first(fact.place?.path ?? "") ? 0 : 1);
  return [[...grades.keys()], { severity, rank }];
}

/** Of the facts of a file and severity the uppermost; facts without a place are all their own. */
function headOfEachFile(found: readonly Graded[]): readonly Evidence[] {
  const heads = new Map<string, Evidence>();
  const placeless: Evidence[] = [];
  for (const { severity, evidence } of found) {
    if (evidence.place === undefined) {
      placeless.push(evidence);
      continue;
    }
    const key = `${severity} ${evidence.place.path}`;
    const known = heads.get(key);
    if (known?.place === undefined || evidence.place.line < known.place.line) heads.set(key, evidence);
  }
  return [...placeless, ...heads.values()];
}

export const LIST_CUT = "the list of changed files is cut";

/** What a check of the change says: what it found, and always what it could not look at. */
export function ofChange(
  found: readonly Graded[],
  { blind, note = null, first, leftOut = 0 }: Unseen & Order,
): Detection {
  if (found.length > 0) {
    const kept = gravest(found);
    const [evidence, more] = worstOf(kept, first);
    return fired(evidence, { ...more, unseen: blind ?? note, leftOut: leftOut + found.length - kept.length });
  }
  if (blind !== null) return unknown(blind);
  return note === null ? clear : clearBut(note);
}

interface Order {
  /** Files whose facts come before others of the same severity. */
  readonly first?: (path: string) => boolean;
  /** Facts that were found and are not among these. */
  readonly leftOut?: number;
}

/** More than anybody reads; so many are put in order in some milliseconds. */
const MAX_FOUND = 2_000;

/** Of more facts than are kept the gravest, the first of each file before others: a line of a change may be one each. */
function gravest(found: readonly Graded[]): readonly Graded[] {
  if (found.length <= MAX_FOUND) return found;
  const ranked: Graded[][] = SEVERITIES.flatMap(() => [[], []]);
  let path: string | undefined;
  let seen = new Set<Severity>();
  for (const each of found) {
    if (each.evidence.place?.path !== path) {
      path = each.evidence.place?.path;
      seen = new Set();
    }
    const isFirst = !seen.has(each.severity);
    seen.add(each.severity);
    ranked[2 * SEVERITIES.indexOf(each.severity) + Number(isFirst)]?.push(each);
  }
  return ranked.toReversed().flat().slice(0, MAX_FOUND);
}

/** Leaves of facts that are still collected those that may be kept, once there are many; how many went. */
export function thinned(found: Graded[]): number {
  const before = found.length;
  if (before > 4 * MAX_FOUND) found.splice(0, before, ...gravest(found));
  return before - found.length;
}

interface Unseen {
  /** Why the answer stays open; null when everything that matters was read. */
  readonly blind: string | null;
  /** What was not read and is of a kind that is hardly ever read; null for nothing. */
  readonly note?: string | null;
}
