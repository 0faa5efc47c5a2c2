import { sql } from "kysely";
import { keyOf } from "../../../src/access/keys.ts";
import { historySections } from "../../../src/cli/commands/assess/example-histories.ts";
import { subjectSchema } from "../../../src/cli/commands/subject/schema.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, type InstallationId, repositoryId } from "../../../src/ids.ts";
import { HOLDINGS } from "../../../src/store/postgres/subject/holdings.ts";
import type { Subject as Kept, TenantStore } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { describeNaming } from "../naming-cases.ts";
import { aDelivery, anAudit, aReport, NOW, newTenant, nextNumber, triage } from "../samples.ts";

/** A number that stands nowhere else, so that a look for its digits finds the person alone. */
const CANARY = accountId(987_654_321_012);
const OTHER = accountId(987_654_321_013);
const LOGIN = "canary-example";
const GRACE = { accountId: accountId(3), login: "grace-example", at: NOW };
const REASON = "we have met at two meetings";

type Tenant = TenantStore & { readonly id: InstallationId };

const keys = (account: number) => keyOf(accountId(account));

/** A flag of its own repository, so that each stays what it is. */
const aFlag = (account: typeof CANARY, repository: number, reportId: string) => ({
  ...{ id: `flag-${nextNumber()}`, repositoryId: repositoryId(repository), repositoryName: "demo", reportId },
  ...({ accountId: account, login: LOGIN, role: "write", via: "direct", band: "review" } as const),
  ...{ because: `band of ${LOGIN}`, raisedAt: NOW },
});

const graph = (account: number) =>
  octoOrg({
    accounts: [{ id: String(account), login: LOGIN, kind: "user" }],
    owners: [],
    members: [],
    grants: [grant(String(account), "10", "write", "direct")],
    tokens: [{ account: String(account), repositories: "all", writes: [], expiresAt: null, lastUsedAt: null }],
    teams: [{ slug: "core", parent: null, members: [String(account)] }],
    rulesUnread: ["10"],
  });

async function seedListed(it: Tenant, account: typeof CANARY): Promise<void> {
  const subjectOfList = { account, emailHash: null };
  await it.keepIndicators(
    [
      {
        ...{ ...subjectOfList, login: LOGIN, source: "a team", origin: null, reference: null, isPrimary: true },
        ...({ confidence: null, tlp: "green", reason: REASON, at: NOW, until: plusDays(NOW, 30) } as const),
      },
    ],
    NOW,
  );
  const [indicator] = await it.indicatorsOn(account, NOW);
  await it.checkIndicator(indicator?.id ?? 0, {
    byAccountId: GRACE.accountId,
    byLogin: GRACE.login,
    reason: REASON,
    at: NOW,
  });
}

