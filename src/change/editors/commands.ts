import type { Steps } from "../../slices.ts";
import type { ChangedFile, HunkLine } from "../change.ts";
import { isMovedIn, isUnseen } from "../diff/lines.ts";
import { fetchesCode } from "../formats/shell.ts";
import { wholeTexts } from "../formats/whole-texts.ts";
import { foldedPath } from "../paths.ts";
import { AGENT_PLACES } from "./agent-places.ts";
import { EDITOR_PLACES } from "./editor-places.ts";
import { type Settings, settingsOf } from "./entries.ts";
import { MORE_AGENT_PLACES } from "./more-agent-places.ts";
import { type Effect, type Place, ruled, type Script } from "./rules.ts";
import { runningLinesOf } from "./script-text.ts";
import { tasksOf } from "./tasks.ts";
import { WORKSPACE_PLACES } from "./workspace-places.ts";
import { programOf } from "./workspace-settings.ts";

/** A command that opening the checkout, or one click in an editor, would run, or a setting that comes to the same. */
export interface EditorCommand {
  readonly effect: Effect;
  /** One sentence. */
  readonly what: string;
  readonly line: HunkLine | null;
}

/** Every place that editors, shells, development containers and coding agents take commands from. */
export const PLACES: readonly Place[] = [...EDITOR_PLACES, ...WORKSPACE_PLACES, ...AGENT_PLACES, ...MORE_AGENT_PLACES];

/** Most of these files or their folders begin with a dot: spares other files the list. */
const MAY_BE =
  /(?:^|\/)[._]|\.(?:code-workspace|sublime-project|sublime-build|xcscheme|launch|user)$|\.vs\.json$|(?:^|\/)(?:mise|devbox|opencode|kilo|crush|conductor|devfile|gemini-extension|hooks|directory\.build)\b[^/]*$/;

interface At {
  readonly place: Place;
  /** The folder that the tool must be opened in. */
  readonly base: string;
}

function placeAt(path: string): At | null {
  const found = foldedPath(path);
  if (!MAY_BE.test(found)) return null;
  for (const place of PLACES) {
    const match = place.path.exec(found);
    if (match) return { place, base: found.slice(0, match.index) };
  }
  return null;
}

/** True for places that an editor, a development container or a coding agent takes commands from. */
export const isEditorPath = (path: string): boolean => placeAt(path) !== null;

/** True for files that are there after the change and whose content an editor, a development container or a coding agent may run. */
export const isEditorFile = (file: ChangedFile): boolean => file.status !== "removed" && isEditorPath(file.path);

/** True where values are added whose keys stand outside the lines at hand: what they do is not known. */
export function* isPartOfSettings(file: ChangedFile): Steps<boolean> {
  const at = placeAt(file.path);
  if (at === null || !isStructured(at.place.format) || isUnseen(file)) return false;
  const { fresh, whole } = yield* settingsOf(file, at.place.format, false);
  return !whole && fresh.some(({ keys }) => keys.length === 0);
}

/** Commands that the change adds to editor files, in file order; empty for other files. Linear, never throws. */
export function* editorCommands(file: ChangedFile): Steps<readonly EditorCommand[]> {
  const at = placeAt(file.path);
  if (at === null || file.status === "removed" || isUnseen(file)) return [];
  const before = isMovedIn(file) ? placeAt(file.previousPath ?? "") : at;
  const isNewHere = isMovedIn(file) && (before?.place !== at.place || before.base !== at.base);
  const { place } = at;
  const found = isStructured(place.format)
    ? yield* ofSettings(yield* settingsOf(file, place.format, isNewHere), place)
    : ofScript(runningLinesOf(file, place.format, isNewHere), place);
  // A file that moved here is in force as a whole, while a diff shows at most what else changed in it.
  return isNewHere && wholeTexts(file) === null ? [...found, MOVED] : found;
}

const MOVED: EditorCommand = {
  effect: "runs_on_click",
  what: "A file was moved to a place that editors run commands from; the diff does not show all of it.",
  line: null,
};

const isStructured = (format: Place["format"]): format is Exclude<Place["format"], Script> =>
  format === "json" || format === "toml" || format === "yaml" || format === "env";

const ENTRIES_A_STEP = 256;

function* ofSettings(settings: Settings, place: Place): Steps<readonly EditorCommand[]> {
  const found: EditorCommand[] = place.tasks
    ? tasksOf(settings).map(({ effect, what, entry }) => ({ effect, what, line: entry.line }))
    : [];
  yield;
  for (const [index, entry] of settings.fresh.entries()) {
    if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
    const rule = place.rules.find((each) => ruled(each, entry)) ?? (place.settings ? programOf(entry) : null);
    if (rule) found.push({ effect: rule.effect, what: rule.what, line: entry.line });
  }
  const fetching = found.length > 0 ? settings.fresh.find(({ value }) => fetchesCode(value)) : undefined;
  return fetching ? [...found, fetches(fetching.line)] : found;
}

/** One fact a script, of its first line that counts. */
function ofScript(lines: readonly HunkLine[], { rules }: Place): readonly EditorCommand[] {
  const counts = rules.flatMap(({ key, effect, what }) => {
    const line = lines.find(({ text }) => key.test(text));
    return line ? [{ effect, what, line }] : [];
  });
  const fetching = counts.length > 0 ? lines.find(({ text }) => fetchesCode(text)) : undefined;
  return fetching ? [...counts.slice(0, 1), fetches(fetching)] : counts.slice(0, 1);
}

const fetches = (line: HunkLine): EditorCommand => ({
  effect: "fetches_code",
  what: "A command fetches or decodes code.",
  line,
});
