import { plusDays } from "../../../src/clock.ts";
import { repositoryId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { NOW, newTenant } from "../samples.ts";

const later = (hours: number): string => plusDays(NOW, hours / 24);
const page = (question: string, answer: string) => ({ question, answer, repositories: 50, ofRepositories: 1_000 });

export function describeReadings(given: () => Subject): void {
  test("reading: what was answered is kept, under what the audit will be called, until it is done", async () => {
    const it = newTenant(given().store);
    expect([await it.readingProgress(), await it.keptAnswer("a")]).toEqual([null, null]);
    const begun = await it.beginReading({ id: "audit-1", startedAt: NOW }, later(-6));
    expect(begun).toEqual({ id: "audit-1", startedAt: NOW });
    await it.keepAnswer("audit-1", page("a", '{"nul":"\\u0000"}'));
    await it.keepAnswer("audit-1", { ...page("b", "[]"), repositories: 100 });
    expect([await it.keptAnswer("a"), await it.keptAnswer("b")]).toEqual(['{"nul":"\\u0000"}', "[]"]);
    expect(await it.readingProgress()).toEqual({
      ...begun,
      repositories: 100,
      ofRepositories: 1_000,
      pausedUntil: null,
    });
    await it.endReading();
    expect([await it.readingProgress(), await it.keptAnswer("a")]).toEqual([null, null]);
  });

  test("reading: it goes on under its own name while it is fresh, and begins anew from nothing when it is not", async () => {
    const it = newTenant(given().store);
    const begun = await it.beginReading({ id: "audit-1", startedAt: NOW }, later(-6));
    await it.keepAnswer("audit-1", page("a", "1"));
    await it.pauseReading("audit-1", later(1));
    expect(await it.readingProgress()).toMatchObject({ pausedUntil: later(1) });
    expect(await it.beginReading({ id: "audit-2", startedAt: later(5) }, later(-1))).toEqual(begun);
    expect(await it.readingProgress()).toMatchObject({ repositories: 50, pausedUntil: null });
    const anew = { id: "audit-3", startedAt: later(6) };
    expect(await it.beginReading(anew, NOW)).toEqual(anew);
    expect(await it.keptAnswer("a")).toBeNull();
    expect(await it.readingProgress()).toMatchObject({ id: "audit-3", repositories: 0, ofRepositories: null });
  });

  test("reading: whoever still reads for one that ended keeps nothing and pauses nothing", async () => {
    const it = newTenant(given().store);
    await it.beginReading({ id: "audit-1", startedAt: NOW }, later(-6));
    await it.keepAnswer("audit-2", page("a", "1"));
    await it.pauseReading("audit-2", later(1));
    expect(await it.keptAnswer("a")).toBeNull();
    expect(await it.readingProgress()).toMatchObject({ repositories: 0, pausedUntil: null });
  });

  test("reading: it is the installation's own, goes with repositories that are forgotten, and after a day", async () => {
    const [it, neighbour] = [newTenant(given().store), newTenant(given().store)];
    const begin = async () => {
      await it.beginReading({ id: "audit-1", startedAt: NOW }, later(-6));
      await it.keepAnswer("audit-1", page("a", "1"));
    };
    await begin();
    expect([await neighbour.keptAnswer("a"), await neighbour.readingProgress()]).toEqual([null, null]);
    await neighbour.endReading();
    expect(await it.keptAnswer("a")).toBe("1");
    await it.forgetRepositories([repositoryId(5)]);
    expect(await it.readingProgress()).toBeNull();
    await begin();
    const days = { organization: { evidence_days: 30, bands_days: 90 }, repositories: new Map() };
    expect(await it.deleteExpired(later(24), days)).toMatchObject({ audit_reading: 0 });
    expect(await it.deleteExpired(later(25), days)).toMatchObject({ audit_reading: 1 });
    expect(await it.keptAnswer("a")).toBeNull();
  });
}
