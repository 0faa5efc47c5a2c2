import { createHmac } from "node:crypto";
import { membersRead } from "../../access/effective.ts";
import type { AccessSnapshot } from "../../access/grant.ts";
import { idOf, keyOf } from "../../access/keys.ts";
import { type Instant, plusDays } from "../../clock.ts";
import type { KnownSections } from "../../dossier/collect.ts";
import { present } from "../../dossier/dossier.ts";
import type { GrantList, IntelMatches } from "../../dossier/facts.ts";
import { factsOfToday, LONGEST_FACTS_HOURS } from "../../dossier/sources/kept-facts.ts";
import { READERS } from "../../history/traces/scan.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { KeptIndicator, Report, TenantStore } from "../../store/store.ts";
import type { FlowContext } from "./context.ts";

/** Histories stand for a week; then it is looked whether a head has moved. */
const HISTORY_DAYS = 7;

/** Histories that git read, or else what the API showed of them, while they stand. */
async function freshHistories(tenant: TenantStore, account: AccountId, asOf: Instant): Promise<KnownSections> {
  for (const by of READERS) {
    const kept = await tenant.historiesOf(account, by);
    if (kept !== null && kept.at > plusDays(asOf, -HISTORY_DAYS)) return kept.sections;
  }
  return {};
}

/**
 * What the store itself knows about an account: cached facts, our own snapshots, its grants, and the local list as far
 * as it counts where `repository` is asked about. No request.
 */
export async function knownAccount(
  tenant: TenantStore,
  account: AccountId,
  {
    repository,
    asOf,
    forChange = false,
  }: {
    readonly repository: RepositoryId | null;
    readonly asOf: Instant;
    /** Facts of the last week are wanted, too: which of them stand for a change its collector says. */
    readonly forChange?: boolean;
  },
): Promise<KnownSections> {
  const kept = await tenant.cachedAccount(account, asOf, LONGEST_FACTS_HOURS);
  const cached = kept && !forChange ? factsOfToday(kept, asOf) : kept;
  const snapshots = await tenant.snapshotsOf(account);
  const roles = await tenant.rolesOf(account, null);
  return {
    ...cached,
    ...(await freshHistories(tenant, account, asOf)),
    "account.snapshots": present({ snapshots }, asOf),
    "access.referrals": present({ letIn: await tenant.letInBy(account) }, asOf),
    "intel.matches": present(matchesIn(await tenant.indicatorsOn(account, asOf)), asOf),
    "intel.localList": present(await tenant.localList(account, { repository, now: asOf }), asOf),
    ...(roles && heldIn(roles, account)),
  };
}

/** What lists say of it, without their words: those are for owners, on the page of the account. */
const matchesIn = (indicators: readonly KeptIndicator[]): IntelMatches => ({
  matches: indicators.map(({ emailHash, source, origin, reference, reason, isPrimary, at, until, confirmedBy }) => ({
    by: emailHash === null ? "account" : "address",
    ...{ source, origin, reference, at, until },
    primary: isPrimary,
    sourced: reason !== null || reference !== null,
    confirmed: confirmedBy !== null,
  })),
});

/** What an account holds by a snapshot, or would hold. */
export const heldIn = (snapshot: AccessSnapshot, account: AccountId): KnownSections => ({
  "access.grants": present(grantsOf(snapshot, account), snapshot.takenAt),
});

/**
 * The commits of the account's last pull request, for a report on its access: whoever writes is the one who made them.
 * Only of the same repository, because whoever reads the report may not read another; as long as evidence is kept, and
 * no longer by being looked at again. No request.
 */
export function commitsSeen(
  earlier: Report | null,
  {
    repository,
    asOf,
    evidenceDays,
  }: { readonly repository: RepositoryId; readonly asOf: Instant; readonly evidenceDays: number },
): KnownSections {
  const commits = earlier?.repositoryId === repository ? earlier.dossier.sections["change.commits"] : undefined;
  if (commits?.state !== "present" || commits.asOf <= plusDays(asOf, -evidenceDays)) return {};
  return { "change.commits": commits };
}

/** Every source of access of one account, as the last audit saw it and as it counts there: archived ones left out. */
export function grantsOf(snapshot: AccessSnapshot, account: AccountId): GrantList {
  const id = keyOf(account);
  const archived = new Set(snapshot.repositories.flatMap((known) => (known.archived ? [known.id] : [])));
  const base = snapshot.organization.basePermission;
  const owner = snapshot.owners.includes(id);
  const member = snapshot.members.includes(id);
  return {
    grants: snapshot.grants
      .filter((grant) => grant.account === id && !archived.has(grant.repository))
      .map(({ repository, role, via }) => ({ repositoryId: idOf(repository), role, via: via.kind })),
    owner,
    member,
    ...(membersRead(snapshot) ? {} : { membersUnread: true }),
    ...((owner || member) && base !== "none" ? { base } : {}),
  };
}

/** Keeps what was just read, and a dated trace of it: later changes of login or repositories are seen against that. */
export async function remember(
  { context, tenant }: { readonly context: FlowContext; readonly tenant: TenantStore },
  account: { readonly id: AccountId; readonly login: string },
  { toCache }: { readonly toCache: KnownSections | null },
): Promise<void> {
  const owned = toCache?.["account.repositories"];
  if (!toCache || owned?.state !== "present") return;
  // What was kept beside newer keys is as old as it was, and left its trace when it was read.
  await tenant.cacheAccount(account.id, toCache, owned.asOf);
  const loginHash = createHmac("sha256", context.hashKey).update(account.login.toLowerCase()).digest("base64url");
  await tenant.addSnapshot(account.id, { at: owned.asOf, loginHash, ownedCount: owned.value.ownedCount });
}
