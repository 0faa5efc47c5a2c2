import { effectiveAccess } from "../../access/effective.ts";
import { canWrite } from "../../access/grant.ts";
import { keyOf } from "../../access/keys.ts";
import { type Cluster, clustersOf, nearestOf } from "../../clusters/cluster.ts";
import { keyEdges, ringEdges, type TieEdge } from "../../clusters/tie.ts";
import type { Role } from "../../dossier/role.ts";
import type { AccountId } from "../../ids.ts";
import type { TenantStore } from "../../store/store.ts";

/** One account of a cluster, with what it has to do with this organisation. */
export interface ClusterAccount {
  readonly accountId: AccountId;
  /** The newest login that is known here; null for an account that was never met. */
  readonly login: string | null;
  /** Where it can write, by the newest audit; `everywhere` for a role on all repositories. */
  readonly writes: readonly { readonly repository: string; readonly role: Role }[];
  readonly everywhere: Role | null;
  /** Where its pull requests were looked at, and how many of them are still known. */
  readonly opened: readonly { readonly repository: string; readonly count: number }[];
}

export interface ShownCluster {
  readonly accounts: readonly ClusterAccount[];
  /** Accounts beyond those that are listed. */
  readonly leftOut: number;
  readonly edges: readonly TieEdge[];
  /** Repositories of the organisation that they write to or brought pull requests to, those of most accounts first. */
  readonly reaches: readonly { readonly repository: string; readonly writers: number; readonly openers: number }[];
}

export interface ClustersHere {
  readonly clusters: readonly ShownCluster[];
  /** Smaller clusters beyond those that are listed. */
  readonly leftOut: number;
}

/** Clusters that are read whole: each account is asked about twice. */
const MOST_CLUSTERS = 10;
/** Reports of one account that are counted. */
const MOST_REPORTS = 100;

type Tenant = Pick<TenantStore, "joiningTies" | "loginsOf" | "rolesOf" | "reportsOfAccount">;

/**
 * Which accounts hard evidence joins, across everything that the installation has read, and what they have to do with it.
 * A cluster with the reader in it is not shown: nobody reads about himself. Nothing is asked of GitHub.
 */
export async function clustersHere(tenant: Tenant, reader: AccountId | null): Promise<ClustersHere> {
  const found = await clustersFor(tenant, reader);
  const clusters: ShownCluster[] = [];
  for (const cluster of found.slice(0, MOST_CLUSTERS)) clusters.push(await shown(tenant, cluster));
  return { clusters, leftOut: found.length - clusters.length };
}

/** Every cluster that the reader may know of, the largest first. */
export async function clustersFor(
  tenant: Pick<TenantStore, "joiningTies">,
  reader: AccountId | null,
): Promise<readonly Cluster[]> {
  const { keyUses, merges } = await tenant.joiningTies();
  return clustersOf([...keyEdges(keyUses), ...ringEdges(merges)]).filter(
    ({ accountIds }) => reader === null || !accountIds.includes(reader),
  );
}

async function shown(tenant: Tenant, cluster: Cluster): Promise<ShownCluster> {
  const { accountIds, leftOut, edges } = nearestOf(cluster);
  const logins = await tenant.loginsOf(accountIds);
  const accounts: ClusterAccount[] = [];
  for (const accountId of accountIds)
    accounts.push({
      ...{ accountId, login: logins.get(accountId) ?? null },
      ...(await access(tenant, accountId)),
      opened: await opened(tenant, accountId),
    });
  return { accounts, leftOut, edges, reaches: reachesOf(accounts) };
}

async function access(tenant: Tenant, account: AccountId): Promise<Pick<ClusterAccount, "writes" | "everywhere">> {
  const roles = await tenant.rolesOf(account, null);
  if (roles === null) return { writes: [], everywhere: null };
  const { holders, active } = effectiveAccess(roles);
  const holder = holders.get(keyOf(account));
  const writes = [...(holder?.pairs ?? [])].flatMap(([repository, { role }]) =>
    canWrite(role) ? [{ repository: active.get(repository)?.name ?? repository, role }] : [],
  );
  const everywhere = holder?.everywhere?.role ?? null;
  return { writes, everywhere: everywhere !== null && canWrite(everywhere) ? everywhere : null };
}

async function opened(tenant: Tenant, account: AccountId): Promise<ClusterAccount["opened"]> {
  const reports = await tenant.reportsOfAccount(account, MOST_REPORTS);
  const numbers = reports.flatMap(({ repositoryName, pullRequest }) =>
    pullRequest === null ? [] : [{ repository: repositoryName, number: pullRequest.number }],
  );
  return [...Map.groupBy(numbers, ({ repository }) => repository)]
    .map(([repository, of]) => ({ repository, count: new Set(of.map(({ number }) => number)).size }))
    .toSorted((a, b) => b.count - a.count || (a.repository < b.repository ? -1 : 1));
}

function reachesOf(accounts: readonly ClusterAccount[]): ShownCluster["reaches"] {
  const names = new Set(
    accounts.flatMap(({ writes, opened }) => [...writes, ...opened].map(({ repository }) => repository)),
  );
  const within = (of: readonly { readonly repository: string }[], name: string): boolean =>
    of.some(({ repository }) => repository === name);
  return [...names]
    .map((repository) => ({
      repository,
      writers: accounts.filter(({ writes, everywhere }) => everywhere !== null || within(writes, repository)).length,
      openers: accounts.filter(({ opened }) => within(opened, repository)).length,
    }))
    .toSorted((a, b) => b.writers + b.openers - (a.writers + a.openers) || (a.repository < b.repository ? -1 : 1));
}
