import type { AccessAudit } from "../../../access/audit.ts";
import type { AccountKey, RepositoryKey } from "../../../access/keys.ts";

/** What the ids of one audit are called. */
export interface Names {
  account(id: AccountKey): string;
  repository(id: RepositoryKey): string;
}

/** The labels of an audit, for people to read; an id without one is shown as the id it is. */
export function namesOf({ labels }: AccessAudit): Names {
  const logins = new Map(labels.accounts.map(({ id, login }) => [id, login]));
  const repositories = new Map(labels.repositories.map(({ id, name }) => [id, name]));
  return {
    account: (id) => logins.get(id) ?? `account ${id}`,
    repository: (id) => repositories.get(id) ?? `repository ${id}`,
  };
}
