import { addOrganization, addRepository, addTeam, addUser, inviteTo } from "@sallyport/simulator/src/build/build.ts";
import {
  invitedWebhook,
  membershipWebhook,
  organizationMemberWebhook,
} from "@sallyport/simulator/src/payload/organization.ts";
import { buildElsewhere } from "@sallyport/simulator/src/scenarios/history.ts";
import { createWorld, type Invitation, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Flag } from "../../src/access/flag.ts";
import { plusDays } from "../../src/clock.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import type { Job } from "../../src/job/job.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { denounce, returnedAccount } from "../support/people.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";
import { signIn } from "../support/visitor.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const organization = addOrganization(world, {
  ...{ login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner], basePermission: "none" },
});
const [wallet, relayer] = ["wallet", "relayer"].map((name) =>
  addRepository(world, { owner: organization, name, createdAt: "2017-01-01T00:00:00Z" }),
);
const parent = addTeam(world, organization, { name: "Core", repositories: wallet ? [[wallet, "write"]] : [] });
const core = addTeam(world, organization, { name: "Core Dev", parent });
const readers = addTeam(world, organization, { name: "Readers", repositories: relayer ? [[relayer, "read"]] : [] });
const places = buildElsewhere(world, NOW);

let app: RunningApp;
let count = 0;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

async function notable(): Promise<User> {
  const somebody = returnedAccount(world, { login: `dora-${++count}-example`, places, now: NOW });
  await denounce(app.tenant(), somebody, { by: owner, now: NOW });
  return somebody;
}

const invite = (login: string | null, more: Partial<Parameters<typeof inviteTo>[2]> = {}): Invitation =>
  inviteTo(world, organization, { login, role: "direct_member", createdAt: NOW, by: owner, ...more });

const tell = (invitation: Invitation, invited?: User) =>
  app.tell(invitedWebhook(app.sim.stage, { organization, sender: owner, invitation, ...(invited && { invited }) }));

function withdraw(invitation: Invitation): void {
  organization.invitations.splice(organization.invitations.indexOf(invitation), 1);
}

const flagsOf = async (member: User): Promise<readonly Flag[]> =>
  (await app.tenant().flags("all")).filter(({ accountId: id }) => id === member.id);
const states = async (member: User): Promise<readonly string[]> =>
  (await flagsOf(member)).map(({ state }) => state.kind);
const reportOn = (member: User) => app.tenant().latestReportOf(accountId(member.id));

async function nextWeek(): Promise<void> {
  const audits = (): number => app.logged("audit.completed").length;
  const before = audits();
  app.clock.set(plusDays(app.clock.now(), 7));
  await eventually(() => audits() > before);
  await app.settle();
}

test("an invitation to a team that writes: looked at by the account's id, and flagged before it is accepted", async () => {
  const dora = await notable();
  const invitation = invite(dora.login, { teams: [core] });
  const before = dora.login;
  // Somebody else has the login by the time it is looked at: the invitation went with the account.
  dora.login = `${before}-now`;
  organization.invitations.splice(organization.invitations.indexOf(invitation), 1, {
    ...invitation,
    login: dora.login,
  });
  person(before);
  await tell(invitation, dora);
  const [flag] = await flagsOf(dora);
  expect(flag).toMatchObject({ repositoryId: wallet?.id, role: "write", via: "team", login: dora.login });
  expect(flag?.because).toMatch(/^Invited, and not in yet\. The role write meets an account/);
  expect(await reportOn(dora)).toMatchObject({ kind: "collaborator", decision: { flag: true } });
  // It holds nothing yet, and no page says that it does.
  expect((await app.tenant().rolesOf(accountId(dora.id), null))?.grants).toEqual([]);
  // Who invited is kept by number, and stands in the next report about whoever did.
  expect(await app.tenant().letInBy(accountId(owner.id))).toContainEqual({ accountId: dora.id, at: NOW });
  expect((await app.tenant().subject(accountId(dora.id), NOW)).referrals).toEqual([
    { account: dora.id, by: owner.id, repository: null, role: "member", at: NOW },
  ]);
});

