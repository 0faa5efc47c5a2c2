import { shellReads } from "./shell-reads.ts";
import type { Carried } from "./untrusted-text.ts";

/** Statements of one script; real ones have a few dozen. */
const MAX_STATEMENTS = 20_000;
/** Texts of several lines that are open at once; a shell has one. */
const MAX_OPEN = 20;

/**
 * The names that a script writes for later steps (`name=`, `name<<EOF`, `::set-output name=name::`), in small letters,
 * each with what it carries first. Followed through the variables of the shell, which are given with what they hold at
 * first; `pastedIn` says what else a line takes in.
 */
export function writtenNames(
  script: string,
  given: ReadonlyMap<string, Carried>,
  pastedIn: (line: string) => Carried | null,
): ReadonlyMap<string, Carried> {
  const variables = new Map(given);
  const found = new Map<string, Carried>();
  const open: string[] = [];
  for (const line of script.split(/[\n;]/).slice(0, MAX_STATEMENTS)) {
    const carried = CLEANS.test(line) ? null : carriedIn(line, variables, pastedIn);
    const [, assigned] = /^\s{0,200}(?:export\s{1,8}|local\s{1,8})?([A-Za-z_]\w{0,60})=/.exec(line) ?? [];
    if (assigned !== undefined && carried) variables.set(assigned, carried);
    const begun = [...line.toLowerCase().matchAll(/(?<![\w-])([\w-]{1,100})(=|<<|::)/g)];
    for (const [, name = "", sign] of begun) if (sign === "<<") open.push(name);
    if (!carried) continue;
    // What stands between `name<<EOF` and its end belongs to it; the next name does no harm.
    for (const name of [...begun.map(([, each = ""]) => each), ...open.slice(-MAX_OPEN)])
      if (!found.has(name)) found.set(name, carried);
  }
  return found;
}

/** What leaves only letters, numbers or a hash of what goes in. */
const CLEANS =
  /\btr\s{1,4}-(?:c|d|cd|dc)\b|\bsed\b[^\n]{0,80}\[\^|\bgrep\s{1,4}-[a-zA-Z]{0,6}[oqc]|\bsha\d{1,3}sum\b|\bwc\b|\bprintf\s{1,4}['"]?%q|@Q\}|\bjq\b[^\n]{0,60}(?:length|@sh)/;

function carriedIn(
  line: string,
  variables: ReadonlyMap<string, Carried>,
  pastedIn: (line: string) => Carried | null,
): Carried | null {
  for (const [, name = ""] of line.matchAll(/\$(?:env:)?\{?([A-Za-z_]\w{0,60})/g)) {
    const carried = variables.get(name);
    if (carried) return carried;
  }
  return shellReads(line) ?? pastedIn(line);
}
