import type { ChangedFile, HunkLine } from "../change.ts";
import { newSide, oldSide } from "../diff/lines.ts";
import { wholeTexts } from "../formats/whole-texts.ts";
import { type FileSides, fragmentSides, type Side } from "./fragments.ts";

/** Forms whose lines or statements can be read without what stands around them. */
const BY_LINE =
  /(?:^|\/)(?:\.npmrc|\.yarnrc|go\.(?:mod|sum|work)|Gemfile|gems\.rb|[Mm]akefile|GNUmakefile|Rakefile|setup\.py|conftest\.py|build\.rs|\.gitmodules|pip\.conf)$|\.(?:gradle|gradle\.kts|gemspec|mk|go|pth|properties)$|requirements[^/]*\.(?:txt|in)$|(?:^|\/)\.(?:husky|githooks)\//;

/**
 * Both sides of a file: whole where they were read or the file is new or gone, in parts where only hunks are at hand and
 * its form can be read in parts. Null where it cannot be judged from what is at hand.
 */
export function sidesOf(file: ChangedFile): FileSides | null {
  const { hunks, status, kinds } = file;
  if (kinds?.after === "submodule" || kinds?.after === "link") return { before: null, after: null };
  // A program of a build has no text to read: that it is another one is all there is to say.
  if (/\.jar$/.test(file.path)) return jarSides(status);
  const texts = wholeTexts(file);
  if (texts !== null) return { before: whole(texts.before), after: whole(texts.after) };
  if (hunks === null) return null;
  if (!BY_LINE.test(file.path)) return fragmentSides(file);
  return { before: part(hunks.flatMap(oldSide)), after: part(hunks.flatMap(newSide)) };
}

function jarSides(status: ChangedFile["status"]): FileSides {
  const before = status === "added" || status === "copied" ? null : whole("before");
  const isSame = status === "renamed" || status === "unchanged";
  return { before, after: status === "removed" ? null : whole(isSame ? "before" : "as changed") };
}

const whole = (text: string | null): Side | null => (text === null ? null : { text, lines: null });
const part = (lines: readonly HunkLine[]): Side => ({
  text: lines.map(({ text }) => text).join("\n"),
  lines: lines.map(({ line }) => line),
});
