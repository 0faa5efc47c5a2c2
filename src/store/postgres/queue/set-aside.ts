import { type RawBuilder, sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Instant } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import { noticesOf } from "../../../job/identity.ts";
import { lanesOf } from "../../../job/lane.ts";
import type { Circuit, SetAside, Store } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";
import { EVERYBODY } from "./circuits.ts";
import { ALONE_FROM } from "./claims.ts";
import { foldIntoTwins } from "./fold.ts";

const MAX_LISTED = 1_000;

/** What was given up, and the way back for it. */
export const setAsideOf = (database: Database): Pick<Store, "setAside" | "tryAgain" | "circuits"> => ({
  setAside: (installation) => listed(database, installation),
  async tryAgain(ids, installation) {
    const wanted = new Set(ids);
    const found = (await listed(database, installation)).filter(
      ({ id, state }) => wanted.has(id) && state === "set_aside",
    );
    for (const one of found)
      await database.transaction((db) => (one.what === "job" ? putJobBack(db, one) : putDeliveryBack(db, one)));
    return found.map(({ id }) => id);
  },
  async circuits() {
    const rows = await database.query((db) => db.selectFrom("circuit").selectAll().orderBy("scope").execute());
    return rows.map(
      ({ scope, because, opened_at: openedAt }): Circuit => ({
        installationId: scope === EVERYBODY ? null : scope,
        because,
        openedAt,
      }),
    );
  },
});

async function listed(database: Database, installation: InstallationId | null): Promise<readonly SetAside[]> {
  const jobs = await database.query((db) => listJobs(installation).execute(db));
  const deliveries = await database.query((db) => LIST_DELIVERIES.execute(db));
  const found = [...jobs.rows.map(toJob), ...deliveries.rows.map(toDelivery)];
  return found.filter((one) => installation === null || one.installationId === installation).slice(0, MAX_LISTED);
}

interface SetAsideRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly payload: string | null;
  readonly because: string | null;
  readonly since: Instant;
}

const ofInstallation = (installation: InstallationId | null): RawBuilder<unknown> =>
  installation === null
    ? sql`true`
    : sql`(lane = any (${lanesOf(installation)}::bigint[]) or starts_with(key, ${noticesOf(installation)}))`;

const listJobs = (installation: InstallationId | null) => sql<SetAsideRow>`
  select id::text as id, kind, state, payload, because,
    case when state = 'discarded' then due_at else created_at end as since
  from job
  where (state = 'discarded' or (state <> 'discarded' and crashes >= ${sql.lit(ALONE_FROM)}))
    and ${ofInstallation(installation)}
  order by job.id limit ${MAX_LISTED}`;

const LIST_DELIVERIES = sql<SetAsideRow>`
  select guid as id, '' as kind, state, payload, because, due_at as since from delivery
  where state = 'discarded' order by seq limit ${MAX_LISTED}`;

const scope = z.number().brand<"InstallationId">().nullish();
const jobPayload = z.object({
  installationId: scope,
  repository: z.object({ owner: z.string(), name: z.string() }).nullish(),
});

function toJob({ id, kind, state, payload, because, since }: SetAsideRow): SetAside {
  const { installationId: installation, repository } = jobPayload.parse(JSON.parse(payload ?? "{}"));
  return {
    id: `job:${id}`,
    what: "job",
    state: state === "discarded" ? "set_aside" : "alone",
    kind,
    installationId: installation ?? null,
    repository: repository ? `${repository.owner}/${repository.name}` : null,
    since,
    because: because ?? "",
  };
}

const deliveryPayload = z.object({
  installationId: scope,
  event: z.object({
    name: z.string(),
    payload: z.object({ repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }).nullish() }),
  }),
});

function toDelivery({ id, payload, because, since }: SetAsideRow): SetAside {
  const { installationId: installation, event } = deliveryPayload.parse(JSON.parse(payload ?? "{}"));
  const { repository } = event.payload;
  return {
    id: `delivery:${id}`,
    what: "delivery",
    state: "set_aside",
    kind: event.name,
    installationId: installation ?? null,
    repository: repository ? `${repository.owner.login}/${repository.name}` : null,
    since,
    because: because ?? "",
  };
}

const named = ({ id }: SetAside): string => id.slice(id.indexOf(":") + 1);

/** What crashed too often begins alone. One whose twin waits becomes one with it. */
async function putJobBack(db: Transaction<Tables>, one: SetAside): Promise<void> {
  const mine = sql`id = ${named(one)}::bigint and state = 'discarded'`;
  await sql`update job set attempt = 0, waits = 0,
    crashes = case when crashes >= ${ALONE_FROM} then ${ALONE_FROM} else 0 end where ${mine}`.execute(db);
  await foldIntoTwins(db, mine, { crashed: true, unspent: false });
  await sql`update job set state = 'waiting', due_at = clock_timestamp() where ${mine}`.execute(db);
}

async function putDeliveryBack(db: Transaction<Tables>, one: SetAside): Promise<void> {
  await sql`update delivery set state = 'waiting', attempt = 0, unfinished = 0, because = null,
    due_at = clock_timestamp() where guid = ${named(one)} and state = 'discarded'`.execute(db);
}
