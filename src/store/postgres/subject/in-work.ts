import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Instant } from "../../../clock.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import { noticesOf } from "../../../job/identity.ts";
import { lanesOf } from "../../../job/lane.ts";
import type { WorkOnSubject } from "../../subject.ts";
import type { Database } from "../engine/database.ts";

interface WorkRow {
  readonly id: string;
  readonly kind: string;
  readonly state: "waiting" | "running" | "discarded";
  readonly since: Instant;
  readonly payload: string;
}

/** Work of an installation that names an account. As the program: payloads are texts that nothing else queries. */
export async function workNaming(
  database: Database,
  installation: InstallationId,
  account: AccountId,
): Promise<readonly WorkOnSubject[]> {
  const digits = String(account);
  const jobs = await database.query((db) =>
    sql<WorkRow>`select 'job:' || id as id, kind, state, created_at as since, payload from job
      where ${ofInstallation(installation)} and strpos(payload, ${digits}) > 0 order by job.id`.execute(db),
  );
  const deliveries = await database.query((db) =>
    sql<WorkRow>`select 'delivery:' || guid as id, '' as kind, state, received_at as since, payload from delivery
      where state <> 'planned' and strpos(payload, ${digits}) > 0 order by seq`.execute(db),
  );
  const ours = deliveries.rows
    .map(toWork)
    .filter(({ payload }) => Reflect.get(payload, "installationId") === installation);
  return [...jobs.rows.map(toWork), ...ours].filter(({ payload }) => namesAccount(payload, account));
}

/** Deletes what was given up; of a delivery its GUID stays, so that one that comes again is known. */
export async function eraseGivenUp(database: Database, work: readonly WorkOnSubject[]): Promise<void> {
  const ids = work.filter(({ state }) => state === "set_aside").map(({ id }) => id);
  await database.transaction(async (db) => {
    await sql`delete from job where 'job:' || id = any (${ids}::text[]) and state = 'discarded'`.execute(db);
    await sql`update delivery set state = 'planned', payload = null, because = null
      where 'delivery:' || guid = any (${ids}::text[]) and state = 'discarded'`.execute(db);
  });
}

const ofInstallation = (id: InstallationId): RawBuilder<unknown> =>
  sql`(lane = any (${lanesOf(id)}::bigint[]) or starts_with(key, ${noticesOf(id)}))`;

const event = z.object({ event: z.object({ name: z.string() }) });

function toWork({ id, kind, state, since, payload: text }: WorkRow): WorkOnSubject {
  const payload: object = JSON.parse(text);
  const name = event.safeParse(payload).data?.event.name;
  return { id, kind: name ?? kind, state: state === "discarded" ? "set_aside" : state, since, payload };
}

/** Whether the account is named anywhere but as whose the repositories are: those are the organisation's. */
function namesAccount(value: unknown, account: AccountId): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("login" in value && "id" in value && value.id === account) return true;
  return Object.entries(value).some(([name, member]) => {
    if (name === "owner" || name === "organization") return false;
    if (NUMBERS.has(name) && member === account) return true;
    return namesAccount(member, account);
  });
}

const NUMBERS: ReadonlySet<string> = new Set(["accountId", "senderId"]);
