import type { InstallationId } from "../../../ids.ts";
import type { TenantStore } from "../../store.ts";
import { auditsOf } from "../audits/audits.ts";
import { grantsOf } from "../audits/ledger.ts";
import { readingsOf } from "../audits/readings.ts";
import { referralsOf } from "../audits/referrals.ts";
import { codeIndexesOf } from "../code-index/code-indexes.ts";
import type { Database } from "../engine/database.ts";
import { indicatorsOf } from "../indicators/indicators.ts";
import { liveOf } from "../live/live.ts";
import { expiryOf } from "../retention.ts";
import { signalCountsOf } from "../signal-counts.ts";
import { subjectsOf } from "../subject/subjects.ts";
import { tiesOf } from "../ties/ties.ts";
import { toldOf } from "../told.ts";
import { accountsOf } from "./accounts.ts";
import { doorsOf } from "./doors.ts";
import { exposuresOf } from "./exposures.ts";
import { flagsOf } from "./flags.ts";
import { installationOf } from "./installations.ts";
import { localListOf } from "./local-list.ts";
import { namesOf } from "./names.ts";
import { policiesOf } from "./policies.ts";
import { pullRequestSweepsOf } from "./pull-request-sweeps.ts";
import { pushesOf } from "./pushes.ts";
import { reportsOf } from "./reports.ts";
import { trailOf } from "./trail.ts";
import { triagesOf } from "./triages.ts";

/** What one installation may see and change; every method is one transaction behind its wall. */
export function tenantStore(database: Database, id: InstallationId): TenantStore {
  return {
    ...installationOf(database, id),
    ...namesOf(database, id),
    ...policiesOf(database, id),
    ...doorsOf(database, id),
    ...reportsOf(database, id),
    ...triagesOf(database, id),
    ...pullRequestSweepsOf(database, id),
    ...accountsOf(database, id),
    ...tiesOf(database, id),
    ...localListOf(database, id),
    ...indicatorsOf(database, id),
    ...signalCountsOf(database, id),
    ...flagsOf(database, id),
    ...exposuresOf(database, id),
    ...grantsOf(database, id),
    ...referralsOf(database, id),
    ...pushesOf(database, id),
    ...toldOf(database, id),
    ...codeIndexesOf(database, id),
    ...auditsOf(database, id),
    ...readingsOf(database, id),
    ...liveOf(database, id),
    ...trailOf(database, id),
    ...subjectsOf(database, id),
    ...expiryOf(database, id),
  };
}
