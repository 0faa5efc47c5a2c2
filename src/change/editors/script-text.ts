import type { ChangedFile, HunkLine } from "../change.ts";
import { newSide } from "../diff/lines.ts";
import { wholeTexts } from "../formats/whole-texts.ts";
import type { Script } from "./rules.ts";

interface Comments {
  /** From here to the end of the line. */
  readonly line: RegExp | null;
  readonly open: string | null;
  readonly close: string;
}

const COMMENTS: Readonly<Record<Script, Comments>> = {
  shell: { line: /^\s*#/, open: null, close: "" },
  vim: { line: /^\s*"/, open: null, close: "" },
  lua: { line: /^\s*--(?!\[=*\[)/, open: "--[[", close: "]]" },
  lisp: { line: /^\s*;/, open: null, close: "" },
  nix: { line: /^\s*#/, open: "/*", close: "*/" },
  xml: { line: null, open: "<!--", close: "-->" },
  text: { line: null, open: null, close: "" },
  program: { line: /^\s*(?:\/\/|#(?!!))/, open: "/*", close: "*/" },
};

/**
 * Lines of a script that run and that the change adds; of a file that came from elsewhere all. A line that begins like a
 * comment of another language is none, and what follows the end of a longer comment counts.
 */
export function runningLinesOf(file: ChangedFile, script: Script, isNewHere: boolean): readonly HunkLine[] {
  const after = isNewHere ? (wholeTexts(file)?.after ?? null) : null;
  if (after !== null)
    return uncommented(
      after.split("\n").map((text, at) => ({ kind: "added", line: at + 1, text })),
      COMMENTS[script],
    );
  return (file.hunks ?? []).flatMap((hunk) =>
    uncommented(newSide(hunk), COMMENTS[script]).filter(({ kind }) => kind === "added"),
  );
}

function uncommented(lines: readonly HunkLine[], { line: comment, open, close }: Comments): readonly HunkLine[] {
  let inside = false;
  return lines.filter((line) => {
    const kept: string[] = [];
    let rest = line.text;
    while (rest !== "") {
      const mark = inside ? close : open;
      const at = mark === null ? -1 : rest.indexOf(mark);
      if (!inside) kept.push(at < 0 ? rest : rest.slice(0, at));
      rest = at < 0 || mark === null ? "" : rest.slice(at + mark.length);
      if (at >= 0) inside = !inside;
    }
    const code = kept.join(" ");
    return code.trim() !== "" && !(comment?.test(code) ?? false);
  });
}
