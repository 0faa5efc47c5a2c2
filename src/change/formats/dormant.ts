import type { ChangedFile, HunkLine } from "../change.ts";
import { newSide, oldSide } from "../diff/lines.ts";

/** The one event that nothing but a person, or whoever holds a token, sets off. */
const BY_HAND = "workflow_dispatch";

/**
 * The line at which a workflow that other events started is left with `workflow_dispatch` alone: it lies still until
 * somebody with a token starts it. Null where it is not so, or where the hunks do not show both sides of `on`.
 */
export function cutToDispatch(file: ChangedFile): number | null {
  for (const hunk of file.hunks ?? []) {
    const [before, after] = [eventsIn(oldSide(hunk)), eventsIn(newSide(hunk))];
    if (before === null || after === null) continue;
    const others = before.names.filter((name) => name !== BY_HAND);
    if (others.length > 0 && after.names.length === 1 && after.names[0] === BY_HAND) return after.line;
  }
  return null;
}

/** The names under `on` at the top of a workflow; null where the lines do not show it from its key to its end. */
function eventsIn(
  lines: ReturnType<typeof newSide>,
): { readonly names: readonly string[]; readonly line: number } | null {
  const start = lines.findIndex(({ text }) => ON.test(text));
  const head = lines[start];
  if (head === undefined) return null;
  const inline = head.text
    .replace(ON, "")
    .replace(/\s#.{0,200}$/, "")
    .trim();
  if (inline !== "") return { names: namesIn(inline), line: head.line };
  const block = blockAfter(lines, start + 1);
  return block && { names: block, line: head.line };
}

const ON = /^(?:["'](?:on|true)["']|on|true)\s{0,8}:/i;
const namesIn = (inline: string): readonly string[] => inline.match(/[a-z_]{2,60}(?=\s{0,4}(?:[:,\]}"']|$))/g) ?? [];

/** Keys or list items of the first depth, up to the next key of the top. */
function blockAfter(lines: readonly HunkLine[], from: number): readonly string[] | null {
  const names: string[] = [];
  let depth: number | null = null;
  for (const { text } of lines.slice(from)) {
    if (/^\s{0,200}(?:#.*)?$/.test(text)) continue;
    const indent = text.length - text.trimStart().length;
    const [, name] = /^\s{0,200}(?:-\s{1,8})?["']?([a-z_]{2,60})["']?\s{0,4}(?::|#|$)/.exec(text) ?? [];
    if (indent === 0 && !text.startsWith("-")) return names;
    depth ??= indent;
    if (indent === depth && name !== undefined) names.push(name);
  }
  return null;
}
