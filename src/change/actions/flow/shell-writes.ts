import type { Carried } from "./untrusted-text.ts";

/** A statement of a script in small letters, and what it carries. */
export interface Statement {
  readonly statement: string;
  readonly carried: Carried | null;
}

/** Statements of one script; real ones have a few dozen. */
const MAX_STATEMENTS = 20_000;

/**
 * The statements of a script that carry something, or begin a text that later ones fill, in order. Followed through the
 * variables of the shell, which are given with what they hold at first.
 */
export function statementsOf(
  script: string,
  given: ReadonlyMap<string, Carried>,
  pastedIn: (line: string) => Carried | null,
): readonly Statement[] {
  const variables = new Map(given);
  const found: Statement[] = [];
  for (const line of script.split(/[\n;]/).slice(0, MAX_STATEMENTS)) {
    const carried = CLEANS.test(line) ? null : carriedIn(line, variables, pastedIn);
    const [, assigned] = /^\s{0,200}(?:export\s{1,8}|local\s{1,8})?([A-Za-z_]\w{0,60})=/.exec(line) ?? [];
    if (assigned !== undefined && carried) variables.set(assigned, carried);
    if (carried || line.includes("<<")) found.push({ statement: line.toLowerCase(), carried });
  }
  return found;
}

/** How a script takes text from an event or a repository into a variable. */
const READS =
  /\bgit\s{1,8}log\b[^\n|;]{0,120}(?:--format|--pretty)[= ]['"]?(?:format:)?%[sbBae]|\bgit\s{1,8}diff\b[^\n|;]{0,120}--name-(?:only|status)|\bgh\s{1,8}(?:pr|issue)\s{1,8}view\b[^\n]{0,160}\b(?:title|body|headRefName|comments)\b/;

/** What leaves only letters, numbers or a hash of what goes in. */
const CLEANS =
  /\btr\s{1,4}-(?:c|d|cd|dc)\b|\bsed\b|\bgrep\s{1,4}-[a-zA-Z]{0,6}[oqc]|\bsha\d{1,3}sum\b|\bwc\b|\bprintf\s{1,4}['"]?%q|@Q\}|\bjq\b[^\n]{0,60}(?:length|@sh)/;

function carriedIn(
  line: string,
  variables: ReadonlyMap<string, Carried>,
  pastedIn: (line: string) => Carried | null,
): Carried | null {
  for (const [, name = ""] of line.matchAll(/\$(?:env:)?\{?([A-Za-z_]\w{0,60})/g)) {
    const carried = variables.get(name);
    if (carried) return carried;
  }
  if (READS.test(line)) return { from: "what git or gh says of the change", direct: false };
  return line.includes("${{") ? pastedIn(line) : null;
}

/** `name=`, `name<<EOF` or `::set-output name=name::` in a line of small letters; any name for `*`. */
export function startsWriting(lower: string, name: string): boolean {
  if (name === "*") return /\w(?:=|<<)/.test(lower);
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length))
    if (!/[\w-]/.test(lower[at - 1] ?? " ") && /^(?:=|<<|::)/.test(lower.slice(at + name.length))) return true;
  return false;
}
