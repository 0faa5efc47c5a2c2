import { effectiveAccess } from "../../../src/access/effective.ts";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../src/access/flag.ts";
import type { Band } from "../../../src/assessment/assessment.ts";
import type { FlowContext, Tenancy } from "../../../src/flows/steps/context.ts";
import { raiseFlagsOf } from "../../../src/flows/steps/raise-flags.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import { silentLog } from "../../../src/log.ts";
import type { Messenger } from "../../../src/notification/messenger.ts";
import type { Installation, Queue, RaisedFlag, Report, Store, TenantStore } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { aReport, NOW } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const reportOn = (account: number | null, band: Band): Report => {
  const report = aReport(installationId(1), { accountId: account === null ? null : accountId(account) });
  return { ...report, assessment: { ...report.assessment, persona: { ...report.assessment.persona, band } } };
};

interface Known {
  /** Somebody has decided. */
  readonly decided?: boolean;
  /** The band of the open flag that is renewed; null for a new one. */
  readonly renews?: Band | null;
  /** Who is told of urgent flags. */
  readonly told?: readonly string[];
}

/** Flags raised for the subject of a report in an access graph, as repository, role and via; and what was logged. */
async function raised(report: Report, snapshot: ReturnType<typeof octoOrg> | null, known: Known = {}) {
  const { decided = false, renews = null, told = [] } = known;
  const flags: unknown[] = [];
  const because: string[] = [];
  const logged: unknown[] = [];
  const filed: Job[] = [];
  const tenancy: Tenancy = {
    installation: played<Installation>({ id: installationId(1), accountId: accountId(8), accountLogin: "octo-org" }),
    gateway: played({}),
    tenant: played<TenantStore>({
      raiseFlag: async (flag) => {
        flags.push([flag.repositoryName, flag.role, flag.via]);
        because.push(flag.because);
        const before = renews && { role: flag.role, band: renews };
        return decided ? null : played<RaisedFlag>({ role: flag.role, band: flag.band, renews: before });
      },
    }),
  };
  const context = played<FlowContext>({
    random: { bytes: (count) => Buffer.alloc(count) },
    clock: fixedClock(NOW),
    log: { ...silentLog, info: (event) => void logged.push(event) },
    messenger: played<Messenger>({ destinationsOf: (_, about) => (about === "urgent" ? told : []) }),
    store: played<Store>({ queue: played<Queue>({ enqueue: async (jobs) => void filed.push(...jobs) }) }),
  });
  await raiseFlagsOf(context, tenancy, { report, access: snapshot && effectiveAccess(snapshot) });
  return { flags, because, logged, filed };
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
  expect(await raised(reportOn(4, "high"), outside)).toMatchObject({
    flags: [[outside.repositories.find(({ id }) => id === "11")?.name, "maintain", "outside"]],
    logged: ["flag.raised"],
  });
});

test("flags: one that a person has decided is not logged as raised", async () => {
  expect((await raised(reportOn(4, "high"), outside, { decided: true })).logged).toEqual([]);
});

test.each<[string, number, Band, Known]>([
  ["a new one that is urgent", 1, "elevated", { told: ["team"] }],
  ["an open one that became urgent", 1, "high", { told: ["team"], renews: "review" }],
  ["an open one that was urgent before", 0, "high", { told: ["team"], renews: "elevated" }],
  ["one that is not urgent", 0, "review", { told: ["team"] }],
  ["one that a person has decided", 0, "high", { told: ["team"], decided: true }],
  ["a new one that is urgent, where nobody is told", 0, "high", {}],
])("flags: %s is told of %i times", async (_, count, band, known) => {
  const { filed } = await raised(reportOn(4, band), outside, known);
  expect(filed).toEqual(Array(count).fill({ kind: "announce-flags", installationId: 1, since: NOW }));
});

test("flags: an owner of many repositories gets as many as an account may have", async () => {
  const repositories = Array.from({ length: MAX_FLAGS_PER_ACCOUNT + 1 }, (_, at) => ({
    ...{ id: String(1_000 + at), name: `r-${at}`, visibility: "public" as const, archived: false },
  }));
  const { flags } = await raised(reportOn(1, "high"), octoOrg({ repositories, grants: [] }));
  expect(flags).toHaveLength(MAX_FLAGS_PER_ACCOUNT);
});

test("flags: beside the reason stands what the grant reaches, the path of releases first, and what closes it", async () => {
  const ruled = octoOrg({
    grants: [grant("4", "11", "write", "outside")],
    repositories: [{ id: "11", name: "relayer", visibility: "private", archived: false, defaultBranch: "main" }],
    ...{ protections: [], rulesets: [], branches: [], environments: [], runners: [] },
    secrets: [
      { name: "HOOK", scope: "repository", repositories: ["11"] },
      { name: "OTHER", scope: "repository", repositories: ["11"] },
      { name: "NPM_TOKEN", scope: "repository", repositories: ["11"] },
    ],
  });
  const [said = ""] = (await raised(reportOn(4, "high"), ruled)).because;
  expect(said).toMatch(
    /It can read the secret NPM_TOKEN: .*\nIt can read the secret HOOK: .*\nIt can read the secret OTHER: /,
  );
  expect(said).toContain("(closes by: move the secret into an environment with reviewers)");
  expect(said).not.toContain("push to main");
  const { protections: _, ...unread } = ruled;
  expect((await raised(reportOn(4, "high"), unread)).because).toEqual([expect.not.stringContaining("It can")]);
});
