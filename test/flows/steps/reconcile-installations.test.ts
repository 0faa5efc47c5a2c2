import { plusDays } from "../../../src/clock.ts";
import { bootstrapIfInstalled, reconcileInstallations } from "../../../src/flows/steps/reconcile-installations.ts";
import type { AppGateway } from "../../../src/github/gateway.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import type { Installation, Queue, Store } from "../../../src/store/store.ts";
import { NOW } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

type Listed = Awaited<ReturnType<AppGateway["installations"]>>[number];

const listed = (change: Partial<Listed> = {}): Listed => ({
  id: installationId(5),
  accountId: accountId(6),
  accountLogin: "octo-org",
  accountType: "Organization",
  suspended: false,
  permissions: {},
  ...change,
});

const ours = (change: Partial<Installation> = {}): Installation => ({
  id: installationId(5),
  accountId: accountId(6),
  accountLogin: "octo-org",
  accountType: "Organization",
  permissions: {},
  paused: false,
  rightsGeneration: 0,
  publication: "shadow",
  createdAt: plusDays(NOW, -1),
  ...change,
});

/** What is filed when GitHub lists these installations and we know those. */
function ports(github: readonly Listed[], known: readonly Installation[]) {
  const filed: Job[] = [];
  const queue = played<Queue>({ enqueue: async (jobs) => void filed.push(...jobs) });
  const store = played<Store>({ installations: async () => known, queue });
  const apps = played<AppGateway>({ installations: async () => github });
  return { filed, context: { apps, store, clock: fixedClock(NOW) } };
}

const HOUR = 1 / 24;
test.each<[string, readonly Listed[], readonly Installation[], readonly string[]]>([
  ["both say the same", [listed()], [ours()], []],
  ["one is new", [listed()], [], ["bootstrap-installation"]],
  ["one is new and suspended", [listed({ suspended: true })], [], ["bootstrap-installation", "pause"]],
  ["one has another login", [listed({ accountLogin: "new-org" })], [ours()], ["bootstrap-installation"]],
  ["one was suspended", [listed({ suspended: true })], [ours()], ["pause"]],
  ["one that is paused is suspended", [listed({ suspended: true })], [ours({ paused: true })], []],
  ["one was resumed", [listed()], [ours({ paused: true })], ["resume"]],
  ["one is gone", [], [ours()], ["purge-installation"]],
  [
    "one is not listed a second after its first hour",
    [],
    [ours({ createdAt: "2026-03-02T08:59:59.000Z" })],
    ["purge-installation"],
  ],
  ["one is not listed within its first hour", [], [ours({ createdAt: plusDays(NOW, -HOUR) })], []],
])("reconciling installations: %s", async (_, github, known, expected) => {
  const { filed, context } = ports(github, known);
  expect(await reconcileInstallations(context)).toBe(github.length);
  expect(filed.map(wordOf)).toEqual(expected);
});

const wordOf = (job: Job): string =>
  job.kind === "set-installation-paused" ? (job.paused ? "pause" : "resume") : job.kind;

test.each<[string, readonly Listed[], boolean, readonly string[]]>([
  ["GitHub has it", [listed()], true, ["bootstrap-installation"]],
  ["GitHub has it, suspended", [listed({ suspended: true })], true, ["bootstrap-installation", "pause"]],
  ["GitHub has another one", [listed({ id: installationId(9) })], false, []],
])("reconciling installations: one that a delivery names: %s", async (_, github, isThere, expected) => {
  const { filed, context } = ports(github, []);
  expect(await bootstrapIfInstalled(context, installationId(5))).toBe(isThere);
  expect(filed.map(wordOf)).toEqual(expected);
});
