import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import {
  membershipWebhook,
  organizationMemberWebhook,
  teamWebhook,
} from "@sallyport/simulator/src/payload/organization.ts";
import { repositoryEventWebhook } from "@sallyport/simulator/src/payload/repository.ts";
import { buildElsewhere } from "@sallyport/simulator/src/scenarios/history.ts";
import { createWorld, type Repository, type Team, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Flag } from "../../src/access/flag.ts";
import { plusDays } from "../../src/clock.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { denounce, returnedAccount } from "../support/people.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const organization = addOrganization(world, {
  ...{ login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner], basePermission: "none" },
});
let count = 0;
const repository = (): Repository =>
  addRepository(world, { owner: organization, name: `place-${++count}`, createdAt: "2017-01-01T00:00:00Z" });
const first = repository();
const places = buildElsewhere(world, NOW);

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

const joined = (user: User): User => {
  organization.members.add(user.id);
  return user;
};
const ordinary = (): User => joined(person(`tess-${++count}-example`));
/** Somebody whom the organisation's own list and ten years of GitHub's dates give reason to look at twice. */
async function notable(): Promise<User> {
  const somebody = returnedAccount(world, { login: `dora-${++count}-example`, places, now: NOW });
  await denounce(app.tenant(), somebody, { by: owner, now: NOW });
  return joined(somebody);
}
const team = (about: Partial<Parameters<typeof addTeam>[2]> = {}): Team =>
  addTeam(world, organization, { name: `Team ${++count}`, ...about });

type TeamAction = Parameters<typeof teamWebhook>[1]["action"];
const ofTeam = (of: Team, action: TeamAction, on?: Repository) =>
  teamWebhook(app.sim.stage, { organization, team: of, action, sender: owner, ...(on && { repository: on }) });
const ofMember = (of: Team, member: User, action: "added" | "removed") =>
  membershipWebhook(app.sim.stage, { organization, team: of, member, action, sender: owner });

/** Events of one source are gathered for ten seconds. */
async function gathered(): Promise<void> {
  await app.settle();
  await app.pass(11);
  await app.settle();
}

async function told(...webhooks: readonly Parameters<RunningApp["tell"]>[0][]): Promise<void> {
  for (const webhook of webhooks) expect((await app.sim.deliver(webhook))?.statusCode).toBe(202);
  await gathered();
}

const finished = (kind: string) => app.logged("job.finished").filter((line) => line.kind === kind);
/** How many jobs of a kind ended while something was done. */
async function jobsOf(kind: string, work: () => Promise<void>): Promise<number> {
  const before = finished(kind).length;
  await work();
  return finished(kind).length - before;
}

const flagsOf = async (member: User): Promise<readonly Flag[]> =>
  (await app.tenant().flags("all")).filter(({ accountId: id }) => id === member.id);
const states = async (member: User): Promise<readonly string[]> =>
  (await flagsOf(member)).map(({ state }) => state.kind);
const reportOn = (member: User) => app.tenant().latestReportOf(accountId(member.id));

test("a team gets a repository: each of its members and those of teams below are assessed, and the notable one flagged", async () => {
  const place = repository();
  const [dora, tess, below, stranger] = [await notable(), ordinary(), await notable(), ordinary()];
  const core = team({ members: [dora, tess] });
  team({ members: [below], parent: core });
  core.repositories.set(place.id, "write");
  await told(ofTeam(core, "added_to_repository", place));
  const [flag] = await flagsOf(dora);
  expect(flag).toMatchObject({
    ...{ repositoryId: place.id, repositoryName: place.name, role: "write", via: "team", state: { kind: "open" } },
    because: expect.stringContaining("The account came back after years"),
  });
  expect(await states(below)).toEqual(["open"]);
  expect(await flagsOf(tess)).toEqual([]);
  expect((await reportOn(tess))?.kind).toBe("collaborator");
  expect(await reportOn(stranger)).toBe(null);
  const line = finished("follow-access").at(-1);
  expect(line).toMatchObject({ outcome: "completed", api_calls: 1 });
  // What is kept says so on the pages, and not in what the next audit is compared with.
  const roles = await app.tenant().rolesOn(repositoryId(place.id));
  expect(roles?.grants.map(({ via }) => via)).toEqual(Array(3).fill({ kind: "team", team: core.slug }));
  expect((await app.tenant().latestSnapshot(plusDays(NOW, 1)))?.grants).toEqual([]);
});

