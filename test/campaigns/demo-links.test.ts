import { happen } from "../../src/cli/commands/demo/happened.ts";
import { type Stage, setStage } from "../../src/cli/commands/demo/stage.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";

/** Signals have pages that look alike: one of them is enough. Each download asks GitHub, which a minute has no room for. */
const SKIPPED = /^\/(?:signals\/|static\/|login)|\/accounts\/\d+\/data\.json$/;
/** A visitor who clicks through everything is slower than the limit of requests. */
const PAUSED = 429;

let stage: Stage;
let cookie = "";

beforeAll(async () => {
  stage = await setStage();
  for (const [index, step] of stage.gate.steps.entries()) {
    await happen(stage, step, stage.clock.now());
    if (index === 0) await stage.passWeek();
  }
  await signIn(stage.gate.cast.owner.login);
});
afterAll(() => stage?.stop());

async function signIn(login: string): Promise<void> {
  const start = await fetch(`${stage.webUrl}/login/start?return_to=/`, { redirect: "manual" });
  const waiting = start.headers.getSetCookie().map(pair).join("; ");
  const chosen = await fetch(`${start.headers.get("location")}&login=${login}`, { redirect: "manual" });
  const back = await fetch(chosen.headers.get("location") ?? "", { redirect: "manual", headers: { cookie: waiting } });
  cookie = back.headers.getSetCookie().map(pair).join("; ");
}

const pair = (set: string): string => set.split(";", 1)[0] ?? "";

/** Every address of this machine that the page links to, without its fragment. */
const linksOf = (body: string, at: string): readonly string[] =>
  [...body.matchAll(/<a [^>]*href="([^"]+)"/g)].flatMap(([, href = ""]) => {
    const url = new URL(href.replaceAll("&amp;", "&").replaceAll("&#39;", "'"), at);
    url.hash = "";
    return [stage.webUrl, stage.simulator.url].includes(url.origin) && !SKIPPED.test(url.pathname) ? [url.href] : [];
  });

test("demo: every link on its pages, and on those of its GitHub, leads somewhere", async () => {
  const from = new Map<string, string>([[stage.webUrl, "the start"]]);
  const dead: string[] = [];
  for (const [address, place] of from) {
    const answer = await fetch(address, { headers: address.startsWith(stage.webUrl) ? { cookie } : {} });
    const body = await answer.text();
    if (answer.status !== 200 && answer.status !== PAUSED) dead.push(`${answer.status} ${address} from ${place}`);
    if (answer.headers.get("content-type")?.startsWith("text/html"))
      for (const link of linksOf(body, address)) if (!from.has(link)) from.set(link, address);
  }
  expect(from.size).toBeGreaterThan(30);
  expect(dead).toEqual([]);
}, 120_000);

test("demo: a pull request that a visitor opens is read like any other, and its check leads to the report", async () => {
  const form = new URLSearchParams({ author: "lena-example", change: "editor", title: "Mine" });
  const { cast } = stage.gate;
  const opened = await fetch(`${stage.simulator.url}/${cast.organization.login}/${cast.wallet.name}/pulls`, {
    method: "POST",
    body: form,
  });
  const told = () =>
    stage.gate.world.deliveries.some(
      ({ event, body }) => event === "pull_request" && JSON.parse(body).pull_request.title === "Mine",
    );
  while (!told()) await new Promise((resolve) => setImmediate(resolve));
  await stage.settle();
  const shown = await (await fetch(opened.url)).text();
  const [, details = ""] = /href="([^"]+)">Details</.exec(shown) ?? [];
  const report = await (await fetch(details, { headers: { cookie } })).text();
  expect(report).toContain("Mine");
  expect(report).toContain("critical");
  stage.simulator.expectNoViolations();
});
