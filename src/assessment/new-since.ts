import type { FileDelta } from "../change/change.ts";
import { deltaBetween } from "../change/delta.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { Evidence } from "../signals/signal.ts";
import type { Steps } from "../slices.ts";
import type { Assessment, Finding } from "./assessment.ts";

/** One look at a change: what it rests on, and what was found. */
export interface Look {
  readonly dossier: Dossier;
  readonly assessment: Assessment;
}

/** What one look at a change has that an earlier one had not. */
export interface NewSince {
  /** Facts about the change that the earlier look did not have. */
  readonly fresh: ReadonlySet<Evidence>;
  /** Facts that it had. Of what stands in neither set nobody knows, as the earlier look kept only some of its kind. */
  readonly seen: ReadonlySet<Evidence>;
  /** Facts of the earlier look that are gone. */
  readonly goneCount: number;
  /** Files that differ in content; null when either side was not read as a whole. */
  readonly files: readonly FileDelta[] | null;
}

/**
 * Compares two looks at one pull request by content: a fact is the same where its sentence, its file and the lines that
 * it points at are, whatever their numbers and the commit are now. So a rebase makes no finding new, and a second copy
 * of a line that was reviewed is new. Pure, in steps.
 */
export function* newSince(before: Look, now: Look): Steps<NewSince> {
  const known = yield* countedFacts(before);
  const partly = new Set(findingsOnChange(before).flatMap((each) => (each.evidenceLeftOut > 0 ? [each.signal] : [])));
  const [fresh, seen] = [new Set<Evidence>(), new Set<Evidence>()];
  const linesOf = lineReader(now.dossier);
  for (const { signal, evidence } of findingsOnChange(now))
    for (const fact of evidence) {
      const key = keyOf(signal, fact, linesOf);
      const count = known.get(key) ?? 0;
      if (count > 0) {
        known.set(key, count - 1);
        seen.add(fact);
      } else if (!partly.has(signal)) fresh.add(fact);
      yield;
    }
  const goneCount = [...known.values()].reduce((sum, count) => sum + count, 0);
  return { fresh, seen, goneCount, files: yield* filesSince(before.dossier, now.dossier) };
}

function* countedFacts(look: Look): Steps<Map<string, number>> {
  const linesOf = lineReader(look.dossier);
  const counts = new Map<string, number>();
  for (const { signal, evidence } of findingsOnChange(look))
    for (const fact of evidence) {
      const key = keyOf(signal, fact, linesOf);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      yield;
    }
  return counts;
}

const findingsOnChange = ({ assessment }: Look): readonly Finding[] =>
  assessment.findings.filter(({ axis, outcome }) => axis === "C" && outcome === "fired");

const keyOf = (signal: string, { fact, place }: Evidence, linesOf: LineReader): string =>
  JSON.stringify([signal, fact, place?.path ?? null, place ? linesOf(place) : null]);

type LineReader = (place: NonNullable<Evidence["place"]>) => readonly string[];

/** The lines of the new file at a place, as the change shows them; none where it does not show them. */
function lineReader({ sections }: Dossier): LineReader {
  const files = sections["change.files"];
  const hunksOf = new Map(
    files.state === "present" ? files.value.files.map(({ path, hunks }) => [path, hunks ?? []] as const) : [],
  );
  return ({ path, line: first, endLine: last = first }) =>
    (hunksOf.get(path) ?? [])
      .flatMap(({ lines }) => lines)
      .filter(({ kind, line }) => kind !== "removed" && line >= first && line <= last)
      .map(({ text }) => text);
}

function* filesSince(before: Dossier, now: Dossier): Steps<NewSince["files"]> {
  const [old, fresh] = [before.sections["change.files"], now.sections["change.files"]];
  if (old.state !== "present" || fresh.state !== "present" || old.value.truncated || fresh.value.truncated) return null;
  return yield* deltaBetween(old.value.files, fresh.value.files);
}
