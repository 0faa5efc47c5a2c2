import type { ChangedFile } from "../change.ts";

/** Configuration is a few KiB. What is longer than this is not read, and that is said: reading costs 1 ms per KiB at worst. */
const MAX_FILE_CHARS = 65_536;
const MAX_CHANGE_CHARS = 4 * MAX_FILE_CHARS;
/** An empty line costs a reader as much as a short one. */
const LINE_FEED = 1;

/** A test for the configuration files of one change, in order: true while a file and those before it are short enough to read. */
export function readingBudget(): (file: ChangedFile) => boolean {
  let leftChars = MAX_CHANGE_CHARS;
  return (file) => {
    let chars = 0;
    for (const hunk of file.hunks ?? []) for (const { text } of hunk.lines) chars += text.length + LINE_FEED;
    leftChars -= chars;
    return chars <= MAX_FILE_CHARS && leftChars >= 0;
  };
}
