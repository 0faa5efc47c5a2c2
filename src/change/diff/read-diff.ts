import type { ChangedFile, FileKind, Hunk, HunkLine, Sides } from "../change.ts";
import { detached, type LineCursor, type LongText, lengthOf, lineCursor } from "./line-cursor.ts";
import { hunkOnDemand, isHunkHeader, takeHunk } from "./parse.ts";
import { pathOf, pathsOfHeader } from "./quoted-path.ts";

/** A file of a diff, or a place where the diff cannot be read. */
export type DiffEntry =
  | { readonly file: ChangedFile; readonly objects: Sides<string> | null }
  | { readonly unread: { readonly path: string | null; readonly line: number; readonly what: string } };

/** Characters from which the lines of a diff are not all held at once: each is an object, and takes as much as its text. */
const LONG_DIFF = 2 ** 25;

interface Counts {
  additions: number;
  deletions: number;
}

/** Reads the hunk that begins here and counts its lines; null when it is none. */
type ReadHunk = (cursor: LineCursor, counts: Counts) => Hunk | null;

const heldHunk: ReadHunk = (cursor, counts) => {
  const lines: HunkLine[] = [];
  const isHunk = takeHunk(cursor, (kind, line, written) => {
    count(kind, counts);
    lines.push({ kind, line, text: written.slice(1) });
  });
  return isHunk ? { lines } : null;
};

const passedHunk =
  (text: LongText): ReadHunk =>
  (cursor, counts) => {
    const { spot } = cursor;
    return takeHunk(cursor, (kind) => count(kind, counts)) ? hunkOnDemand(text, spot) : null;
  };

function count(kind: HunkLine["kind"], counts: Counts): void {
  if (kind === "added") counts.additions += 1;
  if (kind === "removed") counts.deletions += 1;
}

/**
 * The files of a unified diff as `git diff`, `git show`, `git format-patch` or `diff -u` print it, one by one in its
 * order. Text between files (a letter, a log message) is passed over. What is truncated or contradicts its own counts
 * is an `unread` entry, and the file it belongs to has no hunks; nothing is thrown. Linear in the text.
 */
export function* readDiff(text: LongText, longFrom = LONG_DIFF): Generator<DiffEntry> {
  const cursor = lineCursor(text);
  const read = lengthOf(text) < longFrom ? heldHunk : passedHunk(text);
  for (let line = cursor.peek(); line !== null; line = cursor.peek()) {
    if (line.startsWith("diff --git ")) yield* readFile(cursor, read, headOfGit(cursor));
    else if (/^diff --(?:cc|combined) /.test(line)) {
      cursor.next();
      yield unread(cursor, pathOf(line.replace(/^diff --\w+ /, "")), "the combined diff of a merge is not read");
    } else if (line.startsWith("--- ")) yield* readFile(cursor, read, NO_HEAD);
    else if (isHunkHeader(line)) {
      cursor.next();
      yield unread(cursor, null, "lines of a file that is not named");
    } else cursor.next();
  }
}

interface Head {
  readonly old: string | null;
  readonly fresh: string | null;
  readonly change: "added" | "removed" | "renamed" | "copied" | null;
  readonly kinds: Sides<FileKind> | null;
  readonly objects: Sides<string> | null;
}

const NO_HEAD: Head = { old: null, fresh: null, change: null, kinds: null, objects: null };

/** The lines from `diff --git` up to the file names: what git says of the two sides. */
function headOfGit(cursor: LineCursor): Head {
  const head: { -readonly [Key in keyof Head]: Head[Key] } = { ...NO_HEAD, ...pathsOfHeader(cursor.next() ?? "") };
  const modes: { before?: string; after?: string } = {};
  for (let line = cursor.peek(); line !== null; line = cursor.peek()) {
    const [, word = "", value = ""] = HEAD_LINE.exec(withoutReturn(line)) ?? [];
    if (word === "") break;
    cursor.next();
    if (word === "old mode" || word === "deleted file mode") modes.before = value;
    if (word === "new mode" || word === "new file mode") modes.after = value;
    if (word === "new file mode") head.change = "added";
    if (word === "deleted file mode") head.change = "removed";
    if (word === "rename from" || word === "copy from") head.old = pathOf(value);
    if (word === "rename to" || word === "copy to") {
      head.fresh = pathOf(value);
      head.change = word === "rename to" ? "renamed" : "copied";
    }
    const [, before, after, mode] = (word === "index" && INDEX.exec(value)) || [];
    if (before && after) head.objects = { before: objectOf(before), after: objectOf(after) };
    if (mode) modes.before = modes.after = mode;
  }
  head.kinds = kindsOf(modes, head.change);
  return head;
}

