import { type Selectable, sql, type Transaction } from "kysely";
import type { PushState, UnreviewedPush } from "../../../decision/unreviewed-push.ts";
import type { InstallationId } from "../../../ids.ts";
import type { OpenPushes } from "../../../job/notice.ts";
import type { TenantPushes } from "../../pushes.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { Tables } from "../schema.ts";
import type { UnreviewedPushTable } from "./tables.ts";

const MOST_ALERTED = 2_000;
const MOST_UNSEEN = 100;

/** Pushes that no merged pull request brought. */
export function pushesOf(database: Database, id: InstallationId): TenantPushes {
  return {
    hasPush: (repository, { branch, headSha }) =>
      database.asTenant(id, async (db) => {
        const found = await db
          .selectFrom("unreviewed_push")
          .select("id")
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .where("branch", "=", storable(branch))
          .where("head_sha", "=", headSha)
          .executeTakeFirst();
        return found !== undefined;
      }),
    savePush: (push, about) => database.asTenant(id, (db) => save(db, id, push, about)),
    alertedPushes: () =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("unreviewed_push")
          .selectAll()
          .where("installation_id", "=", id)
          .where("alert_id", "is not", null)
          .orderBy("seen_at", "desc")
          .orderBy("id")
          .limit(MOST_ALERTED)
          .execute();
        return rows.map(toPush);
      }),
    openAlerts: () =>
      database.asTenant(id, async (db) => {
        const { rows } = await sql<OpenPushes>`select count(distinct alert_id)::int as alerts,
          count(distinct repository_id)::int as repositories
          from unreviewed_push where installation_id = ${id} and stage = 'open'`.execute(db);
        return rows[0] ?? { alerts: 0, repositories: 0 };
      }),
    unseenPushes: () =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("unreviewed_push")
          .selectAll()
          .where("installation_id", "=", id)
          .where("stage", "=", "noted")
          .orderBy("seen_at", "desc")
          .limit(MOST_ALERTED)
          .execute();
        return rows
          .map(toPush)
          .filter(({ level }) => level === "unknown")
          .slice(0, MOST_UNSEEN);
      }),
    decidePushes: (alertId, { outcome, accountId, login, reason, at }) =>
      database.asTenant(id, async (db) => {
        const by = { byAccountId: accountId, byLogin: storable(login) };
        const result = await db
          .updateTable("unreviewed_push")
          .set(staged({ kind: "decided", outcome, ...by, reason: storable(reason), at }))
          .where("installation_id", "=", id)
          .where("alert_id", "=", alertId)
          .where("stage", "=", "open")
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
  };
}

async function save(
  db: Transaction<Tables>,
  id: InstallationId,
  push: Parameters<TenantPushes["savePush"]>[0],
  about: Parameters<TenantPushes["savePush"]>[1],
): Promise<boolean> {
  const { asksForLook, marks } = about;
  const joined = asksForLook ? await openAlert(db, id, about) : null;
  const { repositoryId, repositoryOwner, repositoryName, branch, headSha, seenAt, ...document } = push;
  const result = await db
    .insertInto("unreviewed_push")
    .values({
      id: push.id,
      installation_id: id,
      repository_id: repositoryId,
      repository_owner: repositoryOwner,
      repository_name: repositoryName,
      branch: storable(branch),
      head_sha: headSha,
      alert_id: asksForLook ? (joined ?? push.id) : null,
      ...staged({ kind: asksForLook ? "open" : "noted" }),
      marks: JSON.stringify(marks),
      document: JSON.stringify(document),
      seen_at: seenAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return asksForLook && joined === null && (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Rows of a burst that are looked through: each of a long one carries the marks of those before it. */
const LOOKED_AT = 200;

/** The open alert with a push that shares a mark, of no longer ago than a burst's pushes lie apart. */
async function openAlert(
  db: Transaction<Tables>,
  id: InstallationId,
  { marks, burstSince }: Parameters<TenantPushes["savePush"]>[1],
): Promise<string | null> {
  const recent = await db
    .selectFrom("unreviewed_push")
    .select(["alert_id", "marks"])
    .where("installation_id", "=", id)
    .where("stage", "=", "open")
    .where("seen_at", ">=", burstSince)
    .orderBy("seen_at", "desc")
    .limit(LOOKED_AT)
    .execute();
  return recent.find((row) => row.marks.some((mark) => marks.includes(mark)))?.alert_id ?? null;
}

const staged = (state: PushState) => ({ stage: state.kind, state: JSON.stringify(state) });

const toPush = (row: Selectable<UnreviewedPushTable>): UnreviewedPush => ({
  ...row.document,
  id: row.id,
  installationId: row.installation_id,
  repositoryId: row.repository_id,
  repositoryOwner: row.repository_owner,
  repositoryName: row.repository_name,
  branch: row.branch,
  headSha: row.head_sha,
  seenAt: row.seen_at,
  alertId: row.alert_id,
  state: row.state,
});
