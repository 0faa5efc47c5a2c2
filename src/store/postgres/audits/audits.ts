import type { Selectable } from "kysely";
import { headOf } from "../../../access/audit-head.ts";
import { withLive } from "../../../access/live/live.ts";
import type { Instant } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import { inSlices } from "../../../slices.ts";
import type { ReportPart, TenantAudits } from "../../audits.ts";
import type { Database } from "../engine/database.ts";
import { dropLiveBefore } from "../live/live.ts";
import { liveOfAccount, liveOfRepository, liveStanding, saidAnything } from "../live/read.ts";
import { holderRows, holdersOf, holdingsOf } from "./holders.ts";
import { dropOldRows } from "./old-rows.ts";
import { rowsOfAccount, rowsOfRepository, settingsOn } from "./parts.ts";
import { documentOf, piecesOf } from "./pieces.ts";
import { type Db, readPieces, readPiecesButAccounts, readSnapshot, saveLists } from "./rows.ts";
import { listsIn, withoutSettings } from "./settings.ts";
import type { AuditTable } from "./tables.ts";

type Stage = AuditTable["stage"];
type StoredAuditRow = Selectable<AuditTable>;

/**
 * Access audits with the snapshots they compare. An organisation may have 100,000 roles: nothing of that size is one
 * statement or one JSON text, which would stop the loop and keep the embedded database's only connection.
 */
export function auditsOf(database: Database, installation: InstallationId): TenantAudits {
  const asTenant = <T>(work: (db: Db) => Promise<T>): Promise<T> => database.asTenant(installation, work);
  return {
    async saveAudit({ id, takenAt, snapshot, report }) {
      const { accounts: _a, owners: _o, members: _m, repositories: _r, grants: _g, ...rest } = snapshot;
      const about = { ...withoutSettings(rest), read: listsIn(snapshot) };
      const { takenAt: _, ...head } = headOf(report);
      const documents = { about: JSON.stringify(about), head: JSON.stringify(head) };
      const pieces = await inSlices(piecesOf(report));
      await asTenant((db) =>
        db
          .insertInto("audit")
          .values({ id, installation_id: installation, taken_at: takenAt, stage: "storing", ...documents })
          .execute(),
      );
      await saveLists(asTenant, { id, installation }, { snapshot, pieces, holders: holderRows(report) });
      await asTenant((db) => db.updateTable("audit").set({ stage: "whole" }).where("id", "=", id).execute());
      await asTenant((db) => dropLiveBefore(db, takenAt));
      await dropOldRows(asTenant, id);
    },
    latestReport: (part) => reportIn(asTenant, part, (db) => newest(db, READABLE)),
    auditReport: (id, part) =>
      reportIn(
        asTenant,
        part,
        async (db) => (await audits(db, READABLE).where("id", "=", id).executeTakeFirst()) ?? null,
      ),
    latestAuditAt: () => asTenant(async (db) => (await newest(db, READABLE))?.taken_at ?? null),
    auditHeads: (limit) =>
      asTenant(async (db) => {
        const rows = await audits(db, READABLE).limit(limit).execute();
        return rows.map(({ id, taken_at, head }) => ({ id, takenAt: taken_at, ...head }));
      }),
    async latestSnapshot(takenBy) {
      const row = await asTenant((db) => newest(db, ["whole"], takenBy));
      return row && readSnapshot(asTenant, row);
    },
    holders: (query, of) =>
      asTenant(async (db) => {
        const named = of === undefined ? null : audits(db, ["whole"]).where("id", "=", of);
        const row = named === null ? await newest(db, ["whole"]) : await named.executeTakeFirst();
        if (row == null) return null;
        const page = await holdersOf(db, row, query);
        return page && { ...page, audit: row.id };
      }),
    holdings: (accounts) =>
      asTenant(async (db) => {
        const row = await newest(db, ["whole"]);
        return row === null ? [] : await holdingsOf(db, row, accounts);
      }),
    rolesOf: (account, repository, becomes) =>
      asTenant(async (db) => {
        const row = await newest(db, ["whole"]);
        if (row === null) return null;
        const said = await saidAnything(db, row.taken_at);
        const standing = becomes ?? (said ? await liveStanding(db, row.taken_at, account) : null);
        const part = await rowsOfAccount(db, row, { account, repository, standing });
        return said ? withLive(part, await liveOfAccount(db, row.taken_at, { account, part })) : part;
      }),
    settingsOn: (repositories) =>
      asTenant(async (db) => {
        const row = await newest(db, ["whole"]);
        return row && settingsOn(db, row, repositories);
      }),
    rolesOn: (repository) =>
      asTenant(async (db) => {
        const row = await newest(db, ["whole"]);
        if (row === null) return null;
        const part = await rowsOfRepository(db, row, repository);
        const said = await saidAnything(db, row.taken_at);
        const found = said ? withLive(part, await liveOfRepository(db, row.taken_at, { repository, part })) : part;
        return found.repositories.length === 0 ? null : found;
      }),
  };
}

/** Audits whose report is there; of older ones it is all that is left. */
const READABLE: readonly Stage[] = ["whole", "report"];

async function reportIn(
  asTenant: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  part: ReportPart | undefined,
  find: (db: Db) => Promise<StoredAuditRow | null>,
): Promise<{ readonly id: string; readonly report: unknown } | null> {
  const row = await asTenant(find);
  if (row === null) return null;
  const pieces = await (part === undefined ? readPieces : readPiecesButAccounts)(asTenant, row.id);
  return { id: row.id, report: await inSlices(documentOf(pieces)) };
}

/** Newest first. */
const audits = (db: Db, stages: readonly Stage[]) =>
  db.selectFrom("audit").selectAll().where("stage", "in", stages).orderBy("taken_at", "desc");

async function newest(db: Db, stages: readonly Stage[], takenBy?: Instant): Promise<StoredAuditRow | null> {
  const all = audits(db, stages).limit(1);
  return (await (takenBy === undefined ? all : all.where("taken_at", "<=", takenBy)).executeTakeFirst()) ?? null;
}
