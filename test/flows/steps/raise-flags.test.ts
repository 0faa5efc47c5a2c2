import { effectiveAccess } from "../../../src/access/effective.ts";
import { type Flag, MAX_FLAGS_PER_ACCOUNT } from "../../../src/access/flag.ts";
import type { Band } from "../../../src/assessment/assessment.ts";
import type { FlowContext, Tenancy } from "../../../src/flows/steps/context.ts";
import { raiseFlagsOf } from "../../../src/flows/steps/raise-flags.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import type { Installation, Report, TenantStore } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { aReport, NOW } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const reportOn = (account: number | null, band: Band): Report => {
  const report = aReport(installationId(1), { accountId: account === null ? null : accountId(account) });
  return { ...report, assessment: { ...report.assessment, persona: { ...report.assessment.persona, band } } };
};

/** Flags raised for the subject of a report in an access graph, as repository, role and via; and what was logged. */
async function raised(report: Report, snapshot: ReturnType<typeof octoOrg> | null, known = false) {
  const flags: unknown[] = [];
  const logged: unknown[] = [];
  const tenancy: Tenancy = {
    installation: played<Installation>({ id: installationId(1) }),
    gateway: played({}),
    tenant: played<TenantStore>({
      raiseFlag: async (flag) => {
        flags.push([flag.repositoryName, flag.role, flag.via]);
        return known ? null : played<Flag>({});
      },
    }),
  };
  const context = played<FlowContext>({
    random: { bytes: (count) => Buffer.alloc(count) },
    clock: fixedClock(NOW),
    log: { ...silentLog, info: (event) => void logged.push(event) },
  });
  await raiseFlagsOf(context, tenancy, { report, access: snapshot && effectiveAccess(snapshot) });
  return { flags, logged };
}

const outside = octoOrg({ grants: [grant("4", "11", "maintain", "outside"), grant("4", "10", "triage", "outside")] });

test.each<[string, Report, ReturnType<typeof octoOrg> | null, number]>([
  ["write of an account that looks like a false persona", reportOn(4, "high"), outside, 1],
  ["write of an ordinary account", reportOn(4, "none"), outside, 0],
  ["no more than triage", reportOn(4, "high"), octoOrg({ grants: [grant("4", "10", "triage", "outside")] }), 0],
  ["an account without any grant", reportOn(77, "high"), outside, 0],
  ["an account that is gone", reportOn(null, "high"), outside, 0],
  ["before the first audit", reportOn(4, "high"), null, 0],
])("flags: %s", async (_, report, snapshot, count) => {
  expect((await raised(report, snapshot)).flags).toHaveLength(count);
});

test("flags: by the role that stands there and its source, and logged without the account", async () => {
  expect(await raised(reportOn(4, "high"), outside)).toEqual({
    flags: [[outside.repositories.find(({ id }) => id === "11")?.name, "maintain", "outside"]],
    logged: ["flag.raised"],
  });
});

test("flags: one that a person has decided is not logged as raised", async () => {
  expect((await raised(reportOn(4, "high"), outside, true)).logged).toEqual([]);
});

test("flags: an owner of many repositories gets as many as an account may have", async () => {
  const repositories = Array.from({ length: MAX_FLAGS_PER_ACCOUNT + 1 }, (_, at) => ({
    ...{ id: String(1_000 + at), name: `r-${at}`, visibility: "public" as const, archived: false },
  }));
  const { flags } = await raised(reportOn(1, "high"), octoOrg({ repositories, grants: [] }));
  expect(flags).toHaveLength(MAX_FLAGS_PER_ACCOUNT);
});
