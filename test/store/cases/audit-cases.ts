import { sql } from "kysely";
import { effectiveAccess, heldOn, writesAnywhere } from "../../../src/access/effective.ts";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../src/access/flag.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { type HolderPage, type HolderQuery, holdersIn } from "../../../src/access/holders/listed.ts";
import { idOf, keyOf } from "../../../src/access/keys.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import { accountKey, octoOrg, repositoryKey } from "../../access/graphs.ts";
import { madeOrganizations } from "../../access/made-organizations.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { anAudit, NOW, newTenant, type nextInstallation } from "../samples.ts";

const later = (days: number): string => plusDays(NOW, days);

/** The snapshot as it comes back: accounts, repositories and lists of ids in the order of ids. */
function ordered(snapshot: AccessSnapshot): AccessSnapshot {
  const byId = (a: string, b: string): number => Number(a) - Number(b);
  return {
    ...snapshot,
    accounts: snapshot.accounts.toSorted((a, b) => byId(a.id, b.id)),
    repositories: snapshot.repositories.toSorted((a, b) => byId(a.id, b.id)),
    owners: snapshot.owners.toSorted(byId),
    members: snapshot.members.toSorted(byId),
  };
}

/** Audits of an installation of which some row of a table is left, oldest first. */
const auditsIn = (
  { database }: Subject,
  table: "audit" | "audit_grant" | "audit_piece",
  id: ReturnType<typeof nextInstallation>,
) =>
  database.asTenant(id, async (db) => {
    const column = sql.ref(table === "audit" ? "id" : "audit_id");
    const { rows } = await sql<{
      audit: string;
    }>`select distinct ${column} as audit from ${sql.table(table)}`.execute(db);
    return rows.map(({ audit }) => audit).toSorted();
  });

/** The small organisation with something in most lists beside roles. */
const furnished = (): AccessSnapshot =>
  octoOrg({
    repositories: [
      { id: "10", name: "wallet", visibility: "public", archived: false, defaultBranch: "main" },
      ...octoOrg().repositories.slice(1),
    ],
    teams: [{ slug: "core", parent: null, members: ["2"] }],
    branches: [{ repository: "10", name: "release/1" }],
    protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals: 1 }],
    rulesUnread: ["11"],
    secrets: [
      { name: "ALL", scope: "organization", repositories: "all" },
      { name: "ONE", scope: "repository", repositories: ["10"] },
      { name: "BOTH", scope: "organization", repositories: ["10", "11"] },
    ],
    organizationRoles: [{ account: "3", name: "all-repo-write", role: "write" }],
    tokens: [{ account: "2", repositories: "all", writes: ["contents"], expiresAt: null, lastUsedAt: NOW }],
    apps: [],
  });

export function describeAudits(given: () => Subject): void {
  describeOneAudit(given);
  describeHolders(given);
  describeSettings(given);
  describeKeeping(given);
}

/** Every way a list is asked for, over a few values of each. */
function* queriesOf(snapshot: AccessSnapshot): Generator<HolderQuery> {
  const logins = ["", snapshot.accounts[0]?.login.slice(1, 4).toUpperCase() ?? "", "nobody is called so"];
  const repositories = [null, ...snapshot.repositories.slice(0, 3).map(({ name }) => name), "no-such-repository"];
  for (const login of logins)
    for (const repository of repositories)
      for (const standing of [null, "member", "outside"] as const)
        for (const role of ["read", "write", "admin"] as const)
          for (const [via, sort] of [
            [null, "role"],
            ["team", "reach"],
            ["base", "login"],
          ] as const)
            yield { login, repository, standing, role, via, sort, after: null, limit: 4 };
}

/** What a page shows of a list, but for single roles that the rows leave to `everywhere`. */
const shownOf = ({ count, from, rows }: HolderPage) => ({
  ...{ count, from },
  rows: rows.map(({ account, login, kind, standing, role, writes, everywhere }) => ({
    ...{ account, login, kind, standing, role, writes, everywhere },
  })),
});