/** Everything that is ever kept of an account, in every table that can hold it. */
async function seed({ store, database }: Subject, it: Tenant, account: typeof CANARY): Promise<void> {
  const holder = { kind: "collaborator" as const, pullRequest: null, accountId: account, login: LOGIN };
  const open = aReport(it.id, { ...holder, id: `report-${nextNumber()}` });
  await it.saveReport(open);
  const pullRequest = { number: nextNumber(), title: "Fix", headSha: "a".repeat(40), createdAt: NOW };
  await it.saveReport(aReport(it.id, { accountId: account, login: LOGIN, pullRequest }));
  await it.raiseFlag(aFlag(account, 21, open.id));
  const decided = await it.raiseFlag(aFlag(account, 22, "report-gone"));
  await it.acknowledgeFlag(decided?.id ?? "", { ...GRACE, reason: REASON, outcome: "keep", until: plusDays(NOW, 90) });
  await it.raiseFlag(aFlag(account, 23, "report-gone"));
  await it.closeFlagsOfGrant(repositoryId(23), account, NOW);
  const line = { disposition: "vouched", reason: REASON, by: GRACE, repository: null, at: NOW } as const;
  await it.addToLocalList(account, { ...line, until: plusDays(NOW, 30) });
  await seedListed(it, account);
  await it.decideExposure({
    line: {
      kind: "acc-direct-outside-grant",
      account: keys(account),
      repository: null,
      role: "write",
      accountCount: null,
    },
    ...{ outcome: "keep", reason: REASON, by: GRACE, at: NOW, until: plusDays(NOW, 30) },
  });
  const pair = { account, repository: repositoryId(24) };
  await it.recordGrant(pair, { by: GRACE, at: NOW, role: "write" });
  await it.noteGrant(pair, { reason: REASON, until: plusDays(NOW, 30), by: GRACE, at: NOW });
  const referral = { repository: repositoryId(24), role: "write", at: NOW } as const;
  await it.recordReferral({ account, by: GRACE.accountId, ...referral });
  await it.recordReferral({ account: accountId(nextNumber()), by: account, ...referral, repository: null });
  await it.addCorrection(account, { text: "nul \0 here", byAccountId: GRACE.accountId, byLogin: GRACE.login, at: NOW });
  await it.cacheAccount(account, {}, NOW);
  const ties = [{ kind: "key", mark: "hash", count: 3, firstAt: NOW, lastAt: NOW }] as const;
  await it.keepHistories(account, { heads: "9:aaa", sections: historySections(NOW), by: "git", ties }, NOW);
  await it.addSnapshot(account, { at: NOW, loginHash: "b".repeat(64), ownedCount: 3 });
  await it.noteTriage({ repository: repositoryId(5), number: 1, author: account }, NOW);
  const audit = anAudit(NOW, graph(account));
  const { id, repositoryId: repository, reportId: _, band: _b, accountId: _a, ...rest } = aFlag(account, 21, open.id);
  const line1 = { ...rest, id, account: keys(account), repository: keyOf(repository), state: "open" } as const;
  await it.saveAudit({ ...audit, report: { ...audit.report, flags: [line1] } });
  const person = { id: keys(account), login: LOGIN };
  const { id: reading } = await it.beginReading({ id: audit.id, startedAt: NOW }, plusDays(NOW, -1));
  const answer = JSON.stringify({ databaseId: account });
  await it.keepAnswer(reading, { question: String(account % 97), answer, repositories: 0, ofRepositories: null });
  const asked = { askedAt: plusDays(NOW, 1) };
  await it.saveLive({ kind: "account", standing: "member", ...person, ...asked });
  await it.saveLive({ kind: "team", id: nextNumber(), slug: "core", members: [person], roles: [], ...asked });
  for (const [act, target] of [
    ["report.viewed", open.id],
    ["account.viewed", `account:${account}`],
  ] as const)
    await it.addToTrail({ at: NOW, actorId: GRACE.accountId, act, target, reason: null });
  await it.addToTrail({ at: NOW, actorId: account, act: "flags.viewed", target: "flags", reason: null });
  const author = { id: account, nodeId: "U_1", login: LOGIN, type: "User" };
  const job = triage(it.id);
  const payload = JSON.stringify({ ...job, pullRequest: { ...job.pullRequest, author } });
  await database.query((db) =>
    sql`insert into job (kind, lane, payload, attempts, lease_seconds, state) values (${job.kind}, ${it.id}, ${payload}, 5, 60, 'discarded')`.execute(
      db,
    ),
  );
  const delivery = aDelivery(`guid-${nextNumber()}`, it.id);
  await store.inbox.accept(delivery);
  const text = JSON.stringify(delivery).replace('"id":11,', `"id":${account},`);
  await database.query((db) =>
    sql`update delivery set state = 'discarded', payload = ${text} where strpos(guid, ${delivery.guid}) > 0`.execute(
      db,
    ),
  );
}

/** Tables with a row in which the digits stand. */
async function tablesWith({ database }: Subject, digits: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of Object.keys(HOLDINGS)) {
    const { rows } = await database.query((db) =>
      sql`select 1 from ${sql.table(table)} as one where strpos(one::text, ${digits}) > 0 limit 1`.execute(db),
    );
    if (rows.length > 0) found.push(table);
  }
  return found.toSorted();
}

/** Lists of rows that are the account's alone. */
const OWN = [
  ...(["localList", "listed", "exposureDecisions", "grants", "corrections"] as const),
  ...(["cachedFacts", "histories", "ties", "snapshots", "looks"] as const),
];
const LISTS = [...(["reports", "flags", "referrals", "audits", "accessSince", "work", "trail"] as const), ...OWN];
/** That many in each of them. */
const each = (count: number) => Object.fromEntries(OWN.map((list) => [list, count]));
const counts = (subject: Kept) => Object.fromEntries(LISTS.map((name) => [name, subject[name].length]));

export function describeSubjects(given: () => Subject): void {
  describeHoldings(given);
  describeErased(given);
  describeErasing(given);
  describeNaming(given);
}

function describeHoldings(given: () => Subject): void {
  test("subject: every table and every column that can hold an account's number is classified", async () => {
    const { rows } = await given().database.query((db) =>
      sql<{ table: string; column: string; type: string }>`
        select table_name as table, column_name as column, data_type as type from information_schema.columns
        where table_schema = current_schema() and table_name not like 'kysely%'`.execute(db),
    );
    expect([...new Set(rows.map(({ table }) => table))].sort()).toEqual(Object.keys(HOLDINGS).sort());
    // Ids of other things are told by their name; whatever is left may be an account's.
    const other =
      /^(id|seq|nr|count|.*_count|installation_id|repository_id|repository|check_run_id|.*_number|lane|scope|claim|cursor|source_id|attempts?|rights_generation)$/;
    const open = rows.filter(({ table, column, type }) => {
      const known = HOLDINGS[table as keyof typeof HOLDINGS].columns;
      return type === "bigint" && !other.test(column) && !known.includes(column);
    });
    expect(open).toEqual([]);
    const named = Object.entries(HOLDINGS).flatMap(([table, { columns }]) =>
      columns.map((column) => `${table}.${column}`),
    );
    const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
    expect(named.filter((column) => !there.has(column))).toEqual([]);
  });
}

