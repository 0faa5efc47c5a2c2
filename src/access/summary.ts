import { ROLES } from "../dossier/role.ts";
import type { Steps } from "../slices.ts";
import {
  countByRole,
  type EffectiveAccess,
  type Held,
  type Holder,
  membersRead,
  writable,
  writesAnywhere,
} from "./effective.ts";
import { canWrite, isPersonal, type Role } from "./grant.ts";
import { coveredByTeam } from "./lines/superfluous.ts";

/** The counts of an audit. Archived repositories are left out of all but `repositories` and `grants`; bots count like anybody. */
export interface AuditSummary {
  readonly repositories: number;
  readonly activeRepositories: number;
  /** Owners included. This and whatever follows from it is null when GitHub did not show who belongs. */
  readonly members: number | null;
  readonly owners: number | null;
  readonly bots: number;
  /** Teams that carry at least one grant. */
  readonly teams: number;
  /** Grants as the snapshot lists them, before anything is joined. */
  readonly grants: number;
  readonly accountsWithWrite: number;
  readonly outsideAccountsWithWrite: number | null;
  /** Pairs of an outside account and a repository with write or more. */
  readonly outsideWriteGrants: number | null;
  readonly membersWithoutWrite: number | null;
  /** Pairs of an account and a repository with any role, those of owners and the base permission included. */
  readonly effectiveGrants: number;
  readonly effectiveByRole: Readonly<Record<Role, number>>;
  /** Rows of `accounts`; fewer than `effectiveGrants` when rows of ownership and base permission were too many to list. */
  readonly listedGrants: number;
  /** Repositories an account can write to, over the accounts that can write to any; nearest rank, 0 without any. */
  readonly writeRepositoriesPerAccount: { readonly p50: number; readonly p90: number; readonly max: number };
  /** Personal grants whose team gives the same role or more: they outlive the team unseen. */
  readonly directGrantsCoveredByTeam: number;
  /** Personal grants of write or more that no team explains. */
  readonly directWriteNotViaTeam: number;
}

/** Counts everything in an access graph; `listedGrants` is the report's to say. */
export function* summarize(access: EffectiveAccess): Steps<Omit<AuditSummary, "listedGrants">> {
  const { snapshot, active } = access;
  const holders = [...access.holders.values()];
  const writers = holders.filter(writesAnywhere);
  yield;
  let covered = 0;
  let withoutTeam = 0;
  for (const { pairs } of holders)
    for (const held of pairs.values()) {
      if (coveredByTeam(held) !== null) covered++;
      if (writesWithoutTeam(held)) withoutTeam++;
      yield;
    }
  const counts = pairCounts(holders, active.size);
  yield;
  return {
    repositories: snapshot.repositories.length,
    activeRepositories: active.size,
    bots: snapshot.accounts.filter(({ kind }) => kind === "bot").length,
    teams: new Set(snapshot.grants.flatMap(({ via }) => (via.kind === "team" ? [via.team] : []))).size,
    grants: snapshot.grants.length,
    accountsWithWrite: writers.length,
    ...counts,
    ...(membersRead(snapshot) ? belonging(access, writers) : BELONGING_UNREAD),
    directGrantsCoveredByTeam: covered,
    directWriteNotViaTeam: withoutTeam,
  };
}

type Belonging = Pick<
  AuditSummary,
  "members" | "owners" | "outsideAccountsWithWrite" | "outsideWriteGrants" | "membersWithoutWrite"
>;

const BELONGING_UNREAD: Belonging = {
  members: null,
  owners: null,
  outsideAccountsWithWrite: null,
  outsideWriteGrants: null,
  membersWithoutWrite: null,
};

function belonging({ snapshot, active }: EffectiveAccess, writers: readonly Holder[]): Belonging {
  const memberIds = new Set([...snapshot.members, ...snapshot.owners]);
  const outside = writers.filter(({ standing }) => standing === "outside");
  return {
    members: memberIds.size,
    owners: snapshot.owners.length,
    outsideAccountsWithWrite: outside.length,
    outsideWriteGrants: outside.reduce((sum, holder) => sum + writable(rolesOf(holder, active.size)), 0),
    membersWithoutWrite: memberIds.size - (writers.length - outside.length),
  };
}

const rolesOf = ({ pairs, everywhere }: Holder, activeCount: number): Readonly<Record<Role, number>> =>
  countByRole(pairs.values(), everywhere, activeCount);

type PairCounts = Pick<AuditSummary, "effectiveGrants" | "effectiveByRole" | "writeRepositoriesPerAccount">;

function pairCounts(holders: readonly Holder[], activeCount: number): PairCounts {
  const byRole = { read: 0, triage: 0, write: 0, maintain: 0, admin: 0 };
  const reaches: number[] = [];
  for (const holder of holders) {
    const counts = rolesOf(holder, activeCount);
    for (const role of ROLES) byRole[role] += counts[role];
    if (writable(counts) > 0) reaches.push(writable(counts));
  }
  return {
    effectiveGrants: byRole.read + byRole.triage + byRole.write + byRole.maintain + byRole.admin,
    effectiveByRole: byRole,
    writeRepositoriesPerAccount: distribution(reaches),
  };
}

function distribution(counts: readonly number[]): AuditSummary["writeRepositoriesPerAccount"] {
  const sorted = counts.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p90: rank(0.9), max: rank(1) };
}

const writesWithoutTeam = ({ sources }: Held): boolean =>
  sources.some(({ source, role }) => isPersonal(source.kind) && canWrite(role)) &&
  !sources.some(({ source, role }) => source.kind === "team" && canWrite(role));
