import type { ChangeFinding, JudgedChange } from "../assessment/judge-change.ts";
import { levelRank } from "../assessment/levels.ts";
import type { ChangedFile, HunkLine } from "../change/change.ts";
import { addedLines } from "../change/diff/lines.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";

/**
 * A push to a watched branch that no merged pull request brought, and what the signals about a change say of it. It says
 * nothing about whoever pushed.
 */
export interface UnreviewedPush extends Omit<JudgedChange, "findings"> {
  readonly id: string;
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly repositoryOwner: string;
  readonly repositoryName: string;
  readonly branch: string;
  /** Null for a branch that is new. */
  readonly before: string | null;
  readonly headSha: string;
  /** Gravest first; of each place the lines around it. */
  readonly findings: readonly (ChangeFinding & { readonly lines: readonly HunkLine[] })[];
  /** Findings beyond those. */
  readonly findingsLeftOut: number;
  readonly seenAt: Instant;
  /** Pushes of one burst carry the same; null where nobody has to look. */
  readonly alertId: string | null;
  readonly state: PushState;
}

/** What a person found out about an alert. */
export const PUSH_OUTCOMES = ["meant", "reverted"] as const;
export type PushOutcome = (typeof PUSH_OUTCOMES)[number];

export type PushState =
  /** Nobody has to look. */
  | { readonly kind: "noted" }
  | { readonly kind: "open" }
  | {
      readonly kind: "decided";
      readonly outcome: PushOutcome;
      readonly byAccountId: AccountId;
      readonly byLogin: string;
      readonly reason: string;
      readonly at: Instant;
    };

/** Of workflows `chg-direct-workflow-push` speaks here: it knows how they usually change in the repository. */
const NOT_OF_PUSHES = "chg-workflow-privilege";

/** Whether owners should look at a push: something in it is high or worse. What was not seen is no reason. */
export const asksForLook = ({ findings }: Pick<JudgedChange, "findings">): boolean => findings.some(isGrave);

const isGrave = ({ signal, severity }: ChangeFinding): boolean =>
  signal !== NOT_OF_PUSHES && levelRank(severity) >= levelRank("high");

/** Pushes that share a mark within so many minutes of one another are one burst. */
export const BURST_MINUTES = 15;

/** What is the same in the pushes of a burst: the path of a file with a grave finding, or all that is added to it. Long. */
export function marksOf(
  { findings }: Pick<JudgedChange, "findings">,
  files: readonly ChangedFile[],
): readonly string[] {
  const paths = new Set(findings.filter(isGrave).flatMap(({ path }) => path ?? []));
  return files
    .filter(({ path }) => paths.has(path))
    .flatMap((file) => [
      `path ${file.path}`,
      `text ${addedLines(file)
        .map(({ text }) => text)
        .join("\n")}`,
    ]);
}

const CONTEXT_LINES = 2;
const MAX_LINES = 8;
const MAX_FINDINGS = 20;
/** A line longer than this is shown to here. */
const MAX_LINE_CHARS = 400;

/** The findings as they are kept: the gravest, each with the lines around its place. */
export function withLines(
  { findings }: Pick<JudgedChange, "findings">,
  files: readonly ChangedFile[],
): Pick<UnreviewedPush, "findings" | "findingsLeftOut"> {
  return {
    findings: findings.slice(0, MAX_FINDINGS).map((finding) => ({ ...finding, lines: linesAt(finding, files) })),
    findingsLeftOut: Math.max(0, findings.length - MAX_FINDINGS),
  };
}

function linesAt({ path, line, endLine }: ChangeFinding, files: readonly ChangedFile[]): readonly HunkLine[] {
  if (path === null || line === null) return [];
  const hunks = files.find((file) => file.path === path)?.hunks ?? [];
  const [first, last] = [line - CONTEXT_LINES, (endLine ?? line) + CONTEXT_LINES];
  return hunks
    .flatMap((hunk) => hunk.lines)
    .filter((each) => each.kind !== "removed" && each.line >= first && each.line <= last)
    .slice(0, MAX_LINES)
    .map((each) => ({ ...each, text: each.text.slice(0, MAX_LINE_CHARS) }));
}
