import type { ChangedFile, Hunk, HunkLine } from "../change.ts";
import { newSide, oldSide } from "../diff/lines.ts";
import { type JsoncEntry, jsoncEntries } from "../formats/jsonc.ts";

/** One side of a changed file as far as it is at hand. */
export interface Side {
  readonly text: string;
  /** Line of the file of each line of the text; null where the text is the whole file. */
  readonly lines: readonly number[] | null;
}

export interface FileSides {
  /** Null where no file stands. */
  readonly before: Side | null;
  readonly after: Side | null;
}

/** Parts of `package.json` whose entries say something by themselves. */
const SECTIONS =
  /^(?:scripts|(?:dev|optional|peer)?[dD]ependencies|resolutions|overrides|trustedDependencies|simple-git-hooks)$/;
const HOOK = /^(?:(?:pre|post)?(?:un)?install|prepublish|(?:pre|post)?prepare|dependencies)$/;
const ELSEWHERE = /^(?:git[+:]|github:|gitlab:|bitbucket:|npm:|https?:\/\/[^\s"]+\.(?:tgz|tar\.gz|git)(?:#|$))/;
const NO_NAME = /^(?:url|homepage|bugs|repository|registry|type|directory|packageManager)$/;

/** The sides of a manifest of which only hunks are at hand: what they show, put where it belongs. Null for other files. */
export function fragmentSides(file: ChangedFile): FileSides | null {
  const { hunks, path } = file;
  if (hunks === null) return null;
  const read = /(?:^|\/)package\.json$/.test(path) ? npmSide : /(?:^|\/)Cargo\.toml$/.test(path) ? cargoSide : null;
  return read === null ? null : { before: read(hunks, oldSide), after: read(hunks, newSide) };
}

type SideOf = (hunk: Hunk) => readonly HunkLine[];

/** One line a text, with the line of the file that it comes from. */
interface Row {
  readonly text: string;
  readonly line: number;
}

const sideOf = (rows: readonly Row[]): Side => ({
  text: rows.map(({ text }) => text).join("\n"),
  lines: rows.map(({ line }) => line),
});

/** A hunk may begin inside a part whose name it does not show; entries that can stand in one part alone say which. */
function npmSide(hunks: readonly Hunk[], side: SideOf): Side {
  const sections = new Map<string, JsoncEntry[]>();
  for (const entry of hunks.flatMap((hunk) => jsoncEntries(side(hunk)))) {
    const section = sectionOf(entry);
    if (section === null) continue;
    const known = sections.get(section);
    if (known === undefined) sections.set(section, [entry]);
    else known.push(entry);
  }
  const rows = [...sections].flatMap(([section, entries]): readonly Row[] => [
    { text: `${JSON.stringify(section)}: {`, line: entries[0]?.line.line ?? 1 },
    ...entries.map(({ keys, value, line }) => ({
      text: `${JSON.stringify(keys.at(-1) ?? "")}: ${JSON.stringify(value)},`,
      line: line.line,
    })),
    { text: "},", line: 1 },
  ]);
  return sideOf([{ text: "{", line: 1 }, ...rows, { text: "}", line: 1 }]);
}

function sectionOf({ keys, value }: JsoncEntry): string | null {
  const known = keys.slice(0, -1).find((key) => SECTIONS.test(key));
  if (known !== undefined) return known;
  const name = keys.at(-1) ?? "";
  if (keys.length > 1 || NO_NAME.test(name)) return null;
  if (HOOK.test(name)) return "scripts";
  return ELSEWHERE.test(value) ? "dependencies" : null;
}

/** What stands above the first header of a hunk is read as dependencies: an ordinary setting says nothing there. */
const cargoSide = (hunks: readonly Hunk[], side: SideOf): Side =>
  sideOf(hunks.flatMap((hunk): readonly Row[] => [{ text: "[dependencies]", line: 1 }, ...side(hunk)]));
