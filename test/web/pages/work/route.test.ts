import type { Job } from "../../../../src/job/job.ts";
import { makeMetrics } from "../../../../src/web/metrics.ts";
import { eventually } from "../../../store/eventually.ts";
import { triage } from "../../../store/samples.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { OWNER, openTestSite, type TestSite } from "../../support/desk.ts";
import { INSTALLATION, OTHER_INSTALLATION } from "../../support/reports.ts";

const WORK = `/orgs/${INSTALLATION}/work`;
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

/** One job of each organisation that was set aside. */
beforeEach(() => giveUp([triage(INSTALLATION), triage(OTHER_INSTALLATION)]));
afterEach(async () => {
  site.github.failure = null;
  const ids = (await site.store.setAside(null)).map(({ id }) => id);
  await site.store.tryAgain(ids, null);
  const work = await site.store.queue.work({ concurrency: 4 }, async () => ({ kind: "completed" }));
  await eventually(async () => Object.values(await site.store.queue.counts()).every((count) => count === 0));
  await work.stop(5_000);
});

async function giveUp(jobs: readonly Job[]): Promise<void> {
  const { queue } = site.store;
  await queue.enqueue(jobs);
  const work = await queue.work({ concurrency: 4 }, async () => ({ kind: "discarded", because: "validation" }));
  await eventually(async () => (await queue.counts()).discarded === jobs.length);
  await work.stop(5_000);
}

const mine = async (): Promise<string> => (await site.store.setAside(INSTALLATION))[0]?.id ?? "none";

test("work: an owner reads what was set aside of his organisation and why, and nothing of another one", async () => {
  const { body } = await (await site.signedIn(OWNER)).get(WORK);
  expect(body).toContain("Reading a pull request");
  expect(body).not.toContain("triage-pull-request");
  expect(body).toContain("example-org/demo");
  expect(body).toContain("GitHub refused it as invalid while it answered everything else.");
  expect(body).toMatch(/<dt>GitHub<\/dt>\s*<dd>\s*<span>answers<\/span>/);
  expect(body).toContain("newest received: none yet");
  const [other] = await site.store.setAside(OTHER_INSTALLATION);
  expect(body).toContain(`value="${await mine()}"`);
  expect(body).not.toContain(`value="${other?.id}"`);
});

test("work: the button puts it back and goes into the trail, once", async () => {
  const owner = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const id = await mine();
  for (const _twice of [1, 2]) expect((await owner.post(`${WORK}/retry`, { csrf, id })).statusCode).toBe(303);
  expect(await site.store.setAside(INSTALLATION)).toEqual([]);
  const trail = await site.store.tenant(INSTALLATION).trail(20);
  const acts = trail.filter(({ act, target }) => act === "work.retried" && target === id);
  expect(acts.map(({ actorId }) => actorId)).toEqual([OWNER]);
});

test("work: the button of one organisation moves nothing of another one", async () => {
  const owner = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const [other] = await site.store.setAside(OTHER_INSTALLATION);
  await owner.post(`${WORK}/retry`, { csrf, id: other?.id ?? "" });
  expect(await site.store.setAside(OTHER_INSTALLATION)).toHaveLength(1);
});

test("work: without the token of the page, or while GitHub cannot say who may, nothing is put back", async () => {
  const owner = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const id = await mine();
  expect((await owner.post(`${WORK}/retry`, { csrf: "forged", id })).statusCode).toBe(403);
  site.github.failure = "down";
  expect((await owner.post(`${WORK}/retry`, { csrf, id })).statusCode).toBe(404);
  expect(await mine()).toBe(id);
});

test("work: the page says since when GitHub does not answer, and how far deliveries are behind", async () => {
  const { queue } = site.store;
  await queue.enqueue([triage(INSTALLATION, 2)]);
  const work = await queue.work({ concurrency: 1, probe: async () => false }, async () => ({
    kind: "held",
    by: "installation",
    because: "installation_suspended",
  }));
  await eventually(async () => (await queue.counts()).snoozed === 1);
  await work.stop(5_000);
  const made = new Date(Date.parse(site.clock.now()) - 120_000).toISOString();
  await site.store.noteDeliveryLog(made, site.clock.now());
  const { body } = await (await site.signedIn(OWNER)).get(WORK);
  expect(body).toContain("the App is suspended there");
  expect(body).toMatch(/newest that GitHub made: .*2 min/);
  const text = await makeMetrics(site.store).text();
  expect(text).toContain('sallyport_circuits_open{scope="installation"} 1');
  expect(text).toContain(`sallyport_newest_delivery_timestamp_seconds{side="made"} ${Date.parse(made) / 1_000}`);
  expect(text).toContain('sallyport_set_aside{what="job",kind="triage-pull-request",state="set_aside"} 2');
  await site.store.queue.closeCircuit(INSTALLATION);
});
