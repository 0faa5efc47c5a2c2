import { CATALOG } from "../../src/signals/catalog.ts";
import { FAMILIES } from "../../src/signals/families.ts";
import type { SignalMeta } from "../../src/signals/signal.ts";
import { expect, test } from "../support/jest.ts";

/** What a signal declares for the engine to weigh, in one line. What each of these does is tested in `assessment/`. */
function line({
  axis,
  status,
  weight,
  severity,
  halfLifeDays,
  windowDays,
  baseRateUpperPercent,
  ...meta
}: SignalMeta): string {
  const flags = (["core", "hard", "queue", "queueOnly", "needsCompany", "outsideCoverage"] as const).filter(
    (flag) => meta[flag],
  );
  return [
    axis,
    ...(status === "stable" ? [] : [status]),
    ...(weight === 0 ? [] : [`${weight} bits`]),
    ...(severity === null ? [] : [severity]),
    ...flags,
    ...(halfLifeDays === null ? [] : [`halves in ${halfLifeDays} days`]),
    ...(windowDays === undefined ? [] : [`after ${windowDays}`]),
    ...(baseRateUpperPercent === null ? [] : [`${baseRateUpperPercent} % of the innocent`]),
  ].join(", ");
}

/** Decided once, in SIGNALS.md: a change here is a change of what maintainers are told, and raises the `version`. */
const DECLARED: Readonly<Record<string, string>> = {
  "acc-access-ladder": "X, high, 29.2 % of the innocent",
  "acc-direct-outside-grant": "X, high",
  "acc-dormant-privilege": "X, medium, 52 % of the innocent",
  "acc-thin-grant": "X, high, 19.7 % of the innocent",
  "beh-badge-bounty-farming": "P, 1 bits, queue, halves in 60 days",
  "beh-job-contact-spam": "P, 2 bits, queue, halves in 60 days, after 60",
  "beh-pr-spray": "P, 2 bits, queue, halves in 60 days, after 7",
  "beh-privilege-seeking": "P, 1.5 bits, queue, halves in 60 days",
  "beh-template-duplicate-prs": "P, 3 bits, core, queue, halves in 60 days, after 30",
  "beh-thin-repo-promotion": "P, 1.5 bits, queue, halves in 60 days",
  "beh-thread-pressure": "C, high",
  "beh-undisclosed-automation": "P, 0.7 bits, queue, queueOnly, halves in 60 days, after 30",
  "chg-agent-instruction": "C, high",
  "chg-agent-workflow-sink": "C, critical",
  "chg-bot-impersonation": "C, 3 bits, critical, hard",
  "chg-build-hook": "C, critical, 0.09 % of the innocent",
  "chg-dependency-shift": "C, critical, 1.2 % of the innocent",
  "chg-direct-workflow-push": "C, critical",
  "chg-editor-autorun": "C, critical, core, 0.14 % of the innocent",
  "chg-guard-removal": "C, high",
  "chg-hidden-unicode": "C, critical, core, 7.9 % of the innocent",
  "chg-link-redirect": "C, critical",
  "chg-metadata-injection": "C, critical, 0.05 % of the innocent",
  "chg-obfuscated-append": "C, critical, core",
  "chg-opaque-binary": "C, high",
  "chg-post-approval-push": "C, high",
  "chg-rewritten-branch": "C, high",
  "chg-signature-dropped": "C, critical, 0.56 % of the innocent",
  "chg-workflow-privilege": "C, critical, core, 5.2 % of the innocent",
  "hist-author-dates-in-one-sitting": "P, 3 bits, core, 1.8 % of the innocent",
  "hist-author-rewrite-copy": "P, 5 bits, core, hard, 0.02 % of the innocent",
  "hist-backdated-batch-push": "P, 3 bits, core, 0.35 % of the innocent",
  "hist-commits-predate-account": "P, 2 bits, 4.34 % of the innocent",
  "hist-foreign-merge-residue": "P, 2.5 bits, core, 6.2 % of the innocent",
  "hist-impossible-timestamps": "P, 2.5 bits, core, 0.4 % of the innocent",
  "hist-mirror-credit": "P, 1 bits",
  "hist-synthetic-cadence": "P, 3 bits, 0.32 % of the innocent",
  "id-email-bridge": "P, 2.5 bits, core, halves in 730 days",
  "id-machine-identity-shared": "P, 3 bits, core, halves in 730 days, 0.44 % of the innocent",
  "id-name-rotation": "P, 1.5 bits, halves in 730 days, 0.13 % of the innocent",
  "id-pr-author-mismatch": "P, 1 bits, 5.3 % of the innocent",
  "id-rename-trace": "P, 1.5 bits, halves in 730 days, after 730, 4 % of the innocent",
  "id-signing-key-shared": "P, 4 bits, core, hard, halves in 730 days, 0.6 % of the innocent",
  "id-tz-fast-flip": "P, 1 bits, needsCompany, halves in 730 days, 0.36 % of the innocent",
  "id-unlinked-author-email": "P, 0.5 bits",
  "int-account-id-match": "P, 8 bits, core, outsideCoverage",
  "int-change-ioc": "C, critical",
  "int-email-hash-match": "P, 3 bits, outsideCoverage",
  "int-local-list": "P, 3 bits",
  "life-commits-without-events": "P, 2 bits",
  "life-dormant-reactivation-break": "P, 2.5 bits, core, halves in 365 days, 17 % of the innocent",
  "life-handle-profile-reset": "P, 2.5 bits, core, halves in 365 days, after 14",
  "life-handover-changepoint": "P, 2 bits, halves in 365 days, after 21, 0.45 % of the innocent",
  "life-new-account-velocity": "P, 1.5 bits, queue, halves in 365 days, after 14",
  "net-access-referral": "P, 2 bits, outsideCoverage, halves in 730 days",
  "net-cohort-creation": "P, 1.5 bits, halves in 730 days",
  "net-cross-merge-ring": "P, 3 bits, core, halves in 730 days",
  "net-follow-shape": "P, 0.7 bits, needsCompany",
  "net-shared-portfolio": "P, 3 bits, core",
  "net-takedown-ties": "P, 1.2 bits, needsCompany",
  "sec-org-code-republished": "P, 4 bits, core, hard",
  "sec-own-secret-exposed": "C, medium",
};

test("signals: each declares the weight, level, flags and times that were decided for it", () => {
  expect(Object.fromEntries(CATALOG.map((signal) => [signal.id, line(signal)]))).toEqual(DECLARED);
});

test("families: what each can add to P at most", () => {
  const caps = Object.entries(FAMILIES).map(([family, { capBits }]) => [family, capBits]);
  expect(Object.fromEntries(caps)).toEqual({
    identity: 5,
    history: 6,
    lifecycle: 4,
    network: 5,
    behaviour: 2,
    secrets: 4,
    change: null,
    access: null,
    intel: 8,
  });
  expect(FAMILIES.intel.unconfirmedCapBits).toBe(3);
});
