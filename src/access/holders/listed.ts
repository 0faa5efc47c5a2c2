import { ROLES } from "../../dossier/role.ts";
import type { AccessAudit, AuditedAccount } from "../audit.ts";
import { countByRole, type Standing, writable } from "../effective.ts";
import { higherRole, type Role, roleRank, type Via } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import { compareIds, compareText } from "../text-order.ts";

/** How a list of holders is asked for; whoever stores audits answers it in the same way. */
export interface HolderQuery {
  /** A part of the login, in any case. */
  readonly login: string;
  /** Null for any. */
  readonly standing: Standing | null;
  /** At least this role, anywhere or on the repository. */
  readonly role: Role;
  /** A path by which it holds anything; null for any. */
  readonly via: Via | null;
  /** Name of an active repository, in any case; null for all. */
  readonly repository: string | null;
  readonly sort: "role" | "reach" | "login";
  /** The last account of the page before; null for the first page. */
  readonly after: AccountKey | null;
  readonly limit: number;
}

/** One holder in a list. */
export interface ListedHolder extends AuditedAccount {
  /** The strongest, anywhere or on the repository that was asked for. */
  readonly role: Role;
  /** Repositories with write or more. */
  readonly writes: number;
}

export interface HolderPage {
  /** All that fit. */
  readonly count: number;
  /** Place of the first row among them, from 0. */
  readonly from: number;
  readonly rows: readonly ListedHolder[];
  /** Names of the repositories in the rows. */
  readonly names: ReadonlyMap<RepositoryKey, string>;
}

/** The holders of a report that fit. Where its rows are stored `TenantAudits.holders` answers alike, and faster. */
export function holdersIn({ accounts, summary, labels }: AccessAudit, query: HolderQuery): HolderPage {
  const wanted = query.repository?.toLowerCase() ?? null;
  const names = new Map(labels.repositories.map(({ id, name }) => [id, name]));
  const on = labels.repositories.find(({ name, archived }) => !archived && name.toLowerCase() === wanted)?.id ?? null;
  const fit =
    wanted !== null && on === null
      ? []
      : accounts
          .flatMap((account) => listedHolder(account, { activeCount: summary.activeRepositories, on }) ?? [])
          .filter((row) => fits(row, query))
          .sort(ORDERS[query.sort]);
  const from = query.after === null ? 0 : fit.findIndex(({ account }) => account === query.after) + 1;
  return { count: fit.length, from, rows: fit.slice(from, from + query.limit), names };
}

/** Where rows of ownership and base permission are too many to list, `everywhere` stands for those that are left out. */
export function listedHolder(
  account: AuditedAccount,
  { activeCount, on }: { readonly activeCount: number; readonly on: RepositoryKey | null },
): ListedHolder | null {
  const { effective, everywhere } = account;
  const asked = on === null ? effective : effective.filter(({ repository }) => repository === on);
  const roles = [...asked.map(({ role }) => role), ...(everywhere ? [everywhere.role] : [])];
  if (roles.length === 0) return null;
  const role = roles.reduce<Role>(higherRole, ROLES[0]);
  return { ...account, role, writes: writable(countByRole(effective, everywhere, activeCount)) };
}

function fits(row: ListedHolder, { login, standing, role, via }: HolderQuery): boolean {
  return (
    roleRank(row.role) >= roleRank(role) &&
    (standing === null || row.standing === standing) &&
    (via === null || viasOf(row).includes(via)) &&
    row.login.toLowerCase().includes(login.toLowerCase())
  );
}

/** Every kind of path by which an account holds anything, once. */
export const viasOf = ({ effective, everywhere }: Pick<AuditedAccount, "effective" | "everywhere">): readonly Via[] => [
  ...new Set([...(everywhere?.via ?? []), ...effective.flatMap(({ via }) => via)].map(({ kind }) => kind)),
];

const byLogin = (a: ListedHolder, b: ListedHolder): number =>
  compareText(a.login.toLowerCase(), b.login.toLowerCase()) || compareIds(a.account, b.account);

const ORDERS: Readonly<Record<HolderQuery["sort"], (a: ListedHolder, b: ListedHolder) => number>> = {
  role: (a, b) => roleRank(b.role) - roleRank(a.role) || b.writes - a.writes || byLogin(a, b),
  reach: (a, b) => b.writes - a.writes || byLogin(a, b),
  login: byLogin,
};
