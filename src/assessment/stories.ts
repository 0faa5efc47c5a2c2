import type { UnavailableReason } from "../absence.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { PictureTraces } from "../history/traces/traces.ts";
import type { Finding, Mitigation } from "./assessment.ts";
import { familyShares, rounded } from "./combine.ts";
import { UNREAD } from "./mitigate.ts";
import { isPartlyRead } from "./unread-history.ts";

/** What the move of one's own older work to GitHub shows all at once: one observation, and mostly an innocent one. */
const OF_A_MOVE: ReadonlySet<string> = new Set([
  "hist-backdated-batch-push",
  "hist-commits-predate-account",
  "hist-foreign-merge-residue",
  // Into an account that was there before, and quiet.
  "life-commits-without-events",
]);
/** Of that one observation this much counts: who moves work openly and who fabricates it look alike here. */
const MOVE_SHARE = 0.5;

/** What several people or machines at one account do side by side; alone it looks like one operator after another. */
const OF_SHARED_USE: ReadonlySet<string> = new Set([
  "hist-synthetic-cadence",
  "id-name-rotation",
  "id-tz-fast-flip",
  "life-handover-changepoint",
]);

/**
 * Credits for ordinary stories that several findings tell together: m5, work that moved here, and m6, an account that
 * is shared. They take off soft bits that the story explains; hard ones, and whatever it does not explain, stay.
 */
export function stories(
  dossier: Dossier,
  findings: readonly Finding[],
): { readonly granted: readonly Mitigation[]; readonly unread: readonly Mitigation[] } {
  const soft = (list: readonly Finding[]): number => familyShares(list).reduce((sum, { bits }) => sum + bits, 0);
  const counted = findings.filter(({ bits, hard }) => bits > 0 && !hard);
  if (counted.length === 0) return { granted: [], unread: [] };
  const off = (id: Mitigation["id"], because: string, left: readonly Finding[]): readonly Mitigation[] => {
    const bits = rounded(soft(counted) - soft(left));
    return bits > 0 ? [{ id, bits, because }] : [];
  };
  const isMoved = isMove(dossier, counted);
  const use = sharedUse(dossier);
  const unexplained = counted.filter(({ signal }) => !OF_SHARED_USE.has(signal));
  return {
    granted: [
      ...(isMoved ? off("m5", MOVED, moved(counted)) : []),
      ...(use === "granted" ? off("m6", SHARED, unexplained) : []),
    ],
    unread: use === "unread" ? off("m6", UNREAD, unexplained) : [],
  };
}

const MOVED = "older work that moved here at once explains several findings, so they count as half of one";
const SHARED = "the account has several keys and is used from many machines side by side, which explains some findings";

/** A move explains the history when nothing else in it counts, and nobody else's repository holds the same snapshots. */
function isMove({ sections }: Dossier, counted: readonly Finding[]): boolean {
  const scan = sections["history.scan"];
  const copied = scan.state === "present" && (scan.value.copies ?? []).length > 0;
  return !copied && counted.every(({ family, signal }) => family !== "history" || OF_A_MOVE.has(signal));
}

/** The strongest of what a move shows, at its share, in place of all of it. */
function moved(counted: readonly Finding[]): readonly Finding[] {
  const [strongest] = counted.filter(({ signal }) => OF_A_MOVE.has(signal)).toSorted((a, b) => b.bits - a.bits);
  const others = counted.filter(({ signal }) => !OF_A_MOVE.has(signal));
  return strongest ? [...others, { ...strongest, bits: rounded(strongest.bits * MOVE_SHARE) }] : others;
}

const MIN_KEYS = 2;
/** A laptop, a computer and a server are one person's. */
const MIN_MACHINES = 4;
const MIN_COMMITS = 10;

/**
 * Granted when the account holds several keys, which GitHub says, and at some time four machines or more were all in
 * use: whoever replaced the operator of an account has the old machines no more. A section that was asked for and could
 * not be read counts in the account's favour, as with every credit.
 */
function sharedUse(dossier: Dossier): "granted" | "absent" | "unread" {
  const { sections } = dossier;
  const keys = sections["account.keys"];
  const pictures = sections["history.pictures"];
  if (keys.state === "present" && keys.value.keys.length < MIN_KEYS) return "absent";
  if (pictures.state === "unavailable") return unreadUnlessUnasked(pictures.reason);
  if (!isParallel(pictures.value)) return isPartlyRead(dossier) ? "unread" : "absent";
  return keys.state === "unavailable" ? unreadUnlessUnasked(keys.reason) : "granted";
}

const unreadUnlessUnasked = (reason: UnavailableReason): "unread" | "absent" =>
  reason === "not_requested" ? "absent" : "unread";

function isParallel({ identities }: PictureTraces): boolean {
  const machines = identities.filter(({ kind, commitCount }) => kind === "machine" && commitCount >= MIN_COMMITS);
  return machines.some(
    ({ firstAt: at }) => machines.filter(({ firstAt, lastAt }) => firstAt <= at && at < lastAt).length >= MIN_MACHINES,
  );
}
