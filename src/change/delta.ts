import type { Steps } from "../slices.ts";
import type { ChangedFile, FileDelta, HunkLine } from "./change.ts";

/**
 * Files of a change that differ in content from the same change as it was read earlier, in the order of `now`, then
 * those that are gone. Added and removed lines are compared, in their order, and the lines that they stand between:
 * numbers, other context and SHAs change with every rebase, but one that changes a line beside them is a conflict. A
 * line that moved is a difference. A file without lines on both sides differs where its content or its counts do.
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
  if (before.hunks === null || now.hunks === null)
    return isSameUnseen(before, now) && !moved
      ? null
      : { path: now.path, line: 1, lines: Math.max(1, Math.abs(countOf(now) - countOf(before))) };
  const [old, fresh] = [yield* changedLines(before), yield* changedLines(now)];
  let at = 0;
  while (at < fresh.length && isSame(fresh[at], old[at])) if (++at % LINES_A_STEP === 0) yield;
  if (at === fresh.length && old.length === fresh.length) {
    const run = yield* elsewhere(before, now);
    if (run !== null) return { path: now.path, ...run };
    return moved ? { path: now.path, line: firstLine(now.hunks), lines: 1 } : null;
  }
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

/** Of a file that was only renamed the content is the base's, which a rebase changes. */
function isSameUnseen(before: ChangedFile, now: ChangedFile): boolean {
  if (before.hunks !== now.hunks || countOf(before) !== countOf(now)) return false;
  const onlyRenamed = now.status === "renamed" && countOf(now) === 0;
  return onlyRenamed || before.oid === undefined || now.oid === undefined || before.oid === now.oid;
}

/** Changed lines that follow one another, and what stands on either side; null at an end of the file. */
interface Run {
  readonly above: string | null;
  readonly below: string | null;
  readonly line: number;
  readonly lines: number;
}

/** The first of the same changed lines that stand in another place. */
function* elsewhere(before: ChangedFile, now: ChangedFile): Steps<Pick<Run, "line" | "lines"> | null> {
  const [old, fresh] = [yield* runsOf(before), yield* runsOf(now)];
  const at = fresh.findIndex((run, index) => {
    const was = old[index];
    return run.lines !== was?.lines || run.above !== was.above || run.below !== was.below;
  });
  const found =
    fresh[at] ??
    (movedOnSameBase(before, now) ? fresh.find(({ line }, index) => line !== old[index]?.line) : undefined);
  return found === undefined ? null : { line: found.line, lines: found.lines };
}

/** On the base that it stood on before, the same lines make the same file. */
const movedOnSameBase = ({ texts: was }: ChangedFile, { texts: is }: ChangedFile): boolean =>
  was !== undefined && is !== undefined && was.before === is.before && was.after !== is.after;

function* runsOf({ hunks }: ChangedFile): Steps<readonly Run[]> {
  const runs: Run[] = [];
  for (const { lines } of hunks ?? []) {
    for (let from = 0, to = 0; from < lines.length; from = to + 1) {
      for (to = from; isChanged(lines[to]); to += 1);
      if (to === from) continue;
      const first = lines.slice(from, to + 1).find(({ kind }) => kind !== "removed");
      const above = lines[from - 1];
      runs.push({
        ...{ above: above?.text ?? null, below: lines[to]?.text ?? null },
        ...{ line: first?.line ?? (above?.line ?? 0) + 1, lines: to - from },
      });
      yield;
    }
  }
  return runs;
}

const isChanged = (line: HunkLine | undefined): boolean => line !== undefined && line.kind !== "context";

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
