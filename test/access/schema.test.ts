import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { accessAuditSchema, checkedAudit } from "../../src/access/audit-schema.ts";
import { auditReport } from "../../src/access/report.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import { anySnapshot, octoOrg } from "./graphs.ts";
import { accessErrors, auditErrors, files } from "./validators.ts";

test.each(files.map(({ path, text }) => [basename(path), path, text]))(
  "schema: docs/schema/%s is what the code says; else run node tools/generate-schemas.ts",
  (_, path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  },
);

test("schema: the audit of any graph compared with any other validates", () => {
  const lastAct = { lastActAt: null, searchedSince: "2020-01-01T00:00:00.000Z" };
  fc.assert(
    fc.property(anySnapshot, anySnapshot, (snapshot, previous) => {
      const lastActs = new Map(snapshot.accounts.map(({ id }) => [id, lastAct]));
      expect(auditErrors(auditReport(snapshot, { previous, flags: [FLAG], lastActs, dormantAfterDays: 180 }))).toEqual(
        [],
      );
    }),
  );
});

test("schema: a stored report that is checked in steps is what checking it whole gives, and refused where that is", () => {
  fc.assert(
    fc.property(anySnapshot, anySnapshot, fc.nat(), (snapshot, previous, seed) => {
      const context = { previous, flags: [FLAG], lastActs: null, dormantAfterDays: 180 };
      const report: unknown = JSON.parse(JSON.stringify(auditReport(snapshot, context)));
      expect(atOnce(checkedAudit(report))).toEqual(accessAuditSchema.parse(report));
      const spoilt = spoiltAt(report, seed);
      const [whole, inSteps] = [accessAuditSchema.safeParse(spoilt), attempt(() => atOnce(checkedAudit(spoilt)))];
      expect(inSteps).toEqual(whole.success ? whole.data : null);
    }),
  );
});

/** The report with one of its values, whichever the seed says, taken for a symbol of nothing it may be. */
function spoiltAt(report: unknown, seed: number): unknown {
  let count = 0;
  JSON.stringify(report, (_, value) => {
    count++;
    return value;
  });
  let at = 0;
  return JSON.parse(JSON.stringify(report, (_, value) => (at++ === seed % count ? { spoilt: true } : value)));
}

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

test("schema: what is no snapshot and no audit is refused", () => {
  expect(accessErrors({ ...octoOrg(), schema: "sallyport.access/2" })).not.toEqual([]);
  expect(accessErrors({ ...octoOrg(), owners: [1] })).not.toEqual([]);
  expect(auditErrors(octoOrg())).not.toEqual([]);
});

const FLAG = {
  id: "flag-1",
  installationId: installationId(5),
  repositoryId: repositoryId(10),
  repositoryName: "wallet",
  accountId: accountId(2),
  login: "mika-member",
  role: "write",
  via: "team",
  band: "review",
  because: "write meets: please look",
  reportId: "report-1",
  raisedAt: "2026-11-18T00:00:00.000Z",
  state: { kind: "open" },
} as const;
