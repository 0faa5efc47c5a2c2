import type { Band } from "../../../../src/assessment/assessment.ts";
import { plusDays } from "../../../../src/clock.ts";
import type { PolicyFile } from "../../../../src/policy/policy.ts";
import { yes } from "../../../dossier/played-gateway.ts";
import { file } from "../../../signals/given.ts";
import { REPOSITORY } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { ACCOUNT, ADA, expectNothingCaught, type Given } from "../../scene.ts";
import {
  type About,
  access,
  HEAD,
  JOB,
  LATER,
  reportOn,
  SAID,
  STRANGER,
  SUSPICIOUS,
  type TriageJob,
  triaged,
} from "./triage-scene.ts";

const scan = (kind: "deep-scan-account" | "read-histories", job: TriageJob) => [
  { kind, installationId: job.installationId, account: ACCOUNT, again: { ...job, force: true, secondLook: true } },
];
const GRAVE = [file(".github/workflows/ci.yml", ["+on: pull_request_target", "+jobs: {}"])];
const again = { openedHereCount: 2 };
const forced = { ...JOB, force: true };
test.each<[string, About, Given, ReturnType<typeof scan>]>([
  ["git's at a first contribution", {}, {}, scan("deep-scan-account", JOB)],
  ["git's at a first one that asks for a look", {}, SUSPICIOUS, scan("deep-scan-account", JOB)],
  ["none at a later one", { facts: again }, {}, []],
  ["none where nobody knows which it is", { facts: { openedHereCount: null } }, {}, []],
  [
    "git's of whoever writes here",
    { facts: again },
    { tenant: { rolesOf: async () => access("write") } },
    scan("deep-scan-account", JOB),
  ],
  ["the API's when the author asks for a look", { facts: again }, SUSPICIOUS, scan("read-histories", JOB)],
  ["the same of one asked for again", { job: forced, facts: again }, SUSPICIOUS, scan("read-histories", forced)],
  ["none under a policy that says never", {}, { ...SUSPICIOUS, policy: { triage: { deep_scan: "never" } } }, []],
  ["none at a second look", { job: { ...JOB, secondLook: true } }, SUSPICIOUS, []],
  [
    "none of an author the delivery did not name",
    { job: { ...JOB, pullRequest: { ...JOB.pullRequest, author: null } } },
    STRANGER,
    [],
  ],
])("triage: histories are read: %s", async (_, about, more, expected) => {
  expect((await triaged(about, more)).jobs()).toEqual(expected);
});

const LABELS: PolicyFile = {
  mode: "live",
  publication: { label: { name: "to review", when: ["first_contribution"] } },
};
const labelled: Given = { policy: LABELS };
const LABEL = {
  ...{ kind: "label-pull-request", installationId: JOB.installationId, repository: REPOSITORY },
  ...{ pullRequestNumber: 7, headSha: HEAD, name: "to review" },
};
const labels = ({ jobs }: Awaited<ReturnType<typeof triaged>>) =>
  jobs().filter(({ kind }) => kind === "label-pull-request");

test.each<[string, About, Given, boolean]>([
  ["at a first contribution", {}, labelled, true],
  ["not at a later one", { facts: again }, labelled, false],
  ["not while nothing is published", {}, { policy: { publication: { ...LABELS.publication } } }, false],
  ["not where the policy names none", {}, { ...labelled, policy: { mode: "live" } }, false],
  ["not a second time for one head", { reports: [reportOn(7, plusDays(SAID, -1))] }, labelled, false],
  ["for one of which only another pull request has a report", { reports: [reportOn(8, LATER)] }, labelled, true],
  ["a second time for a new base", { job: { ...JOB, newBase: true }, reports: [reportOn(7, LATER)] }, labelled, true],
  ["not at a second look", { job: { ...JOB, secondLook: true } }, labelled, false],
  ["for a head that moved on since", { facts: { headSha: "b".repeat(40) } }, labelled, true],
  [
    "not for one that moved on to a head that was read",
    { facts: { headSha: "b".repeat(40) }, reports: [reportOn(7, SAID, "b".repeat(40))] },
    labelled,
    false,
  ],
])("triage: the label is set %s", async (_, about, more, sets) => {
  const found = await triaged(about, more);
  expect(labels(found)).toEqual(sets ? [{ ...LABEL, headSha: about.facts?.headSha ?? HEAD }] : []);
  // A second run of the job knows by the report that the label is decided.
  const names = found.calls.map(([name]) => name);
  if (sets) expect(names.indexOf("enqueue")).toBeLessThan(names.indexOf("saveReport"));
});

