/** What a pattern asks of an account or an address, each alternative by itself. */
export interface Asked {
  readonly path: string;
  readonly value: string;
}

export type PatternRead =
  /** Each alternative with all that it asks for at once. */
  | { readonly alternatives: readonly (readonly Asked[])[] }
  /** A pattern, and of another kind than equalities joined by AND and OR. */
  | "other"
  /** No pattern of STIX. */
  | "broken";

const TOKEN = /\s*('(?:[^'\\]|\\.)*'|[[\]()]|!?=|<=?|>=?|[^\s'[\]()=<>!]+)/suy;

/**
 * The alternatives of a STIX pattern that consists of observations of equalities, all joined by OR outside the brackets:
 * `[user-account:account_type = 'github' AND user-account:user_id = '7'] OR [email-addr:value = 'a@b.example']`. In one
 * pass, without going back.
 */
export function readPattern(pattern: string): PatternRead {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens.length === 0) return "broken";
  const alternatives: Asked[][] = [];
  let at = 0;
  for (;;) {
    if (tokens[at] !== "[") return at === 0 && tokens[at] !== "(" ? "broken" : "other";
    at++;
    let asked: Asked[] = [];
    for (;;) {
      const [path = "", sign = "", value = ""] = tokens.slice(at, at + 3);
      if (path === "" || path === "]") return "broken";
      if (!path.includes(":") || sign !== "=" || !value.startsWith("'"))
        return tokens.includes("]") ? "other" : "broken";
      asked.push({ path, value: unquoted(value) });
      const joint = tokens[at + 3]?.toUpperCase();
      at += 4;
      if (joint === "AND") continue;
      if (joint !== "OR" && joint !== "]") return joint === undefined ? "broken" : "other";
      alternatives.push(asked);
      asked = [];
      if (joint === "]") break;
    }
    if (at >= tokens.length) return { alternatives };
    if (tokens[at]?.toUpperCase() !== "OR") return "other";
    at++;
  }
}

function tokensOf(pattern: string): readonly string[] | null {
  const text = pattern.trim();
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found?.[1] === undefined) return null;
    tokens.push(found[1]);
    at = TOKEN.lastIndex;
  }
  return tokens;
}

const unquoted = (literal: string): string => literal.slice(1, -1).replace(/\\(.)/gsu, "$1");
