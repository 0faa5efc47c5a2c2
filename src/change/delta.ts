import type { Steps } from "../slices.ts";
import type { ChangedFile, FileDelta, HunkLine } from "./change.ts";

/**
 * Files of a change that differ in content from the same change as it was read earlier, in the order of `now`, then
 * those that are gone. Only added and removed lines are compared, in their order: numbers, context and SHAs change with
 * every rebase, and a line that moved is a difference. A file without lines on both sides differs where its counts do.
 */
export function* deltaBetween(
  before: readonly ChangedFile[],
  now: readonly ChangedFile[],
): Steps<readonly FileDelta[]> {
  const earlier = new Map(before.map((file) => [file.path, file]));
  const delta: FileDelta[] = [];
  for (const file of now) {
    const differing = yield* difference(earlier.get(file.path), file);
    if (differing !== null) delta.push(differing);
    earlier.delete(file.path);
    yield;
  }
  for (const gone of earlier.values()) delta.push({ path: gone.path, line: 1, lines: Math.max(1, countOf(gone)) });
  return delta;
}

function* difference(before: ChangedFile | undefined, now: ChangedFile): Steps<FileDelta | null> {
  if (before === undefined) return { path: now.path, line: firstLine(now.hunks), lines: Math.max(1, countOf(now)) };
  const moved = before.status !== now.status || before.previousPath !== now.previousPath;
  if (before.hunks === null || now.hunks === null) {
    const same = before.hunks === now.hunks && countOf(before) === countOf(now);
    return same && !moved
      ? null
      : { path: now.path, line: 1, lines: Math.max(1, Math.abs(countOf(now) - countOf(before))) };
  }
  const [old, fresh] = [yield* changedLines(before), yield* changedLines(now)];
  let at = 0;
  while (at < fresh.length && isSame(fresh[at], old[at])) if (++at % LINES_A_STEP === 0) yield;
  if (at === fresh.length && old.length === fresh.length && !moved) return null;
  const left = new Map<string, number>();
  for (const [index, line] of old.entries()) {
    left.set(textOf(line), (left.get(textOf(line)) ?? 0) + 1);
    if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
  }
  let [lines, first] = [0, fresh[at]];
  for (const line of fresh) {
    const others = left.get(textOf(line)) ?? 0;
    if (others > 0) left.set(textOf(line), others - 1);
    else {
      if (lines === 0) first = line;
      lines += 1;
    }
    yield;
  }
  for (const count of left.values()) lines += count;
  return {
    path: now.path,
    line: first?.kind === "added" ? first.line : firstLine(now.hunks),
    lines: Math.max(1, lines),
  };
}

const countOf = ({ additions, deletions }: ChangedFile): number => additions + deletions;

const LINES_A_STEP = 1_024;

function* changedLines({ hunks }: ChangedFile): Steps<readonly HunkLine[]> {
  const changed: HunkLine[] = [];
  let count = 0;
  for (const { lines } of hunks ?? [])
    for (const line of lines) {
      if (line.kind !== "context") changed.push(line);
      if (++count % LINES_A_STEP === 0) yield;
    }
  return changed;
}

const isSame = (one: HunkLine | undefined, other: HunkLine | undefined): boolean =>
  one?.kind === other?.kind && one?.text === other?.text;

const textOf = (line: HunkLine | undefined): string => (line === undefined ? "" : `${line.kind} ${line.text}`);

const firstLine = (hunks: ChangedFile["hunks"]): number =>
  (hunks ?? []).flatMap(({ lines }) => lines).find(({ kind }) => kind === "added")?.line ?? 1;
