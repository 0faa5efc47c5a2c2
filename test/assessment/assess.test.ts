import { assess } from "../../src/assessment/assess.ts";
import { accessLevel, changeLevel } from "../../src/assessment/levels.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { SectionName, SectionTypes } from "../../src/dossier/facts.ts";
import { clear, type Detection, type Signal, unknown } from "../../src/signals/signal.ts";
import { profile } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange } from "./dossiers.ts";
import { found, seen, signal } from "./made-signals.ts";

test.each<readonly [string, readonly Signal[], number]>([
  ["alone", [], 0],
  ["beside one of its family", [signal("other", seen(), { family: "identity" })], 1],
  ["beside one of another family", [signal("other", seen(), { family: "history" })], 0],
  ["beside one of its family that weighs nothing", [signal("other", seen(), { family: "identity", weight: 0 })], 0],
  ["beside one of its family that is clear", [signal("other", clear, { family: "identity" })], 0],
])("a signal that needs company counts %s", (_where, others, bits) => {
  const weak = signal("weak", seen(), { family: "identity", needsCompany: true });
  expect(found(weak, ...others).find((finding) => finding.signal === "weak")?.bits).toBe(bits);
});

test("findings: fired ones by level, bits and id, then clear ones, then unknown ones", () => {
  const X = { axis: "X", weight: 0 } as const;
  const inOrder = [
    signal("z-high", seen("high"), X),
    signal("y-medium", seen("medium"), X),
    signal("x-low", seen("low"), X),
    signal("w-heavy", seen(), { weight: 2 }),
    signal("a-light", seen()),
    signal("b-light", seen()),
    signal("zz-weightless", seen(), { weight: 0 }),
    signal("v-clear", clear),
    signal("w-clear", clear),
    signal("a-unknown", unknown("nobody looked")),
  ];
  const ids = inOrder.map(({ id }) => id);
  expect(found(...inOrder).map((finding) => finding.signal)).toEqual(ids);
  expect(found(...inOrder.toReversed()).map((finding) => finding.signal)).toEqual(ids);
});

test("coverage: the share of the weight that could look, in all and by family, to a thousandth", () => {
  const signals = [
    signal("a", seen(), { family: "identity" }),
    signal("b", unknown("nothing to compare"), { family: "identity", weight: 2 }),
    signal("c", clear, { family: "history", weight: 3 }),
    signal("d", clear, { family: "history", weight: 9, status: "experimental" }),
    signal("e", clear, { axis: "C", weight: 9 }),
    signal("f", unknown("never asked"), { family: "secrets", weight: 9, needs: ["account.keys"] }),
  ];
  expect(assess(dossierOf(ordinaryChange), { signals }).coverage).toEqual({
    total: 0.667,
    evaluatedCount: 2,
    applicableCount: 3,
    families: { identity: 0.333, history: 1 },
  });
  const base = dossierOf({});
  const failed = { ...base, sections: { ...base.sections, "account.keys": unavailable("rate_limited") } };
  const one = [signal("f", clear, { family: "secrets", needs: ["account.keys"] })];
  expect(assess(base, { signals: one }).coverage).toMatchObject({ total: 0, applicableCount: 0, families: {} });
  expect(assess(failed, { signals: one }).coverage).toMatchObject({
    total: 0,
    applicableCount: 1,
    families: { secrets: 0 },
  });
});

test("coverage: a signal applies where anything of its topic was asked", () => {
  const signals = [
    signal("keys", clear, { family: "identity", needs: ["account.keys"] }),
    signal("either", clear, { family: "history", needs: [], needsOneOf: ["history.dates", "account.snapshots"] }),
    signal("other", clear, { family: "history", needs: [], needsOneOf: ["history.dates", "history.origin"] }),
  ];
  const { coverage } = assess(dossierOf({ "account.profile": profile(900) }), { signals });
  expect(coverage).toMatchObject({ evaluatedCount: 0, applicableCount: 2, families: { identity: 0, history: 0 } });
});

