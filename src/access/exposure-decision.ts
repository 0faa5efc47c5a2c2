import { type Instant, plusDays } from "../clock.ts";
import { roleRank } from "../dossier/role.ts";
import type { AccountId } from "../ids.ts";
import type { Steps } from "../slices.ts";
import type { Outcome } from "./flag.ts";
import type { Exposure, ExposureKind } from "./lines/kinds.ts";

/** What somebody decided about a line, and the line as it was then. */
export interface ExposureDecision {
  readonly line: Omit<Exposure, "level" | "keptUntil" | "openSince" | "dueEvery" | "lastActAt">;
  readonly outcome: Outcome;
  readonly reason: string;
  /** The login is the one he had then: a label. */
  readonly by: { readonly accountId: AccountId; readonly login: string };
  readonly at: Instant;
  /** When it counts no more: the day that was given, else after a year. */
  readonly until: Instant;
}

type LineOf = Pick<Exposure, "kind" | "account" | "repository">;

/** What rules leave open to whoever writes: it reaches further with every account more. */
const OPEN_DOORS: readonly ExposureKind[] = [
  "acc-write-on-release-path",
  "acc-protection-gap",
  "acc-secret-reach-by-branch",
];
const OF_ONE_REPOSITORY: readonly ExposureKind[] = [
  "acc-direct-outside-grant",
  "org-archived-outside-write",
  "acc-superfluous-grant",
  "acc-fork-run-exposure",
  "acc-bypass-used",
  "acc-declared-mismatch",
  "grant-expired",
  ...OPEN_DOORS,
];

/** One line from audit to audit: its kind, whom it is about and, of a grant, where; `all` for several. */
export const lineKey = ({ kind, account, repository }: LineOf): string =>
  [kind, account ?? "all", (OF_ONE_REPOSITORY.includes(kind) ? repository : null) ?? "all"].join(".");

/** The newest decision on each line, by its key; given newest first. */
export const newestDecisions = (decisions: readonly ExposureDecision[]): ReadonlyMap<string, ExposureDecision> =>
  new Map(decisions.toReversed().map((decision) => [lineKey(decision.line), decision]));

/**
 * Whether what was decided covers a line that an audit saw: that much access or less, until its day. A role that was to
 * be lowered covers only lower ones, and access that was to be removed none, once an audit has looked since.
 */
export function coversLine(
  decision: ExposureDecision,
  now: { readonly seen: Exposure; readonly seenAt: Instant; readonly now: Instant },
): boolean {
  const { line, outcome, at } = decision;
  if (endOf(decision, now.seen) <= now.now || reachesFurther(now.seen, line)) return false;
  if (outcome === "keep" || now.seenAt < at) return true;
  return outcome === "lowered" && roleRank(now.seen.role) < roleRank(line.role);
}

/** When a decision counts no more for a line: of one that comes back by itself not after its time. */
export function endOf({ at, until }: ExposureDecision, { dueEvery }: Pick<Exposure, "dueEvery">): Instant {
  const due = dueEvery === undefined ? until : plusDays(at, dueEvery * DAYS_OF_MONTH);
  return due < until ? due : until;
}

export const DAYS_OF_MONTH = 30;

function reachesFurther(now: Exposure, then: ExposureDecision["line"]): boolean {
  if (roleRank(now.role) > roleRank(then.role)) return true;
  // The base permission is about all members and repositories, however many there are.
  if (now.kind === "org-base-permission") return false;
  if (OPEN_DOORS.includes(now.kind)) return (now.accountCount ?? EVERYBODY) > (then.accountCount ?? EVERYBODY);
  if (now.kind === "org-admins-everywhere") return (now.accountCount ?? 0) > (then.accountCount ?? 0);
  if (then.everywhere) return false;
  if (now.everywhere || (then.repository !== null && now.repository !== then.repository)) return true;
  return (now.repositoryCount ?? 1) > (then.repositoryCount ?? 1);
}

const EVERYBODY = Number.POSITIVE_INFINITY;

/** The lines of an audit with what was decided about them; what an earlier look said of that is left out. */
export function* withDecisions(
  lines: readonly Exposure[],
  given: { readonly decisions: readonly ExposureDecision[]; readonly seenAt: Instant; readonly now: Instant },
): Steps<readonly Exposure[]> {
  const newest = newestDecisions(given.decisions);
  const decided: Exposure[] = [];
  for (const { keptUntil: _, openSince, ...seen } of lines) {
    const decision = newest.get(lineKey(seen));
    const covered = decision !== undefined && coversLine(decision, { ...given, seen });
    if (covered) decided.push({ ...seen, keptUntil: endOf(decision, seen) });
    else decided.push(openSince === undefined ? seen : { ...seen, openSince });
    yield;
  }
  return decided;
}

/** Whether a line waits for somebody. */
export const isOpen = ({ keptUntil }: Exposure): boolean => keptUntil === undefined;
