import { InvalidInput, OperatingError } from "../../src/errors.ts";
import { silentLog } from "../../src/log.ts";
import { makeMetrics } from "../../src/web/metrics.ts";
import { makeOperationsServer } from "../../src/web/operations.ts";
import { makeWebServer } from "../../src/web/server.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { Client } from "./support/client.ts";
import { countingRandom, MAINTAINER, ORIGIN, openTestSite, type TestSite } from "./support/desk.ts";
import { door, SIGNALS } from "./support/reports.ts";

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const operations = (ping: () => Promise<void>, isReady = () => true) =>
  makeOperationsServer({
    store: { ...site.store, ping },
    metrics: makeMetrics(site.store),
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

test("backup: is made for whoever sends the field that no foreign page can send, and says why not", async () => {
  const app = (backup: () => Promise<{ directory: string; bytes: number }>) =>
    makeOperationsServer({ store: { ...site.store, backup }, metrics: makeMetrics(site.store), log: silentLog });
  let made = 0;
  const whole = app(async () => {
    made += 1;
    return { directory: "/data/backup", bytes: 5 };
  });
  const asked = { method: "POST", url: "/backup" } as const;
  const headers = { "x-sallyport": "backup" };
  expect((await whole.inject(asked)).statusCode).toBe(403);
  expect(made).toBe(0);
  expect((await whole.inject({ ...asked, headers })).json()).toEqual({ directory: "/data/backup", bytes: 5 });
  const problem = { where: "/data", what: "no room", mend: "make some" };
  const refused = await app(() => Promise.reject(new InvalidInput([problem]))).inject({ ...asked, headers });
  expect([refused.statusCode, refused.json()]).toEqual([409, { problems: [problem] }]);
  const failed = await app(() => Promise.reject(new Error("broken"))).inject({ ...asked, headers });
  expect([failed.statusCode, failed.body]).toEqual([500, "failed\n"]);
});

test("metrics: count requests by route pattern and jobs by kind, and hold no login, id or reference", async () => {
  const metrics = makeMetrics(site.store);
  const app = await makeWebServer({
    store: site.store,
    apps: site.github.apps,
    login: site.github.login,
    clock: site.clock,
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
