import type { AccountId, InstallationId } from "../../../ids.ts";
import type { TenantTrail, TrailSubject } from "../../store.ts";
import type { Database } from "../engine/database.ts";

/** What the trail's numbers stand for, as far as rows still say it. */
export function trailLabelsOf(database: Database, id: InstallationId): Pick<TenantTrail, "subjectsOf" | "loginsOf"> {
  return {
    subjectsOf: (ids) =>
      database.asTenant(id, async (db) => {
        if (ids.length === 0) return new Map();
        const reports = await db
          .selectFrom("report")
          .select(["id", "account_id", "head"])
          .where("installation_id", "=", id)
          .where("id", "in", [...ids])
          .execute();
        const flags = await db
          .selectFrom("flag")
          .select(["id", "account_id", "login", "repository_name"])
          .where("installation_id", "=", id)
          .where("id", "in", [...ids])
          .execute();
        return new Map<string, TrailSubject>([
          ...reports.map(({ id: report, account_id, head: { login, repositoryName, pullRequest } }) => {
            return [report, { accountId: account_id, login, repositoryName, pullRequest }] as const;
          }),
          ...flags.map((flag) => {
            const subject = { accountId: flag.account_id, login: flag.login, repositoryName: flag.repository_name };
            return [flag.id, { ...subject, pullRequest: null }] as const;
          }),
        ]);
      }),
    loginsOf: (accounts) =>
      database.asTenant(id, async (db) => {
        if (accounts.length === 0) return new Map();
        const wanted = [...accounts];
        const audited = await db
          .selectFrom("audit_account")
          .innerJoin("audit", "audit.id", "audit_account.audit_id")
          .select(["audit_account.id as account", "login", "taken_at as at"])
          .where("audit.installation_id", "=", id)
          .where("audit_account.id", "in", wanted)
          .execute();
        const flagged = await db
          .selectFrom("flag")
          .select(["account_id as account", "login", "raised_at as at"])
          .where("installation_id", "=", id)
          .where("account_id", "in", wanted)
          .execute();
        const reports = await db
          .selectFrom("report")
          .distinctOn("account_id")
          .select(["account_id", "head", "created_at as at"])
          .where("installation_id", "=", id)
          .where("account_id", "in", wanted)
          .orderBy("account_id")
          .orderBy("created_at", "desc")
          .execute();
        const read = reports.flatMap(({ account_id: account, head: { login }, at }) =>
          account === null ? [] : [{ account, login, at }],
        );
        const oldestFirst = [...audited, ...flagged, ...read].toSorted((a, b) => (a.at < b.at ? -1 : 1));
        return new Map<AccountId, string>(oldestFirst.map(({ account, login }) => [account, login]));
      }),
  };
}
