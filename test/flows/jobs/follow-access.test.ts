import type { AccessRepository, AccessSnapshot } from "../../../src/access/grant.ts";
import { keyOf } from "../../../src/access/keys.ts";
import type { LiveTeam } from "../../../src/access/live/live.ts";
import { plusDays } from "../../../src/clock.ts";
import { followAccessFlow } from "../../../src/flows/jobs/follow-access.ts";
import { type AccountId, accountId, installationId, repositoryId } from "../../../src/ids.ts";
import type { AccessSourceRef } from "../../../src/job/job.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { expect, test } from "../../support/jest.ts";
import { expectNothingCaught, type Given, INSTALLATION, NOW, scene } from "../scene.ts";
import { reportOf } from "./audit-scene.ts";

const TEAM = { kind: "team", id: 900, nodeId: "T_900", slug: "core", gone: false } as const;
const PLACE = { kind: "repository", id: repositoryId(10), name: "wallet", gone: false } as const;
const wallet: AccessRepository = { id: keyOf(PLACE.id), name: "wallet", visibility: "public", archived: false };
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: keyOf(accountId(100 + at)), login: `person-${at}-example` }));
const team = (members: LiveTeam["members"], role: LiveTeam["roles"][number]["role"] = "write") =>
  ({ kind: "team", id: 900, slug: "core", members, roles: [{ repository: wallet, role }] }) as const;

/** The part of an organisation that is about one account. */
const partOf = (snapshot: AccessSnapshot, id: AccountId): AccessSnapshot => ({
  ...snapshot,
  accounts: snapshot.accounts.filter((account) => account.id === keyOf(id)),
  grants: snapshot.grants.filter(({ account }) => account === keyOf(id)),
});

async function followed(
  source: AccessSourceRef,
  { snapshot = octoOrg({ grants: [] }), more = {} }: { snapshot?: AccessSnapshot; more?: Given } = {},
) {
  const stage = scene({
    ...more,
    gateway: { loginOf: async () => yes("ada-example"), ...more.gateway },
    tenant: {
      latestAuditAt: async () => NOW,
      flags: async () => [],
      rolesOf: async (id) => partOf(snapshot, id),
      rolesOn: async () => snapshot,
      latestReportOf: async () => null,
      saveLive: async () => {},
      raiseFlag: async () => null,
      ...more.tenant,
    },
  });
  const job = { kind: "follow-access", installationId: installationId(1), source, notBefore: NOW } as const;
  const outcome = await followAccessFlow(stage.context, job);
  return { ...stage, outcome, saved: stage.did("saveLive").map(([kept]) => kept) };
}

const says = (...members: LiveTeam["members"]): Given["gateway"] => ({ teamAccess: async () => yes([team(members)]) });

test("follow: before its moment it waits, and before the first audit nothing is asked", async () => {
  const stage = scene({ tenant: { latestAuditAt: async () => null } });
  const about = { kind: "follow-access", installationId: installationId(1), source: TEAM } as const;
  const later = plusDays(NOW, 1);
  expect(await followAccessFlow(stage.context, { ...about, notBefore: later })).toMatchObject({ until: later });
  expect(await followAccessFlow(stage.context, { ...about, notBefore: NOW })).toMatchObject({ kind: "cancelled" });
  expect(stage.asked).toEqual([]);
});

test("follow: of forty who are raised twenty-five are looked at at once, the others in time, before anything is kept", async () => {
  const { jobs, calls, saved, asked } = await followed(TEAM, { more: { gateway: says(...people(40)) } });
  const holders = jobs().filter(({ kind }) => kind === "assess-holder");
  const later = holders.flatMap((job) => ("notBefore" in job ? [job.notBefore ?? ""] : []));
  expect([holders.length, later.length]).toEqual([40, 15]);
  expect(later).toEqual(later.toSorted());
  // Eighteen an hour.
  expect(Date.parse(later.at(-1) ?? "") - Date.parse(NOW)).toBeLessThan(3_600_000);
  const names = calls.map(([name]) => name);
  expect(names.indexOf("saveLive")).toBeGreaterThan(names.indexOf("enqueue"));
  expect(saved).toEqual([{ ...team(people(40)), askedAt: NOW }]);
  expect(asked).toEqual(["teamAccess"]);
});

