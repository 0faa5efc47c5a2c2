import type { AccessRepository, Role } from "../../../access/grant.ts";
import type { LiveAccount } from "../../../access/live/live.ts";
import type { Instant } from "../../../clock.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Document, TenantRow } from "../engine/columns.ts";

/** A source of access that GitHub was asked about, or a place whose rules changed. */
export interface LiveSourceTable extends TenantRow {
  readonly kind: "team" | "repository" | "account" | "rules";
  /** Of a team, repository or account; 0 for rules of the organisation. */
  readonly id: number;
  readonly asked_at: Instant;
  /** A team's slug, a login, or the name of a repository. */
  readonly label: string;
  readonly facts: Document<SourceFacts>;
}

export interface SourceFacts {
  readonly standing?: LiveAccount["standing"];
  /** Null for a repository that is gone. */
  readonly is?: RepositoryFacts | null;
  readonly directRead?: boolean;
  readonly ofOrganization?: boolean;
}

export type RepositoryFacts = Pick<AccessRepository, "visibility" | "archived">;

/** A person or a role that a source names: of a team either, of a repository both. */
export interface LiveEntry {
  readonly account: AccountId | null;
  readonly repository: RepositoryId | null;
  /** The person's login, or the name of the repository. */
  readonly label: string;
  readonly role: Role | null;
  readonly facts: RepositoryFacts | null;
}

export interface LiveEntryTable extends TenantRow, Omit<LiveEntry, "facts"> {
  readonly kind: "team" | "repository";
  readonly source_id: number;
  readonly facts: Document<RepositoryFacts> | null;
}
