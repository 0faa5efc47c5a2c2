/**
 * True when `path` fits `pattern`. `*` stands for any characters but `/`, `?` for one of them, a whole segment `**`
 * for any number of segments, none included. Nothing else is special, so no pattern can be made slow: the time is
 * bounded by pattern length times path length (backtracking engines double with every character).
 */
export function matchesGlob(path: string, pattern: string): boolean {
  const segments = path.split("/");
  let reached = start(segments.length);
  for (const part of pattern.split("/")) {
    reached = part === "**" ? fromFirst(reached) : reached.map((_, end) => fits(reached, { segments, part, end }));
    if (!reached.includes(true)) return false;
  }
  return reached[segments.length] === true;
}

/** True when one of the patterns fits. */
export function matchesAnyGlob(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}

/** What is wrong with a pattern; null for a good one. Refuses what other tools give a meaning and we do not. */
export function globProblem(pattern: string): string | null {
  if (pattern === "" || pattern.length > MAX_PATTERN_LENGTH) return `empty or longer than ${MAX_PATTERN_LENGTH}`;
  if (/[[\]{}!\\]/.test(pattern)) return "uses more than *, ** and ?";
  if (/(^|\/)(\.{0,2})(\/|$)/.test(pattern)) return "has an empty, . or .. segment, or starts or ends with /";
  if (/[^/]\*\*|\*\*[^/]/.test(pattern)) return "has ** inside a segment";
  return null;
}

export const MAX_PATTERN_LENGTH = 200;

/** `reached[n]`: the pattern so far can have used up the first n segments. */
type Reached = readonly boolean[];

const start = (count: number): Reached => Array.from({ length: count + 1 }, (_, index) => index === 0);

function fromFirst(reached: Reached): Reached {
  const first = reached.indexOf(true);
  return reached.map((_, index) => first >= 0 && index >= first);
}

function fits(
  reached: Reached,
  { segments, part, end }: { readonly segments: readonly string[]; readonly part: string; readonly end: number },
): boolean {
  const segment = segments[end - 1];
  return segment !== undefined && reached[end - 1] === true && segmentFits(segment, part);
}

/** Greedy with one restart point: a later `*` makes every earlier choice irrelevant. */
function segmentFits(segment: string, part: string): boolean {
  let at = 0;
  let partAt = 0;
  let restart: { readonly part: number; at: number } | null = null;
  while (at < segment.length) {
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