test("follow: a team that gives less than write has nobody looked up, whoever is in it", async () => {
  const gateway = { teamAccess: async () => yes([team(people(500), "triage")]) };
  const { jobs, did, saved } = await followed(TEAM, { more: { gateway } });
  expect([jobs(), did("rolesOf"), saved.length]).toEqual([[], [], 1]);
});

test.each([
  ["today: what was found is joined with what it holds now", 0.5, 0],
  ["earlier: somebody looks again", 2, 1],
])("follow: one who is raised and was looked at %s", async (_, days, expected) => {
  const [one] = people(1);
  const tenant = { latestReportOf: async () => reportOf(days) };
  const { jobs } = await followed(TEAM, { more: { gateway: says(one!), tenant } });
  expect(jobs()).toHaveLength(expected);
});

test("follow: one who held as much before is not raised; by a stronger role he is", async () => {
  const [one] = people(1);
  const accounts = [{ id: "100", login: "person-0-example", kind: "user" }] as const;
  const held = (role: "write" | "triage") => octoOrg({ accounts, grants: [grant("100", "10", role, "direct")] });
  const more = { gateway: says(one!) };
  expect((await followed(TEAM, { snapshot: held("write"), more })).jobs()).toEqual([]);
  expect((await followed(TEAM, { snapshot: held("triage"), more })).jobs()).toHaveLength(1);
});

test("follow: what GitHub does not have is gone when a delivery said so too, and else asked for again", async () => {
  const more = { gateway: { teamAccess: async () => yes([]) } };
  await expect(followed(TEAM, { more })).rejects.toMatchObject({ code: "not_found" });
  expect((await followed({ ...TEAM, gone: true }, { more })).saved).toEqual([
    { kind: "team", id: 900, slug: "core", members: [], roles: [], askedAt: NOW },
  ]);
  const away = { gateway: { repositoryAccess: async () => no("not_found") } };
  await expect(followed(PLACE, { more: away })).rejects.toMatchObject({ code: "not_found" });
  expect((await followed({ ...PLACE, gone: true }, { more: away })).saved).toMatchObject([{ id: "10", is: null }]);
});

test("follow: a name that belongs to another repository says nothing, and one that moved away is gone", async () => {
  const found = (changes: object) => ({
    gateway: {
      repositoryAccess: async () => yes({ is: wallet, ownerId: INSTALLATION.accountId, direct: [], ...changes }),
    },
  });
  const other = { is: { ...wallet, id: keyOf(repositoryId(11)) } };
  expect((await followed(PLACE, { more: found(other) })).saved).toEqual([]);
  expect((await followed(PLACE, { more: found({ ownerId: accountId(999) }) })).saved).toMatchObject([{ is: null }]);
  expect((await followed(PLACE, { more: found({}) })).saved).toMatchObject([{ is: wallet, direct: [] }]);
});

test("follow: of somebody who left, the repositories with roles of its own are asked about, twenty at most", async () => {
  const many = Array.from({ length: 30 }, (_, at) => ({ ...wallet, id: String(1_000 + at), name: `place-${at}` }));
  const grants = many.map(({ id }) => grant("100", id, "write", "direct"));
  const source = { kind: "account", id: accountId(100), login: "person-0-example" } as const;
  const snapshot = octoOrg({ repositories: many, grants: [...grants, grant("100", "1000", "admin", "team:core")] });
  const more = { gateway: { membership: async () => yes("none" as const) } };
  const { jobs, saved } = await followed(source, { snapshot, more });
  expect(jobs()).toHaveLength(20);
  expect(jobs()[0]).toMatchObject({
    kind: "follow-access",
    source: { kind: "repository", id: 1_000, name: "place-0" },
  });
  expect(saved).toMatchObject([{ kind: "account", id: "100", standing: "none" }]);
});

test("follow: whatever fails, nothing is kept and the job comes back", async () => {
  const [one] = people(1);
  await expectNothingCaught((fails) => followed(TEAM, { more: { gateway: says(one!), fails } }));
});
