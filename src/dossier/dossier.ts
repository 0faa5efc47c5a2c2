import type { UnavailableReason } from "../absence.ts";
import type { AccountKind } from "../change/change.ts";
import type { Instant } from "../clock.ts";
import type { AccountId } from "../ids.ts";
import type { SectionName, SectionTypes } from "./facts.ts";

/** One part of a dossier: a value with the time it was read, or the reason it is missing. */
export type Section<T> =
  | { readonly state: "present"; readonly value: T; readonly asOf: Instant }
  | { readonly state: "unavailable"; readonly reason: UnavailableReason; readonly retryAt: Instant | null };

/** What GitHub says the subject is; only `user` is assessed for persona. */
export type SubjectKind = AccountKind;

/** Everything known about one subject at one moment: frozen, dated, free of names. */
export interface Dossier {
  readonly schema: "sallyport.dossier/1";
  readonly asOf: Instant;
  readonly subject: { readonly accountId: AccountId | null; readonly kind: SubjectKind };
  readonly sections: { readonly [Name in SectionName]: Section<SectionTypes[Name]> };
}

/** A section that holds a value. */
export const present = <T>(value: T, asOf: Instant): Section<T> => ({ state: "present", value, asOf });

/** A section that could not be had. */
export const unavailable = (reason: UnavailableReason, retryAt: Instant | null = null): Section<never> => ({
  state: "unavailable",
  reason,
  retryAt,
});

const NOT_REQUESTED = unavailable("not_requested");

/** A dossier whose unlisted sections say `not_requested`. */
export function dossier(
  head: { readonly asOf: Instant; readonly subject: Dossier["subject"] },
  sections: Partial<Dossier["sections"]>,
): Dossier {
  return Object.freeze({
    schema: "sallyport.dossier/1",
    ...head,
    sections: Object.freeze({ ...EMPTY_SECTIONS, ...sections }),
  });
}

const EMPTY_SECTIONS: Dossier["sections"] = {
  "change.files": NOT_REQUESTED,
  "change.commits": NOT_REQUESTED,
  "change.texts": NOT_REQUESTED,
  "change.push": NOT_REQUESTED,
  "change.signatures": NOT_REQUESTED,
  "change.thread": NOT_REQUESTED,
  "account.profile": NOT_REQUESTED,
  "account.repositories": NOT_REQUESTED,
  "account.pullRequests": NOT_REQUESTED,
  "account.activity": NOT_REQUESTED,
  "account.years": NOT_REQUESTED,
  "account.texts": NOT_REQUESTED,
  "account.keys": NOT_REQUESTED,
  "account.snapshots": NOT_REQUESTED,
  "access.grant": NOT_REQUESTED,
  "access.lastGrant": NOT_REQUESTED,
  "access.grants": NOT_REQUESTED,
  "access.referrals": NOT_REQUESTED,
  "access.recordHere": NOT_REQUESTED,
  "access.lastActivity": NOT_REQUESTED,
  "history.identity": NOT_REQUESTED,
  "history.dates": NOT_REQUESTED,
  "history.origin": NOT_REQUESTED,
  "history.continuity": NOT_REQUESTED,
  "history.pictures": NOT_REQUESTED,
  "history.scan": NOT_REQUESTED,
  "code.matches": NOT_REQUESTED,
  "network.ties": NOT_REQUESTED,
  "intel.localList": NOT_REQUESTED,
  "intel.matches": NOT_REQUESTED,
};

/** The names of all sections, in catalogue order. */
export const SECTION_NAMES = Object.keys(EMPTY_SECTIONS) as readonly SectionName[];