test("look-alikes: a team gets read, and one whose members write there already gets write: nobody is looked at", async () => {
  const place = repository();
  const [dora, tess] = [await notable(), ordinary()];
  const readers = team({ members: [dora, tess], repositories: [[place, "read"]] });
  const assessed = await jobsOf("assess-holder", () => told(ofTeam(readers, "added_to_repository", place)));
  expect([assessed, await flagsOf(dora), await reportOn(dora)]).toEqual([0, [], null]);
  const core = team({ members: [tess], repositories: [[place, "maintain"]] });
  await told(ofTeam(core, "added_to_repository", place));
  const again = team({ members: [tess], repositories: [[place, "write"]] });
  expect(await jobsOf("assess-holder", () => told(ofTeam(again, "added_to_repository", place)))).toBe(0);
});

test("somebody joins a team: what its parent gives reaches him, and ends with the membership", async () => {
  const place = repository();
  const dora = await notable();
  const parent = team({ repositories: [[place, "admin"]] });
  const child = team({ parent });
  child.members.add(dora.id);
  await told(ofMember(child, dora, "added"));
  expect(await flagsOf(dora)).toMatchObject([{ repositoryId: place.id, role: "admin", via: "team" }]);
  child.members.delete(dora.id);
  await told(ofMember(child, dora, "removed"));
  expect(await states(dora)).toEqual(["grant_gone"]);
});

test("a script that adds a team to sixty repositories: few jobs, one look at each member, whoever tells it twice", async () => {
  const dora = await notable();
  const core = team({ members: [dora, ordinary()] });
  const many = Array.from({ length: 60 }, repository);
  let holders = 0;
  const follows = await jobsOf("follow-access", async () => {
    holders = await jobsOf("assess-holder", async () => {
      for (const place of many) core.repositories.set(place.id, "write");
      await told(...many.map((place) => ofTeam(core, "added_to_repository", place)));
    });
  });
  expect([follows, holders]).toEqual([1, 2]);
  expect(await flagsOf(dora)).toHaveLength(60);
  const before = await reportOn(dora);
  const webhook = ofTeam(core, "added_to_repository", many[0]);
  expect(await jobsOf("assess-holder", () => told(webhook, webhook))).toBe(0);
  expect([await reportOn(dora), (await flagsOf(dora)).length]).toEqual([before, 60]);
});

test("out of order and untrue: what GitHub says when it is asked counts, never what was told", async () => {
  const place = repository();
  const dora = await notable();
  const core = team({ members: [dora], repositories: [[place, "write"]] });
  // The removal is told after the grant that followed it, and the grant before it was made.
  await told(ofTeam(core, "removed_from_repository", place));
  expect(await states(dora)).toEqual(["open"]);
  core.repositories.delete(place.id);
  await told(ofTeam(core, "added_to_repository", place));
  expect(await states(dora)).toEqual(["grant_gone"]);
});

test("a team loses a repository: flags end where nothing else gives the role, and stay where something does", async () => {
  const place = repository();
  const [dora, both] = [await notable(), await notable()];
  const core = team({ members: [dora, both], repositories: [[place, "write"]] });
  await told(ofTeam(core, "added_to_repository", place));
  place.direct.set(both.id, "maintain");
  await told(memberWebhook(app.sim.stage, { repository: place, member: both, sender: owner, action: "added" }));
  core.repositories.delete(place.id);
  await told(ofTeam(core, "removed_from_repository", place));
  expect([await states(dora), await states(both)]).toEqual([["grant_gone"], ["open"]]);
});

test("a team that is deleted takes what it gave with it", async () => {
  const place = repository();
  const dora = await notable();
  const core = team({ members: [dora], repositories: [[place, "write"]] });
  await told(ofTeam(core, "added_to_repository", place));
  expect(await states(dora)).toEqual(["open"]);
  const gone = ofTeam(core, "deleted");
  organization.teams.splice(organization.teams.indexOf(core), 1);
  await told(gone);
  expect(await states(dora)).toEqual(["grant_gone"]);
});

