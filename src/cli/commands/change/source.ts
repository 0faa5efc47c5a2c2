import type { BareChange } from "../../../assessment/judge-change.ts";
import { readDiff } from "../../../change/diff/read-diff.ts";
import { openRanges, type RangeReader } from "../../../change/git/ranges.ts";
import { wantsWhole } from "../../../change/places.ts";
import { InvalidInput } from "../../../errors.ts";
import { findRepository } from "../../../history/read/read.ts";
import type { Io } from "../../command.ts";

const MAX_DIFF_MIB = 256;

/** The change that a file in unified form holds. Throws InvalidInput when there is none in it. */
export async function changeIn(path: string, io: Io): Promise<BareChange> {
  const pieces = await io.readPieces(path, MAX_DIFF_MIB);
  const entries = [...readDiff(pieces)];
  if (entries.length === 0 && pieces.some((piece) => piece.trim() !== ""))
    throw new InvalidInput([
      {
        where: path === "-" ? "standard input" : path,
        what: "holds no diff",
        mend: "give what `git diff` prints, or a range with --git DIR BASE..HEAD",
      },
    ]);
  return {
    files: entries.flatMap((entry) => ("file" in entry ? [entry.file] : [])),
    unread: entries.flatMap((entry) =>
      "unread" in entry ? [{ path: entry.unread.path, what: `${entry.unread.what} (line ${entry.unread.line})` }] : [],
    ),
  };
}

/** Opens a clone for reading ranges, and closes it when they were used. Throws InvalidInput when `path` is none. */
export async function withRanges<Result>(
  path: string,
  io: Io,
  use: (reader: RangeReader) => Promise<Result>,
): Promise<Result> {
  const settings = io.services.gitSettings();
  const { path: gitDirectory } = await findRepository(path, settings);
  const reader = openRanges(gitDirectory, { ...settings, wantsWhole, at: io.now() });
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}
