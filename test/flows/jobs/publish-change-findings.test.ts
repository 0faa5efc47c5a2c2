import fc from "fast-check";
import { assess } from "../../../src/assessment/assess.ts";
import { plusDays } from "../../../src/clock.ts";
import { decide } from "../../../src/decision/decide.ts";
import type { Dossier } from "../../../src/dossier/dossier.ts";
import { publishChangeFindingsFlow } from "../../../src/flows/jobs/publish-change-findings.ts";
import type { JobOf } from "../../../src/job/job.ts";
import type { PolicyFile } from "../../../src/policy/policy.ts";
import type { Report } from "../../../src/store/store.ts";
import { anyDossier } from "../../assessment/any-dossier.ts";
import { dossierOf, manySided, ordinaryChange } from "../../assessment/dossiers.ts";
import { yes } from "../../dossier/played-gateway.ts";
import { file, filesOf } from "../../signals/given.ts";
import { aReport, REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { expectNothingCaught, type Given, INSTALLATION, NOW, scene } from "../scene.ts";

const HEAD = "a".repeat(40);
const JOB: JobOf<"publish-change-findings"> = {
  kind: "publish-change-findings",
  installationId: INSTALLATION.id,
  repository: REPOSITORY,
  pullRequestNumber: 7,
  headSha: HEAD,
  readAt: NOW,
};
const ANNOTATE: PolicyFile = { mode: "live", publication: { change: "annotate" } };
const TASK = file(".vscode/tasks.json", ['+{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}']);
const diff = dossierOf({ ...ordinaryChange, "change.files": filesOf(TASK) });

const reportOn = (dossier: Dossier, more: Partial<Report> = {}): Report => {
  const assessment = assess(dossier);
  const pullRequest = { number: 7, title: "Fix", headSha: HEAD, createdAt: NOW };
  const decision = decide(assessment, { grantedRole: null });
  return aReport(INSTALLATION.id, { pullRequest, createdAt: NOW, dossier, assessment, decision, ...more });
};

function written(reports: readonly Report[], more: Given = {}) {
  return scene({
    policy: ANNOTATE,
    ...more,
    tenant: { reportsOfHead: async () => reports, ...more.tenant },
    gateway: {
      findFindingsCheck: async () => yes(null),
      createFindingsCheck: async () => 31,
      addAnnotations: async () => {},
      ...more.gateway,
    },
  });
}
const publish = async (reports: readonly Report[], more: Given = {}, job = JOB) => {
  const stage = written(reports, more);
  const outcome = await publishChangeFindingsFlow(stage.context, job);
  const writes = [...stage.did("createFindingsCheck"), ...stage.did("addAnnotations")];
  return {
    stage,
    outcome,
    writes,
    bytes: JSON.stringify(stage.calls.filter(([name]) => /Findings|Annotations/.test(name))),
  };
};

test("findings of a diff: written once, with what the lines say", async () => {
  const { outcome, writes } = await publish([reportOn(diff)]);
  expect(outcome).toEqual({ kind: "completed" });
  expect(writes).toMatchObject([
    [{ headSha: HEAD, externalId: expect.stringMatching(/^[\w-]{22}$/), annotations: [{ path: TASK.path }] }],
  ]);
});

test("findings of a diff: the public bytes depend on the diff, whoever sent it and whatever was found of anybody", async () => {
  const files = diff.sections["change.files"];
  const expected = (await publish([reportOn(diff)])).bytes;
  const stories = [dossierOf(manySided), dossierOf({})];
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyDossier, fc.constantFrom(...stories)), fc.string(), async (dossier, login) => {
      const about = { ...dossier, sections: { ...dossier.sections, "change.files": files } };
      const reviewed = { byAccountId: REPOSITORY.ownerId, byLogin: login, at: NOW };
      const report = reportOn(about, { login, accountId: dossier.subject.accountId, reviewed });
      expect((await publish([report])).bytes).toBe(expected);
    }),
    { numRuns: 40 },
  );
});

test.each<[string, readonly Report[], Given, object, number]>([
  ["a report that is about to come is waited for", [], {}, { kind: "snooze", because: "not read yet" }, 0],
  [
    "so is one on the base of now, beside an older one",
    [reportOn(diff, { createdAt: plusDays(NOW, -1) })],
    {},
    { kind: "snooze" },
    0,
  ],
  [
    "another pull request's report on the same head is not taken",
    [reportOn(diff, { pullRequest: { number: 8, title: "t", headSha: HEAD, createdAt: NOW } })],
    {},
    { kind: "snooze" },
    0,
  ],
  ["nothing is written while it is sealed", [reportOn(diff)], { policy: { mode: "live" } }, { kind: "completed" }, 0],
  [
    "nothing is written in shadow mode",
    [reportOn(diff)],
    { policy: { ...ANNOTATE, mode: "shadow" } },
    { kind: "completed" },
    0,
  ],
  ["nothing is said of a diff that was not shown", [reportOn(dossierOf({}))], {}, { kind: "cancelled" }, 0],
  [
    "what stands there is not written again",
    [reportOn(diff)],
    { gateway: { findFindingsCheck: async () => yes({ id: 31, annotationCount: 1 }) } },
    { kind: "completed" },
    0,
  ],
])("findings of a diff: %s", async (_, reports, given, outcome, writes) => {
  const found = await publish(reports, given);
  expect(found.outcome).toMatchObject(outcome);
  expect(found.writes).toHaveLength(writes);
});

test("findings of a diff: a report that never comes is given up after a day", async () => {
  expect((await publish([], {}, { ...JOB, readAt: plusDays(NOW, -1) })).outcome).toMatchObject({ kind: "cancelled" });
});

test("findings of a diff: whatever fails ends the job with its error", async () => {
  await expectNothingCaught(async (fails) => (await publish([reportOn(diff)], { fails })).stage);
});
