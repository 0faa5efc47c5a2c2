import { sql } from "kysely";
import { idOf } from "../../../access/keys.ts";
import type { LiveSource } from "../../../access/live/live.ts";
import type { Instant } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantLive } from "../../live.ts";
import type { Db } from "../audits/rows.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { LiveEntry, LiveSourceTable, SourceFacts } from "./tables.ts";

/** Keeps what GitHub said of access since the newest audit. */
export function liveOf(database: Database, id: InstallationId): TenantLive {
  return {
    saveLive: (source) =>
      database.asTenant(id, async (db) => {
        const row = rowOf(source);
        if (!(await putSource(db, id, row))) return;
        await sql`delete from live_entry where installation_id = ${id} and kind = ${row.kind} and source_id = ${row.id}`.execute(
          db,
        );
        await addEntries(db, { id, kind: row.kind, source: row.id }, entriesOf(source));
      }),
    noteRuleChange: (repository, at) =>
      database.asTenant(id, async (db) => {
        await putSource(db, id, { kind: "rules", id: repository ?? 0, asked_at: at, label: "", facts: {} });
      }),
    ruleChanges: () =>
      database.asTenant(id, async (db) => {
        const { rows } = await sql<{ places: number; last: Instant | null }>`
          select count(*)::integer as places, max(asked_at) as last from live_source
          where kind = 'rules' and asked_at > (select max(taken_at) from audit where stage = 'whole')`.execute(db);
        const [found] = rows;
        return found === undefined || found.last === null ? null : { places: found.places, lastAt: found.last };
      }),
  };
}

/** Ends what was said before an audit that is stored was taken. */
export const dropLiveBefore = (db: Db, takenAt: Instant): Promise<unknown> =>
  sql`delete from live_source where asked_at <= ${takenAt}`.execute(db);

type SourceRow = Omit<LiveSourceTable, "installation_id" | "facts"> & { readonly facts: SourceFacts };

/** False when a later answer about the same source is there already. */
async function putSource(db: Db, id: InstallationId, row: SourceRow): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into live_source (installation_id, kind, id, asked_at, label, facts)
    values (${id}, ${row.kind}, ${row.id}, ${row.asked_at}, ${storable(row.label)}, ${JSON.stringify(row.facts)}::json)
    on conflict (installation_id, kind, id) do update
      set asked_at = excluded.asked_at, label = excluded.label, facts = excluded.facts
      where live_source.asked_at <= excluded.asked_at`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Rows of one statement: a few milliseconds of the embedded database. */
const BATCH = 200;

async function addEntries(
  db: Db,
  about: { readonly id: InstallationId; readonly kind: SourceRow["kind"]; readonly source: number },
  entries: readonly LiveEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += BATCH)
    await sql`insert into live_entry (installation_id, kind, source_id, account, repository, label, role, facts)
      select ${about.id}::bigint, ${about.kind}::text, ${about.source}::bigint, given.*
      from json_to_recordset(${JSON.stringify(entries.slice(from, from + BATCH))}::json)
        as given (account bigint, repository bigint, label text, role text, facts json)`.execute(db);
}

function rowOf(source: LiveSource): SourceRow {
  const { askedAt: asked_at } = source;
  if (source.kind === "team") return { kind: "team", id: source.id, asked_at, label: source.slug, facts: {} };
  if (source.kind === "account")
    return {
      ...{ kind: "account", id: idOf(source.id), asked_at, label: source.login },
      facts: { standing: source.standing },
    };
  const { is, direct, ofOrganization } = source;
  return {
    ...{ kind: "repository", id: idOf(source.id), asked_at, label: is?.name ?? "" },
    facts: {
      is: is && { visibility: is.visibility, archived: is.archived },
      ...{ directRead: direct !== null, ofOrganization },
    },
  };
}

function entriesOf(source: LiveSource): readonly LiveEntry[] {
  const none = { account: null, repository: null, role: null, facts: null };
  if (source.kind === "account") return [];
  if (source.kind === "repository")
    return (source.direct ?? []).map(({ id, login, role }) => ({
      ...none,
      ...{ account: idOf(id), repository: idOf(source.id), label: storable(login), role },
    }));
  return [
    ...source.members.map(({ id, login }) => ({ ...none, account: idOf(id), label: storable(login) })),
    ...source.roles.map(({ repository: { id, name, visibility, archived }, role }) => ({
      ...none,
      ...{ repository: idOf(id), label: storable(name), role, facts: { visibility, archived } },
    })),
  ];
}
