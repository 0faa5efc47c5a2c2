import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp } from "@sallyport/simulator/src/build/build-app.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { secondaryLimit } from "@sallyport/simulator/src/http/faults.ts";
import { installationRepositoriesWebhook, installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { repositoryEventWebhook } from "@sallyport/simulator/src/payload/repository.ts";
import { buildElsewhere } from "@sallyport/simulator/src/scenarios/history.ts";
import {
  createWorld,
  type PullRequest,
  type Repository,
  type RepositoryRole,
  type User,
} from "@sallyport/simulator/src/world/world.ts";
import type { App, Installation } from "@sallyport/simulator/src/world/world-apps.ts";
import type { Flag } from "../../src/access/flag.ts";
import { plusDays } from "../../src/clock.ts";
import { weeklySchedule } from "../../src/flows/steps/weekly-audit.ts";
import { accountId, installationId } from "../../src/ids.ts";
import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { denounce, returnedAccount } from "../support/people.ts";
import { inCampaigns } from "../support/rows.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp, writePolicy } from "../support/running-app.ts";
import { signIn } from "../support/visitor.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const maintainer = person("milo-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const repository = (name: string, on = organization): Repository =>
  addRepository(world, { owner: on, name, createdAt: "2017-01-01T00:00:00Z" });
const [wallet, relayer, docs] = [repository("wallet"), repository("relayer"), repository("docs")];
for (const place of [wallet, relayer, docs]) place.direct.set(maintainer.id, "maintain");
const places = buildElsewhere(world, NOW);

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

interface GrantSection {
  readonly state: string;
  readonly value: { readonly role: string; readonly previousRole: string | null; readonly via: string } | null;
}

let count = 0;

/** Somebody whom the organisation's own list and ten years of GitHub's dates give reason to look at twice. */
async function notable(): Promise<User> {
  count++;
  const somebody = returnedAccount(world, { login: `dora-${count}-example`, places, now: NOW });
  await denounce(app.tenant(), somebody, { by: owner, now: NOW });
  return somebody;
}

/** Gives, changes or takes a role as an admin does on GitHub, with its delivery. */
async function grant(place: Repository, member: User, to: RepositoryRole | null): Promise<void> {
  const from = place.direct.get(member.id);
  if (to === null) place.direct.delete(member.id);
  else place.direct.set(member.id, to);
  const action = to === null ? "removed" : from === undefined ? "added" : "edited";
  const change = { ...(from && { from }), ...(to && { to }) };
  await app.tell(memberWebhook(app.sim.stage, { repository: place, member, sender: maintainer, action, ...change }));
}

async function contribution(author: User, place = wallet): Promise<PullRequest> {
  const pullRequest = openPullRequest(world, place, { author, title: "Tidy", at: NOW });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  return pullRequest;
}

const flagsOf = async (member: User): Promise<readonly Flag[]> =>
  (await app.tenant().flags("all")).filter(({ accountId }) => accountId === member.id);
const states = async (member: User): Promise<readonly string[]> =>
  (await flagsOf(member)).map(({ state }) => state.kind);

/** The audit of a later week, started by its schedule. */
async function nextWeek(): Promise<void> {
  const audits = (): number => app.logged("audit.completed").length;
  const before = audits();
  app.clock.set(plusDays(app.clock.now(), 7));
  await eventually(() => audits() > before);
  await app.settle();
}

function theApp(): App {
  const [known] = world.apps.values();
  if (known === undefined) throw new Error("the App is registered by now");
  return known;
}

const writes = (): number =>
  app.sim.ledger.requestsOf().filter(({ method }) => method !== "GET" && method !== "QUERY").length;

test("member added with write: assessed, and flagged with evidence where the grant meets P", async () => {
  const somebody = await notable();
  await grant(wallet, somebody, "write");
  const [flag] = await flagsOf(somebody);
  expect(flag).toMatchObject({
    repositoryId: wallet.id,
    role: "write",
    via: "outside",
    because: expect.stringContaining("The account came back after years"),
    state: { kind: "open" },
  });
  const report = await app.tenant().report(flag?.reportId ?? "");
  expect(report).toMatchObject({ kind: "collaborator", accountId: somebody.id, decision: { flag: true } });
  const fired = report?.assessment.findings.filter(({ outcome }) => outcome === "fired") ?? [];
  expect(fired.map(({ signal }) => signal)).toContain("acc-thin-grant");
  expect(fired.every(({ evidence }) => evidence.length > 0)).toBe(true);
});

test("a grant whose holder was renamed before it was looked at: judged by the account, not by whoever has the login", async () => {
  const somebody = await notable();
  const before = somebody.login;
  wallet.direct.set(somebody.id, "write");
  const told = { repository: wallet, member: somebody, sender: maintainer, action: "added", to: "write" } as const;
  const webhook = memberWebhook(app.sim.stage, told);
  somebody.login = `${before}-now`;
  person(before);
  await app.tell(webhook);
  expect(await states(somebody)).toEqual(["open"]);
  const report = await app.tenant().latestReportOf(somebody.id as never);
  expect(report).toMatchObject({ login: somebody.login, decision: { flag: true } });
});

test("member added with read, or an ordinary account with write: a report at most, no flag", async () => {
  const [readerOnly, ordinary] = [await notable(), person("tess-example")];
  await grant(wallet, readerOnly, "read");
  await grant(wallet, ordinary, "write");
  expect(await app.tenant().latestReportOf(readerOnly.id as never)).toBe(null);
  expect(await app.tenant().latestReportOf(ordinary.id as never)).toMatchObject({ decision: { flag: false } });
  expect([...(await flagsOf(readerOnly)), ...(await flagsOf(ordinary))]).toEqual([]);
});

inCampaigns(
  "a flag stays after the account was looked at again, even when it would not be raised any more",
  async () => {
    const somebody = await notable();
    await grant(wallet, somebody, "write");
    await contribution(somebody);
    const tenant = app.tenant();
    const by = { accountId: owner.id as never, login: owner.login };
    const vouch = { disposition: "vouched", reason: "Known to us", by, repository: null, at: NOW } as const;
    await tenant.addToLocalList(somebody.id as never, { ...vouch, until: plusDays(NOW, 30) });
    const pullRequest = await contribution(somebody);
    expect((await app.reportOf(pullRequest)).assessment.persona.band).not.toBe("review");
    await grant(wallet, somebody, "maintain");
    for (const flag of await flagsOf(somebody)) {
      expect(flag.state.kind).toBe("open");
      expect(await tenant.report(flag.reportId)).toMatchObject({ accountId: somebody.id });
    }
  },
);

test("a flag is acknowledged by an owner with a reason, and by nobody else", async () => {
  const somebody = await notable();
  await grant(wallet, somebody, "write");
  const [flag] = await flagsOf(somebody);
  const page = `/orgs/${app.installation.id}/flags`;
  const action = `${page}/${flag?.id}/acknowledge`;
  const until = plusDays(app.clock.now(), 90).slice(0, 10);
  const reason = { reason: "Our contractor, met in person in May", outcome: "keep", until };
  for (const login of [maintainer.login, somebody.login]) {
    const visitor = await signIn(app, login);
    expect((await visitor.get(page)).status).toBe(404);
    expect((await visitor.submit("/", action, reason)).status).toBeGreaterThanOrEqual(403);
  }
  expect(await states(somebody)).toEqual(["open"]);
  const visitor = await signIn(app, owner.login);
  expect((await visitor.submit(page, action, { reason: "ok" })).status).toBe(422);
  expect((await visitor.submit(page, action, reason)).status).toBe(303);
  expect((await flagsOf(somebody)).map(({ state }) => state)).toEqual([
    {
      kind: "acknowledged",
      byAccountId: owner.id,
      byLogin: owner.login,
      at: app.clock.now(),
      ...reason,
      until: `${plusDays(until, 1).slice(0, 10)}T00:00:00.000Z`,
    },
  ]);
});

inCampaigns("a flag closes when the grant goes: taken away, or lowered below write", async () => {
  const [removed, lowered] = [await notable(), await notable()];
  await grant(wallet, removed, "write");
  await grant(wallet, lowered, "admin");
  await grant(wallet, removed, null);
  await grant(wallet, lowered, "triage");
  expect([await states(removed), await states(lowered)]).toEqual([["grant_gone"], ["grant_gone"]]);
});

test("a flag stays when a removal is told late and the grant is there again", async () => {
  const somebody = await notable();
  await grant(wallet, somebody, "write");
  const late = memberWebhook(app.sim.stage, {
    repository: wallet,
    member: somebody,
    sender: maintainer,
    action: "removed",
  });
  await app.tell(late);
  expect(await states(somebody)).toEqual(["open"]);
});

inCampaigns("the weekly audit: kept with what changed, and closes flags whose grant went without a word", async () => {
  const [leaving, staying, decided] = [await notable(), await notable(), await notable()];
  await grant(relayer, leaving, "write");
  await grant(relayer, decided, "write");
  const [known] = await flagsOf(decided);
  const by = {
    accountId: owner.id as never,
    login: owner.login,
    reason: "Our contractor",
    at: NOW,
    outcome: "keep",
    until: null,
  } as const;
  await app.tenant().acknowledgeFlag(known?.id ?? "", by);
  await nextWeek();
  relayer.direct.delete(leaving.id);
  docs.direct.set(staying.id, "write");
  await nextWeek();
  expect(await states(leaving)).toEqual(["grant_gone"]);
  const [head, ...earlier] = await app.tenant().auditHeads(10);
  expect(earlier.length).toBeGreaterThanOrEqual(2);
  expect(head?.takenAt).toBe(app.clock.now());
  expect((await app.tenant().latestReport())?.report).toMatchObject({
    schema: "sallyport.audit/1",
    changes: {
      added: [{ account: String(staying.id), repository: String(docs.id), role: "write" }],
      removed: [{ account: String(leaving.id), repository: String(relayer.id), role: "write" }],
    },
  });
  // The grant is still there, and so is what a person said about it.
  expect(await states(decided)).toEqual(["acknowledged"]);
  // Nobody told of this grant: the audit found it, and its holder was looked at.
  expect(await states(staying)).toEqual(["open"]);
});

test("a pull request of somebody who holds write: what is said about it counts the access", async () => {
  const somebody = await notable();
  wallet.direct.set(somebody.id, "write");
  await nextWeek();
  const pullRequest = await contribution(somebody);
  expect(await app.reportOf(pullRequest)).toMatchObject({ kind: "pull_request", decision: { flag: true } });
  const stranger = await notable();
  expect(await app.reportOf(await contribution(stranger))).toMatchObject({ decision: { flag: false } });
});

inCampaigns(
  "the weekly audit: a grant of which no delivery told is looked at as if one had, and a told one not again",
  async () => {
    const [told, untold] = [await notable(), await notable()];
    await nextWeek();
    await grant(docs, told, "write");
    docs.direct.set(untold.id, "write");
    const reportOf = async (member: User) => {
      const report = await app.tenant().latestReportOf(member.id as never);
      // Whether access is used is seen in an audit, and the audit that found the grant already lists it. Whether an
      // account changed its face needs two looks at it, and they were not looked at equally often.
      const others = ["acc-dormant-privilege", "life-handle-profile-reset"];
      const comparable = report?.assessment.findings.filter(({ signal }) => !others.includes(signal));
      const findings = comparable?.map(({ signal, outcome }) => [signal, outcome]);
      const { state, value } = { value: null, ...report?.dossier.sections["access.grant"] } as GrantSection;
      const { role, previousRole, via } = value ?? {};
      return { repository: report?.repositoryId, kind: report?.kind, findings, state, role, previousRole, via };
    };
    const expected = await reportOf(told);
    expect(expected).toMatchObject({ kind: "collaborator", state: "present", role: "write", via: "outside" });
    expect(expected.findings).toContainEqual(["acc-thin-grant", "fired"]);
    await nextWeek();
    expect(await reportOf(untold)).toEqual(expected);
    expect([await states(told), await states(untold)]).toEqual([["open"], ["open"]]);
    const assessed = () => app.logged("job.finished").filter(({ kind }) => kind === "assess-collaborator").length;
    const before = assessed();
    // A role that rises is a grant, and one that does not is none.
    docs.direct.set(untold.id, "admin");
    await nextWeek();
    expect(await reportOf(untold)).toMatchObject({ role: "admin", previousRole: "write" });
    const after = assessed();
    expect(after).toBeGreaterThan(before);
    await nextWeek();
    expect(assessed()).toBe(after);
  },
);

inCampaigns("the weekly audit: closes no flag and calls nobody gone when it cannot look", async () => {
  const [teamed, direct] = [await notable(), await notable()];
  addTeam(world, organization, { name: "Relayers", members: [teamed], repositories: [[relayer, "write"]] });
  organization.members.add(teamed.id);
  docs.direct.set(direct.id, "write");
  await nextWeek();
  expect([await states(teamed), await states(direct)]).toEqual([["open"], ["open"]]);
  for (const operation of ["graphql/OrgMembers", "graphql/OrgTeams"])
    app.sim.faults.add(operation, { kind: "status", status: 403, message: "Resource not accessible by integration" });
  docs.archived = true;
  await nextWeek();
  expect([await states(teamed), await states(direct)]).toEqual([["open"], ["open"]]);
  expect((await app.tenant().latestReport())?.report).toMatchObject({
    changes: null,
    notChecked: expect.arrayContaining([expect.objectContaining({ what: "changes since the last audit" })]),
  });
  app.sim.faults.clear();
  docs.archived = false;
});

inCampaigns("the weekly audit: one, with the week's changes, when GitHub's limit ends its first try", async () => {
  const joining = person("jo-example");
  await nextWeek();
  docs.direct.set(joining.id, "write");
  const [before, snoozed] = [(await app.tenant().auditHeads(50)).length, app.logged("job.snoozed").length];
  app.sim.faults.add("repos/get-content", secondaryLimit(1), { times: 1 });
  await nextWeek();
  await app.settle();
  expect(app.logged("job.snoozed").length).toBeGreaterThan(snoozed);
  expect(await app.tenant().auditHeads(50)).toHaveLength(before + 1);
  expect((await app.tenant().latestReport())?.report).toMatchObject({
    changes: { added: [{ account: String(joining.id) }] },
  });
});

test("a renamed repository: what is stored follows, and whoever works on a new one of the old name sees none of it", async () => {
  const [contractor, flagged] = [person("carl-example"), await notable()];
  const vault = repository("vault");
  vault.direct.set(maintainer.id, "maintain");
  await grant(vault, flagged, "write");
  const pullRequest = await contribution(owner, vault);
  const { id } = await app.reportOf(pullRequest);
  vault.name = "safe";
  await app.tell(
    repositoryEventWebhook(app.sim.stage, { repository: vault, action: "renamed", sender: owner, nameFrom: "vault" }),
  );
  repository("vault").direct.set(contractor.id, "write");
  expect(await app.reportOf(pullRequest)).toMatchObject({ repositoryOwner: "octo-org", repositoryName: "safe" });
  expect((await flagsOf(flagged)).map(({ repositoryName }) => repositoryName)).toEqual(["safe"]);
  const page = `/orgs/${app.installation.id}/reports/${id}`;
  expect((await (await signIn(app, contractor.login)).get(page)).status).toBe(404);
  expect((await (await signIn(app, maintainer.login)).get(page)).status).toBe(200);
});

test("a renamed organisation: its new login is noticed without being told, and what is stored follows", async () => {
  const pullRequest = await contribution(owner);
  const name = organization.login;
  organization.login = "octo-new-example";
  await app.service.store.queue.enqueue([{ kind: "reconcile-deliveries" }]);
  await app.settle();
  expect(await app.tenant().installation()).toMatchObject({ accountLogin: "octo-new-example" });
  expect(await app.reportOf(pullRequest)).toMatchObject({ repositoryOwner: "octo-new-example" });
  expect((await (await signIn(app, owner.login)).get(`/orgs/${app.installation.id}`)).status).toBe(200);
  organization.login = name;
  await app.service.store.queue.enqueue([{ kind: "reconcile-deliveries" }]);
  await app.settle();
  expect(await app.tenant().installation()).toMatchObject({ accountLogin: name });
});

test("permissions that are accepted: the day of the weekly audit stays the policy's, and the first audit stays one", async () => {
  const { queue } = app.service.store;
  const asked: unknown[] = [];
  const schedule = queue.schedule;
  const stored = { sourceSha: null, source: null, problems: [], fetchedAt: app.clock.now() };
  await app.tenant().savePolicy(null, { ...stored, file: { access: { weekly: { day: "friday" } } } });
  Object.assign(queue, {
    schedule: (...given: Parameters<typeof schedule>) => {
      asked.push(given[1]);
      return schedule(...given);
    },
  });
  const before = (await app.tenant().auditHeads(50)).length;
  const about = { installation: app.installation, sender: owner, action: "new_permissions_accepted" } as const;
  await app.tell(installationWebhook(app.sim.stage, about));
  Object.assign(queue, { schedule });
  expect(asked).toEqual([weeklySchedule(app.installation.id, { ...DEFAULT_POLICY.access.weekly, day: "friday" })]);
  expect(await app.tenant().auditHeads(50)).toHaveLength(before);
  await app.tenant().savePolicy(null, { ...stored, file: {} });
});

test("a start that was cut off after the installation was noted: the first audit is taken all the same", async () => {
  const third = addOrganization(world, { login: "third-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const installation = installApp(world, theApp(), { account: third, at: NOW });
  const account = { accountId: accountId(third.id), accountLogin: "third-org", accountType: "Organization" };
  await app.tenant(installation).saveInstallation({ ...account, permissions: {}, createdAt: NOW });
  await app.tell(installationWebhook(app.sim.stage, { installation, action: "created", sender: owner }));
  expect(await app.tenant(installation).auditHeads(9)).toHaveLength(1);
});

inCampaigns("a repository that is taken out or moved: what was stored about it goes, the rest stays", async () => {
  const [first, second] = [await contribution(maintainer, relayer), await contribution(maintainer, docs)];
  const kept = await contribution(maintainer, wallet);
  const removed = { installation: app.installation, added: [], removed: [relayer], sender: owner };
  await app.tell(installationRepositoriesWebhook(app.sim.stage, removed));
  const moved = { repository: docs, action: "transferred", sender: owner, ownerFrom: maintainer } as const;
  await app.tell(repositoryEventWebhook(app.sim.stage, moved));
  await expect(app.reportOf(first)).rejects.toThrow();
  await expect(app.reportOf(second)).rejects.toThrow();
  expect((await app.tenant().flags("all")).map(({ repositoryId }) => Number(repositoryId))).not.toContain(docs.id);
  expect(await app.reportOf(kept)).toBeDefined();
});

test("an installation that is suspended, resumed and deleted: work waits, is done, and not one row is left", async () => {
  const second = addOrganization(world, { login: "second-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const place = repository("tools", second);
  const installation = await app.install(second, owner);
  const about = (action: "suspend" | "unsuspend" | "deleted") =>
    app.tell(installationWebhook(app.sim.stage, { installation, action, sender: owner }));
  const pullRequest = await contribution(owner, place);
  const tenant = app.tenant(installation);
  installation.suspendedAt = NOW;
  await about("suspend");
  await app.service.store.queue.enqueue([audit(installation)]);
  await app.settle();
  expect(app.logged("job.held").at(-1)).toMatchObject({ kind: "audit-organization", by: "installation" });
  const audited = () =>
    app
      .logged("job.finished")
      .filter((line) => line.kind === "audit-organization" && line.installation === installation.id);
  const before = audited().length;
  installation.suspendedAt = null;
  await about("unsuspend");
  await eventually(() => audited().length > before);
  expect(audited().at(-1)).toMatchObject({ outcome: "completed" });
  await about("deleted");
  world.installations.delete(installation.id);
  await app.service.store.queue.enqueue([audit(installation)]);
  await app.settle();
  expect(app.logged("job.finished").at(-1)).toMatchObject({ kind: "audit-organization", outcome: "cancelled" });
  expect(await tenant.installation()).toBe(null);
  expect(await tenant.reportsOfHead(place.id as never, headOf(pullRequest))).toEqual([]);
  expect([
    await tenant.auditHeads(10),
    await tenant.trail(10),
    await tenant.doorsOfRepository(place.id as never),
  ]).toEqual([[], [], []]);
});

const audit = (installation: Installation) =>
  ({ kind: "audit-organization", installationId: installationId(installation.id), first: false }) as const;

test("shadow mode: until here nothing was written on GitHub; an owner's switch turns it on, the file decides over it", async () => {
  expect(writes()).toBe(0);
  expect((await app.tenant().recentReports(100)).length).toBeGreaterThan(5);
  const settings = `/orgs/${app.installation.id}/settings`;
  const publish = `${settings}/publication`;
  const maintainers = await signIn(app, maintainer.login);
  expect((await maintainers.submit("/", publish, { publication: "live" })).status).toBeGreaterThanOrEqual(403);
  await contribution(owner);
  expect(writes()).toBe(0);
  const visitor = await signIn(app, owner.login);
  expect((await visitor.submit(settings, publish, { publication: "live" })).status).toBe(303);
  await contribution(owner);
  expect([writes(), world.checkRuns.size]).toEqual([1, 1]);
  writePolicy(world, organization, "version: 1\nmode: shadow\n");
  app.clock.set(plusDays(app.clock.now(), 1 / 12));
  await contribution(owner);
  expect([writes(), world.checkRuns.size]).toEqual([1, 1]);
});
