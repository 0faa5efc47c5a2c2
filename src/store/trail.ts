import type { AccountId } from "../ids.ts";
import type { Report, TrailEntry } from "./records.ts";

/** Who looked and who decided. */
export interface TenantTrail {
  addToTrail(entry: TrailEntry): Promise<void>;
  /** The newest entries, newest first. */
  trail(limit: number): Promise<readonly TrailEntry[]>;
  /** Entries that fit, newest first, each with its number. */
  readTrail(asked: TrailQuestion): Promise<readonly NumberedEntry[]>;
  /** Who acted in the newest 2,000 entries, the latest first. */
  actors(): Promise<readonly AccountId[]>;
  /** What reports and flags are about, by their ids; of ids that are gone nothing. */
  subjectsOf(ids: readonly string[]): Promise<ReadonlyMap<string, TrailSubject>>;
  /** The newest login that an audit, a report or a flag has for an account; accounts that none of them knows are left out. */
  loginsOf(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>>;
}

export interface TrailQuestion {
  readonly act: TrailEntry["act"] | null;
  readonly actorId: AccountId | null;
  /** Only entries with a smaller number; null for the newest. */
  readonly before: number | null;
  readonly limit: number;
}

export interface NumberedEntry extends TrailEntry {
  /** From 1, without gaps, in the order of writing. */
  readonly seq: number;
}

/** What a report or a flag is about, as labels. */
export interface TrailSubject {
  readonly accountId: AccountId | null;
  readonly login: string;
  readonly repositoryName: string;
  /** Null for a report on access and for a flag. */
  readonly pullRequest: Pick<NonNullable<Report["pullRequest"]>, "number" | "title"> | null;
}