/** Of the audit before the rows are there too; of those before that the report alone. */
async function expectEarlierHolders(given: () => Subject, query: HolderQuery): Promise<void> {
  const it = newTenant(given().store);
  const audits = [0, 7, 14].map((days) => anAudit(later(days), octoOrg({ owners: days === 7 ? [] : ["1"] })));
  for (const audit of audits) await it.saveAudit(audit);
  const [oldest, before, newest] = audits;
  const page = await it.holders(query, before?.id);
  expect(page && shownOf(page)).toEqual(shownOf(holdersIn(before!.report, query)));
  expect(page?.audit).toBe(before?.id);
  expect((await it.holders(query, newest?.id))?.count).toBe(holdersIn(newest!.report, query).count);
  expect([await it.holders(query, oldest?.id), await it.holders(query, "nobody")]).toEqual([null, null]);
}

function describeHolders(given: () => Subject): void {
  test.each(madeOrganizations().map(({ snapshot }) => [snapshot.organization.login, snapshot] as const))(
    "holders: of %s every list is the one that the whole report gives, page after page",
    async (_, snapshot) => {
      const it = newTenant(given().store);
      const audit = anAudit(NOW, snapshot);
      await it.saveAudit(audit);
      for (const query of [...queriesOf(snapshot)].filter((_query, at) => at % 7 === 0)) {
        const wanted = holdersIn(audit.report, query);
        const page = await it.holders(query);
        expect([query, page && shownOf(page)]).toEqual([query, shownOf(wanted)]);
        expect(page?.audit).toBe(audit.id);
        const after = wanted.rows.at(-1)?.account ?? null;
        const next = await it.holders({ ...query, after });
        // Past the last page nobody is counted.
        const following = holdersIn(audit.report, { ...query, after });
        if (following.rows.length > 0) expect([query, next && shownOf(next)]).toEqual([query, shownOf(following)]);
        for (const { account, effective } of page?.rows ?? []) {
          const whole = audit.report.accounts.find((one) => one.account === account)?.effective ?? [];
          expect(whole).toEqual(expect.arrayContaining([...effective]));
        }
      }
    },
  );

  test.each(madeOrganizations().map(({ snapshot }) => [snapshot.organization.login, snapshot] as const))(
    "holdings: of %s what the report says of some accounts and of the owners, whose list it can be read without",
    async (_, snapshot) => {
      const it = newTenant(given().store);
      const { id, ...audit } = anAudit(NOW, snapshot);
      await it.saveAudit({ id, ...audit });
      const wanted = snapshot.accounts.filter((_account, at) => at % 9 === 0).map((one) => idOf(one.id));
      const held = await it.holdings(wanted);
      const owners = snapshot.owners.map(idOf);
      const whole = new Map(audit.report.accounts.map((one) => [one.account, one]));
      const expected = [...new Set([...wanted, ...owners])].filter((one) => whole.has(keyOf(one)));
      expect(held.map(({ account }) => idOf(account)).toSorted()).toEqual(expected.toSorted());
      for (const { effective, ...one } of held) {
        const { effective: all = [], ...known } = whole.get(one.account) ?? {};
        expect(one).toEqual(known);
        expect(all).toEqual(expect.arrayContaining([...effective]));
      }
      const part = await it.latestReport("without accounts");
      const { accounts: _accounts, ...rest } = JSON.parse(JSON.stringify(audit.report));
      const { accounts, ...read } = Object(part?.report);
      expect(read).toEqual(rest);
      expect(accounts).toHaveLength(audit.report.accounts.length > 100 ? 0 : audit.report.accounts.length);
      expect(await it.auditReport(id, "without accounts")).toEqual(part);
    },
  );

  test("holders: none before the first audit, nor of one that was stored without these rows; odd texts find nobody", async () => {
    const it = newTenant(given().store);
    const query: HolderQuery = {
      ...{ login: "", repository: null, standing: null, role: "read", via: null },
      ...{ sort: "role", after: null, limit: 50 },
    };
    expect(await it.holders(query)).toBeNull();
    await it.saveAudit(anAudit(NOW, octoOrg()));
    expect(await it.holders({ ...query, login: "\0' or 1=1 --%_" })).toMatchObject({ count: 0, rows: [] });
    expect(await it.holders({ ...query, repository: "\ud800%" })).toMatchObject({ count: 0, rows: [] });
    expect((await it.holders(query))?.count).toBe(3);
    expect(await newTenant(given().store).holders(query)).toBeNull();
    await expectEarlierHolders(given, query);
    await given().database.asTenant(it.id, (db) => db.deleteFrom("audit_holder").execute());
    expect(await it.holders(query)).toBeNull();
  });
}

