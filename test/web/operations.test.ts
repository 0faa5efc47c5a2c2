import { OperatingError } from "../../src/errors.ts";
import { silentLog } from "../../src/log.ts";
import { makeMetrics } from "../../src/web/metrics.ts";
import { makeOperationsServer } from "../../src/web/operations.ts";
import { makeWebServer } from "../../src/web/server.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { Client } from "./support/client.ts";
import { countingRandom, type Desk, MAINTAINER, ORIGIN, openDesk } from "./support/desk.ts";
import { door, SIGNALS } from "./support/reports.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const operations = (ping: () => Promise<void>, isReady = () => true) =>
  makeOperationsServer({
    store: { ...desk.store, ping },
    metrics: makeMetrics(desk.store),
    log: silentLog,
    isReady,
  });

test("health: is fine while the process lives, whatever the database does", async () => {
  const app = operations(() => Promise.reject(new Error("gone")));
  expect((await app.inject({ url: "/healthz" })).statusCode).toBe(200);
});

test.each([
  ["a delivery can be stored", () => Promise.resolve(), true, 200, "ready"],
  ["the database is away", () => Promise.reject(new Error("gone")), true, 503, "not ready: database"],
  ["the disk is full", () => Promise.reject(new OperatingError("disk_full", "full")), true, 503, "not ready: disk"],
  ["the program is stopping", () => Promise.resolve(), false, 503, "not ready: stopping"],
])("ready: says so when %s", async (_when, ping, isReady, status, body) => {
  const response = await operations(ping, () => isReady).inject({ url: "/readyz" });
  expect([response.statusCode, response.body]).toEqual([status, `${body}\n`]);
});

test("metrics: count requests by route pattern and jobs by kind, and hold no login, id or reference", async () => {
  const metrics = makeMetrics(desk.store);
  const app = await makeWebServer({
    store: desk.store,
    apps: desk.github.apps,
    login: desk.github.login,
    clock: desk.clock,
    random: countingRandom(),
    log: silentLog,
    signals: SIGNALS,
    publicUrl: ORIGIN,
    githubUrl: "https://github.com",
    sessionSecret: "a secret of the tests, longer than 32 bytes",
    wait: async () => undefined,
    metrics,
  });
  const browser = new Client(app, ORIGIN);
  await browser.signIn(MAINTAINER);
  await browser.get(`/r/${door().ref}`);
  await browser.get("/no/such/page");
  metrics.jobFinished({ kind: "triage-pull-request", outcome: "completed", durationMs: 1_200 });
  const text = await metrics.text();
  expect(text).toContain('sallyport_http_request_duration_seconds_count{method="GET",route="/r/:ref",status="2xx"} 1');
  expect(text).toContain('sallyport_jobs_total{kind="triage-pull-request",outcome="completed"} 1');
  expect(text).toContain('sallyport_store_rows{what="delivery",state="waiting"} 0');
  expect(text).toContain('sallyport_store_rows{what="job",state="discarded"} 0');
  // Values are counts and times of this machine; only names and labels could carry something about anybody.
  const named = text.replaceAll(/ [\d.e+-]+$/gm, "");
  expect(named).toContain("sallyport_jobs_total");
  expect(named).not.toMatch(new RegExp(`example|${door().ref}|octo|4711|no/such`));
  await app.close();
});
