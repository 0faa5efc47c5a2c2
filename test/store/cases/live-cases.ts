import { effectiveAccess, effectiveRole, heldOn } from "../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { idOf, keyOf } from "../../../src/access/keys.ts";
import type { LiveAccount, LiveRepository, LiveTeam } from "../../../src/access/live/live.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { TenantStore } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { anAudit, NOW, newTenant } from "../samples.ts";

const later = (hours: number): string => plusDays(NOW, hours / 24);
const account = (id: number) => keyOf(accountId(id));
const repository = (id: number) => keyOf(repositoryId(id));
const wallet = { id: repository(10), name: "wallet", visibility: "private", archived: false } as const;

const team = (changes: Partial<LiveTeam> = {}): LiveTeam => ({
  ...({ kind: "team", id: 900, slug: "core", askedAt: later(1) } as const),
  members: [{ id: account(4), login: "dora-example" }],
  roles: [{ repository: wallet, role: "write" }],
  ...changes,
});
const own = (changes: Partial<LiveRepository> = {}): LiveRepository => ({
  ...({ kind: "repository", id: repository(10), askedAt: later(1), is: wallet, ofOrganization: true } as const),
  direct: [],
  ...changes,
});
const belongs = (id: number, standing: LiveAccount["standing"], hours = 1): LiveAccount => ({
  ...({ kind: "account", id: account(id), login: `account-${id}`, standing, askedAt: later(hours) } as const),
});

const roleOf = (part: AccessSnapshot | null, of: number, on = 10) =>
  part && effectiveRole(effectiveAccess(part), account(of), repository(on));

/** The role that both questions give; they must agree. */
async function role(it: TenantStore, of: number, on = 10) {
  const [asAccount, asRepository] = [
    roleOf(await it.rolesOf(accountId(of), repositoryId(on)), of, on),
    roleOf(await it.rolesOn(repositoryId(on)), of, on),
  ];
  expect(asRepository).toBe(asAccount);
  return asAccount;
}

type Organization = NonNullable<Parameters<typeof octoOrg>[0]>;

const auditing =
  (given: () => Subject) =>
  async (about: Organization = {}) => {
    const it = newTenant(given().store);
    const snapshot = octoOrg({
      grants: [grant("3", "10", "maintain", "team:core"), grant("4", "10", "read", "direct")],
      ...about,
    });
    await it.saveAudit(anAudit(NOW, snapshot));
    return { it, snapshot };
  };

export function describeLive(given: () => Subject): void {
  describeSources(given);
  describeAges(given);
}