test("look-alikes: an address, a team that reads, a billing manager, an invitation that was taken back: nobody is looked at", async () => {
  const people = [await notable(), await notable(), await notable(), await notable()];
  const [byMail, reads, pays, gone] = people;
  await tell(invite(null, { email: "somebody@mail.example", teams: [core] }));
  await tell(invite(reads?.login ?? "", { teams: [readers] }), reads);
  await tell(invite(pays?.login ?? "", { role: "billing_manager" }), pays);
  const taken = invite(gone?.login ?? "", { role: "admin" });
  withdraw(taken);
  await tell(taken, gone);
  for (const one of [byMail, reads, pays, gone]) expect(one && (await reportOn(one))).toBe(null);
  const letIn = (await app.tenant().letInBy(accountId(owner.id))).map(({ accountId: id }) => Number(id));
  // Whoever reads is let in as well; an invitation that gives no access to code, or is gone, lets nobody in.
  expect([reads, pays, gone].map((one) => letIn.includes(one?.id ?? 0))).toEqual([true, false, false]);
});

test("one who is to become an owner: every week looked at anew; the flag stays while it waits, goes when it is taken back", async () => {
  const dora = await notable();
  const invitation = invite(dora.login, { role: "admin" });
  await nextWeek();
  expect((await flagsOf(dora)).map(({ via }) => via)).toContain("owner");
  const first = await reportOn(dora);
  await nextWeek();
  expect(new Set(await states(dora))).toEqual(new Set(["open"]));
  expect((await reportOn(dora))?.createdAt).not.toBe(first?.createdAt);
  withdraw(invitation);
  await nextWeek();
  expect(new Set(await states(dora))).toEqual(new Set(["grant_gone"]));
});

test("accepted: what was flagged stands, now as a grant", async () => {
  const dora = await notable();
  const invitation = invite(dora.login, { teams: [core] });
  await tell(invitation, dora);
  expect(await states(dora)).toEqual(["open"]);
  withdraw(invitation);
  organization.members.add(dora.id);
  core.members.add(dora.id);
  const { stage } = app.sim;
  const about = { organization, member: dora, sender: owner };
  await app.sim.deliver(organizationMemberWebhook(stage, { ...about, action: "member_added" }));
  await app.sim.deliver(membershipWebhook(stage, { ...about, team: core, action: "added" }));
  await app.settle();
  await app.pass(11);
  await app.settle();
  const [flag, ...more] = await flagsOf(dora);
  expect([flag?.state.kind, more]).toEqual(["open", []]);
  expect(flag?.because).toMatch(/^The role write meets/);
});

test("rules and keys that change: said on the audit's page by place and day, until the next audit", async () => {
  const note = (repository: number | null): Job => ({
    ...{ installationId: installationId(app.installation.id), at: app.clock.now() },
    ...{ kind: "note-rule-change", repositoryId: repository === null ? null : repositoryId(repository) },
  });
  const visitor = await signIn(app, owner.login);
  const page = async () => (await visitor.get(`/orgs/${app.installation.id}/audit`)).text;
  expect(await page()).not.toContain("since this audit");
  await app.pass(1);
  await app.service.store.queue.enqueue([note(wallet?.id ?? 0), note(wallet?.id ?? 0), note(null)]);
  await app.settle();
  expect((await page()).replace(/\s+/g, " ")).toContain(
    `were changed in 2 places since this audit, last on ${app.clock.now().slice(0, 10)}.`,
  );
  const audits = (await app.tenant().auditHeads(50)).length;
  await nextWeek();
  expect(await page()).not.toContain("since this audit");
  expect(await app.tenant().auditHeads(50)).toHaveLength(audits + 1);
});