test("a signal that needs one of several sections looks when one is there, and says why when none is", () => {
  const either = signal("either", seen("high"), { axis: "X", needs: [], needsOneOf: ["account.keys", "access.grant"] });
  const answer = (sections: Partial<SectionTypes>) => assess(dossierOf(sections), { signals: [either] }).findings[0];
  expect(answer({ "account.keys": { keys: [] } })?.outcome).toBe("fired");
  expect(answer({ "account.profile": profile(900) })).toMatchObject({
    ...{ outcome: "unknown", strength: 0, bits: 0, severity: null, evidence: [], evidenceLeftOut: 0 },
    unknownBecause: "account.keys: not_requested, access.grant: not_requested",
  });
  const [only] = found({ ...either, needsOneOf: ["access.grant"] });
  expect(only).toMatchObject({ outcome: "unknown", unknownBecause: "access.grant: not_requested" });
});

const onAccess = (id: string, detection: Detection, needs: readonly SectionName[] = []): Signal =>
  signal(id, detection, { axis: "X", weight: 0, needs });

test.each<readonly [string, readonly Signal[], readonly SectionName[], ReturnType<typeof accessLevel>]>([
  ["nothing found", [onAccess("a", clear)], [], { level: "low", complete: true }],
  ["nobody could look", [onAccess("a", unknown("too little"))], [], { level: "unknown", complete: false }],
  ["something found", [onAccess("a", seen("high"))], [], { level: "high", complete: true }],
  [
    "something found, and one that looked could not tell",
    [onAccess("a", seen("high")), onAccess("b", unknown("too little"))],
    [],
    { level: "high", complete: false },
  ],
  [
    "something found, and one that nobody asked for",
    [onAccess("a", seen("high")), onAccess("b", clear, ["access.grant"])],
    [],
    { level: "high", complete: true },
  ],
  [
    "something found, and one whose question failed",
    [onAccess("a", seen("high")), onAccess("b", clear, ["access.grant"])],
    ["access.grant"],
    { level: "high", complete: false },
  ],
  [
    "a low one found, and one whose question failed",
    [onAccess("a", seen("low")), onAccess("b", clear, ["access.grant"])],
    ["access.grant"],
    { level: "unknown", complete: false },
  ],
  [
    "one of two questions of a signal failed, the other was never asked",
    [onAccess("a", clear), onAccess("b", clear, ["access.grant", "access.grants"])],
    ["access.grant"],
    { level: "low", complete: true },
  ],
  [
    "a question about the change failed",
    [onAccess("a", clear), signal("c", clear, { axis: "C", needs: ["change.texts"] })],
    ["change.texts"],
    { level: "low", complete: true },
  ],
])("accessLevel: %s", (_what, signals, failed, level) => {
  const asked = dossierOf({});
  const sections = Object.fromEntries(failed.map((name) => [name, unavailable("upstream_error")]));
  const dossier = { ...asked, sections: { ...asked.sections, ...sections } };
  expect(accessLevel(signals, assess(dossier, { signals }).findings, dossier.sections)).toEqual(level);
});

const onChange = (id: string, detection: Detection): Signal => signal(id, detection, { axis: "C", weight: 0 });

test.each<readonly [string, readonly Signal[], string]>([
  ["one medium", [onChange("a", seen("medium"))], "medium"],
  ["two that agree", [onChange("a", seen("medium")), onChange("b", seen("medium"))], "high"],
  ["two that differ", [onChange("a", seen("medium")), onChange("b", seen("low"))], "medium"],
  ["two critical ones", [onChange("a", seen("critical")), onChange("b", seen("critical"))], "critical"],
  ["one, and as much about access", [onChange("a", seen("medium")), onAccess("b", seen("medium"))], "medium"],
  ["two that are low", [onChange("a", seen("low")), onChange("b", seen("low"))], "low"],
])("changeLevel: %s", (_what, signals, level) => {
  expect(changeLevel(signals, found(...signals)).level).toBe(level);
});
