import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { Browser } from "playwright-core";
import type { CreatedApp } from "../../src/github/gateway.ts";
import { silentLog } from "../../src/log.ts";
import { readAppFile, readTierFile } from "../../src/web/pages/setup/manifest.ts";
import { makeSetupServer } from "../../src/web/pages/setup/server.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { CREATED } from "../web/support/created-app.ts";
import { countingRandom, openTestSite, type TestSite } from "../web/support/desk.ts";
import { PAYLOADS } from "../web/support/payloads.ts";
import { door, flag, INSTALLATION, report } from "../web/support/reports.ts";
import { contextFor, faults, freePort, LOOKS, launch, picture, signInPages } from "./stage.ts";

let site: TestSite;
let github: { readonly url: string; readonly server: Server };
let browser: Browser;
let origin: string;

beforeAll(async () => {
  github = await signInPages(() => site?.github ?? null);
  const port = await freePort();
  origin = `http://localhost:${port}`;
  site = await openTestSite({ origin, githubUrl: github.url });
  await site.app.listen({ port, host: "127.0.0.1" });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  github?.server.close();
});

test("a maintainer without scripts: comes by the check run, reads, marks reviewed and signs out", async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${origin}/r/${door().ref}`);
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("link", { name: "maintainer-example", exact: true }).click();
  await page.getByRole("heading", { name: "Fix typo in setup guide" }).waitFor();
  await page.getByRole("button", { name: "Mark reviewed" }).click();
  await page.getByText("Reviewed by maintainer-example").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/r/${door().ref}`);
  await page.getByText("How this was weighed").click();
  await page.getByText("Together 3.4 bits").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await page.goto(`${origin}/r/${door().ref}`);
  await page.getByRole("heading", { name: "This page is for maintainers" }).waitFor();
});

test("an owner: decides about a flag by keyboard alone and turns the check run on", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}/orgs/${INSTALLATION}/audit`);
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("link", { name: "owner-example", exact: true }).click();
  await page.getByRole("region", { name: "Needs a decision" }).getByText("Decide", { exact: true }).focus();
  await page.keyboard.press("Enter");
  // The choice and the parts of the day, as many as the browser makes of it.
  const reason = page.getByRole("textbox", { name: "Why" });
  for (let tabs = 0; tabs < 12 && !(await reason.evaluate((box) => box === document.activeElement)); tabs++)
    await page.keyboard.press("Tab");
  await page.keyboard.type("Contractor until March, asked by the relayer team.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("No grant waits for a decision.").waitFor();
  await page.getByText("Contractor until March").waitFor();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Turn the check run on" }).click();
  await page.getByText("live", { exact: true }).waitFor();
  expect((await site.store.tenant(INSTALLATION).installation())?.publication).toBe("live");
});

test("phone: three axes, what to do and the buttons fit on the first screen", async () => {
  const look = LOOKS[2];
  const page = await (await contextFor(browser, look)).newPage();
  await page.goto(`${origin}/orgs/${INSTALLATION}/reports/${report().id}`);
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("link", { name: "owner-example", exact: true }).click();
  for (const text of ["Change", "Access", "Account"]) {
    const box = await page
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .boundingBox();
    expect(box && box.y + box.height <= look.height).toBe(true);
  }
  const button = await page.getByRole("link", { name: "Open the pull request" }).boundingBox();
  expect(button && button.y + button.height <= look.height).toBe(true);
  await page.getByText("How this was weighed").click();
  await picture(page, "weighed", look);
  expect(await faults(page)).toEqual([]);
});

test("payloads in every field: run nothing and break no rule of our own policy", async () => {
  const tenant = site.store.tenant(INSTALLATION);
  const context = await browser.newContext();
  const page = await context.newPage();
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  page.on("dialog", (dialog) => void dialog.dismiss());
  await page.goto(`${origin}/orgs/${INSTALLATION}/flags`);
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("link", { name: "owner-example", exact: true }).click();
  const all = PAYLOADS.join("\n");
  const given = report();
  await tenant.saveReport({
    ...given,
    id: "rep-payload",
    login: all,
    pullRequest: { number: 666, title: all, headSha: "d".repeat(40), createdAt: given.createdAt },
    decision: { ...given.decision, advice: [...PAYLOADS] },
    assessment: {
      ...given.assessment,
      findings: given.assessment.findings.map((finding) => ({
        ...finding,
        evidence: PAYLOADS.slice(0, 20).map((payload) => ({
          fact: payload,
          tier: "SC" as const,
          link: payload,
          place: { path: payload, line: 7 },
        })),
      })),
    },
  });
  await tenant.raiseFlag(flag({ id: "flag-payload", login: all, repositoryName: all, because: all }));
  for (const path of [
    "",
    "/flags",
    "/reports/rep-payload",
    "/audit",
    `/audit/accounts?q=${encodeURIComponent(PAYLOADS[40] ?? "")}`,
  ]) {
    await page.goto(`${origin}/orgs/${INSTALLATION}${path}`);
    expect(await page.evaluate(() => Reflect.get(globalThis, "ran"))).toBeUndefined();
    expect(await page.locator("main script, main img, main iframe, main style, main link, main object").count()).toBe(
      0,
    );
  }
  expect(violations).toEqual([]);
  await context.close();
});

test("set-up: makes the App on GitHub and shows where to install it", async () => {
  const port = await freePort();
  const kept: CreatedApp[] = [];
  const { server, address } = await makeSetupServer({
    app: readAppFile(await readFile(new URL("../../app.yml", import.meta.url), "utf8")),
    tier: readTierFile(await readFile(new URL("../../app.audit.yml", import.meta.url), "utf8")),
    publicUrl: `http://localhost:${port}`,
    githubUrl: github.url,
    random: countingRandom(),
    log: silentLog,
    webhookUrl: "https://smee.io/made-up",
    outOfReach: null,
    exchange: async () => CREATED,
    whyNotKept: async () => "/app/.env cannot be written here (EROFS)",
    keep: async (app) => {
      kept.push(app);
      return "/app/.env cannot be written here (EROFS)";
    },
  });
  await server.listen({ port, host: "127.0.0.1" });
  for (const look of LOOKS) {
    const page = await (await contextFor(browser, look)).newPage();
    await page.goto(`${address}?organization=octo-org`);
    await picture(page, "set-up", look);
    expect(await faults(page)).toEqual([]);
  }
  // Without bypassing our policy: the form has to be allowed to leave for GitHub.
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await page.getByLabel("Organisation").fill("octo-org");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Continue on GitHub" }).click();
  await page.getByText("pull_request,member,membership,team,organization,repository").waitFor();
  await page.getByRole("link", { name: "Create GitHub App" }).click();
  await page.getByRole("heading", { name: "The App sallyport-octo exists" }).waitFor();
  await picture(page, "set-up-shown", LOOKS[0]);
  expect(kept.map(({ appId }) => appId)).toEqual([815]);
  await server.close();
});
