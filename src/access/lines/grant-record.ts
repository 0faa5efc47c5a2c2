import type { Instant } from "../../clock.ts";
import type { Role } from "../../dossier/role.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { Steps } from "../../slices.ts";
import type { EffectiveAccess } from "../effective.ts";
import type { InvitedRole } from "../invitation.ts";
import { keyOf } from "../keys.ts";
import type { Exposure } from "./kinds.ts";

/** One line of the ledger: who gave an account its role on a repository, and what an owner wrote about why and how long. */
export interface GrantRecord {
  readonly account: AccountId;
  readonly repository: RepositoryId;
  /** As the delivery told of it; null where none did. */
  readonly given: GivenGrant | null;
  readonly noted: GrantNote | null;
}

export interface GivenGrant {
  /** The login is the one of that day: a label. */
  readonly by: { readonly accountId: AccountId; readonly login: string };
  readonly at: Instant;
  readonly role: Role;
}

/** That an account let another one in: gave it a role on a repository, or invited it to the organisation. */
export interface Referral {
  readonly account: AccountId;
  readonly by: AccountId;
  /** Null for the organisation itself. */
  readonly repository: RepositoryId | null;
  readonly role: Role | InvitedRole;
  readonly at: Instant;
}

export interface GrantNote {
  readonly reason: string;
  /** When the grant should end; null for no end. */
  readonly until: Instant | null;
  readonly by: { readonly accountId: AccountId; readonly login: string };
  readonly at: Instant;
}

/** Whether the access that a record is about is still there by a grant of its own; every member's role is none. */
export const stands = (access: EffectiveAccess, { account, repository }: GrantRecord): boolean =>
  access.holders.get(keyOf(account))?.pairs.has(keyOf(repository)) === true;

/** Grants that stand although the day is over that an owner wrote down for them. */
export function* expiredGrants(
  access: EffectiveAccess,
  { ledger, now }: { readonly ledger: readonly GrantRecord[]; readonly now: Instant },
): Steps<readonly Exposure[]> {
  const expired: Exposure[] = [];
  for (const { account, repository, noted } of ledger) {
    yield;
    if (noted === null || noted.until === null || noted.until > now) continue;
    const held = access.holders.get(keyOf(account))?.pairs.get(keyOf(repository));
    if (held === undefined) continue;
    const about = { account: keyOf(account), repository: keyOf(repository), role: held.role };
    expired.push({ kind: "grant-expired", level: "medium", ...about });
  }
  return expired;
}
