import type { InstallationId } from "../../../ids.ts";
import type { TenantSubjects } from "../../subject.ts";
import type { AsTenant } from "../audits/rows.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import { eraseOwnRows } from "./erase.ts";
import { auditsNaming, eraseFlagsInAudits } from "./in-audits.ts";
import { eraseFromOthers } from "./in-others.ts";
import { eraseGivenUp, workNaming } from "./in-work.ts";
import { correctionsIn, otherRows, reportsAbout } from "./read.ts";
import { NOT_INCLUDED, STAYS } from "./words.ts";

/** What one installation keeps about an account, over every table that can hold its number. */
export function subjectsOf(database: Database, id: InstallationId): TenantSubjects {
  const asTenant: AsTenant = (work) => database.asTenant(id, work);
  return {
    async subject(account, asOf) {
      const reports = await reportsAbout(asTenant, id, account);
      const about = { account, reports: reports.map((report) => report.id) };
      return {
        ...{ schema: "sallyport.subject/1", installationId: id, accountId: account, asOf, reports },
        ...(await asTenant((db) => otherRows(db, id, about))),
        audits: await auditsNaming(asTenant, account),
        work: await workNaming(database, id, account),
        ...{ notIncluded: NOT_INCLUDED, stays: STAYS },
      };
    },
    async eraseSubject(account, by) {
      await asTenant((db) => eraseOwnRows(db, id, account, by));
      await eraseFromOthers(asTenant, id, account);
      await eraseFlagsInAudits(asTenant, account);
      await eraseGivenUp(database, await workNaming(database, id, account));
    },
    corrections: (account) => asTenant((db) => correctionsIn(db, id, account)),
    addCorrection: (account, { text, byAccountId, byLogin, at }) =>
      asTenant(async (db) => {
        const said = { text: storable(text), by_account_id: byAccountId, by_login: byLogin, at };
        await db
          .insertInto("subject_note")
          .values({ installation_id: id, account_id: account, ...said })
          .execute();
      }),
  };
}
