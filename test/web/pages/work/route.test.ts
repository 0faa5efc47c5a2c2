import type { Job } from "../../../../src/job/job.ts";
import { makeMetrics } from "../../../../src/web/metrics.ts";
import { eventually } from "../../../store/eventually.ts";
import { triage } from "../../../store/samples.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { type Desk, OWNER, openDesk } from "../../support/desk.ts";
import { INSTALLATION, OTHER_INSTALLATION } from "../../support/reports.ts";

const WORK = `/orgs/${INSTALLATION}/work`;
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** One job of each organisation that was set aside. */
beforeEach(() => giveUp([triage(INSTALLATION), triage(OTHER_INSTALLATION)]));
afterEach(async () => {
  desk.github.failure = null;
  const ids = (await desk.store.setAside(null)).map(({ id }) => id);
  await desk.store.tryAgain(ids, null);
  const work = await desk.store.queue.work({ concurrency: 4 }, async () => ({ kind: "completed" }));
  await eventually(async () => Object.values(await desk.store.queue.counts()).every((count) => count === 0));
  await work.stop(5_000);
});

async function giveUp(jobs: readonly Job[]): Promise<void> {
  const { queue } = desk.store;
  await queue.enqueue(jobs);
  const work = await queue.work({ concurrency: 4 }, async () => ({ kind: "discarded", because: "validation" }));
  await eventually(async () => (await queue.counts()).discarded === jobs.length);
  await work.stop(5_000);
}

const mine = async (): Promise<string> => (await desk.store.setAside(INSTALLATION))[0]?.id ?? "none";

test("work: an owner reads what was set aside of his organisation and why, and nothing of another one", async () => {
  const { body } = await (await desk.signedIn(OWNER)).get(WORK);
  expect(body).toContain("triage-pull-request");
  expect(body).toContain("example-org/demo");
  expect(body).toContain("GitHub refused it as invalid while it answered everything else.");
  expect(body).toMatch(/<dt>GitHub<\/dt>\s*<dd>\s*<span>answers<\/span>/);
  expect(body).toContain("newest received: none yet");
  const [other] = await desk.store.setAside(OTHER_INSTALLATION);
  expect(body).toContain(`value="${await mine()}"`);
  expect(body).not.toContain(`value="${other?.id}"`);
});

test("work: the button puts it back and goes into the trail, once", async () => {
  const owner = await desk.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const id = await mine();
  for (const _twice of [1, 2]) expect((await owner.post(`${WORK}/retry`, { csrf, id })).statusCode).toBe(303);
  expect(await desk.store.setAside(INSTALLATION)).toEqual([]);
  const trail = await desk.store.tenant(INSTALLATION).trail(20);
  const acts = trail.filter(({ act, target }) => act === "work.retried" && target === id);
  expect(acts.map(({ actorId }) => actorId)).toEqual([OWNER]);
});

test("work: the button of one organisation moves nothing of another one", async () => {
  const owner = await desk.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const [other] = await desk.store.setAside(OTHER_INSTALLATION);
  await owner.post(`${WORK}/retry`, { csrf, id: other?.id ?? "" });
  expect(await desk.store.setAside(OTHER_INSTALLATION)).toHaveLength(1);
});

test("work: without the token of the page, or while GitHub cannot say who may, nothing is put back", async () => {
  const owner = await desk.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(WORK));
  const id = await mine();
  expect((await owner.post(`${WORK}/retry`, { csrf: "forged", id })).statusCode).toBe(403);
  desk.github.failure = "down";
  expect((await owner.post(`${WORK}/retry`, { csrf, id })).statusCode).toBe(404);
  expect(await mine()).toBe(id);
});

test("work: the page says since when GitHub does not answer, and how far deliveries are behind", async () => {
  const { queue } = desk.store;
  await queue.enqueue([triage(INSTALLATION, 2)]);
  const work = await queue.work({ concurrency: 1, probe: async () => false }, async () => ({
    kind: "held",
    by: "installation",
    because: "installation_suspended",
  }));
  await eventually(async () => (await queue.counts()).snoozed === 1);
  await work.stop(5_000);
  const made = new Date(Date.parse(desk.clock.now()) - 120_000).toISOString();
  await desk.store.noteDeliveryLog(made, desk.clock.now());
  const { body } = await (await desk.signedIn(OWNER)).get(WORK);
  expect(body).toContain("the App is suspended there");
  expect(body).toMatch(/newest that GitHub made: .*2 min/);
  const text = await makeMetrics(desk.store).text();
  expect(text).toContain('sallyport_circuits_open{scope="installation"} 1');
  expect(text).toContain(`sallyport_newest_delivery_timestamp_seconds{side="made"} ${Date.parse(made) / 1_000}`);
  expect(text).toContain('sallyport_set_aside{what="job",kind="triage-pull-request",state="set_aside"} 2');
  await desk.store.queue.closeCircuit(INSTALLATION);
});
