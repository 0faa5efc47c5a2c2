import type { Selectable } from "kysely";
import type { ExposureDecision } from "../../../access/exposure-decision.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantExposures } from "../../exposures.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { ExposureDecisionTable } from "./tables.ts";

/** Decisions about standing exposure. */
export function exposuresOf(database: Database, id: InstallationId): TenantExposures {
  return {
    decideExposure: ({ line, outcome, reason, by, at, until }) =>
      database.asTenant(id, async (db) => {
        await db
          .insertInto("exposure_decision")
          .values({
            installation_id: id,
            kind: line.kind,
            account_id: line.account && idOf(line.account),
            repository_id: line.repository && idOf(line.repository),
            role: line.role,
            account_count: line.accountCount ?? null,
            repository_count: line.repositoryCount ?? null,
            everywhere: line.everywhere ?? false,
            outcome,
            reason: storable(reason),
            by_account_id: by.accountId,
            by_login: storable(by.login),
            ...{ at, until },
          })
          .execute();
      }),
    exposureDecisions: (now) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("exposure_decision")
          .selectAll()
          .where("installation_id", "=", id)
          .where("until", ">", now)
          .orderBy("id", "desc")
          .execute();
        return rows.map(toDecision);
      }),
  };
}

export const toDecision = (row: Selectable<ExposureDecisionTable>): ExposureDecision => ({
  line: {
    kind: row.kind,
    account: row.account_id && keyOf(row.account_id),
    repository: row.repository_id && keyOf(row.repository_id),
    role: row.role,
    accountCount: row.account_count,
    ...(row.repository_count !== null && { repositoryCount: row.repository_count }),
    ...(row.everywhere && { everywhere: true }),
  },
  outcome: row.outcome,
  reason: row.reason,
  by: { accountId: row.by_account_id, login: row.by_login },
  at: row.at,
  until: row.until,
});