function describeOneAudit(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test.each(madeOrganizations().map(({ snapshot }) => [snapshot.organization.login, snapshot] as const))(
    "audit: %s comes back as it was, and of each account the roles that the whole of it gives",
    async (_, snapshot) => {
      const it = tenant();
      await it.saveAudit(anAudit(NOW, snapshot));
      const stored = await it.latestSnapshot(NOW);
      expect(stored).toEqual(ordered({ ...snapshot, takenAt: NOW }));
      const whole = effectiveAccess(snapshot);
      for (const { id } of snapshot.accounts.filter((_account, index) => index % 7 === 0))
        for (const { id: repository } of snapshot.repositories.slice(0, 3)) {
          const part = await it.rolesOf(idOf(id), idOf(repository));
          const access = effectiveAccess(part ?? snapshot);
          expect(access.holders.get(id)?.pairs ?? new Map()).toEqual(whole.holders.get(id)?.pairs ?? new Map());
          expect(writesAnywhere(access.holders.get(id))).toBe(writesAnywhere(whole.holders.get(id)));
          expect(heldOn(access, id, repository)).toEqual(heldOn(whole, id, repository));
          expect([...access.holders.keys()].every((holder) => holder === id)).toBe(true);
          const there = effectiveAccess((await it.rolesOn(idOf(repository))) ?? snapshot);
          const own = whole.holders.get(id)?.pairs.has(repository) || snapshot.owners.includes(id);
          if (own) expect(heldOn(there, id, repository)).toEqual(heldOn(whole, id, repository));
        }
    },
  );

  test("audit: of an owner of many repositories the first of them, as many as may be flagged, and the one asked for", async () => {
    const it = tenant();
    const repositories = Array.from({ length: MAX_FLAGS_PER_ACCOUNT + 20 }, (_, at) => ({
      ...{ id: String(100 + at), name: `repository-${at}`, visibility: "private" as const, archived: at % 10 === 0 },
    }));
    const snapshot = octoOrg({ repositories, grants: [] });
    await it.saveAudit(anAudit(NOW, snapshot));
    const [owner] = snapshot.owners;
    const last = repositories.at(-1)?.id ?? "";
    const part = await it.rolesOf(accountId(Number(owner)), repositoryId(Number(last)));
    const active = [...effectiveAccess(snapshot).active.keys()];
    const expected = new Set([...active.slice(0, MAX_FLAGS_PER_ACCOUNT), last]);
    expect([...effectiveAccess(part ?? snapshot).active.keys()]).toEqual([...expected]);
    expect(active.length).toBeGreaterThan(MAX_FLAGS_PER_ACCOUNT);
  });

  test("audit: the newest report comes whole, heads newest first, snapshots by their moment", async () => {
    const it = tenant();
    expect([await it.latestReport(), await it.latestSnapshot(NOW), await it.latestAuditAt()]).toEqual([
      null,
      null,
      null,
    ]);
    expect([await it.rolesOf(accountId(1), null), await it.rolesOn(repositoryId(10))]).toEqual([null, null]);
    const [first, second] = [anAudit(NOW), anAudit(later(7))];
    await it.saveAudit(second);
    await it.saveAudit(first);
    expect(await it.latestReport()).toEqual({ id: second.id, report: second.report });
    expect(await it.latestAuditAt()).toBe(second.takenAt);
    expect((await it.rolesOn(repositoryId(10)))?.repositories.map(({ id }) => id)).toEqual(["10"]);
    expect([await it.rolesOn(repositoryId(77)), await tenant().rolesOn(repositoryId(10))]).toEqual([null, null]);
    expect((await it.latestSnapshot(later(8)))?.takenAt).toBe(later(7));
    expect((await it.latestSnapshot(later(6)))?.takenAt).toBe(NOW);
    expect(await it.latestSnapshot(later(-1))).toBeNull();
    const { accountsWithWrite: writers, outsideAccountsWithWrite: outside } = second.report.summary;
    expect(await it.auditHeads(1)).toEqual([{ id: second.id, takenAt: later(7), writers, outside, dormant: null }]);
    expect((await it.auditHeads(5)).map(({ takenAt }) => takenAt)).toEqual([later(7), NOW]);
  });
}

