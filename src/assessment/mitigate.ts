import { signedBy } from "../change/change.ts";
import { daysBetween } from "../clock.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { SectionName, SectionTypes } from "../dossier/facts.ts";
import { inForce } from "../dossier/local-list.ts";
import { mergedByAtLeast } from "../dossier/record-here.ts";
import type { Mitigation } from "./assessment.ts";

/** Credits together take off at most this much, of soft bits only. */
export const MAX_MITIGATION_BITS = 4;

export const UNREAD = "could not be read, so it counts in favour of the account";

type CreditState = "granted" | "absent" | "unread";

interface Credit {
  readonly id: Mitigation["id"];
  readonly bits: number;
  readonly because: string;
  state(dossier: Dossier): CreditState;
}

/**
 * Credits that others gave or time proved (SIGNALS.md §6.4, 8). m5 and m6 follow
 * from findings (stories.ts).
 */
const CREDITS: readonly Credit[] = [
  {
    id: "m1",
    bits: 2,
    because: "two or more pull requests were merged here by two or more other people",
    state: mergedHere,
  },
  { id: "m2", bits: 1, because: "its commits carry a signature of keys it has had for a year or more", state: oldKey },
  {
    id: "m3",
    bits: 1.5,
    because: "projects of three or more unrelated owners merged its work over three years or more",
    state: longRecord,
  },
  { id: "m4", bits: 3, because: "the organisation vouches for it or knows it by its own sign-on", state: vouched },
];

/**
 * Credits of a dossier. One that was asked for and could not be read counts in the account's favour (`unread`), so
 * that a failed request never raises a band; one that nobody asked for gives nothing.
 */
export function mitigate(dossier: Dossier): {
  readonly granted: readonly Mitigation[];
  readonly unread: readonly Mitigation[];
} {
  const states = CREDITS.map((credit) => ({ credit, state: credit.state(dossier) }));
  const having = (wanted: CreditState): readonly Mitigation[] =>
    states.filter(({ state }) => state === wanted).map(({ credit: { id, bits, because } }) => ({ id, bits, because }));
  return {
    granted: having("granted"),
    unread: having("unread").map((credit) => ({
      ...credit,
      because: UNREAD,
    })),
  };
}

/** Sum of credits, at most 4 bits. */
export function creditBits(credits: readonly Mitigation[]): number {
  return Math.min(
    MAX_MITIGATION_BITS,
    credits.reduce((sum, { bits }) => sum + bits, 0),
  );
}

type Reading<T> = T | "absent" | "unread";

function read<Name extends SectionName>({ sections }: Dossier, section: Name): Reading<SectionTypes[Name]> {
  const found = sections[section];
  if (found.state === "present") return found.value;
  return found.reason === "not_requested" ? "absent" : "unread";
}

const granted = (holds: boolean): CreditState => (holds ? "granted" : "absent");

const MIN_MERGED_HERE_COUNT = 2;
const MIN_MERGER_COUNT = 2;

function mergedHere(dossier: Dossier): CreditState {
  const record = read(dossier, "access.recordHere");
  if (typeof record === "string") return record;
  if (record.mergedCount < MIN_MERGED_HERE_COUNT) return "absent";
  const merged = mergedByAtLeast(record, MIN_MERGER_COUNT);
  return merged === null ? "unread" : granted(merged);
}

const MIN_KEY_AGE_DAYS = 365;

/** Which key signed is not known, so every key of the account must be old enough. */
function oldKey(dossier: Dossier): CreditState {
  const change = read(dossier, "change.commits");
  if (typeof change === "string") return change;
  const { accountId } = dossier.subject;
  if (accountId === null || !change.commits.some(signedBy(accountId))) return "absent";
  const section = read(dossier, "account.keys");
  if (typeof section === "string") return section;
  const old = section.keys.map(
    ({ createdAt }) => createdAt !== null && daysBetween(createdAt, dossier.asOf) >= MIN_KEY_AGE_DAYS,
  );
  return granted(old.length > 0 && old.every(Boolean));
}

const MIN_OWNER_COUNT = 3;
const MIN_RECORD_DAYS = 3 * 365;

/** A merge is the exchange with others that GitHub dates; only merges in repositories of others count. */
function longRecord(dossier: Dossier): CreditState {
  const section = read(dossier, "account.pullRequests");
  if (typeof section === "string") return section;
  const owners = new Set<string>();
  let first: string | null = null;
  let last: string | null = null;
  for (const { mergedAt, elsewhere, ownerNodeId } of [...section.recent, ...section.oldest]) {
    if (mergedAt === null || !elsewhere) continue;
    owners.add(ownerNodeId);
    if (first === null || mergedAt < first) first = mergedAt;
    if (last === null || mergedAt > last) last = mergedAt;
  }
  return granted(
    owners.size >= MIN_OWNER_COUNT && first !== null && last !== null && daysBetween(first, last) >= MIN_RECORD_DAYS,
  );
}

/** Either source grants it; while one of them could not be read the other's silence proves nothing. */
function vouched(dossier: Dossier): CreditState {
  const list = read(dossier, "intel.localList");
  const grant = read(dossier, "access.grant");
  const vouch =
    typeof list !== "string" && inForce(list, dossier.asOf).some(({ disposition }) => disposition === "vouched");
  if (vouch || (typeof grant !== "string" && grant.ssoLinked === true)) return "granted";
  return list === "unread" || grant === "unread" ? "unread" : "absent";
}
