import type { ChangedFile } from "../change/change.ts";
import { readingBudget } from "../change/diff/limits.ts";
import { isUnseen } from "../change/diff/lines.ts";
import { inPathOrder } from "../change/diff/path-order.ts";
import type { Severity } from "../change/severity.ts";
import type { Instant } from "../clock.ts";
import { atOnce, type Steps } from "../slices.ts";
import { type Detection, defineSignal, type Evidence, type Facts } from "./signal.ts";
import { type Graded, LIST_CUT, ofChange } from "./worst.ts";

type Meta = Parameters<typeof defineSignal<"change.files">>[0];

interface Readings {
  readonly why: string;
  /** Which files it reads: configuration, of a few KiB each. */
  readonly concerns: (file: ChangedFile) => boolean;
  /** What one of them adds; it and `all`, the same list for each, are short enough to be read. */
  readonly read: (file: ChangedFile, asOf: Instant, all: readonly ChangedFile[]) => Steps<readonly Graded[]>;
  /** Opens one that others may call, before any is read. */
  readonly open?: (file: ChangedFile) => Steps<unknown>;
  /** What is said of one that is too long. */
  readonly tooLong: { readonly severity: Severity; readonly fact: string };
  /** What is said when one of them came without its text. */
  readonly withoutText: string;
  /** Files that came, but not so that they say enough. */
  readonly unsure?: { readonly isSo: (file: ChangedFile) => Steps<boolean>; readonly because: string };
  /** Files whose facts come before others of the same severity. */
  readonly first?: (path: string) => boolean;
}

/**
 * A signal about configuration files of the change, a file a step. What is too long, cut from the list or came without
 * its text is said here, for all of them alike.
 */
export function changeSignal({
  concerns,
  read,
  open,
  tooLong,
  withoutText,
  unsure,
  first,
  ...meta
}: Omit<Meta, "axis" | "family" | "needs" | "detect" | "inSteps"> & Readings) {
  function* inSteps({ "change.files": { files, truncated }, asOf }: Facts<"change.files">): Steps<Detection> {
    const short = readingBudget();
    const concerned = inPathOrder(files.filter(concerns));
    const found: Graded[] = [];
    const readable = concerned.filter(short);
    const isShort = new Set(readable);
    let parts: typeof unsure;
    for (const file of readable) {
      if (open !== undefined) yield* open(file);
      if (unsure !== undefined && parts === undefined && (yield* unsure.isSo(file))) parts = unsure;
      yield;
    }
    for (const file of concerned) {
      const tooMuch = [graded(tooLong.severity, file.path, tooLong.fact)];
      for (const each of isShort.has(file) ? yield* read(file, asOf, readable) : tooMuch) found.push(each);
      yield;
    }
    const blind = truncated ? LIST_CUT : concerned.some(isUnseen) ? withoutText : (parts?.because ?? null);
    return ofChange(found, { blind, ...(first && { first }) });
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

/** One fact about a line of a file, as the change itself says it. */
export function graded(severity: Graded["severity"], path: string, fact: string, line = 1): Graded {
  const evidence: Evidence = { fact, tier: "SC", place: { path, line } };
  return { severity, evidence };
}
