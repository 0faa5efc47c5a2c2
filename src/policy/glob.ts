/** Comparisons that matching may still make; counted down, and below zero by at most one path and pattern. */
export interface Budget {
  left: number;
}

/**
 * True when one of the paths fits one of the patterns. `*` stands for any characters but `/`, `?` for one of them, a
 * whole segment `**` for any number of segments, none included. Nothing else is special, so no pattern can be made
 * slow: the time is bounded by pattern length times path length (backtracking engines double with every character).
 * Both are written by others, so together they get three million comparisons, about 40 ms; an ordinary change needs a
 * tenth of it. Of what is left over nobody knows, and it fits.
 */
export const anyMatchesGlob = (paths: readonly string[], patterns: readonly string[]): boolean =>
  paths.some(matcherOf(patterns));

/** The same, path by path, within one budget. */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const budget: Budget = { left: MAX_COMPARISONS };
  const split = patterns.map((pattern) => pattern.split("/"));
  return (path) => {
    const segments = path.split("/");
    return split.some((parts) => budget.left <= 0 || fits(segments, parts, budget));
  };
}

const MAX_COMPARISONS = 3_000_000;

/** Whether one path fits one pattern, while the budget lasts; what it says once that is spent means nothing. */
export const fitsGlob = (path: string, pattern: string, budget: Budget): boolean =>
  budget.left > 0 && fits(path.split("/"), pattern.split("/"), budget);

/** What is wrong with a pattern; null for a good one. Refuses what other tools give a meaning and we do not. */
export function globProblem(pattern: string): string | null {
  if (pattern === "" || pattern.length > MAX_PATTERN_LENGTH) return `empty or longer than ${MAX_PATTERN_LENGTH}`;
  if (/[[\]{}!\\]/.test(pattern)) return "uses more than *, ** and ?";
  if (/(^|\/)(\.{0,2})(\/|$)/.test(pattern)) return "has an empty, . or .. segment, or starts or ends with /";
  if (/[^/]\*\*|\*\*[^/]/.test(pattern)) return "has ** inside a segment";
  return null;
}

export const MAX_PATTERN_LENGTH = 200;

/** `reached[n]`: the parts so far can have used up the first n segments. */
function fits(segments: readonly string[], parts: readonly string[], budget: Budget): boolean {
  const reached = new Uint8Array(segments.length + 1);
  reached[0] = 1;
  let first = 0;
  for (const part of parts) {
    budget.left -= segments.length - first;
    if (part === "**") reached.fill(1, first);
    else first = stepOver(reached, { segments, part, first, budget });
    if (first > segments.length) return false;
  }
  return reached[segments.length] === 1;
}

/** Uses one part up, from the last place on so that each is read before it is written; returns the new first place. */
function stepOver(
  reached: Uint8Array,
  {
    segments,
    part,
    first,
    budget,
  }: { readonly segments: readonly string[]; readonly part: string; readonly first: number; readonly budget: Budget },
): number {
  const isLiteral = !part.includes("*") && !part.includes("?");
  let next = segments.length + 1;
  for (let end = segments.length; end > first; end--) {
    const segment = segments[end - 1] ?? "";
    const isReached = reached[end - 1] === 1 && (isLiteral ? segment === part : segmentFits(segment, part, budget));
    reached[end] = isReached ? 1 : 0;
    if (isReached) next = end;
  }
  reached[first] = 0;
  return next;
}

/** Greedy with one restart point: a later `*` makes every earlier choice irrelevant. */
function segmentFits(segment: string, part: string, budget: Budget): boolean {
  let at = 0;
  let partAt = 0;
  let restart: { readonly part: number; at: number } | null = null;
  while (at < segment.length) {
    budget.left--;
    if (part[partAt] === "*") {
      restart = { part: ++partAt, at };
    } else if (partAt < part.length && (part[partAt] === "?" || part[partAt] === segment[at])) {
      at++;
      partAt++;
    } else if (restart) {
      at = ++restart.at;
      partAt = restart.part;
    } else return false;
  }
  while (part[partAt] === "*") partAt++;
  return partAt === part.length;
}
