import { type ChangeFinding, judgingSteps } from "../assessment/judge-change.ts";
import type { ChangeFiles } from "../change/change.ts";
import type { Severity } from "../change/severity.ts";
import { codePoint, spellHidden } from "../characters.ts";
import type { Instant } from "../clock.ts";
import { CATALOG } from "../signals/catalog.ts";
import type { Steps } from "../slices.ts";

/** One finding at its line, as GitHub shows it beside the diff. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning";
  readonly title: string;
  readonly message: string;
}

const OF_THE_DIFF: unique symbol = Symbol("of the diff alone");

/**
 * What the public may read of a change where owners chose so: made from the diff, and from nothing else, by
 * `publicFindings` alone. Neither a dossier, nor an assessment, nor a decision can be passed in.
 */
export interface PublicFindings {
  readonly [OF_THE_DIFF]: true;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/**
 * The changed files with the moment they were read, by which the platform's dated rules are looked up. What is known of
 * the repository beside them (`base`) has no part in what the public reads.
 */
export interface ReadDiff extends ChangeFiles {
  readonly readAt: Instant;
}

/** Twenty requests of GitHub's fifty; what is left out is counted in the summary. */
const MAX_ANNOTATIONS = 1_000;

/** Notes, `low`, are for the private page: they are about half of all changes. */
const SHOWN: Readonly<Record<Severity, Annotation["level"] | null>> = {
  low: null,
  medium: "notice",
  high: "warning",
  critical: "warning",
};

/** Findings of a diff in words about the code alone. Pure, in steps: the same diff gives the same bytes. */
export function* publicFindings({ files, truncated, readAt }: ReadDiff): Steps<PublicFindings> {
  const unread = truncated ? [{ path: null, what: "a part that GitHub did not show" }] : [];
  const { findings, complete } = yield* judgingSteps({ files, unread }, readAt);
  const shown = findings.filter(({ severity }) => SHOWN[severity] !== null);
  const placed = shown.flatMap(annotation);
  const annotations = placed.slice(0, MAX_ANNOTATIONS);
  const [gravest] = shown;
  return {
    [OF_THE_DIFF]: true,
    title: gravest
      ? `${counted(shown.length)} in the diff, the gravest ${gravest.severity}`
      : "No findings in the diff",
    summary: [ABOUT, elsewhere(shown), leftOut(placed.length - annotations.length), complete ? null : PARTLY_READ]
      .filter((sentence) => sentence !== null)
      .join("\n\n"),
    annotations,
  };
}

const ABOUT =
  "What this diff could do, read from its lines alone. Whoever sent it has no part in it, and nobody has judged it yet: each finding says what would make it fine.";
const PARTLY_READ = "Some of the diff could not be read, so what is listed may not be all.";

const counted = (count: number): string => (count === 1 ? "1 finding" : `${count} findings`);

/** What is about the diff as a whole, by the title of the check that found it. */
function elsewhere(shown: readonly ChangeFinding[]): string | null {
  const titles = new Set(shown.filter(({ path }) => path === null).map(({ signal }) => titleOf(signal)));
  return titles.size === 0 ? null : `Of the diff as a whole: ${[...titles].join("; ")}.`;
}

const leftOut = (count: number): string | null => (count > 0 ? `${counted(count)} more are not listed.` : null);

const TITLES: ReadonlyMap<string, string> = new Map(CATALOG.map(({ id, title }) => [id, title]));
const titleOf = (signal: string): string => TITLES.get(signal) ?? signal;

function annotation({ signal, severity, path, line, endLine, fact, why, fine }: ChangeFinding): readonly Annotation[] {
  const level = SHOWN[severity];
  if (path === null || level === null) return [];
  const startLine = Math.max(1, line ?? 1);
  return [
    {
      path: path.toWellFormed(),
      startLine,
      endLine: Math.max(startLine, endLine ?? startLine),
      level,
      title: `${titleOf(signal)} (${severity})`,
      message: drawn([fact, why, fine && `Fine if: ${fine}`].filter((part) => part !== "").join("\n\n")),
    },
  ];
}

/** GitHub takes 64 KB; a sentence is never a hundredth of it. */
const MAX_MESSAGE_CHARS = 4_000;

/** A fact may name what the change wrote: what a reader cannot see is drawn as its number. */
const drawn = (text: string): string =>
  spellHidden(text.slice(0, MAX_MESSAGE_CHARS), (hidden) => (hidden === "\n" ? hidden : `\\u{${codePoint(hidden)}}`));
