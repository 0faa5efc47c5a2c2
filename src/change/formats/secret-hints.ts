import { LONG_RUN, type SecretRule } from "./secret-rules.ts";

type Hinted = Pick<SecretRule, "hints" | "isShort">;

/** No hint has a character beyond ASCII. */
const CODES = 128;

/** Letters, digits and what stands between them in keys, by character code. */
const IN_KEYS = Uint8Array.from({ length: CODES }, (_, code) => (/[\w+/=.~-]/.test(String.fromCharCode(code)) ? 1 : 0));
const LOWERED = Uint8Array.from({ length: CODES }, (_, code) => String.fromCharCode(code).toLowerCase().charCodeAt(0));

/**
 * Finds in one pass of a line, however many rules there are, those of which a hint stands in it in any case; in a line
 * without a long row of characters of keys only short ones, for no other holds there.
 */
export function hintReader<Rule extends Hinted>(rules: readonly Rule[]): (line: string) => readonly Rule[] {
  const { places, lists } = tablesOf(rules);
  return (line) => {
    let seen: Set<number> | null = null;
    let [isLong, run] = [false, 0];
    let code = line.charCodeAt(0);
    for (let at = 0; at < line.length; at += 1) {
      const next = at + 1 < line.length ? line.charCodeAt(at + 1) : 0;
      run = code < CODES && IN_KEYS[code] === 1 ? run + 1 : 0;
      if (run === LONG_RUN) isLong = true;
      const place = code < CODES ? (places[code * CODES + (next < CODES ? next : 0)] ?? 0) : 0;
      if (place > 0)
        for (const { rest, rule } of lists[place] ?? [])
          if (goesOn(line, at + 2, rest)) seen = (seen ?? new Set<number>()).add(rule);
      code = next;
    }
    return seen === null ? NONE : rulesOf(rules, seen, isLong);
  };
}

const NONE: readonly never[] = [];

const rulesOf = <Rule extends Hinted>(
  rules: readonly Rule[],
  seen: ReadonlySet<number>,
  isLong: boolean,
): readonly Rule[] => rules.filter(({ isShort }, at) => seen.has(at) && (isLong || isShort));

function goesOn(line: string, from: number, rest: readonly number[]): boolean {
  for (let at = 0; at < rest.length; at += 1) {
    const code = line.charCodeAt(from + at);
    if (!(code < CODES) || LOWERED[code] !== rest[at]) return false;
  }
  return true;
}

/** What stands behind the first two characters of a hint, in small letters, and whose hint it is. */
interface Beginning {
  readonly rest: readonly number[];
  readonly rule: number;
}

/** For each pair of characters the place of its list, 0 for none. */
function tablesOf(rules: readonly Hinted[]): {
  readonly places: Uint16Array;
  readonly lists: readonly (readonly Beginning[])[];
} {
  const places = new Uint16Array(CODES * CODES);
  const lists: Beginning[][] = [[]];
  for (const [rule, { hints }] of rules.entries())
    for (const hint of hints) {
      const rest = [...hint.slice(2)].map((letter) => letter.charCodeAt(0));
      for (const pair of pairsOf(hint)) {
        if (places[pair] === 0) places[pair] = lists.push([]) - 1;
        lists[places[pair] ?? 0]?.push({ rest, rule });
      }
    }
  return { places, lists };
}

/** Every way to write the first two characters of a hint; any character may follow one that stands alone. */
function pairsOf(hint: string): readonly number[] {
  const cases = (letter: string): readonly number[] =>
    [...new Set([letter, letter.toUpperCase()])].map((each) => each.charCodeAt(0));
  const seconds = hint.length === 1 ? Array.from({ length: CODES }, (_, code) => code) : cases(hint[1] ?? "");
  return cases(hint[0] ?? "").flatMap((first) => seconds.map((second) => first * CODES + second));
}