test("an owner joins: everything is within reach at once; who leaves loses it, but for what is his own", async () => {
  const dora = await notable();
  const own = repository();
  own.direct.set(dora.id, "write");
  organization.owners.add(dora.id);
  const belongs = (action: "member_added" | "member_removed") =>
    organizationMemberWebhook(app.sim.stage, { organization, member: dora, action, sender: owner });
  await told(belongs("member_added"));
  expect((await flagsOf(dora)).length).toBeGreaterThan(1);
  expect((await flagsOf(dora)).find(({ repositoryId: id }) => id === first.id)).toMatchObject({ via: "owner" });
  await told(memberWebhook(app.sim.stage, { repository: own, member: dora, sender: owner, action: "added" }));
  organization.owners.delete(dora.id);
  organization.members.delete(dora.id);
  await told(belongs("member_removed"));
  const open = (await flagsOf(dora)).filter(({ state }) => state.kind === "open");
  expect(open.map(({ repositoryId: id }) => id)).toEqual([own.id]);
});

test("a repository is made, archived and brought back: whoever writes there is seen when it counts", async () => {
  const dora = await notable();
  const made = repository();
  made.direct.set(dora.id, "admin");
  const happened = (action: "created" | "archived" | "unarchived") =>
    repositoryEventWebhook(app.sim.stage, { repository: made, action, sender: dora });
  await told(happened("created"));
  expect(await flagsOf(dora)).toMatchObject([{ repositoryId: made.id, role: "admin" }]);
  made.archived = true;
  await told(happened("archived"));
  const roles = await app.tenant().rolesOn(repositoryId(made.id));
  expect(roles?.repositories).toMatchObject([{ archived: true }]);
  made.archived = false;
  const assessed = () => told(happened("unarchived"));
  expect(await jobsOf("assess-holder", assessed)).toBe(0);
  expect((await app.tenant().rolesOn(repositoryId(made.id)))?.repositories).toMatchObject([{ archived: false }]);
});

test("GitHub away: what was told waits, and is done when it is back", async () => {
  const place = repository();
  const dora = await notable();
  const core = team({ members: [dora], repositories: [[place, "write"]] });
  app.sim.faults.add("graphql/TeamAccess", { kind: "status", status: 502, message: "Bad gateway" }, { times: 3 });
  const held = () => app.logged("job.held").filter(({ kind }) => kind === "follow-access").length;
  const before = held();
  await told(ofTeam(core, "added_to_repository", place));
  expect([held() - before, await states(dora)]).toEqual([3, ["open"]]);
});

test("killed while GitHub answered: the job runs again, and its raises are found again", async () => {
  const place = repository();
  const [dora, tess] = [await notable(), ordinary()];
  const core = team({ members: [dora, tess], repositories: [[place, "write"]] });
  await app.sim.deliver(ofTeam(core, "added_to_repository", place));
  await app.settle();
  // What was said is lost with the process that died; what it had filed is filed again and done once more.
  const { enqueue } = app.service.store.queue;
  let died = false;
  app.service.store.queue.enqueue = async (jobs) => {
    await enqueue(jobs);
    if (!died && jobs.some(({ kind }) => kind === "assess-holder")) {
      died = true;
      throw new Error("the process ended here");
    }
  };
  const holders = await jobsOf("assess-holder", gathered);
  app.service.store.queue.enqueue = enqueue;
  expect([died, await states(dora)]).toEqual([true, ["open"]]);
  expect((await reportOn(tess))?.kind).toBe("collaborator");
  expect(holders).toBeGreaterThanOrEqual(2);
});

test("the audit that follows sees the same, raises nobody twice, and compares with what the last one saw", async () => {
  const place = repository();
  const dora = await notable();
  const core = team({ members: [dora], repositories: [[place, "write"]] });
  await told(ofTeam(core, "added_to_repository", place));
  const before = await reportOn(dora);
  app.clock.set(plusDays(app.clock.now(), 7));
  await eventually(() => app.logged("audit.completed").length > 1);
  await app.settle();
  const { report } = (await app.tenant().latestReport()) ?? {};
  expect(report).toMatchObject({
    changes: { added: expect.arrayContaining([expect.objectContaining({ account: String(dora.id) })]) },
  });
  expect([await reportOn(dora), await states(dora)]).toEqual([before, ["open"]]);
});
