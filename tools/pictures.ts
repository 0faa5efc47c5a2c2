/**
 * Takes the README's pictures from the demo: `npm run pictures`. Needs Chromium (CHROMIUM, else /usr/bin/chromium).
 */
import { chromium } from "playwright-core";
import { happen } from "../src/cli/commands/demo/happened.ts";
import { setStage } from "../src/cli/commands/demo/stage.ts";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const images = new URL("../docs/images/", import.meta.url).pathname;
const stage = await setStage();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
try {
  const told = new Map();
  for (const [index, step] of stage.gate.steps.entries()) {
    told.set(step.id, await happen(stage, step, stage.clock.now()));
    if (index === 0) await stage.passWeek();
  }
  const page = await browser.newPage({ viewport: { width: 1_080, height: 900 } });
  const report = told.get("editor-task").report.url;
  await page.goto(`${stage.webUrl}/login?return_to=${encodeURIComponent(new URL(report).pathname)}`);
  await page
    .getByRole("link", { name: /github/i })
    .first()
    .click();
  await page.getByRole("button", { name: stage.gate.cast.owner.login }).click();
  await page.screenshot({
    path: `${images}report.png`,
    clip: { x: 0, y: 0, width: 1_080, height: 1_120 },
    fullPage: true,
  });
  await page.goto(`${stage.webUrl}/orgs/${stage.gate.installation.id}/audit`);
  await page.screenshot({
    path: `${images}audit.png`,
    clip: { x: 0, y: 0, width: 1_080, height: 860 },
    fullPage: true,
  });
  const [run] = stage.gate.world.checkRuns.values();
  const repository = stage.gate.world.repositories.get(run?.repositoryId ?? 0);
  await page.setViewportSize({ width: 820, height: 420 });
  await page.goto(`${stage.simulator.url}/octo-org/${repository?.name}/runs/${run?.id}`);
  await page.screenshot({ path: `${images}check-run.png` });
} finally {
  await browser.close();
  await stage.stop();
}
