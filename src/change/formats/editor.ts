import type { ChangedFile, HunkLine } from "../change.ts";
import { addedLines, isMovedIn, isUnseen, newSide } from "../diff/lines.ts";
import { type JsoncEntry, jsoncEntries } from "./jsonc.ts";
import { fetchesCode } from "./shell.ts";

/** A command that opening the checkout, or one click in an editor, would run. */
export interface EditorCommand {
  readonly effect: "runs_on_open" | "fetches_code" | "runs_on_click";
  /** One sentence. */
  readonly what: string;
  readonly line: HunkLine | null;
}

interface CommandFile {
  /** Matched against the lower-cased path: the usual file systems of laptops ignore case. */
  readonly path: RegExp;
  read(file: ChangedFile): readonly EditorCommand[];
}

/** Files that editors, development containers and coding agents take commands from. */
const COMMAND_FILES: readonly CommandFile[] = [
  { path: /(^|\/)\.vscode\/tasks\.json$|\.code-workspace$/, read: readTasks },
  { path: /(^|\/)\.vscode\/settings\.json$/, read: readSettings },
  {
    path: /(^|\/)\.vscode\/launch\.json$/,
    read: onClick(/^(prelaunchtask|postdebugtask)$/, "A launch configuration starts a task."),
  },
  { path: /(^|\/)\.devcontainer(\.json|\/([^/]+\/)?devcontainer\.json)$/, read: readContainer },
  { path: /(^|\/)\.claude\/settings(\.local)?\.json$|(^|\/)\.cursor\/hooks\.json$/, read: readHooks },
  {
    path: /(^|\/)(\.mcp|\.cursor\/mcp|\.vscode\/mcp|\.gemini\/settings)\.json$/,
    read: onClick(/^(command|url|httpurl)$/, "A tool server is listed for coding agents."),
  },
  {
    path: /(^|\/)(\.zed\/tasks|\.fleet\/run)\.json$/,
    read: onClick(/^(command|program)$/, "An editor task runs a command."),
  },
  {
    path: /(^|\/)\.idea\/(startup|watchertasks)\.xml$/,
    read: anyLine("runs_on_open", "The project starts commands by itself when it is opened."),
  },
  {
    path: /(^|\/)\.idea\/runconfigurations\/[^/]+\.xml$|(^|\/)\.run\/[^/]+\.run\.xml$/,
    read: anyLine("runs_on_click", "A run configuration runs a command."),
  },
  {
    path: /(^|\/)(\.envrc|\.gitpod\.yml|\.exrc|\.nvim\.lua|\.nvimrc|\.dir-locals\.el)$/,
    read: anyLine("runs_on_click", "Tools run this file when the folder is entered."),
  },
];

/** True for files that are there after the change and whose content an editor, a development container or a coding agent may run. */
export function isEditorFile(file: ChangedFile): boolean {
  return file.status !== "removed" && isEditorPath(file.path);
}

/** True for places that an editor, a development container or a coding agent takes commands from. */
export const isEditorPath = (path: string): boolean => commandFileOf(path) !== undefined;

/** Commands that the change adds to editor files, in file order; empty for other files. Linear, never throws. */
export function editorCommands(file: ChangedFile): readonly EditorCommand[] {
  const commandFile = commandFileOf(file.path);
  if (!commandFile || file.status === "removed" || isUnseen(file)) return [];
  const found = commandFile.read(file);
  const moved =
    isMovedIn(file) && !COMMAND_FILES.some(({ path }) => path.test((file.previousPath ?? "").toLowerCase()));
  // A file that moved here is in force as a whole, while the diff shows at most what else changed in it.
  if (moved)
    return [
      ...found,
      {
        effect: "runs_on_click",
        what: "A file was moved to a place that editors run commands from; the diff does not show all of it.",
        line: null,
      },
    ];
  if (found.length === 0) return found;
  const fetching = addedLines(file).find((line) => fetchesCode(line.text));
  return fetching
    ? [...found, { effect: "fetches_code", what: "A command fetches or decodes code.", line: fetching }]
    : found;
}

/** All these files or their folders begin with a dot, but for one: spares most files the list. */
const HIDDEN = /(^|\/)\.|\.code-workspace$/i;

