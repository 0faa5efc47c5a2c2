import type { BareChange, ChangeFinding, JudgedChange } from "../../../assessment/judge-change.ts";
import { hunkWithoutSecrets } from "../../../change/formats/secrets.ts";
import type { Output } from "../../command.ts";
import { counted, cut } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { LEVEL_WORDS } from "../../words.ts";

/** A line of code longer than this is cut; what it hides is drawn before. */
const LINE_WIDTH = 70;

/** A judged change for a terminal: its level, the findings file by file with the lines they speak of, what was not read. */
export function changeText(
  { level, complete, findings, notChecked }: JudgedChange,
  { files }: BareChange,
  strong: Output["strong"],
): string {
  const words = complete || level === "unknown" ? LEVEL_WORDS[level] : `${LEVEL_WORDS[level]}, in what could be read`;
  const textOf = lineTexts(files);
  const byFile = Map.groupBy(findings, ({ path }) => path ?? "");
  const lines = [
    `Change: ${words}, ${counted(files.length, "file")}`,
    ...(findings.length === 0 ? ["", "Nothing fired."] : []),
    ...[...byFile].flatMap(([path, found]) => [
      "",
      strong(path === "" ? "The change as a whole" : printable(path)),
      ...found.flatMap((finding, at) => shown(finding, { textOf, again: at > 0 && isSame(finding, found[at - 1]) })),
    ]),
    ...(notChecked.length === 0 ? [] : ["", strong("Not checked")]),
    ...notChecked.flatMap(({ what, because }) => paragraph(`${what}: ${because}`, "  - ")),
  ];
  return `${lines.join("\n")}\n`;
}

/** A finding that repeats the one above it at another line need not explain itself again. */
const isSame = (finding: ChangeFinding, before: ChangeFinding | undefined): boolean =>
  finding.signal === before?.signal && finding.why === before.why && finding.fine === before.fine;

function shown(
  { signal, severity, path, line, endLine, fact, why, fine, reachable }: ChangeFinding,
  { textOf, again }: { readonly textOf: LineText; readonly again: boolean },
): readonly string[] {
  const place = line === null ? "" : ` · line ${line}${endLine === null || endLine === line ? "" : ` to ${endLine}`}`;
  const when = reachable === null ? "" : ` · ${reachable}`;
  const text = path === null || line === null ? null : textOf(path, line);
  return [
    `  ${severity}${place}${when} · ${signal}`,
    ...paragraph(fact, "    "),
    ...(text === null
      ? []
      : [`    | ${cut(printable(text.replaceAll("\t", "  ").slice(0, 4 * LINE_WIDTH)), LINE_WIDTH)}`]),
    ...(again ? [] : [...paragraph(`Why: ${why}`, "    "), ...paragraph(`Fine when: ${fine}`, "    ")]),
  ];
}

type LineText = (path: string, line: number) => string | null;

function lineTexts(files: BareChange["files"]): LineText {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return (path, wanted) => {
    for (const { lines } of (byPath.get(path)?.hunks ?? []).map((hunk) => hunkWithoutSecrets(hunk)))
      for (const { kind, line, text } of lines) if (kind !== "removed" && line === wanted) return text;
    return null;
  };
}
