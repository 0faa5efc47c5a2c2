import type { Config } from "../../src/config.ts";
import { makeLog, silentLog } from "../../src/log.ts";
import type { MachineFinding, Room } from "../../src/machine.ts";
import { makeMetrics } from "../../src/web/metrics.ts";
import { makeOperationsServer } from "../../src/web/operations.ts";
import { watchMachine } from "../../src/web/watch-machine.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { OWNER, openTestSite, type TestSite } from "./support/desk.ts";
import { INSTALLATION } from "./support/reports.ts";

const MIB = 2 ** 20;
const ROOMY: Room = { freeBytes: 900 * MIB, neededBytes: 64 * MIB };
const FULL: Room = { freeBytes: 12 * MIB, neededBytes: 64 * MIB };
const web = (publicUrl: string, trustedProxyHops: number): Config["web"] => ({
  host: "",
  port: 3_000,
  publicUrl,
  trustedProxyHops,
  privacyContact: null,
});

/** A process, its log, and what it says of itself on the operators' port. */
function processWith(config: Config["web"], room: Room | null = ROOMY, seconds: number | null = 2, processId = 7) {
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => void lines.push(line) });
  const watched = watchMachine(config, {
    store: { room: () => room },
    log,
    githubClock: { differenceSeconds: () => seconds },
    servesPages: true,
    processId,
  });
  const healthz = async (): Promise<string> => {
    const { health } = watched;
    const app = makeOperationsServer({ store: site.store, metrics: makeMetrics(site.store), log: silentLog, health });
    return (await app.inject({ url: "/healthz" })).body;
  };
  return { ...watched, lines, healthz };
}

let site: TestSite;
let shown: readonly MachineFinding[] = [];
let look: (request: { readonly headers: NodeJS.Dict<string | string[]> }) => void = () => {};
beforeAll(async () => {
  site = await openTestSite({ health: () => shown, forwarding: { look: (request) => look(request) } });
});
afterAll(() => site.close());

test("health: the first process of a container, which nothing can end from inside, says that it needs an init", async () => {
  const first = processWith(web("http://localhost:3000", 0), ROOMY, 2, 1);
  expect(await first.healthz()).toContain(
    "restart: this is process 1, which the watchdog cannot end when it hangs; to mend: ",
  );
  expect(first.lines.filter((line) => line.includes("service.misconfigured"))).toHaveLength(1);
});

test("health: how much room the disk has, and how far the clock is from GitHub's", async () => {
  const fine = processWith(web("http://localhost:3000", 0));
  expect(await fine.healthz()).toBe("ok\ndisk: 900 MiB free\nclock: 2 s from GitHub's\n");
  const bad = processWith(web("http://localhost:3000", 0), FULL, -95);
  expect(await bad.healthz()).toBe(
    "ok\n" +
      "disk: 12 MiB free, 64 needed: nothing new is taken in; to mend: make room on the disk of DATA_DIR\n" +
      "clock: 95 s from GitHub's; to mend: set this machine's clock, for example with NTP\n",
  );
  const server = processWith(web("http://localhost:3000", 0), null, null);
  expect(await server.healthz()).toBe("ok\ndisk: the database server's own\nclock: not compared with GitHub's yet\n");
});

test("health: the page Work of an organisation says the same, with who mends it", async () => {
  shown = processWith(web("http://localhost:3000", 0), FULL, 95).health();
  const { body } = await (await site.signedIn(OWNER)).get(`/orgs/${INSTALLATION}/work`);
  expect(body).toContain("12 MiB free, 64 needed: nothing new is taken in. For the operator: make room");
  expect(body).toContain("95 s from GitHub&#39;s. For the operator: set this machine&#39;s clock");
  shown = processWith(web("http://localhost:3000", 0)).health();
  const fine = (await (await site.signedIn(OWNER)).get(`/orgs/${INSTALLATION}/work`)).body;
  expect(fine).toMatch(/<dt>Disk<\/dt>\s*<dd>\s*<span>900 MiB free<\/span>/);
  expect(fine).not.toContain("to mend");
});

test.each([
  ["x-forwarded-for", "203.0.113.77"],
  ["forwarded", "for=203.0.113.77"],
])(
  "a %s header that is not believed: said once in the log and from then on in the health, without the address",
  async (name, value) => {
    const { forwarding, lines, healthz } = processWith(web("http://sallyport.internal", 0));
    look = forwarding.look;
    await site.app.inject({ url: "/login" });
    expect([lines.length, (await healthz()).includes("proxies")]).toEqual([0, false]);
    for (const url of ["/login", "/privacy", "/api/github/webhooks"])
      await site.app.inject({ url, headers: { [name]: value } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/service\.misconfigured.*TRUSTED_PROXY_HOPS.*usually 1/);
    expect(await healthz()).toMatch(/\nproxies: TRUSTED_PROXY_HOPS is 0 .*; to mend: set it to the number of proxies/);
    expect([...lines, await healthz()].join()).not.toContain("203.0.113");
  },
);

test("a header of a proxy that is believed, or one whose absence is known since the start, makes no second line", async () => {
  const trusted = processWith(web("https://sallyport.example", 1));
  const known = processWith(web("https://sallyport.example", 0));
  for (const { forwarding } of [trusted, known]) forwarding.look({ headers: { "x-forwarded-for": "203.0.113.77" } });
  expect([trusted.lines.length, known.lines.length]).toEqual([0, 1]);
  expect(await trusted.healthz()).not.toContain("proxies");
  expect(await known.healthz()).toContain("although PUBLIC_URL is https");
});
