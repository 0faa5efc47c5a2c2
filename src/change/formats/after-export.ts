import type { ChangedFile, HunkLine } from "../change.ts";

const EXPORT = /^\s{0,8}(?:module\.exports\s{0,4}=|export\s{1,4}default\b)/;
/** Statements, not the rest of what is exported. */
const STATEMENT = /^\S.{0,2000}[({=]|^\S.{0,2000};\s{0,8}$/;
const HARMLESS = /^(?:export\b|module\.exports\.|exports\.|\/\/|\/\*|\*|[)\]}]|import\b|declare\b|type\b|interface\b)/;

/**
 * The first added line behind the last export of a file that is a new statement: where a configuration ends, and where
 * nobody scrolls to. Null when there is none, or the whole file is not at hand and its hunks show no export.
 */
export function statementAfterExport(file: ChangedFile): HunkLine | null {
  const added = (file.hunks ?? []).flatMap(({ lines }) => lines).filter(({ kind }) => kind !== "removed");
  const end = endOfExport(file.texts?.after ?? null, added);
  if (end === null) return null;
  return (
    added.find(
      ({ kind, line, text }) => kind === "added" && line > end && STATEMENT.test(text) && !HARMLESS.test(text),
    ) ?? null
  );
}

/** 1-based line on which the exported value ends, by brackets; null without an export. */
function endOfExport(whole: string | null, shown: readonly HunkLine[]): number | null {
  const lines =
    whole === null
      ? shown.map(({ line, text }) => ({ line, text }))
      : whole.split("\n").map((text, at) => ({ line: at + 1, text }));
  const start = lines.findLastIndex(({ text }) => EXPORT.test(text));
  if (start < 0) return null;
  let depth = 0;
  for (const { line, text } of lines.slice(start)) {
    for (const letter of text.slice(0, 4_000)) {
      if ("{[(".includes(letter)) depth += 1;
      if ("}])".includes(letter)) depth -= 1;
    }
    if (depth <= 0) return line;
  }
  return null;
}
