import type { Finding } from "../../../src/assessment/assessment.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId } from "../../../src/ids.ts";
import type { Indicator, IndicatorSubject, KeptIndicator } from "../../../src/store/store.ts";
import { describe, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aReport, NOW, newTenant } from "../samples.ts";

const ADA = accountId(4711);
const OTHER = accountId(4712);
const GRACE = accountId(77);
const later = (days: number) => plusDays(NOW, days);
const entry = (more: Partial<Indicator> = {}, subject: IndicatorSubject = { account: ADA, emailHash: null }) => ({
  ...{ login: "ada-example", source: "a team", origin: null, reference: null, isPrimary: true, confidence: 80 },
  ...{ tlp: "amber" as const, reason: "asked for keys", at: later(-30), until: later(90) },
  ...more,
  ...subject,
});
const address = (emailHash: string) => entry({ login: null }, { account: null, emailHash });
const checked = { byAccountId: GRACE, byLogin: "grace-example", reason: "we saw the same", at: NOW };
const plain = ({ id: _, ...rest }: KeptIndicator) => rest;

/** What lists that were taken in say. */
export function describeIndicators(given: () => Subject): void {
  describe("indicators", () => {
    keeping(given);
    deciding(given);
    addresses(given);
    addressesSince(given);
    signalCounts(given);
  });
}

function keeping(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("indicators: what was taken in comes back, of this installation alone, until its day", async () => {
    const it = tenant();
    expect(await it.keepIndicators([entry(), entry({ source: "b team" })], NOW)).toEqual({
      added: 2,
      renewed: 0,
      revoked: 0,
    });
    const kept = (await it.indicators(NOW)).map(plain);
    expect(kept).toEqual(
      ["a team", "b team"].map((source) => ({
        ...entry({ source }),
        importedAt: NOW,
        checked: null,
        confirmedBy: null,
      })),
    );
    expect((await it.indicatorsOn(ADA, NOW)).map(plain)).toEqual(kept);
    expect(await it.indicatorsOn(OTHER, NOW)).toEqual([]);
    expect(await it.indicators(later(90))).toEqual([]);
    expect(await tenant().indicators(NOW)).toEqual([]);
    expect(await it.keepIndicators([], NOW)).toEqual({ added: 0, renewed: 0, revoked: 0 });
    const days = { evidence_days: 1, bands_days: 1 };
    expect(await it.deleteExpired(later(90), { organization: days, repositories: new Map() })).toMatchObject({
      indicator: 2,
    });
  });

  test("indicators: texts that no database holds are kept as far as they can be", async () => {
    const it = tenant();
    await it.keepIndicators([entry({ reason: "nul \0 and half \ud800", origin: "o\0" })], NOW);
    expect((await it.indicators(NOW))[0]).toMatchObject({ reason: "nul \ufffd and half \ufffd", origin: "o\ufffd" });
  });

  test("indicators: the same list again renews its entries, and nobody's word on them is lost", async () => {
    const it = tenant();
    await it.keepIndicators([entry(), address("h1")], NOW);
    const [first] = await it.indicatorsOn(ADA, NOW);
    await it.checkIndicator(first!.id, checked);
    const again = [entry({ reason: "asked twice", until: later(120) }), address("h1"), address("h2")];
    expect(await it.keepIndicators(again, later(1))).toEqual({ added: 1, renewed: 2, revoked: 0 });
    expect(await it.indicatorsOn(ADA, NOW)).toEqual([
      { ...first, reason: "asked twice", until: later(120), importedAt: later(1), checked },
    ]);
  });

  test("indicators: a list of thousands is kept whole", async () => {
    const it = tenant();
    const many = Array.from({ length: 1_200 }, (_, index) =>
      entry({}, { account: accountId(10_000 + index), emailHash: null }),
    );
    expect(await it.keepIndicators(many, NOW)).toEqual({ added: 1_200, renewed: 0, revoked: 0 });
    expect(await it.keepIndicators(many, NOW)).toEqual({ added: 0, renewed: 1_200, revoked: 0 });
    expect((await it.indicators(NOW)).length).toBe(1_200);
  });
}