function commandFileOf(path: string): CommandFile | undefined {
  if (!HIDDEN.test(path)) return undefined;
  const lowered = path.toLowerCase();
  return COMMAND_FILES.find((place) => place.path.test(lowered));
}

const lastKey = (entry: JsoncEntry): string => (entry.keys.at(-1) ?? "").toLowerCase();
const isAdded = (entry: JsoncEntry): boolean => entry.line.kind === "added";

/** A folder-open task counts when the hunk that shows it adds anything: its command may be what changed. */
function readTasks(file: ChangedFile): readonly EditorCommand[] {
  const found: EditorCommand[] = [];
  for (const hunk of file.hunks ?? []) {
    if (!hunk.lines.some((line) => line.kind === "added")) continue;
    const entries = jsoncEntries(newSide(hunk));
    const opening = entries.find((entry) => lastKey(entry) === "runon" && entry.value.toLowerCase() === "folderopen");
    const hiding = entries.find((entry) => hides(entry));
    if (opening)
      found.push({
        effect: "runs_on_open",
        what: hiding
          ? "A task starts when the folder is opened, and hides its output."
          : "A task starts when the folder is opened.",
        line: opening.line,
      });
    const command = entries.find((entry) => isAdded(entry) && /^(command|script|args)$/.test(lastKey(entry)));
    if (command && !opening)
      found.push({ effect: "runs_on_click", what: "An editor task runs a command.", line: command.line });
    found.push(...automaticTasks(entries));
  }
  return found;
}

function hides(entry: JsoncEntry): boolean {
  return (
    (lastKey(entry) === "reveal" && entry.value === "never") ||
    (lastKey(entry) === "echo" && entry.value === "false") ||
    (lastKey(entry) === "hide" && entry.value === "true")
  );
}

function readSettings(file: ChangedFile): readonly EditorCommand[] {
  return automaticTasks(addedEntries(file));
}

function automaticTasks(entries: readonly JsoncEntry[]): readonly EditorCommand[] {
  return entries
    .filter(
      (entry) =>
        isAdded(entry) && lastKey(entry) === "task.allowautomatictasks" && /^(on|auto|true)$/.test(entry.value),
    )
    .map(({ line }) => ({ effect: "runs_on_click", what: "Tasks may start without asking.", line }));
}

/** `initializeCommand` runs on the host; the other hooks run inside the container that a person chose to build. */
function readContainer(file: ChangedFile): readonly EditorCommand[] {
  return addedEntries(file).flatMap((entry): readonly EditorCommand[] => {
    const hook = entry.keys.find((key) =>
      /^(initialize|oncreate|updatecontent|poststart|postcreate|postattach)command$/i.test(key),
    );
    if (!hook) return [];
    if (hook.toLowerCase() === "initializecommand")
      return [
        {
          effect: "runs_on_open",
          what: "A command runs on the host when the development container opens.",
          line: entry.line,
        },
      ];
    return [
      {
        effect: "runs_on_click",
        what: "A command runs inside the development container when it is built or started.",
        line: entry.line,
      },
    ];
  });
}

function readHooks(file: ChangedFile): readonly EditorCommand[] {
  return addedEntries(file)
    .filter((entry) => /^(command|apikeyhelper|awsauthrefresh)$/.test(lastKey(entry)))
    .map(({ line }) => ({ effect: "runs_on_open", what: "A coding agent runs a command by itself.", line }));
}

function onClick(key: RegExp, what: string): CommandFile["read"] {
  return (file) =>
    addedEntries(file)
      .filter((entry) => key.test(lastKey(entry)))
      .map(({ line }) => ({ effect: "runs_on_click", what, line }));
}

function anyLine(effect: EditorCommand["effect"], what: string): CommandFile["read"] {
  return (file) =>
    addedLines(file)
      .filter((line) => !/^\s*(?:$|#|--|;|"|<!--|\/\/)/.test(line.text))
      .slice(0, 1)
      .map((line) => ({ effect, what, line }));
}

function addedEntries(file: ChangedFile): readonly JsoncEntry[] {
  return (file.hunks ?? []).flatMap((hunk) => jsoncEntries(newSide(hunk)).filter(isAdded));
}
