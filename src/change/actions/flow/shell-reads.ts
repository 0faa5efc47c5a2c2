import type { Carried } from "./untrusted-text.ts";

/** How a shell takes in what git, gh or the API say of a change or an issue, with the part of it that people write. */
const ASKS: readonly RegExp[] = [
  /\bgit\s{1,8}log\b[^\n|;]{0,120}(?:--format|--pretty)[= ]['"]?(?:format:)?%[sbBae]/,
  /\bgit\s{1,8}diff\b[^\n|;]{0,120}--name-(?:only|status)/,
  /\bgh\s{1,8}(?:pr|issue)\s{1,8}(?:view|list)\b[^\n]{0,160}\b(?:title|body|headRefName|comments|reviews)\b/,
  // Without the fields that are asked for it prints all of it.
  /\bgh\s{1,8}(?:pr|issue)\s{1,8}view\b(?![^\n|;]{0,160}\s(?:--json|--web|-w)\b)/,
  /\bgh\s{1,8}pr\s{1,8}diff\b/,
  /\b(?:gh\s{1,8}api|curl)\b[^\n]{0,120}\b(?:issues|pulls|comments|reviews|discussions|graphql)\b[^\n]{0,120}[.{,(\s](?:title|body|bodyText|headRefName|head\.ref)\b(?!=)/,
];

/** The file in which the runner keeps the event, read as a whole or for a text in it. */
const EVENT_FILE = /GITHUB_EVENT_PATH|github\.event_path/;
const WRITTEN_BY_PEOPLE =
  /\.(?:title|body|message|head_branch|display_title|description|page_name)\b|\bhead\.(?:ref|label)\b/;
const READ_WHOLE = /(?:^|[\s|(`])(?:cat|head|tail|base64|tee)\s|<|\bopen\(|readFile/;

/** Files that a script writes by its shell, its own outputs and what it throws away left out. */
export const filesWritten = (script: string): readonly string[] =>
  [...script.matchAll(/(?:>{1,2}|\btee\b(?:\s{1,4}-a)?)\s{0,4}["']?([\w./${}-]{1,200})/g)].flatMap(([, file = ""]) =>
    /GITHUB_|^\/dev\/|^\d$/.test(file) ? [] : [file],
  );

/** The first thing that a script takes in so. */
export function scriptReads(script: string): Carried | null {
  for (const line of script.replace(/\\\n/g, " ").split("\n")) {
    const carried = shellReads(line);
    if (carried) return carried;
  }
  return null;
}

/** Text that others chose and that a line of a shell takes in by itself, without an expression. */
export function shellReads(line: string): Carried | null {
  if (ASKS.some((asks) => asks.test(line))) return { from: "what git or gh says of the change", direct: false };
  if (/\bGITHUB_HEAD_REF\b/.test(line)) return { from: "github.head_ref", direct: false };
  if (!EVENT_FILE.test(line)) return null;
  const takes = /\bjq\b/.test(line)
    ? WRITTEN_BY_PEOPLE.test(line) || /\bjq\b(?:\s{1,8}-\w{1,20}){0,4}\s{1,8}['"]?\.['"]?(?:\s|$)/.test(line)
    : WRITTEN_BY_PEOPLE.test(line) || READ_WHOLE.test(line);
  return takes ? { from: "a text of the event", direct: false } : null;
}
