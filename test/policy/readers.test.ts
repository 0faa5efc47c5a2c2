import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FORMAT_KEYS, KEYS } from "../../src/policy/keys.ts";
import type { PolicyFile } from "../../src/policy/policy.ts";
import { policyKeys } from "../../src/policy/policy-schema.ts";
import { effectivePolicy } from "../../src/policy/tighten.ts";
import { expect, test } from "../support/jest.ts";

/** Who reads each key, by the words that read it. A key that nobody reads belongs among those that come later. */
const READERS: Readonly<Record<string, readonly [file: string, reads: string]>> = {
  mode: ["flows/steps/read-policy.ts", "modeOf(organisation.file,"],
  ...Object.fromEntries(
    Object.keys(KEYS.exposure).map((key) => [
      `exposure.${key}`,
      ["decision/exposure.ts", "answers[question]"] as const,
    ]),
  ),
  "publication.check_run": ["publication/plan.ts", 'check_run === "sealed"'],
  "publication.change": ["publication/plan.ts", 'change === "annotate"'],
  "publication.label.name": ["publication/plan.ts", "label.name !== null"],
  "publication.label.when": ["publication/plan.ts", "label.when.some("],
  "triage.sensitive_paths": ["flows/jobs/triage-pull-request.ts", "rules.policy.triage.sensitive_paths"],
  "triage.skip_bots": ["flows/jobs/triage-pull-request.ts", "policy.triage.skip_bots.includes("],
  "triage.deep_scan": ["flows/jobs/triage-pull-request.ts", "rules.policy.triage.deep_scan"],
  "pushes.release_branches": ["flows/jobs/judge-push.ts", "pushes.release_branches)"],
  "access.weekly.day": ["flows/steps/weekly-audit.ts", "WEEKDAYS.indexOf(weekly.day)"],
  "access.weekly.hour": ["flows/steps/weekly-audit.ts", "weekly.hour"],
  "access.weekly.timezone": ["flows/steps/weekly-audit.ts", "timezone: weekly.timezone"],
  "access.dormant_after_days": ["flows/jobs/audit-organization.ts", "policy.access.dormant_after_days"],
  "access.recertify_months": ["flows/jobs/audit-organization.ts", "policy.access.recertify_months"],
  "access.thin_grant.merged": ["signals/access/acc-thin-grant.ts", "< limit.merged)"],
  "access.thin_grant.mergers": ["signals/access/acc-thin-grant.ts", "limit.mergers"],
  "access.thin_grant.days": ["signals/access/acc-thin-grant.ts", "< limit.days)"],
  "viewers.reports": ["web/guard/may-read.ts", ".policy.viewers.reports"],
  "retention.evidence_days": ["store/postgres/retention.ts", "organization.evidence_days"],
  "retention.bands_days": ["store/postgres/retention.ts", "organization.bands_days"],
  "signals.promote": ["flows/steps/make-report.ts", "promoted: signals.promote"],
};

test("readers: every key of the policy file has one", () => {
  const keys = [...policyKeys().keys()].filter((key) => !(key in FORMAT_KEYS));
  expect(keys).toEqual(Object.keys(READERS));
});

test.each(Object.entries(READERS))("readers: %s is read where it is said", (_, [file, reads]) => {
  const source = readFileSync(resolve(import.meta.dirname, "../../src", file), "utf8");
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  expect(code).toContain(reads);
});

/** What no reader takes from a repository's file, with a value that is not the default. */
const ORGANISATION_ALONE: Readonly<Record<string, PolicyFile>> = {
  mode: { mode: "live" },
  "exposure.pays_bounties": { exposure: { pays_bounties: true } },
  "access.weekly.day": { access: { weekly: { day: "friday" } } },
  "access.weekly.hour": { access: { weekly: { hour: 9 } } },
  "access.weekly.timezone": { access: { weekly: { timezone: "Europe/Berlin" } } },
};

test.each(Object.entries(ORGANISATION_ALONE))(
  "readers: %s in a repository's file is said to do nothing, whichever way it differs",
  (key, file) => {
    for (const [organization, repository] of [
      [{}, file],
      [file, effectivePolicy({}, {}).policy as PolicyFile],
    ] as const) {
      const { policy, ignored } = effectivePolicy(organization, repository);
      expect(ignored.map(({ where }) => where)).toContain(key);
      expect(policy).toEqual(effectivePolicy(organization, {}).policy);
    }
  },
);
