import type { AccessAudit } from "./audit.ts";
import type { Source } from "./effective.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import type { Exposure } from "./lines/kinds.ts";

/** Sources for people: `owner`, `team core`, separated by `; `. */
export const sourceWords = (via: readonly Source[]): string =>
  via.map(({ kind, team }) => (team === undefined ? kind.replaceAll("_", " ") : `${kind} ${team}`)).join("; ");

/** What the ids of one audit are called. */
export interface Names {
  account(id: AccountKey): string;
  repository(id: RepositoryKey): string;
}

/** The labels of an audit, for people to read; an id without one is shown as the id it is. */
export function namesOf({ labels }: Pick<AccessAudit, "labels">): Names {
  const logins = new Map(labels.accounts.map(({ id, login }) => [id, login]));
  const repositories = new Map(labels.repositories.map(({ id, name }) => [id, name]));
  return {
    account: (id) => logins.get(id) ?? `account ${id}`,
    repository: (id) => repositories.get(id) ?? `repository ${id}`,
  };
}

/** Whom one line of standing exposure is about. */
export function exposedAccount({ kind, account, accountCount }: Exposure, names: Names): string {
  if (account !== null) return names.account(account);
  if (kind === "org-base-permission") return accountCount == null ? "every member" : `every member (${accountCount})`;
  if (kind === "acc-fork-run-exposure") return "anybody with an account";
  if (accountCount == null) return "several accounts";
  return accountCount === 1 ? "1 account" : `${accountCount} accounts`;
}

/** Where it stands open. */
export function exposedRepository({ kind, repository, repositoryCount }: Exposure, names: Names): string {
  if (repository !== null) return names.repository(repository);
  // Audits that were stored before repositories were counted.
  if (repositoryCount === undefined) return isOfAll(kind) ? "every repository" : "wherever it writes";
  return isOfAll(kind) ? `every repository (${repositoryCount})` : `${repositoryCount} repositories`;
}

const isOfAll = (kind: Exposure["kind"]): boolean => kind === "org-base-permission" || kind === "org-admins-everywhere";