function deciding(given: () => Subject): void {
  const tenant = () => newTenant(given().store);
  const why = { reason: "somebody else", at: NOW };

  test("indicators: two people of the organisation, and not one twice, make an entry count in full", async () => {
    const it = tenant();
    await it.keepIndicators([entry()], NOW);
    const id = (await it.indicators(NOW))[0]!.id;
    expect(await it.confirmIndicator(id, GRACE, NOW)).toBe(false);
    expect(await tenant().checkIndicator(id, checked)).toBe(false);
    expect(await it.checkIndicator(id, { ...checked, at: later(90) })).toBe(false);
    expect(await it.checkIndicator(id, checked)).toBe(true);
    expect(await it.checkIndicator(id, { ...checked, byAccountId: OTHER })).toBe(false);
    expect(await it.confirmIndicator(id, GRACE, NOW)).toBe(false);
    expect(await tenant().confirmIndicator(id, OTHER, NOW)).toBe(false);
    expect(await it.confirmIndicator(id, OTHER, later(90))).toBe(false);
    expect(await it.confirmIndicator(id, OTHER, NOW)).toBe(true);
    expect(await it.confirmIndicator(id, accountId(79), NOW)).toBe(false);
    expect((await it.indicators(NOW))[0]).toMatchObject({ checked, confirmedBy: OTHER });
  });

  test("indicators: what was taken back counts no more, and the same list does not bring it again", async () => {
    const it = tenant();
    await it.keepIndicators(
      [entry(), entry({ source: "b team" }), entry({}, { account: OTHER, emailHash: null })],
      NOW,
    );
    const [first] = await it.indicators(NOW);
    expect(await tenant().revokeIndicators({ id: first!.id }, why)).toEqual([]);
    expect(await it.revokeIndicators({ id: first!.id }, why)).toEqual([first]);
    expect(await it.revokeIndicators({ id: first!.id }, why)).toEqual([]);
    expect(await it.checkIndicator(first!.id, checked)).toBe(false);
    expect(await it.keepIndicators([entry({ until: later(300) })], later(1))).toEqual({
      added: 0,
      renewed: 0,
      revoked: 1,
    });
    expect((await it.indicatorsOn(ADA, NOW)).map(({ source }) => source)).toEqual(["b team"]);
    expect((await it.subject(ADA, NOW)).listed[0]).toMatchObject({
      revokedAt: NOW,
      revokeReason: "somebody else",
      until: later(90),
    });
    expect((await it.revokeIndicators({ source: "a team" }, why)).map(({ account }) => account)).toEqual([OTHER]);
  });
}

function addresses(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("indicators: an address is tied to the account whose it is, and to another one anew", async () => {
    const it = tenant();
    await it.keepIndicators([address("h1"), address("h2")], NOW);
    expect(await it.indicatorsOn(ADA, NOW)).toEqual([]);
    expect(await it.tieAddresses(ADA, [], NOW)).toBe(0);
    expect(await it.tieAddresses(ADA, ["h1", "unlisted"], NOW)).toBe(1);
    expect(await it.tieAddresses(ADA, ["h1"], NOW)).toBe(0);
    expect(await tenant().tieAddresses(ADA, ["h1"], NOW)).toBe(0);
    expect(await it.tieAddresses(ADA, ["h2"], later(90))).toBe(0);
    const [tied, ...others] = await it.indicatorsOn(ADA, NOW);
    expect([tied?.emailHash, others]).toEqual(["h1", []]);
    await it.checkIndicator(tied!.id, checked);
    expect(await it.tieAddresses(OTHER, ["h1"], NOW)).toBe(1);
    expect(await it.indicatorsOn(OTHER, NOW)).toEqual([{ ...tied, account: OTHER, checked: null }]);
    await it.keepIndicators([address("h1")], later(1));
    expect((await it.indicatorsOn(OTHER, NOW)).length).toBe(1);
  });
}

