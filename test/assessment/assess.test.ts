import { assess } from "../../src/assessment/assess.ts";
import type { Assessment, Finding, LeadingLabel } from "../../src/assessment/assessment.ts";
import { leadingLabel } from "../../src/assessment/label.ts";
import { accessLevel, changeLevel } from "../../src/assessment/levels.ts";
import { UNREAD } from "../../src/assessment/mitigate.ts";
import { stories } from "../../src/assessment/stories.ts";
import { inPart } from "../../src/assessment/unread-history.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { SectionName, SectionTypes } from "../../src/dossier/facts.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import type { Family } from "../../src/signals/families.ts";
import {
  clear,
  clearBut,
  type Detection,
  fired,
  type Severity,
  type Signal,
  unknown,
} from "../../src/signals/signal.ts";
import { daysAgo, profile } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange } from "./dossiers.ts";

const base = CATALOG.find(({ id }) => id === "int-local-list") as Signal;
const seen = (severity?: Severity): Detection =>
  fired([{ fact: "a fact", tier: "PL" }], severity === undefined ? {} : { severity });
/** A signal that answers so, whatever it is given. */
const signal = (id: string, detection: Detection, more: Partial<Signal> = {}): Signal => ({
  ...base,
  ...{ id, weight: 1, needs: [], ...more },
  detect: () => detection,
});
const found = (...signals: readonly Signal[]): readonly Finding[] => assess(dossierOf({}), { signals }).findings;

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

const bits = (family: Family, amount: number, id = `x-${family}`): Finding => ({
  ...(found(signal(id, seen(), { family, weight: amount }))[0] as Finding),
});
const outcome = (
  more: Partial<Assessment["persona"]> = {},
  level: Assessment["change"]["level"] = "low",
): Pick<Assessment, "persona" | "change"> => ({
  persona: { ...assess(dossierOf({})).persona, ...more },
  change: { level, complete: true },
});
const shared = (because: string) => ({ mitigations: [{ id: "m6" as const, bits: 1, because }] });

test.each<readonly [string, ReturnType<typeof outcome>, readonly Finding[], LeadingLabel]>([
  ["nothing", outcome(), [], null],
  ["one bit", outcome(), [bits("identity", 1)], "shared_operator"],
  ["less than a bit", outcome(), [bits("identity", 0.999)], null],
  ["the larger share, whatever its name", outcome(), [bits("history", 2), bits("lifecycle", 3)], "takeover"],
  ["of equal shares the first by name", outcome(), [bits("lifecycle", 2), bits("history", 2)], "fabricated_history"],
  [
    "shares of one reading together",
    outcome(),
    [bits("identity", 1), bits("network", 1), bits("history", 1.5)],
    "shared_operator",
  ],
  ["a list of others speaks for nothing", outcome(), [bits("intel", 3), bits("identity", 1)], "shared_operator"],
  ["a signal of the queue", outcome(), [bits("lifecycle", 1, "queued")], "spam_automation"],
  ["a critical change of nobody notable", outcome({ band: "note" }, "critical"), [bits("identity", 3)], "compromise"],
  [
    "a critical change of somebody to look at",
    outcome({ band: "review" }, "critical"),
    [bits("identity", 3)],
    "shared_operator",
  ],
  ["a shared account", outcome(shared("many machines")), [bits("lifecycle", 3)], "shared_automation"],
  ["a shared account from what nobody saw", outcome(shared(UNREAD)), [bits("lifecycle", 3)], "takeover"],
])("leadingLabel: %s", (_what, given, findings, label) => {
  expect(leadingLabel(given, findings, new Set(["queued"]))).toBe(label);
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

const NOT_READ = "some of its own repositories could not be read whole by the API";

test.each<readonly [string, Parameters<typeof inPart>[0], Detection, Detection]>([
  ["clear in histories", { needs: ["history.dates"] }, clear, unknown(NOT_READ)],
  ["clear elsewhere", { needs: ["account.keys"] }, clear, clear],
  ["unknown in histories", { needs: ["history.dates"] }, unknown("too few"), unknown("too few")],
  [
    "clear where a history is one of two places",
    { needs: [], needsOneOf: ["history.dates"] },
    clear,
    clearBut(NOT_READ),
  ],
  ["clear with more unseen", { needs: [], needsOneOf: ["history.dates"] }, clearBut("more"), clearBut("more")],
  ["found in histories", { needs: ["history.dates"] }, seen(), { ...seen(), unseen: NOT_READ } as Detection],
])("inPart: %s", (_what, meta, detection, expected) => {
  expect(inPart(meta, detection)).toEqual(expected);
});

type Identity = SectionTypes["history.pictures"]["identities"][number];
const machine = (firstDaysAgo: number, lastDaysAgo: number, more: Partial<Identity> = {}): Identity => ({
  ...{ kind: "machine", label: "machine", commitCount: 10 },
  ...{ firstAt: daysAgo(firstDaysAgo), lastAt: daysAgo(lastDaysAgo), ...more },
});
const three = [machine(400, 10), machine(300, 10), machine(200, 10)];

test.each<readonly [string, readonly Identity[], number, boolean]>([
  ["four at a time", [...three, machine(100, 10)], 2, true],
  ["three at a time", three, 2, false],
  ["one key", [...three, machine(100, 10)], 1, false],
  ["the fourth of nine commits", [...three, machine(100, 10, { commitCount: 9 })], 2, false],
  ["the fourth is no machine", [...three, machine(100, 10, { kind: "address" })], 2, false],
  ["the fourth begins when the first ends", [machine(400, 100), ...three.slice(1), machine(100, 10)], 2, false],
  ["the fourth begins with the third", [...three, machine(200, 10)], 2, true],
  ["the fourth begins and ends before them", [...three, machine(900, 800)], 2, false],
])("stories: an account that is shared, %s", (_what, identities, keyCount, granted) => {
  const dossier = dossierOf({
    "account.keys": { keys: Array.from({ length: keyCount }, () => ({ kind: "gpg", createdAt: daysAgo(800) })) },
    "history.pictures": { hours: [], weeks: [], identities },
  });
  const told = stories(dossier, [bits("identity", 2, "id-tz-fast-flip"), bits("history", 1)]);
  expect(told.granted).toEqual(granted ? [expect.objectContaining({ id: "m6", bits: 2 })] : []);
});

test.each<readonly [string, readonly Finding[], Partial<SectionTypes>, number | null]>([
  [
    "half of the strongest stays",
    [bits("history", 2, "hist-backdated-batch-push"), bits("history", 1, "hist-commits-predate-account")],
    {},
    1.7,
  ],
  [
    "something else in the history counts",
    [bits("history", 2, "hist-backdated-batch-push"), bits("history", 1, "hist-mirror-credit")],
    {},
    null,
  ],
  [
    "something outside the history counts",
    [bits("history", 2, "hist-backdated-batch-push"), bits("identity", 1)],
    {},
    1,
  ],
  [
    "no copy was found elsewhere",
    [bits("history", 2, "hist-backdated-batch-push")],
    { "history.scan": { repositories: [], copies: [], requests: 1, points: 1, seconds: 1 } },
    1,
  ],
])("stories: work that moved here, %s", (_what, findings, sections, off) => {
  expect(stories(dossierOf(sections), findings).granted).toEqual(
    off === null ? [] : [expect.objectContaining({ id: "m5", bits: off })],
  );
});
