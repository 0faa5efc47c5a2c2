import type { Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { openTestSite, type TestSite } from "../web/support/desk.ts";
import { deepReport, door, INSTALLATION, NOW, WALLET } from "../web/support/reports.ts";
import { contextFor, faults, freePort, LOOKS, type Look, launch, picture, signInPages } from "./stage.ts";

let site: TestSite;
let github: { readonly url: string; readonly server: Server };
let browser: Browser;
let origin: string;

beforeAll(async () => {
  github = await signInPages(() => site?.github ?? null);
  const port = await freePort();
  origin = `http://localhost:${port}`;
  site = await openTestSite({ origin, githubUrl: github.url });
  const tenant = site.store.tenant(INSTALLATION);
  const deep = deepReport();
  const { pullRequest } = deep;
  if (pullRequest === null) throw new Error("the report is about no pull request");
  await tenant.saveReport(deep);
  await tenant.saveReport(
    deepReport(
      {
        pictures: { hours: Array.from({ length: 7 }, () => Array<number>(24).fill(0)), weeks: [], identities: [] },
        scan: { repositories: [], copies: [], requests: 1 },
      },
      // Another head: of one there is one report.
      { id: "rep-414-a", pullRequest: { ...pullRequest, number: 414, headSha: "e".repeat(40) } },
    ),
  );
  const read = { sourceSha: "c", fetchedAt: NOW, problems: [] };
  await tenant.savePolicy(null, {
    ...{ ...read, source: "octo-org/.github/.github/sallyport.yml", lines: { "access.dormant_after_days": 4 } },
    file: { access: { dormant_after_days: 90 } },
  });
  await tenant.savePolicy(WALLET, {
    ...{ ...read, source: "octo-org/wallet/.github/sallyport.yml" },
    lines: { "access.dormant_after_days": 2, "triage.skip_bots": 5, "triage.deep_scan": 6 },
    file: { access: { dormant_after_days: 400 }, triage: { skip_bots: [], deep_scan: "always" } },
  });
  await site.app.listen({ port, host: "127.0.0.1" });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  github?.server.close();
});

async function signIn(page: Page, login: string, path: string): Promise<void> {
  await page.goto(origin + path);
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("link", { name: login, exact: true }).click();
}

const PAGES = [
  { name: "report", path: `/r/${door().ref}` },
  { name: "collaborator", path: `/orgs/${INSTALLATION}/reports/rep-collab-a` },
  { name: "own-history", path: `/orgs/${INSTALLATION}/reports/rep-413-a` },
  { name: "own-history-empty", path: `/orgs/${INSTALLATION}/reports/rep-414-a` },
  { name: "home", path: "/" },
  { name: "overview", path: `/orgs/${INSTALLATION}` },
  { name: "audit", path: `/orgs/${INSTALLATION}/audit` },
  { name: "accounts", path: `/orgs/${INSTALLATION}/audit/accounts` },
  { name: "line", path: `/orgs/${INSTALLATION}/audit/lines/acc-direct-outside-grant.4712.101` },
  { name: "account", path: `/orgs/${INSTALLATION}/accounts/4712` },
  { name: "grant", path: `/orgs/${INSTALLATION}/accounts/4712/grants/101` },
  { name: "account-data", path: `/orgs/${INSTALLATION}/accounts/4712/data` },
  { name: "repository", path: `/orgs/${INSTALLATION}/repositories/${WALLET}` },
  { name: "flags", path: `/orgs/${INSTALLATION}/flags` },
  { name: "settings", path: `/orgs/${INSTALLATION}/settings` },
  { name: "policy", path: `/orgs/${INSTALLATION}/policy` },
  { name: "policy-of-repository", path: `/orgs/${INSTALLATION}/policy/${WALLET}` },
  { name: "trail", path: `/orgs/${INSTALLATION}/trail` },
  { name: "privacy", path: "/privacy" },
  { name: "playbook", path: "/playbook" },
  { name: "signals", path: "/signals" },
  { name: "signal", path: "/signals/hist-impossible-timestamps" },
  { name: "nothing", path: "/orgs/99/audit" },
] as const;

test.each(LOOKS)("pages: are readable, labelled and in contrast when looked at as $name", async (look: Look) => {
  const context = await contextFor(browser, look);
  const page = await context.newPage();
  await page.goto(`${origin}/r/${door().ref}`);
  await picture(page, "sign-in", look);
  expect(await faults(page)).toEqual([]);
  await signIn(page, "owner-example", `/r/${door().ref}`);
  for (const { name, path } of PAGES) {
    const answer = await page.goto(origin + path);
    // A page that is not there is readable as well.
    expect([name, answer?.status()]).toEqual([name, name === "nothing" ? 404 : 200]);
    await picture(page, name, look);
    expect([name, await faults(page)]).toEqual([name, []]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([name, overflow <= 0]).toEqual([name, true]);
  }
  await context.close();
});

test("on paper a report is whole: folds are open, nothing is there to press, and dark pages are light", async () => {
  const context = await browser.newContext({ colorScheme: "dark", viewport: { width: 794, height: 1123 } });
  const page = await context.newPage();
  await signIn(page, "owner-example", `/r/${door().ref}`);
  const seen = () =>
    page
      .locator("main details:not(:has(> summary.button)) > :not(summary)") // a fold with a form in it is there to press
      .evaluateAll((parts) =>
        parts.map(
          (part) => part.checkVisibility({ contentVisibilityAuto: true }) && part.getBoundingClientRect().height > 0,
        ),
      );
  expect((await seen()).filter(Boolean)).toEqual([]);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect((await seen()).length).toBeGreaterThan(2);
  expect((await seen()).every(Boolean)).toBe(true);
  expect(await page.locator("button:visible, .button:visible").count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
  await picture(page, "report-print", LOOKS[0]);
  await context.close();
});