function describeSources(given: () => Subject): void {
  const audited = auditing(given);

  test("live: a team is replaced as a whole, its roles are those of everybody in it, and what it gave before is gone", async () => {
    const { it } = await audited();
    expect([await role(it, 3), await role(it, 4)]).toEqual(["maintain", "read"]);
    await it.saveLive(team());
    expect([await role(it, 3), await role(it, 4)]).toEqual([null, "write"]);
    const held = heldOn(effectiveAccess((await it.rolesOf(accountId(4), null))!), account(4), repository(10));
    expect(held?.sources.map(({ source, role }) => [source.kind, source.team, role])).toEqual([
      ["direct", undefined, "read"],
      ["team", "core", "write"],
    ]);
    await it.saveLive(team({ members: [], roles: [], askedAt: later(2) }));
    expect([await role(it, 3), await role(it, 4)]).toEqual([null, "read"]);
  });

  test("live: a repository that no audit knows, its own grants, and one that is archived or gone", async () => {
    const { it } = await audited();
    const made = { id: repository(77), name: "made", visibility: "public", archived: false } as const;
    const direct = [{ id: account(55), login: "newcomer-example", role: "admin" }] as const;
    await it.saveLive(own({ id: made.id, is: made, direct }));
    expect(await role(it, 55, 77)).toBe("admin");
    const held = heldOn(effectiveAccess((await it.rolesOn(repositoryId(77)))!), account(55), repository(77));
    expect(held?.sources[0]?.source.kind).toBe("outside");
    await it.saveLive(own());
    expect([await role(it, 4), await role(it, 3)]).toEqual([null, "maintain"]);
    await it.saveLive(own({ is: { ...wallet, archived: true }, askedAt: later(2) }));
    expect(await role(it, 3)).toBe(null);
    await it.saveLive(own({ is: null, direct: null, askedAt: later(3) }));
    expect(await it.rolesOn(repositoryId(10))).toBe(null);
    expect(await role(it, 3)).toBe(null);
    await it.saveLive(own({ direct: null, askedAt: later(4) }));
    expect([await role(it, 4), await role(it, 3)]).toEqual(["read", "maintain"]);
  });

  test("live: who joins writes where every member does, who leaves keeps what is the account's own", async () => {
    const { it } = await audited({
      organization: { login: "octo-org", basePermission: "write" },
      grants: [grant("3", "10", "maintain", "team:core"), grant("3", "11", "write", "direct")],
    });
    expect(await role(it, 60)).toBe(null);
    await it.saveLive(belongs(60, "member"));
    const part = await it.rolesOf(accountId(60), null);
    expect(effectiveAccess(part!).active.size).toBeGreaterThan(1);
    expect(roleOf(part, 60)).toBe("write");
    await it.saveLive(belongs(60, "owner", 2));
    expect(await role(it, 60)).toBe("admin");
    await it.saveLive(belongs(3, "none"));
    expect([await role(it, 3), await role(it, 3, 11)]).toEqual([null, "write"]);
    // A team that was asked about before somebody left does not bring him back.
    await it.saveLive(team({ members: [{ id: account(3), login: "account-3" }], askedAt: later(0.5) }));
    expect(await role(it, 3)).toBe(null);
  });

  test("live: what would be held by whoever becomes an owner reaches every repository", async () => {
    const { it, snapshot } = await audited();
    const active = snapshot.repositories.filter(({ archived }) => !archived);
    expect((await it.rolesOf(accountId(70), null, "owner"))?.repositories).toHaveLength(active.length);
    expect((await it.rolesOf(accountId(70), null))?.repositories).toHaveLength(0);
  });
}

function describeAges(given: () => Subject): void {
  const audited = auditing(given);

  test("live: an answer that was asked for earlier changes nothing, and the same one twice is one", async () => {
    const { it } = await audited();
    await it.saveLive(team({ askedAt: later(2) }));
    await it.saveLive(team({ members: [], askedAt: later(1) }));
    await it.saveLive(team({ askedAt: later(2) }));
    expect(await role(it, 4)).toBe("write");
    expect((await it.rolesOf(accountId(4), null))?.grants).toHaveLength(2);
  });

  test("live: the next audit ends what was said before it was taken, and no audit has it among its own", async () => {
    const { it, snapshot } = await audited();
    await it.saveLive(team({ askedAt: later(1) }));
    await it.saveLive(own({ askedAt: later(200) }));
    expect((await it.latestSnapshot(later(300)))?.grants).toEqual(snapshot.grants);
    await it.saveAudit(anAudit(later(168), snapshot));
    expect((await it.latestSnapshot(later(300)))?.grants).toEqual(snapshot.grants);
    // The team is what the audit saw again; the repository was asked about later than it.
    expect([await role(it, 3), await role(it, 4)]).toEqual(["maintain", null]);
    const neighbour = newTenant(given().store);
    await neighbour.saveAudit(anAudit(NOW, snapshot));
    expect(await role(neighbour, 4)).toBe("read");
    await it.purge();
    expect(await it.rolesOf(idOf(account(3)), null)).toBe(null);
  });

  test("live: places whose rules were changed are counted once each, until the next audit", async () => {
    const { it, snapshot } = await audited();
    expect(await it.ruleChanges()).toBe(null);
    await it.noteRuleChange(repositoryId(10), later(1));
    await it.noteRuleChange(repositoryId(10), later(3));
    await it.noteRuleChange(null, later(2));
    expect(await it.ruleChanges()).toEqual({ places: 2, lastAt: later(3) });
    await it.saveAudit(anAudit(later(168), snapshot));
    expect(await it.ruleChanges()).toBe(null);
  });
}
