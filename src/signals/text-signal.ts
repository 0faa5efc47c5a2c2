import type { ChangedFile, HunkLine } from "../change/change.ts";
import { isSeldomRead, isUnseen } from "../change/diff/lines.ts";
import { atOnce, type Steps } from "../slices.ts";
import { type Detection, defineSignal, type Facts } from "./signal.ts";
import { type Graded, LIST_CUT, ofChange, thinned } from "./worst.ts";

type Meta = Parameters<typeof defineSignal<"change.files">>[0];

interface Reading {
  readonly why: string;
  /** What one file adds to `found`, in steps: a file may be as long as its author likes. */
  readonly inFile: (file: ChangedFile, found: Graded[]) => Steps<void>;
  /** Files whose lines, when they did not come, leave the answer open; every file when absent. */
  readonly concerns?: (file: ChangedFile) => boolean;
}

/** A signal about the lines of any file of the change. What came without lines is said here, for all of them alike. */
export function textSignal({
  inFile,
  concerns = () => true,
  ...meta
}: Omit<Meta, "axis" | "family" | "needs" | "detect" | "inSteps"> & Reading) {
  function* inSteps({ "change.files": { files, truncated } }: Facts<"change.files">): Steps<Detection> {
    const found: Graded[] = [];
    const concerned = files.filter(concerns);
    let leftOut = 0;
    for (const file of concerned) {
      const steps = inFile(file, found);
      for (let step = steps.next(); step.done !== true; step = steps.next()) {
        leftOut += thinned(found);
        yield;
      }
      yield;
    }
    const unseen = concerned.filter(isUnseen);
    const hidden = unseen.some((file) => !isSeldomRead(file));
    const blind = truncated ? LIST_CUT : hidden ? "a file came without its text" : null;
    return ofChange(found, { blind, note: unseen.length > 0 ? withoutLines(unseen.length) : null, leftOut });
  }
  return defineSignal({
    ...meta,
    axis: "C",
    family: "change",
    needs: ["change.files"],
    detect: (facts) => atOnce(inSteps(facts)),
    inSteps,
  });
}

const withoutLines = (count: number): string =>
  `${count === 1 ? "a file" : `${count} files`} without lines to read, pictures or files that only moved`;

const PIECE_CHARS = 65_536;
/** Longer than any run, word or sequence whose length matters. */
const OVERLAP_CHARS = 1_024;

/** Lines of one step: a step for each would cost as much as reading it. */
const BATCH_LINES = 64;
const BATCH_CHARS = 32_768;

/** One added line, or a piece of one that is as long as a file. */
export interface Piece {
  readonly line: HunkLine;
  readonly text: string;
  readonly isStart: boolean;
}

/** Added lines in order, one as long as a file in pieces that overlap; in batches of a millisecond at most. */
export function* addedPieces(file: ChangedFile): Generator<readonly Piece[]> {
  let batch: Piece[] = [];
  let chars = 0;
  for (const hunk of file.hunks ?? [])
    for (const line of hunk.lines) {
      if (line.kind !== "added") continue;
      const { text } = line;
      for (let from = 0; from === 0 || from < text.length; from += PIECE_CHARS) {
        const isWhole = text.length <= PIECE_CHARS;
        const piece = isWhole ? text : text.slice(from, from + PIECE_CHARS + OVERLAP_CHARS);
        batch.push({ line, text: piece, isStart: from === 0 });
        chars += piece.length;
        if (batch.length < BATCH_LINES && chars < BATCH_CHARS) continue;
        yield batch;
        batch = [];
        chars = 0;
      }
    }
  if (batch.length > 0) yield batch;
}
