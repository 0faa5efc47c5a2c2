import type { Reachable } from "../change/actions/finding.ts";
import type { ChangeBase, ChangeFiles, ChangePush, ChangeTexts } from "../change/change.ts";
import type { Unread } from "../change/git/ranges.ts";
import { type Memory, remember } from "../change/memory.ts";
import { rankOf, type Severity } from "../change/severity.ts";
import type { ChangeSignatures } from "../change/signatures.ts";
import type { Instant } from "../clock.ts";
import { type Dossier, dossier, present } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { CATALOG } from "../signals/catalog.ts";
import type { Signal } from "../signals/signal.ts";
import { atOnce, type Steps } from "../slices.ts";
import { type AssessOptions, assessSteps } from "./assess.ts";
import type { Finding, Level } from "./assessment.ts";

/** One thing that a change brings, at its place; what is about the change as a whole has none. */
export interface ChangeFinding {
  readonly signal: string;
  readonly severity: Severity;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly fact: string;
  readonly why: string;
  readonly fine: string;
  /** Null where the platform has no part in it. */
  readonly reachable: Reachable | null;
  /** Of a secret what tells whether another one is the same. For owners alone. */
  readonly keyedHash?: string;
}

export interface JudgedChange extends Level {
  /** Gravest first, then by place. */
  readonly findings: readonly ChangeFinding[];
  /** What was not looked at, and why. */
  readonly notChecked: readonly { readonly what: string; readonly because: string }[];
}

/** A change without a pull request or a person: what was read of it, and what could not be. */
export interface BareChange {
  readonly files: ChangeFiles["files"];
  /** What is known of the repository that it is for. */
  readonly base?: ChangeBase;
  readonly unread: readonly Unread[];
  /** Of whoever judges change after change; without it nothing that was read is kept. */
  readonly memory?: Memory;
  /** Of a push that no merged pull request brought. Absent where a diff is all there is. */
  readonly push?: ChangePush & { readonly branch: string; readonly commitSubjects: readonly string[] };
  readonly signatures?: ChangeSignatures;
}

const ON_CHANGE: readonly Signal[] = CATALOG.filter(({ axis }) => axis === "C");
const BY_ID = new Map(ON_CHANGE.map((signal) => [signal.id, signal]));
/** What a diff alone does not have, and what is said of signals that look there. */
const LACKING: Readonly<Partial<Record<SectionName, string>>> = {
  "change.commits": "a diff does not say who made the commits",
  "change.signatures": "a diff does not say who made the commits",
  "change.thread": "a diff has no conversation",
  "change.push": "a diff does not say how it came to its branch",
};

/** Judges a change by its diff alone, with every finding at its line. Pure; the level means what it means in a report. */
export const judgeChange = (change: BareChange, asOf: Instant, options: AssessOptions = {}): JudgedChange =>
  atOnce(judgingSteps(change, asOf, options));

/** The same in steps, for whoever shares the loop. */
export function* judgingSteps(
  { files, base, unread, memory, push, signatures }: BareChange,
  asOf: Instant,
  options: AssessOptions = {},
): Steps<JudgedChange> {
  if (memory !== undefined) remember(files, memory);
  const broken = unread.length > 0;
  const texts: ChangeTexts = {
    texts: [...(push ? textsOf(push) : []), ...files.map(({ path }) => ({ field: "file_name" as const, text: path }))],
    complete: !broken,
    authorAssociation: "NONE",
  };
  const known: Partial<Dossier["sections"]> = {
    "change.files": present({ files, truncated: broken, ...(base && { base }) }, asOf),
    "change.texts": present(texts, asOf),
    ...(signatures && { "change.signatures": present(signatures, asOf) }),
    ...(push && { "change.push": present({ byApp: push.byApp, earlier: push.earlier }, asOf) }),
  };
  const nobody = { accountId: null, kind: "ghost" } as const;
  const unable = new Map(ON_CHANGE.flatMap((signal) => lackedBy(signal, known)));
  const signals = options.signals ?? ON_CHANGE.filter(({ id }) => !unable.has(id));
  const assessing = { ...options, signals, maxEvidence: Number.POSITIVE_INFINITY };
  const { change, findings } = yield* assessSteps(dossier({ asOf, subject: nobody }, known), assessing);
  return {
    ...change,
    findings: findings.flatMap(foundBy).toSorted(byGravity),
    notChecked: [
      ...unread.map(unreadPart),
      ...findings.flatMap(unseenBy),
      ...[...unable].map(([what, because]) => ({ what, because })),
    ],
  };
}

/** The signal and why it cannot look: what it needs is not there, or the one thing that it speaks of is not. */
function lackedBy(
  { id, needs, uses = [] }: Signal,
  known: Partial<Dossier["sections"]>,
): readonly (readonly [id: string, because: string])[] {
  const asked = [...needs, ...uses.filter((name) => name === "change.push")];
  const lacking = asked.find((name) => known[name] === undefined);
  return lacking === undefined ? [] : [[id, LACKING[lacking] ?? "a diff alone does not say it"]];
}

const textsOf = ({ branch, commitSubjects }: NonNullable<BareChange["push"]>): ChangeTexts["texts"] => [
  { field: "branch", text: branch },
  ...commitSubjects.map((text) => ({ field: "commit_subject" as const, text })),
];

/** What is about the change as a whole is said once, of however many commits it holds. */
function foundBy({ signal, severity, evidence }: Finding): readonly ChangeFinding[] {
  const meta = BY_ID.get(signal);
  const whole = new Map(evidence.filter(({ place }) => !place).map((each) => [each.fact, each]));
  const shown = evidence.filter((each) => each.place || whole.get(each.fact) === each);
  return shown.map((each) => ({
    signal,
    severity: each.severity ?? severity ?? "low",
    path: each.place?.path ?? null,
    line: each.place?.line ?? null,
    endLine: each.place ? (each.place.endLine ?? each.place.line) : null,
    fact: each.fact,
    why: each.why ?? meta?.why ?? "",
    fine: each.fine ?? meta?.clears ?? "",
    reachable: each.reachable ?? null,
    ...(each.keyedHash !== undefined && { keyedHash: each.keyedHash }),
  }));
}

const unreadPart = ({ path, what }: Unread) => ({ what: path ?? "the change", because: what });
const unseenBy = ({ signal, unknownBecause, evidenceLeftOut }: Finding) => [
  ...(unknownBecause === null ? [] : [{ what: signal, because: unknownBecause }]),
  ...(evidenceLeftOut === 0
    ? []
    : [{ what: signal, because: `${evidenceLeftOut} more like its findings are left out` }]),
];

const byGravity = (a: ChangeFinding, b: ChangeFinding): number =>
  rankOf(b.severity) - rankOf(a.severity) ||
  compare(a.path ?? "", b.path ?? "") ||
  (a.line ?? 0) - (b.line ?? 0) ||
  compare(a.signal, b.signal);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
