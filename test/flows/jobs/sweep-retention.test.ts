import { sweepRetentionFlow } from "../../../src/flows/jobs/sweep-retention.ts";
import { accountId, installationId, type RepositoryId, repositoryId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import { DEFAULT_POLICY, type PolicyFile } from "../../../src/policy/policy.ts";
import type { Retention } from "../../../src/policy/retention.ts";
import type { Installation, KeptEntry, Queue, Store, StoredPolicy, TenantStore } from "../../../src/store/store.ts";
import { NOW } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const stored = (file: PolicyFile) => played<StoredPolicy>({ file });

/** What is deleted, in its order, of installations with these files of theirs and of one repository. */
async function deletedOf(
  tenants: readonly { own: PolicyFile | null; repositories: [RepositoryId, PolicyFile][] }[],
  ended: readonly KeptEntry[] = [],
) {
  const done: (string | Retention | Job)[] = [];
  const store = played<Store>({
    queue: played<Queue>({ enqueue: async (jobs) => void done.push(...jobs) }),
    sweep: async (now) => {
      done.push(`program ${now}`);
      return {};
    },
    installations: async () => tenants.map((_, index) => played<Installation>({ id: installationId(index) })),
    tenant: (id) => {
      const { own, repositories } = tenants[id] ?? { own: null, repositories: [] };
      return played<TenantStore>({
        policy: async () => own && stored(own),
        repositoryPolicies: async () => new Map(repositories.map(([of, file]) => [of, stored(file)])),
        endedEntries: async () => ended,
        deleteExpired: async (now, retention) => {
          done.push(`tenant ${id} ${now}`, retention);
          return {};
        },
      });
    },
  });
  expect(await sweepRetentionFlow({ store, clock: fixedClock(NOW) })).toEqual({ kind: "completed" });
  return done;
}

test("retention: the program's rows first, then each installation's by its own policy", async () => {
  const { retention } = DEFAULT_POLICY;
  const shorter = { ...retention, evidence_days: 7 };
  const wallet = repositoryId(5);
  const done = await deletedOf([
    { own: null, repositories: [] },
    { own: { retention: { evidence_days: 7 } }, repositories: [] },
    { own: null, repositories: [[wallet, { retention: { evidence_days: 7 } }]] },
    // A repository may keep its reports for less time, never for more.
    { own: { retention: { evidence_days: 7 } }, repositories: [[wallet, { retention: { evidence_days: 20 } }]] },
  ]);
  expect(done).toEqual([
    `program ${NOW}`,
    ...[`tenant 0 ${NOW}`, { organization: retention, repositories: new Map() }],
    ...[`tenant 1 ${NOW}`, { organization: shorter, repositories: new Map() }],
    ...[`tenant 2 ${NOW}`, { organization: retention, repositories: new Map([[wallet, shorter]]) }],
    ...[`tenant 3 ${NOW}`, { organization: shorter, repositories: new Map([[wallet, shorter]]) }],
  ]);
});

test("retention: an account about which something ended is looked at again, before that is deleted", async () => {
  const by = { accountId: accountId(3), login: "grace-example" };
  const entry: KeptEntry = {
    ...{ id: 1, account: accountId(11), disposition: "vouched", reason: "met", by, repository: repositoryId(5) },
    ...{ at: "2026-01-01T00:00:00.000Z", until: NOW, confirmedBy: null },
  };
  const done = await deletedOf([{ own: null, repositories: [] }], [entry]);
  expect(done.slice(1, 3)).toEqual([
    { kind: "look-again", installationId: 0, accountId: 11, repositoryId: 5, openedBefore: null },
    `tenant 0 ${NOW}`,
  ]);
});
