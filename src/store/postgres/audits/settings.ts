import type { AccessSettings, AccessSnapshot } from "../../../access/grant.ts";
import { type AccountKey, idOf, type RepositoryKey } from "../../../access/keys.ts";
import type { AuditSetting, SettingList } from "./tables.ts";

const EACH: Readonly<Record<SettingList, true>> = {
  ...{ teams: true, branches: true, protections: true, rulesets: true, rulesUnread: true },
  ...{ secrets: true, environments: true, runners: true },
  ...{ organizationRoles: true, repositoryInvitations: true, deployKeys: true, apps: true, tokens: true },
};
const LISTS = Object.keys(EACH).filter((name): name is SettingList => name in EACH);

/** The lists that a snapshot has, which may be empty: another one was not read. */
export const listsIn = (snapshot: AccessSnapshot): readonly SettingList[] =>
  LISTS.filter((list) => snapshot[list] !== undefined);

/** What stands in a snapshot besides its settings. */
export function withoutSettings<T extends AccessSettings>(snapshot: T): Omit<T, SettingList> {
  const rest: Record<string, unknown> = { ...snapshot };
  for (const list of LISTS) delete rest[list];
  return rest as Omit<T, SettingList>;
}

/** Every entry as a row, with the one repository or account that it is about, if it is about one. */
export const settingRows = (snapshot: AccessSnapshot): readonly AuditSetting[] =>
  listsIn(snapshot).flatMap((list) => {
    const entries: readonly (string | object)[] = snapshot[list] ?? [];
    return entries.map((entry) => ({
      list,
      repository: repositoryOf(entry),
      account: accountOf(entry),
      entry: JSON.stringify(entry),
    }));
  });

/** Lists as they were, of all rows or of some; a list without rows is empty where it was read. */
export function settingsOf(
  read: readonly SettingList[],
  rows: readonly Pick<AuditSetting, "list" | "entry">[],
): AccessSettings {
  const lists = new Map<string, unknown[]>(read.map((list) => [list, []]));
  for (const { list, entry } of rows) lists.get(list)?.push(JSON.parse(entry));
  return Object.fromEntries(lists);
}

/** Repositories that are listed one by one are one row for each only where there is one. */
function repositoryOf(entry: string | object): AuditSetting["repository"] {
  if (typeof entry === "string") return idOf(entry as RepositoryKey);
  if ("repository" in entry) return idOf(entry.repository as RepositoryKey);
  const several = "repositories" in entry && Array.isArray(entry.repositories) ? entry.repositories : [];
  return several.length === 1 ? idOf(several[0] as RepositoryKey) : null;
}

const accountOf = (entry: string | object): AuditSetting["account"] =>
  typeof entry === "object" && "account" in entry ? idOf(entry.account as AccountKey) : null;