const HEAD_LINE =
  /^(old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|similarity index|dissimilarity index|index) (.*)$/;
const INDEX = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: (\d{6}))?$/;
const KINDS: Readonly<Record<string, FileKind>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** Zeros stand for no object. */
const objectOf = (id: string): string | null => (/^0+$/.test(id) ? null : detached(id));

/** Null where the diff says nothing of the sides, as without an `index` line. */
function kindsOf({ before, after }: { before?: string; after?: string }, change: Head["change"]): Head["kinds"] {
  if (before === undefined && after === undefined) return null;
  const kind = (mode: string | undefined): FileKind | null => (mode === undefined ? null : (KINDS[mode] ?? "file"));
  return { before: change === "added" ? null : kind(before), after: change === "removed" ? null : kind(after) };
}

function* readFile(cursor: LineCursor, read: ReadHunk, head: Head): Generator<DiffEntry> {
  const names = namesOf(cursor, head);
  const path = names.fresh ?? names.old;
  if (path === null) return yield unread(cursor, null, "a file without a name");
  const body = bodyOf(cursor, read);
  const moved = head.change === "renamed" || head.change === "copied";
  const file: ChangedFile = {
    path: detached(path),
    previousPath: moved && names.old !== null && names.old !== path ? detached(names.old) : null,
    status: statusOf(names, head, body.hunks),
    ...(body.hunks === null ? NO_LINES : body.counts),
    // A file that only moved or changed its mode has no lines, and none is missing.
    hunks: body.hunks ?? (body.binary || body.broken ? null : []),
    ...(head.kinds && { kinds: head.kinds }),
  };
  yield { file, objects: head.objects };
  if (body.broken) yield unread(cursor, path, body.broken);
}

/** The names of both sides, by the lines before the first hunk where there are any; null for no file. */
function namesOf(cursor: LineCursor, head: Head): Pick<Head, "old" | "fresh"> {
  const named = {
    old: head.change === "added" ? null : head.old,
    fresh: head.change === "removed" ? null : head.fresh,
  };
  const prefixed = head !== NO_HEAD;
  if (cursor.peek()?.startsWith("--- ")) named.old = sideName(cursor.next() ?? "", prefixed, named.old);
  if (cursor.peek()?.startsWith("+++ ")) named.fresh = sideName(cursor.next() ?? "", prefixed, named.fresh);
  return named;
}

/** A name after `---` or `+++`; `diff -u` puts a date behind a tab. Renames are named better in the head. */
function sideName(line: string, prefixed: boolean, known: string | null): string | null {
  const written = withoutReturn(line).slice(4);
  if (/^\/dev\/null(?:\t|$)/.test(written)) return null;
  if (prefixed && known !== null) return known;
  const path = pathOf(written.startsWith('"') ? written : (written.split("\t")[0] ?? ""));
  return path.replace(/^[abciow]\//, "");
}

const NO_LINES: Readonly<Counts> = { additions: 0, deletions: 0 };

interface Body {
  readonly counts: Readonly<Counts>;
  readonly hunks: readonly Hunk[] | null;
  readonly binary: boolean;
  readonly broken: string | null;
}

function bodyOf(cursor: LineCursor, read: ReadHunk): Body {
  const hunks: Hunk[] = [];
  const counts = { ...NO_LINES };
  const unseen = { counts, hunks: null, binary: false };
  for (let line = cursor.peek(); line !== null; line = cursor.peek()) {
    if (/^(?:Binary files .* differ\r?$|GIT binary patch)/.test(line)) {
      cursor.next();
      return { ...unseen, binary: true, broken: null };
    }
    if (!isHunkHeader(line)) {
      const surplus =
        hunks.length > 0 && (/^[ +\\]/.test(line) || (line.startsWith("-") && !/^--(?:- | ?\r?$)/.test(line)));
      if (surplus) return { ...unseen, broken: "more lines than the hunk counts" };
      break;
    }
    const hunk = read(cursor, counts);
    if (hunk === null) return { ...unseen, broken: "the diff ends or breaks inside a hunk" };
    hunks.push(hunk);
  }
  return { ...unseen, hunks: hunks.length > 0 ? hunks : null, broken: null };
}

function statusOf(
  { old, fresh }: Pick<Head, "old" | "fresh">,
  { change }: Head,
  hunks: Body["hunks"],
): ChangedFile["status"] {
  if (change !== null) return change;
  if (old === null) return "added";
  if (fresh === null) return "removed";
  return hunks === null ? "changed" : "modified";
}

const unread = (cursor: LineCursor, path: string | null, what: string): DiffEntry => ({
  unread: { path, line: cursor.line - 1, what },
});