function describeSettings(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("audit: what was read beside roles comes back whole, and of some repositories what is about them or about all", async () => {
    const it = tenant();
    await it.saveAudit(anAudit(NOW, furnished()));
    expect(await it.latestSnapshot(NOW)).toEqual(ordered({ ...furnished(), takenAt: NOW }));
    const here = await it.settingsOn([repositoryId(11)]);
    expect(here?.protections).toEqual([]);
    expect(here?.secrets?.map(({ name }) => name)).toEqual(["ALL", "BOTH"]);
    expect(here?.rulesUnread).toEqual(["11"]);
    expect(here?.runners).toBeUndefined();
    expect((await it.settingsOn([]))?.secrets?.map(({ name }) => name)).toEqual(["ALL", "BOTH"]);
    expect(await tenant().settingsOn([repositoryId(11)])).toBeNull();
  });

  test("audit: who writes by a role of the organisation is known by account and by repository", async () => {
    const it = tenant();
    await it.saveAudit(anAudit(NOW, furnished()));
    const part = await it.rolesOf(accountId(3), repositoryId(11));
    const held = part && heldOn(effectiveAccess(part), accountKey("3"), repositoryKey("11"));
    expect(held).toEqual({ role: "write", sources: [{ source: { kind: "organization_role" }, role: "write" }] });
    expect(part?.repositories.map(({ id, defaultBranch }) => [id, defaultBranch])).toEqual([
      ["10", "main"],
      ["11", undefined],
      ["12", undefined],
    ]);
    const there = await it.rolesOn(repositoryId(11));
    expect(there && heldOn(effectiveAccess(there), accountKey("3"), repositoryKey("11"))?.role).toBe("write");
    expect(there?.protections).toBeUndefined();
  });
}

function describeKeeping(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("audit: rows are kept of what the next one may be compared with, and reports of all", async () => {
    const it = tenant();
    const audits = [anAudit(NOW), anAudit(later(7)), anAudit(later(13.5)), anAudit(later(14))];
    for (const audit of audits) await it.saveAudit(audit);
    const [, week, twice, now] = audits.map(({ id }) => id);
    expect(await auditsIn(given(), "audit_grant", it.id)).toEqual([week, twice, now].toSorted());
    expect(await auditsIn(given(), "audit_piece", it.id)).toEqual(audits.map(({ id }) => id).toSorted());
    expect((await it.latestSnapshot(later(13)))?.takenAt).toBe(later(7));
    expect(await it.latestSnapshot(later(6))).toBeNull();
    const [first] = audits;
    expect(await it.auditReport(first!.id)).toEqual({ id: first!.id, report: first!.report });
    expect(await it.auditReport("gone")).toBeNull();
    expect(await newTenant(given().store).auditReport(first!.id)).toBeNull();
  });

  test("audit: one that a crash left half stored is seen by nobody, and goes with the next", async () => {
    const it = tenant();
    const cut = anAudit(later(1));
    await it.saveAudit(cut);
    await given().database.asTenant(it.id, (db) => db.updateTable("audit").set({ stage: "storing" }).execute());
    const seen = [await it.latestReport(), await it.auditReport(cut.id), await it.latestSnapshot(later(9))];
    expect([...seen, await it.auditHeads(9)]).toEqual([null, null, null, []]);
    expect(await it.rolesOf(accountId(1), null)).toBeNull();
    const again = anAudit(NOW);
    await it.saveAudit(again);
    expect(await auditsIn(given(), "audit", it.id)).toEqual([again.id]);
    expect(await auditsIn(given(), "audit_grant", it.id)).toEqual([again.id]);
  });

  test("audit: nothing is left of any when the installation goes", async () => {
    const it = tenant();
    await it.saveAudit(anAudit(NOW));
    await it.purge();
    for (const table of ["audit", "audit_grant", "audit_piece"] as const)
      expect(await auditsIn(given(), table, it.id)).toEqual([]);
  });
}