function describeErased(given: () => Subject): void {
  test("subject: of one person in every table all is exported, and erasing leaves what is said to stay", async () => {
    const subject = given();
    const it = newTenant(subject.store);
    const neighbour = newTenant(subject.store);
    for (const [tenant, account] of [
      [it, CANARY],
      [it, OTHER],
      [neighbour, CANARY],
    ] as const)
      await seed(subject, tenant, account);
    const holding = Object.entries(HOLDINGS).filter(([, { whenErased }]) => whenErased !== "nothing");
    const ofNobodyHere = ["session", "installation"];
    expect(await tablesWith(subject, String(CANARY))).toEqual(
      holding
        .map(([table]) => table)
        .filter((table) => !ofNobodyHere.includes(table))
        .toSorted(),
    );
    const [others, before] = [await it.subject(OTHER, NOW), await it.subject(CANARY, NOW)];
    const document: unknown = JSON.parse(JSON.stringify(before));
    expect(subjectSchema.parse(document)).toEqual(document);
    expect(counts(before)).toEqual({
      ...each(1),
      referrals: 2,
      audits: 1,
      accessSince: 2,
      reports: 2,
      flags: 3,
      work: 2,
      trail: 3,
    });
    expect(before.audits[0]?.entries.map(({ list }) => list).toSorted()).toContain("flags");
    const decided = ["correction", "exposure", "flag", "grant", "grant", "listed", "local_list"].flatMap((what) => [
      what,
      what,
    ]);
    expect(before.audits[0]?.entries.filter(({ list }) => list === "teams")).toEqual([
      { list: "teams", entry: { slug: "core" } },
    ]);
    expect((await it.subject(GRACE.accountId, NOW)).decisions.map(({ what }) => what).toSorted()).toEqual(decided);
    const theirs = counts(await neighbour.subject(CANARY, NOW));
    await it.eraseSubject(CANARY, { actorId: GRACE.accountId, at: NOW });
    expect(counts(await neighbour.subject(CANARY, NOW))).toEqual(theirs);
    await neighbour.purge();
    const after = await it.subject(CANARY, NOW);
    expect(counts(after)).toEqual({
      ...each(0),
      referrals: 0,
      work: 0,
      reports: 1,
      flags: 2,
      audits: 1,
      accessSince: 2,
      trail: 4,
    });
    expect(after.flags.map(({ state, because }) => [state.kind, because]).toSorted()).toEqual([
      ["acknowledged", "What this rested on was erased."],
      ["open", `band of ${LOGIN}`],
    ]);
    expect(after.audits[0]?.entries.map(({ list }) => list)).not.toContain("flags");
    expect(after.trail.at(-1)).toEqual({
      ...{ at: NOW, actorId: GRACE.accountId, act: "subject.erased", target: `account:${CANARY}`, reason: null },
    });
    expect((await subject.store.brokenTrails()).filter(({ installationId }) => installationId === it.id)).toEqual([]);
    const access = ["audit_account", "audit_grant", "audit_holder", "audit_piece", "audit_setting"];
    const left = [...access, "live_entry", "live_source", "flag", "report", "trail"].toSorted();
    expect(await tablesWith(subject, String(CANARY))).toEqual(left);
    expect(counts(await it.subject(OTHER, NOW))).toEqual(counts(others));
  });
}

function describeErasing(given: () => Subject): void {
  test("subject: erased again it is as it was; once the flag is decided its report goes too", async () => {
    const subject = given();
    const it = newTenant(subject.store);
    await seed(subject, it, CANARY);
    const by = { actorId: null, at: NOW };
    await it.eraseSubject(CANARY, by);
    const once = await it.subject(CANARY, NOW);
    await it.eraseSubject(CANARY, by);
    expect({ ...(await it.subject(CANARY, NOW)), trail: [] }).toEqual({ ...once, trail: [] });
    const open = once.flags.find(({ state }) => state.kind === "open");
    await it.acknowledgeFlag(open?.id ?? "", { ...GRACE, reason: REASON, outcome: "removed", until: null });
    await it.closeFlagsOfGrant(repositoryId(21), CANARY, NOW);
    await it.closeFlagsOfGrant(repositoryId(22), CANARY, NOW);
    await it.eraseSubject(CANARY, by);
    expect(counts(await it.subject(CANARY, NOW))).toMatchObject({ reports: 0, flags: 0 });
    expect(await it.report(open?.reportId ?? "")).toBeNull();
  });

  test("subject: of an account that nothing is known of the lists are empty, and erasing it is recorded all the same", async () => {
    const it = newTenant(given().store);
    const nobody = accountId(nextNumber());
    expect(Object.values(counts(await it.subject(nobody, NOW))).every((count) => count === 0)).toBe(true);
    await it.eraseSubject(nobody, { actorId: null, at: NOW });
    expect((await it.trail(10)).map(({ act }) => act)).toEqual(["subject.erased"]);
  });
}
