import { runJob } from "../../src/flows/run-job.ts";
import type { FlowContext } from "../../src/flows/steps/context.ts";
import { type AccountId, accountId, installationId, repositoryId } from "../../src/ids.ts";
import type { Job } from "../../src/job/job.ts";
import { silentLog } from "../../src/log.ts";
import { storeOver } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { freshDatabase } from "../support/database.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { INSTALLATION, NOW, report, WALLET } from "../web/support/reports.ts";

const clock = fixedClock(NOW);
let store: Store;
beforeAll(async () => {
  store = storeOver(await freshDatabase(), { clock, log: silentLog });
});
afterAll(() => store.stop());

const closing = (ownerId: AccountId): Job => ({
  kind: "close-pull-request",
  installationId: INSTALLATION,
  repository: {
    id: WALLET,
    owner: "octo-org",
    ownerId,
    ownerType: "Organization",
    name: "wallet",
  },
  pullRequestNumber: report().pullRequest?.number ?? 0,
});

// This job asks GitHub nothing, so the rest of the context is never looked at.
const run = (job: Job) =>
  runJob({ store, clock, log: silentLog, apps: {} } as unknown as FlowContext, job, 1, { because: null, times: 0 });
const closedAt = async () => (await store.tenant(INSTALLATION).report(report().id))?.closedAt ?? null;

test.each(["Organization", "User", "Enterprise"])(
  "a job about another account's repository: is set aside where the installation's %s owns its repositories",
  async (accountType) => {
    const tenant = store.tenant(installationId(INSTALLATION));
    await tenant.saveInstallation({
      accountId: accountId(7001),
      accountLogin: "octo-org",
      accountType,
      permissions: {},
      createdAt: NOW,
    });
    await tenant.forgetRepositories([repositoryId(WALLET)]);
    await tenant.saveReport(report());
    const owned = accountType !== "Enterprise";
    const foreign = { kind: "discarded", because: "repository of another account" };
    expect(await run(closing(accountId(7002)))).toEqual(owned ? foreign : { kind: "completed" });
    expect(await closedAt()).toBe(owned ? null : NOW);
    expect(await run(closing(accountId(7001)))).toEqual({ kind: "completed" });
    expect(await closedAt()).toBe(NOW);
  },
);