test.each<[string, readonly string[], boolean]>([
  ["one that is touched", ["README.md", "deploy/key"], true],
  ["none that is", ["README.md"], false],
])("triage: the label by sensitive paths: %s", async (_, paths, sets) => {
  const policy: PolicyFile = {
    ...LABELS,
    triage: { sensitive_paths: ["deploy/**"] },
    publication: { label: { name: "to review", when: ["sensitive_paths"] } },
  };
  expect(labels(await triaged({ facts: { ...again, paths } }, { ...labelled, policy }))).toHaveLength(sets ? 1 : 0);
});

test("triage: a grave change has the histories of its author read, and an ordinary one does not", async () => {
  expect((await triaged({ facts: again, files: GRAVE })).jobs()).toEqual(scan("read-histories", JOB));
  expect((await triaged({ facts: again, files: [file("src/pay.ts", ["+export const fee = 2;"])] })).jobs()).toEqual([]);
});

test("triage: neither what was found of the account nor what was found in the change moves the label", async () => {
  const byPath: PolicyFile = {
    ...LABELS,
    triage: { sensitive_paths: ["deploy/**"] },
    publication: { label: { name: "to review", when: ["sensitive_paths"] } },
  };
  for (const paths of [["README.md"], ["deploy/key"]]) {
    const facts = { ...again, paths };
    const quiet = labels(await triaged({ facts }, { policy: byPath }));
    expect(labels(await triaged({ facts, files: GRAVE }, { ...SUSPICIOUS, policy: byPath }))).toEqual(quiet);
  }
});

const OWNED: Given = {
  gateway: { fileOnDefaultBranch: async () => yes({ text: ".github/ @octo-org/release\n", sha: "s" }) },
};
test("triage: a change of at least medium names its code owners, by one file; a lesser one asks for none", async () => {
  const grave = await triaged({ files: GRAVE }, OWNED);
  expect(grave.report?.decision.advice).toContainEqual(
    "Second look wanted at .github/workflows/ci.yml: code owner @octo-org/release.",
  );
  expect(grave.did("fileOnDefaultBranch")).toHaveLength(1);
  const plain = await triaged({ files: [file("src/pay.ts", ["+export const fee = 2;"])] }, OWNED);
  expect(plain.did("fileOnDefaultBranch")).toEqual([]);
  expect(
    (await triaged({ files: [file("src/pay.ts", ["+1"])] }, { ...OWNED, ...SUSPICIOUS })).did("fileOnDefaultBranch"),
  ).toEqual([]);
});

test("triage: whatever fails ends the job with its error", async () => {
  const tenant = {
    ...STRANGER.tenant,
    ...SUSPICIOUS.tenant,
    cachedAccount: async () => null,
    rolesOf: async () => access("write"),
  };
  await expectNothingCaught((fails) => triaged({}, { ...STRANGER, tenant, fails }));
  const unread = { ...LABELS, triage: { deep_scan: "never" } } as const;
  await expectNothingCaught((fails) => triaged({}, { policy: unread, fails }));
  await expectNothingCaught((fails) =>
    triaged({ facts: again }, { tenant: { ...SUSPICIOUS.tenant, rolesOf: async () => access("write") }, fails }),
  );
  await expectNothingCaught((fails) => triaged({ facts: again }, { ...SUSPICIOUS, fails }));
});

/** A report that a run stored, which ended before it did anything else. */
const stored = (band: Band) => {
  const report = reportOn(7, LATER);
  const persona = { ...report.assessment.persona, band };
  return { ...report, accountId: ADA.id, assessment: { ...report.assessment, persona } };
};
const writing: Given = { tenant: { rolesOf: async () => access("write") } };

test("killed after the report: the next run raises the flag that follows from it, and reads nothing anew", async () => {
  const { outcome, flags, asked } = await triaged({ reports: [stored("high")] }, writing);
  expect(outcome).toEqual({ kind: "completed" });
  expect([flags.length, asked]).toEqual([1, []]);
  expect((await triaged({ reports: [stored("none")] }, writing)).flags).toEqual([]);
});

test("killed after the report: of one that a newer report took the place of nothing follows", async () => {
  const newer = { ...stored("high"), id: "newer" };
  const tenant = { ...writing.tenant, latestReportOf: async () => newer };
  expect((await triaged({ reports: [stored("high")] }, { tenant })).flags).toEqual([]);
});

test("killed before the report: what git reads is asked for first", async () => {
  const { calls } = await triaged({ facts: { openedHereCount: 1 } });
  const order = calls.flatMap(([name, filed]) =>
    name === "saveReport" || JSON.stringify(filed ?? "").includes("deep-scan-account") ? [name] : [],
  );
  expect(order).toEqual(["enqueue", "saveReport"]);
});
