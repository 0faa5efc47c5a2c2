import { assess } from "../../src/assessment/assess.ts";
import { type Assessment, BANDS, type Band, type Finding } from "../../src/assessment/assessment.ts";
import { SEVERITIES, type Severity } from "../../src/change/severity.ts";
import { decide } from "../../src/decision/decide.ts";
import type { Action } from "../../src/decision/decision.ts";
import type { Role } from "../../src/dossier/role.ts";
import { dossierOf, ordinaryChange, student } from "../assessment/dossiers.ts";
import { file, filesOf, grant, record } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const plain = assess(dossierOf(ordinaryChange));
const place: Finding = {
  signal: "chg-editor-autorun",
  version: 1,
  axis: "C",
  family: "change",
  outcome: "fired",
  strength: 1,
  bits: 0,
  hard: false,
  core: true,
  severity: "high",
  evidence: [{ fact: "a fact", tier: "SC", place: { path: ".vscode/tasks.json", line: 12 } }],
  evidenceLeftOut: 0,
  unknownBecause: null,
};

function outcome(
  persona: Band,
  change: Severity | "unknown",
  access: Severity | "unknown",
  more: readonly Finding[] = [],
): Assessment {
  return {
    ...plain,
    persona: { ...plain.persona, band: persona },
    change: { level: change, complete: change !== "unknown" },
    access: { level: access, complete: access !== "unknown" },
    findings: [place, ...more],
  };
}
const actions = (assessment: Assessment, grantedRole: Role | null = null): readonly Action[] =>
  decide(assessment, { grantedRole }).actions;

test.each([
  ["none", "low", ["silent"]],
  ["insufficient_evidence", "unknown", ["silent"]],
  ["note", "medium", ["reviewer_hint"]],
  ["insufficient_evidence", "high", ["reviewer_hint"]],
  ["none", "critical", ["suggest_block_as_untrusted_code"]],
  ["review", "low", ["private_note"]],
  ["review", "unknown", ["private_note"]],
  ["review", "high", ["reviewer_hint", "suggest_second_reviewer"]],
  ["review", "critical", ["suggest_block_as_untrusted_code", "suggest_second_reviewer", "suggest_security_contact"]],
  ["elevated", "low", ["private_evidence_card"]],
  ["high", "medium", ["private_evidence_card", "suggest_hold_merge", "suggest_second_reviewer"]],
  ["high", "critical", ["private_evidence_card", "suggest_block_as_untrusted_code", "incident_playbook"]],
] as const)("decide: persona %s and change %s", (persona, change, expected) => {
  expect(actions(outcome(persona, change, "low"))).toEqual(expected);
});

test("decide: the same cell gives the same actions, whatever else was found", () => {
  for (const persona of [...BANDS, "insufficient_evidence"] as const)
    for (const change of SEVERITIES)
      expect(actions({ ...outcome(persona, change, "low"), label: "takeover" })).toEqual(
        actions(outcome(persona, change, "low")),
      );
});

test("decide: a critical change of whom nothing is said is a possible compromise, in words about no person", () => {
  const advice = (persona: Band, label: Assessment["label"]) =>
    decide({ ...outcome(persona, "critical", "low"), label }, { grantedRole: null }).advice.join(" ");
  expect(advice("none", "compromise")).toMatch(/Possible compromise: .* machine or a session .* another channel/);
  expect(advice("none", "compromise")).not.toMatch(/\b(he|she|his|her|account|person|attacker|fake)\b/i);
  expect(advice("review", "takeover")).not.toMatch(/compromise/i);
});

test("decide: write access is flagged from review on, never because little is known", () => {
  const flags = (persona: Band, role: Role | null) =>
    decide(outcome(persona, "low", "critical"), { grantedRole: role }).flag;
  expect([flags("review", "write"), flags("high", "admin")]).toEqual([true, true]);
  expect([
    flags("review", "triage"),
    flags("review", null),
    flags("note", "admin"),
    flags("insufficient_evidence", "admin"),
  ]).toEqual([false, false, false, false]);
});

test("decide: high access asks for a review, within a day when the persona is elevated", () => {
  expect(actions(outcome("none", "low", "high"))).toEqual(["access_review"]);
  expect(actions(outcome("elevated", "low", "high"))).toEqual(["private_evidence_card", "access_review_24h"]);
  expect(actions(outcome("none", "low", "medium"))).toEqual(["silent"]);
});

