import type { ChangedFile } from "../../../../src/change/change.ts";
import type { Severity } from "../../../../src/change/severity.ts";
import { file } from "../../given.ts";
import { added, type Trick } from "../../tricks.ts";

export const OPENING = '{"tasks":[{"label":"a","command":"node x.js","runOptions":{"runOn":"folderOpen"}}]}';

/** New files of one line each, all of one level. */
export const places = (level: Severity | null, rows: Readonly<Record<string, string>>): readonly Trick[] =>
  Object.entries(rows).map(([path, text]) => [
    `${path}: ${JSON.stringify(text).slice(0, 60)}`,
    added(path, text.split("\n")),
    level,
  ]);

/** A file that is at hand on both sides; the hunk shows what `shown` holds. */
export const whole = (path: string, before: string, after: string, ...shown: readonly string[]): ChangedFile =>
  file(path, shown, { status: "modified", texts: { before, after } });

export const moved = (previousPath: string, path: string, text: string): ChangedFile =>
  file(path, [], { status: "renamed", previousPath, hunks: [], texts: { before: text, after: text } });

export const TWO = (command: string): string =>
  `{"tasks":[{"label":"open","command":"npm i","runOptions":{"runOn":"folderOpen"}},{"label":"b","command":"${command}"}]}`;
export const ARGS = (last: string): string =>
  `{"mcpServers":{"a":{"command":"npx","args":[\n"-y",\n"b",\n"${last}"\n]}}}`;
