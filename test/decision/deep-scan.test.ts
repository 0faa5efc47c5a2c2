import type { Assessment, Band, Finding } from "../../src/assessment/assessment.ts";
import type { Severity } from "../../src/change/severity.ts";
import { needsHistories, type ScanCriteria, wantsDeepScan } from "../../src/decision/deep-scan.ts";
import type { Dossier, SubjectKind } from "../../src/dossier/dossier.ts";
import type { Tier } from "../../src/signals/signal.ts";
import { dossierOf } from "../assessment/dossiers.ts";
import { expect, test } from "../support/jest.ts";

type ReadBy = "git" | "api" | "before there were two";

/** Somebody whose own repositories nobody has read, or somebody's that were. */
function subject(kind: SubjectKind = "user", readBy?: ReadBy): Dossier {
  const by = readBy === "git" || readBy === "api" ? { by: readBy } : {};
  const scan = { ...by, repositories: [], copies: null, requests: 1, points: 1, seconds: 1 };
  return dossierOf(readBy === undefined ? {} : { "history.scan": scan }, kind);
}
const withoutId = (dossier: Dossier): Dossier => ({ ...dossier, subject: { ...dossier.subject, accountId: null } });
const stranger: ScanCriteria = { when: "on_need", role: null, firstHere: false };

test.each<readonly [string, Dossier, Partial<ScanCriteria>, boolean]>([
  ["a first contribution here", subject(), { firstHere: true }, true],
  ["neither a first contribution nor a role", subject(), {}, false],
  ["write access", subject(), { role: "write" }, true],
  ["triage access", subject(), { role: "triage" }, false],
  ["a policy that says always", subject(), { when: "always" }, true],
  ["a policy that says never", subject(), { when: "never", firstHere: true, role: "admin" }, false],
  ["what git has read", subject("user", "git"), { firstHere: true }, false],
  [
    "what was read before there were two readers, by git",
    subject("user", "before there were two"),
    { firstHere: true },
    false,
  ],
  ["what the API alone has read", subject("user", "api"), { firstHere: true }, true],
  ["a bot", subject("bot"), { firstHere: true }, false],
  ["an account that is gone", subject("ghost"), { firstHere: true }, false],
  ["an account without a number", withoutId(subject()), { firstHere: true }, false],
])("git is asked for the repositories, %#: %s", (_what, dossier, criteria, expected) => {
  expect(wantsDeepScan(dossier, { ...stranger, ...criteria })).toBe(expected);
});

type Seen = Pick<Assessment, "persona" | "findings">;
const finding = (severity: Severity, tier: Tier): Partial<Finding> => ({
  ...{ axis: "C", outcome: "fired", severity, unknownBecause: null },
  evidence: [{ fact: "a fact", tier }],
});
/** A band, and a change of which one finding is so grave. */
const seen = (band: Band, level: Assessment["change"]["level"], tier: Tier = "SC") =>
  ({ persona: { band }, findings: level === "unknown" ? [] : [finding(level, tier)] }) as unknown as Seen;
const ordinary = seen("none", "low");

test.each<readonly [string, Dossier, Seen, ScanCriteria["when"], boolean]>([
  ["nothing notable", subject(), ordinary, "always", false],
  ["worth knowing", subject(), seen("note", "low"), "on_need", true],
  ["too little to say", subject(), seen("insufficient_evidence", "unknown"), "always", false],
  ["a grave change", subject(), seen("none", "high"), "on_need", true],
  ["what others say on the pull request", subject(), seen("none", "high", "TP"), "always", false],
  ["a change of medium weight", subject(), seen("none", "medium"), "always", false],
  ["a policy that says never", subject(), seen("high", "critical"), "never", false],
  ["what git has read", subject("user", "git"), seen("high", "critical"), "always", false],
  ["what the API has read", subject("user", "api"), seen("high", "critical"), "always", false],
  ["a bot", subject("bot"), seen("note", "critical"), "always", false],
  ["an account without a number", withoutId(subject()), seen("high", "critical"), "always", false],
])("the API is asked for histories, %#: %s", (_what, dossier, found, when, expected) => {
  expect(needsHistories(dossier, found, { when })).toBe(expected);
});
