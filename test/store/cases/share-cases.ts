import { accountId, installationId } from "../../../src/ids.ts";
import type { Job, JobKind } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { silentLog } from "../../../src/log.ts";
import { type OpenQueue, openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { NOW, REPOSITORY, triage } from "../samples.ts";

const DONE: Outcome = { kind: "completed" };
const CHECK: JobKind = "publish-sealed-check";
const AUDIT: JobKind = "audit-organization";
const TRIAGE: JobKind = "triage-pull-request";
const check = (installation: number): Job => ({
  kind: "publish-sealed-check",
  installationId: installationId(installation),
  repository: REPOSITORY,
  headSha: "a".repeat(40),
  pullRequestNumber: 1,
  updatedAt: NOW,
});
const audit = (installation: number): Job => ({
  kind: AUDIT,
  installationId: installationId(installation),
  first: false,
});
const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** Who goes first when more is due than can run, counted in jobs begun: no clock decides. */
export function describeShares(given: () => Subject): void {
  const another = (): OpenQueue =>
    openQueue(given().database, { clock: fixedClock(NOW), log: silentLog, tuning: { pollMs: 10, secondMs: 1_000 } });

  afterEach(async () => {
    await given().database.query((db) => db.deleteFrom("job").execute());
  });

  /** The kinds of the jobs begun, in their order, up to and with the first that `until` is about. */
  async function begun(concurrency: number, until: (seen: readonly JobKind[]) => boolean): Promise<JobKind[]> {
    const seen: JobKind[] = [];
    const work = await given().store.queue.work({ concurrency }, async ({ kind }) => {
      seen.push(kind);
      return DONE;
    });
    await eventually(() => until(seen));
    await work.stop(5_000);
    return seen;
  }

  test("shares: 600 audits that fell due before it keep neither a check nor a report waiting", async () => {
    await given().store.queue.enqueue([...many(600, audit), triage(601), check(602)]);
    const seen = await begun(8, (kinds) => kinds.includes(CHECK) && kinds.includes(TRIAGE));
    expect(seen.indexOf(CHECK)).toBeLessThan(8);
    expect(seen.indexOf(TRIAGE)).toBeLessThan(8);
  });

  test("shares: audits that never end leave slots, in two workers at once, and the newest check begins", async () => {
    const seen: JobKind[] = [];
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const run = async ({ kind }: Job): Promise<Outcome> => {
      seen.push(kind);
      if (kind === AUDIT) await ended;
      return DONE;
    };
    const queues = [given().store.queue, another()] as const;
    await queues[0].enqueue(many(40, audit));
    const works = [await queues[0].work({ concurrency: 8 }, run), await queues[1].work({ concurrency: 8 }, run)];
    await eventually(() => seen.length >= 8);
    await queues[0].enqueue([check(601), triage(602)]);
    // On the code before, all sixteen slots are taken and neither begins: then the audits end, and the order tells.
    await eventually(() => seen.length >= 10);
    end();
    await eventually(() => seen.includes(CHECK) && seen.includes(TRIAGE));
    await Promise.all(works.map((work) => work.stop(5_000)));
    expect(seen.slice(0, 10).toSorted()).toEqual([...many(8, () => AUDIT), CHECK, TRIAGE]);
  });

  test("shares: nobody starves behind checks that never end, be it in one slot", async () => {
    await given().store.queue.enqueue([
      ...many(120, check),
      ...many(5, (n) => audit(n)),
      ...many(10, (n) => triage(n)),
    ]);
    const seen = await begun(1, (kinds) => kinds.length >= 64);
    for (let at = 0; at + 8 <= 40; at += 8) {
      const eight = seen.slice(at, at + 8);
      expect(eight.filter((kind) => kind === AUDIT)).toHaveLength(1);
      expect(eight.filter((kind) => kind === TRIAGE)).toHaveLength(2);
      expect(eight.filter((kind) => kind === CHECK)).toHaveLength(5);
    }
  });

  test("shares: how many of a kind an installation has before it, and no other", async () => {
    const { queue } = given().store;
    const holder = (installation: number, id: number): Job => ({
      ...{ kind: "assess-holder", installationId: installationId(installation), accountId: accountId(id) },
    });
    const elsewhere = await queue.waitingOf("assess-holder", installationId(72));
    await queue.enqueue([
      holder(71, 1),
      holder(71, 2),
      holder(72, 1),
      { ...triage(1), installationId: installationId(71) },
    ]);
    expect(await queue.waitingOf("assess-holder", installationId(71))).toBe(2);
    expect(await queue.waitingOf("assess-holder", installationId(72))).toBe(elsewhere + 1);
  });

  test("shares: a report of an installation does not wait behind what its own audit left to do", async () => {
    const holders = many(
      300,
      (id): Job => ({ kind: "assess-holder", installationId: installationId(1), accountId: accountId(id) }),
    );
    await given().store.queue.enqueue([...holders, triage(1)]);
    const seen = await begun(8, (kinds) => kinds.includes(TRIAGE));
    expect(seen.indexOf(TRIAGE)).toBeLessThan(3);
  });
}
