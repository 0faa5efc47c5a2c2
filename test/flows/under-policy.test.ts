import { assess } from "../../src/assessment/assess.ts";
import { type Dossier, dossier, present } from "../../src/dossier/dossier.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { type Recorded, roleIn, underPolicy } from "../../src/flows/under-policy.ts";
import { repositoryId } from "../../src/ids.ts";
import type { PolicyFile } from "../../src/policy/policy.ts";
import { effectivePolicy } from "../../src/policy/tighten.ts";
import { dossierOf, ordinaryChange, student, veteran } from "../assessment/dossiers.ts";
import { changed, commit, commits, daysAgo, entry, pullRequests, record, SUBJECT, spread } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const recorded = (dossier: Dossier, more: Partial<Recorded> = {}): Recorded => ({
  ...{ assessment: assess(dossier), dossier, role: roleIn(dossier) },
  ...more,
});
const under = (one: Recorded, file: PolicyFile = {}) =>
  underPolicy(one, { policy: effectivePolicy(file, {}).policy, live: file.mode === "live" });

const contribution = dossierOf({ ...veteran, ...ordinaryChange });
const grant = (mergedCount: number): Dossier =>
  dossierOf({
    ...veteran,
    "access.grant": {
      ...{ repositoryId: repositoryId(1), role: "write", previousRole: null, via: "direct", ssoLinked: null },
      grantedAt: daysAgo(1),
    },
    "access.recordHere": record({ mergedCount, mergerCount: 3, firstContactAt: daysAgo(900) }),
  });

test("underPolicy: without any file a pull request is assessed, nothing is written and nobody is flagged", () => {
  expect(under(recorded(contribution))).toEqual({
    ...{ account: "none", change: "low", access: "unknown", flag: "no", check_run: "no", label: "no" },
    ...{ change_findings: "no", deep_scan: "not_known" },
  });
});

test("underPolicy: findings stand beside the lines of every diff or of none, and beside no grant", () => {
  const file: PolicyFile = { mode: "live", publication: { change: "annotate" } };
  expect(under(recorded(contribution), file).change_findings).toBe("yes");
  expect(under(recorded(contribution), { ...file, mode: "shadow" }).change_findings).toBe("no");
  expect(under(recorded(grant(14)), file).change_findings).toBe("no");
});

test("underPolicy: a grant is thin by the numbers of the policy", () => {
  const file = { access: { thin_grant: { merged: 20 } } };
  expect(under(recorded(grant(14))).access).not.toBe(under(recorded(grant(14)), file).access);
});

test("underPolicy: write that meets an account worth a look is flagged, by whoever is known to hold it", () => {
  const looked = dossierOf({
    ...{ ...student, ...ordinaryChange, "account.pullRequests": pullRequests(spread(64, 2)) },
    "intel.localList": { entries: [entry("denounced")] },
  });
  expect(under(recorded(looked, { role: "write" })).flag).toBe("yes");
  expect(under(recorded(looked)).flag).toBe("no");
  expect(under(recorded(looked, { dossier: null })).flag).toBe("not_known");
});

test("underPolicy: a bot that the policy skips is not assessed, and its pull request has the check run of everybody", () => {
  const file: PolicyFile = { mode: "live", triage: { skip_bots: [SUBJECT] } };
  expect(under(recorded(contribution), file)).toMatchObject({ account: "not_assessed", check_run: "yes" });
  expect(under(recorded(grant(14)), file).account).toBe("none");
});

const alone = {
  "account.pullRequests": pullRequests([
    { createdAt: daysAgo(1), ownerNodeId: "O_here", mergedAt: null, elsewhere: true },
  ]),
};
const opened: Partial<SectionTypes> = {
  "change.commits": { ...commits(commit()), pullRequestCreatedAt: daysAgo(1) },
};
const first = dossierOf({ ...student, ...ordinaryChange, ...alone, ...opened });
const workflow = dossierOf({ ...student, ...ordinaryChange, "change.files": changed({ ".github/a.yml": ["a"] }) });

test.each<[string, Recorded, PolicyFile["publication"], string]>([
  ["there is no label", recorded(first), {}, "no"],
  ["it is a first one", recorded(first), { label: { name: "new", when: ["first_contribution"] } }, "yes"],
  ["nobody knows", recorded(contribution), { label: { name: "new", when: ["first_contribution"] } }, "not_known"],
  ["it touches a path", recorded(workflow), { label: { name: "look", when: ["sensitive_paths"] } }, "yes"],
  ["it touches none", recorded(contribution), { label: { name: "look", when: ["sensitive_paths"] } }, "no"],
  [
    "the paths were not kept",
    recorded(workflow, { dossier: null }),
    { label: { name: "look", when: ["sensitive_paths"] } },
    "not_known",
  ],
])("underPolicy: label, when %s", (_, one, publication, label) => {
  expect(under(one, { mode: "live", publication }).label).toBe(label);
  expect(under(one, { publication }).label).toBe("no");
});

test.each<[string, Recorded, "never" | "on_need" | "always", string]>([
  ["never", recorded(first), "never", "no"],
  ["always", recorded(contribution), "always", "yes"],
  ["at a first contribution", recorded(first), "on_need", "yes"],
  ["at a grant of write", recorded(grant(14)), "on_need", "yes"],
  ["at a pull request that may be a first one", recorded(contribution), "on_need", "not_known"],
  ["of which only the assessment was kept", recorded(first, { dossier: null }), "always", "not_known"],
])("underPolicy: deep scan %s", (_, one, deep_scan, expected) => {
  expect(under(one, { triage: { deep_scan } }).deep_scan).toBe(expected);
});

const SCAN: SectionTypes["history.scan"] = { repositories: [], copies: [], requests: 1, points: 1, seconds: 1 };

test("underPolicy: what git has read already is asked for all the same", () => {
  const read = dossier(
    { asOf: first.asOf, subject: first.subject },
    { ...first.sections, "history.scan": present(SCAN, first.asOf) },
  );
  expect(under(recorded(read), { triage: { deep_scan: "always" } }).deep_scan).toBe("yes");
});