test("decide: a door that stands open is advice on a report about access, and on no other", () => {
  const open: Finding = { ...place, signal: "acc-dormant-privilege", axis: "X", severity: "medium", evidence: [] };
  const about = (level: Severity, accessOnly: boolean) =>
    decide(outcome("none", "unknown", level, [open]), { grantedRole: "write", accessOnly });
  const { actions: suggested, advice, flag } = about("medium", true);
  expect([suggested, flag]).toEqual([["standing_exposure"], false]);
  expect(advice).toEqual([
    "Write access has not been used for a long time. A commit, pull request, issue or review in the organisation clears " +
      "it; or lower the role until it is needed again.",
  ]);
  expect(about("medium", false).actions).toEqual(["silent"]);
  expect(about("low", true).actions).toEqual(["silent"]);
  // A review of the access covers it.
  expect(about("high", true).actions).toEqual(["access_review"]);
});

test("decide: a thin grant to an account nobody can say much about is an access review without a flag", () => {
  const thin = assess(
    dossierOf({
      ...student,
      "intel.localList": { entries: [] },
      "access.grant": grant(),
      "access.recordHere": record(),
    }),
  );
  expect(thin.persona.band).toBe("insufficient_evidence");
  expect(thin.access.level).toBe("high");
  expect(decide(thin, { grantedRole: "write" })).toMatchObject({
    actions: ["access_review"],
    advice: ["Review the access: keep it with a reason, lower the role, or set an end date."],
    flag: false,
  });
});

test("advice: a critical change is about the code; nothing is said about the person", () => {
  const { advice } = decide(outcome("none", "critical", "low"), { grantedRole: null });
  expect(advice).toEqual([
    "Treat the change as untrusted code: do not open the branch in an editor, and let no workflow with secrets run on it.",
    "Ask the author about .vscode/tasks.json:12.",
  ]);
});

test("advice: a change that could not be read is said to be unread", () => {
  expect(decide(outcome("none", "unknown", "low"), { grantedRole: null }).advice).toEqual([
    "Review as usual; the change could not be read in full, so look at the files themselves.",
  ]);
});

test("advice: characters of a path that nobody can see are drawn, and many places are counted", () => {
  // The name was there before, so it is no finding of its own.
  const tasks = file("a\u202e/.vscode/tasks.json", ['+{"tasks":[{"command":"x"}]}'], { status: "modified" });
  const hidden = filesOf(tasks);
  const one = decide(assess(dossierOf({ ...ordinaryChange, "change.files": hidden })), { grantedRole: null });
  expect(one.advice).toEqual(["Look closely at a\\u{202e}/.vscode/tasks.json:1: An editor task runs a command."]);
  const many = filesOf(...["a", "b", "c", "d", "e"].map((folder) => file(`${folder}/.envrc`, ["+use x"])));
  const five = decide(assess(dossierOf({ ...ordinaryChange, "change.files": many })), { grantedRole: null });
  expect(five.advice).toEqual([
    "Look closely at a/.envrc:1, b/.envrc:1, c/.envrc:1 and 2 more: Tools run this file when the folder is entered.",
  ]);
});

test("advice: the three gravest findings, each with what to look at", () => {
  const { evidence: _, ...rest } = place;
  const found = (signal: string, severity: Severity | null): Finding => ({
    ...{ ...rest, signal, severity },
    evidence: [{ fact: `${signal}.`, tier: "SC" }],
  });
  const list = [found("a", null), found("b", "medium"), found("c", "high"), found("d", "low"), found("e", "medium")];
  expect(decide({ ...outcome("none", "high", "low"), findings: list }, { grantedRole: null }).advice).toEqual(
    ["c", "b", "e"].map((signal) => `Look closely at what was found in the change: ${signal}.`),
  );
});

test("advice: three places are named, and 120 characters of each path", () => {
  const placed = (...paths: readonly string[]): Finding => ({
    ...place,
    evidence: paths.map((path) => ({ fact: "A fact.", tier: "SC", place: { path, line: 1 } })),
  });
  const told = (finding: Finding) =>
    decide({ ...outcome("none", "high", "low"), findings: [finding] }, { grantedRole: null }).advice;
  expect(told(placed("a", "b", "c"))).toEqual(["Look closely at a:1, b:1, c:1: A fact."]);
  expect(told(placed("a", "b", "c", "d"))).toEqual(["Look closely at a:1, b:1, c:1 and 1 more: A fact."]);
  expect(told(placed(`${"p".repeat(119)}qr`))).toEqual([`Look closely at ${"p".repeat(119)}q:1: A fact.`]);
});

test("decide: a report about access alone says nothing of a change that is not there", () => {
  const about = { grantedRole: "write", accessOnly: true } as const;
  expect(decide(outcome("none", "unknown", "low"), about).advice).toEqual([]);
  const [note] = decide(outcome("review", "unknown", "low"), about).advice;
  expect(note).toMatch(/^Read the evidence below before you leave the access as it is/);
  expect(note).not.toMatch(/merge/);
  // An author who holds write is told of a change that could not be read, as everybody is.
  expect(decide(outcome("none", "unknown", "low"), { grantedRole: "write" }).advice).toHaveLength(1);
});
