import type { Instant } from "../clock.ts";

/**
 * What a message to people outside the pages says: counts, the organisation, an address behind the login. There is no
 * place in it for a person, a repository or evidence.
 */
export type Notice = WeeklyNotice | UrgentNotice | DueNotice | TestNotice;
export type NoticeKind = Notice["about"];

interface OfOrganization {
  /** Stays the same however often it is sent, so that whoever gets it twice can tell. */
  readonly id: string;
  readonly madeAt: Instant;
  /** The organisation's login. */
  readonly organization: string;
  /** Where it is read in full, after a login that is checked. */
  readonly link: string;
}

/** A count and what it was a week before; `before` is null where nobody can say. */
export interface Compared {
  readonly now: number;
  readonly before: number | null;
}

/** The weekly audit in figures. */
export interface WeeklyNotice extends OfOrganization {
  readonly about: "weekly";
  /** People and bots with write or more. */
  readonly writers: Compared;
  /** This and the next are null when nobody looked. */
  readonly outside: Compared | null;
  readonly dormant: Compared | null;
  /** Roles that are not what they were; null when the audit had nothing to compare with. */
  readonly changedRoles: number | null;
  /** What rules let through that they did not before; absent where the rules of both audits were not read. */
  readonly guardsLoosened?: number;
  /** Parts of the organisation that GitHub did not show. */
  readonly notChecked: number;
  readonly flags: OpenFlags;
  /** Lines of standing exposure that nobody answered for more than four weeks; absent in a message of before. */
  readonly longOpen?: number;
  /** Decisions to keep access that end within a week. */
  readonly ending: EndingDecisions;
}

export interface EndingDecisions {
  readonly count: number;
  /** The last day that the first of them covers, in UTC (YYYY-MM-DD); null without any. */
  readonly firstDay: string | null;
}

export interface OpenFlags {
  readonly open: number;
  /** Those of `open` that should be looked at within a day of being raised. */
  readonly urgent: number;
  /** When the oldest of `open` was raised; null without any. */
  readonly oldestAt: Instant | null;
}

/** Flags and pushes whose look should not wait for the next audit; one of them is new or graver than it was. */
export interface UrgentNotice extends OfOrganization {
  readonly about: "urgent";
  readonly flags: OpenFlags;
  readonly pushes: OpenPushes;
  /** Where code of the organisation was found in public; absent where it was not, and in a message of before. */
  readonly code?: FoundCode;
}

export interface FoundCode {
  /** Accounts in whose public repositories it was found within the last hour. */
  readonly accounts: number;
}

/** Pushes that nobody reviewed and somebody should look at. */
export interface OpenPushes {
  /** A burst over many repositories is one. */
  readonly alerts: number;
  readonly repositories: number;
}

/** Decisions to keep access whose last day is today: after it the access is asked about again. */
export interface DueNotice extends OfOrganization {
  readonly about: "due";
  readonly ending: EndingDecisions;
}

/** Asked for by the operator, to see whether messages arrive. */
export interface TestNotice extends OfOrganization {
  readonly about: "test";
}