function addressesSince(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("indicators: whether addresses came since a moment, of entries that stand, in this installation alone", async () => {
    const it = tenant();
    await it.keepIndicators([entry()], later(1));
    expect(await it.addressesCameSince(NOW, later(2))).toBe(false);
    await it.keepIndicators([address("h1")], later(1));
    expect(await it.addressesCameSince(NOW, later(2))).toBe(true);
    expect(await it.addressesCameSince(later(1), later(2))).toBe(false);
    expect(await it.addressesCameSince(NOW, later(90))).toBe(false);
    expect(await tenant().addressesCameSince(NOW, later(2))).toBe(false);
    await it.revokeIndicators({ source: "a team" }, { reason: "wrong", at: later(2) });
    expect(await it.addressesCameSince(NOW, later(2))).toBe(false);
  });
}

function signalCounts(given: () => Subject): void {
  test("signal counts: what people said of reports is counted, and stays when those are deleted", async () => {
    const it = newTenant(given().store);
    const head = (letter: string) => ({
      number: letter.charCodeAt(0),
      title: "Fix",
      headSha: letter.repeat(40),
      createdAt: NOW,
    });
    const [fired, clear] = (["fired", "clear"] as const).map((outcome) => ({ ...aFinding, outcome }));
    const report = (letter: string, findings: readonly Finding[]) => {
      const base = aReport(it.id, { id: `report-${letter}-${it.id}`, pullRequest: head(letter) });
      return { ...base, assessment: { ...base.assessment, findings } };
    };
    for (const letter of ["a", "b", "c", "d"]) await it.saveReport(report(letter, [fired!]));
    await it.saveReport(report("e", [clear!]));
    const by = { accountId: GRACE, login: "grace-example", at: NOW };
    const { repositoryId } = report("a", []);
    for (const [letter, verdict] of [
      ["a", "true"],
      ["b", "benign"],
      ["c", "false"],
      ["e", "true"],
    ] as const)
      await it.markReviewed(repositoryId, letter.repeat(40), { ...by, verdict });
    await it.markReviewed(repositoryId, "d".repeat(40), by);
    const counts = new Map([["some-signal", { fired: 4, true: 1, benign: 1, false: 1 }]]);
    expect((await it.reports([`report-a-${it.id}`]))[0]?.reviewed).toEqual({
      ...{ byAccountId: GRACE, byLogin: "grace-example", at: NOW, verdict: "true" },
    });
    expect(await it.signalCounts()).toEqual(counts);
    const days = { evidence_days: 1, bands_days: 1 };
    await it.deleteExpired(later(9), { organization: days, repositories: new Map() });
    expect(await it.reports([`report-a-${it.id}`])).toEqual([]);
    expect(await it.signalCounts()).toEqual(counts);
    expect(await newTenant(given().store).signalCounts()).toEqual(new Map());
  });

  test("signal counts: one person's word on several heads of a pull request counts once, the newest", async () => {
    const it = newTenant(given().store);
    for (const [letter, day] of [
      ["a", 0],
      ["b", 5],
      ["c", 6],
    ] as const) {
      const pullRequest = { number: 7, title: "Fix", headSha: letter.repeat(40), createdAt: NOW };
      const id = `report-${letter}-${it.id}`;
      const base = aReport(it.id, { id, pullRequest, createdAt: later(day) });
      await it.saveReport({ ...base, assessment: { ...base.assessment, findings: [aFinding] } });
      const verdict = letter === "c" ? "benign" : "true";
      const by = {
        accountId: letter === "b" ? OTHER : GRACE,
        login: "grace-example",
        at: later(day),
        verdict,
      } as const;
      await it.markReviewed(base.repositoryId, letter.repeat(40), by);
    }
    const counts = new Map([["some-signal", { fired: 3, true: 1, benign: 1, false: 0 }]]);
    expect(await it.signalCounts()).toEqual(counts);
    // The first head goes before the others: its word is the one that the last head has, and is not counted beside it.
    const days = { evidence_days: 1, bands_days: 3 };
    for (const day of [4, 20]) {
      await it.deleteExpired(later(day), { organization: days, repositories: new Map() });
      expect(await it.signalCounts()).toEqual(counts);
    }
  });
}

const aFinding: Finding = {
  ...{ signal: "some-signal", version: 1, axis: "P", family: "identity", outcome: "fired", strength: 1, bits: 1 },
  ...{ hard: false, core: false, severity: null, evidence: [], evidenceLeftOut: 0, unknownBecause: null },
};
