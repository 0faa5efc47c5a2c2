/**
 * Whether a branch or tag fits a pattern of a protection or ruleset, as GitHub documents it: Ruby's fnmatch for paths.
 * `*` and `?` stop at a slash, `**` and a slash stand for any number of folders, `[a-z]` for one character, a backslash
 * takes the next character as it is. Patterns are written by others: time is bounded by pattern length times name length.
 */
export function refFits(name: string, pattern: string): boolean {
  const tokens = tokensOf(pattern);
  let reached = new Uint8Array(name.length + 1);
  reached[0] = 1;
  for (const token of tokens) reached = after(token, reached, name);
  return reached[name.length] === 1;
}

/** Whether a pattern names one ref, so that GitHub prefers it to all that name several. */
export const isExact = (pattern: string): boolean => !/[*?[\\]/.test(pattern);

/** A name that fits a pattern, or the pattern itself where it names one ref. */
export const sampleOf = (pattern: string): string =>
  pattern
    .replaceAll("**/", "")
    .replaceAll(/\[([^\]])[^\]]*\]/g, "$1")
    .replaceAll(/[*?]+/g, "x")
    .replaceAll("\\", "");

type Token =
  | { readonly kind: "star" | "folders" }
  | { readonly kind: "one"; readonly accepts: (character: string) => boolean };

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const character = pattern.charAt(at);
    const atStart = at === 0 || pattern.charAt(at - 1) === "/";
    if (atStart && pattern.startsWith("**/", at)) {
      tokens.push({ kind: "folders" });
      at += 3;
    } else if (character === "*") {
      tokens.push({ kind: "star" });
      at += 1;
    } else {
      const [token, next] = single(pattern, at);
      tokens.push(token);
      at = next;
    }
  }
  return tokens;
}

function single(pattern: string, at: number): readonly [Token, number] {
  const character = pattern.charAt(at);
  if (character === "?") return [{ kind: "one", accepts: (given) => given !== "/" }, at + 1];
  const end = character === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (end !== -1) return [{ kind: "one", accepts: setOf(pattern.slice(at + 1, end)) }, end + 1];
  const literal = character === "\\" && at + 1 < pattern.length ? pattern.charAt(at + 1) : character;
  return [{ kind: "one", accepts: (given) => given === literal }, at + (literal === character ? 1 : 2)];
}

function setOf(body: string): (character: string) => boolean {
  const isNegated = /^[!^]/.test(body);
  const inside = isNegated ? body.slice(1) : body;
  const holds = (given: string): boolean => {
    for (let at = 0; at < inside.length; at += 1) {
      const isRange = inside.charAt(at + 1) === "-" && at + 2 < inside.length;
      if (isRange ? given >= inside.charAt(at) && given <= inside.charAt(at + 2) : given === inside.charAt(at))
        return true;
      if (isRange) at += 2;
    }
    return false;
  };
  return (given) => given !== "/" && holds(given) !== isNegated;
}

/** How far the name may be used up after one more token: `reached[n]` says that its first n characters can be. */
function after(token: Token, reached: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(name.length + 1);
  let wasReached = false;
  for (let at = 0; at <= name.length; at += 1) {
    const here = name.charAt(at - 1);
    const before = at > 0 ? reached[at - 1] === 1 : false;
    const isReached =
      token.kind === "one"
        ? before && token.accepts(here)
        : reached[at] === 1 ||
          (token.kind === "star" ? next[at - 1] === 1 && here !== "/" : wasReached && here === "/");
    next[at] = isReached ? 1 : 0;
    wasReached ||= reached[at] === 1;
  }
  return next;
}
