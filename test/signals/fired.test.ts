import { commitEvidence, tierOf } from "../../src/signals/commit-evidence.ts";
import { type Evidence, fired, unseenOf } from "../../src/signals/signal.ts";
import { type Graded, worstOf } from "../../src/signals/worst.ts";
import { expect, test } from "../support/jest.ts";
import { ref } from "./given-traces.ts";

const fact = (says: string, more: Partial<Evidence> = {}): Evidence => ({ fact: says, tier: "SM", ...more });
const at = (path: string, line: number) => ({ place: { path, line } });
const facts = (detection: ReturnType<typeof fired>): readonly Evidence[] =>
  detection.outcome === "fired" ? detection.evidence : [];

/** Each differs from the next by one thing, and what counts less says the opposite. */
const IN_ORDER: readonly Evidence[] = [
  fact("z", { at: "2026-01-01T00:00:00.000Z", ...at("z", 9), commit: "z" }),
  fact("y", { at: "2026-01-02T00:00:00.000Z", commit: "y" }),
  fact("y", { at: "2026-01-02T00:00:00.000Z", ...at("a", 9), commit: "z" }),
  fact("y", { at: "2026-01-02T00:00:00.000Z", ...at("b", 1) }),
  fact("b"),
  fact("c"),
  fact("c", { tier: "TP" }),
  fact("b", { commit: "a" }),
  fact("a", { commit: "b" }),
  fact("a", { ...at("a", 1), commit: "b" }),
  fact("a", { ...at("a", 2), commit: "a" }),
  fact("a", at("b", 1)),
];

test("fired: facts stand by time, place, commit and words, however they were listed", () => {
  for (let turned = 0; turned < IN_ORDER.length; turned++) {
    const listed = [...IN_ORDER.slice(turned), ...IN_ORDER.slice(0, turned)];
    expect(facts(fired(listed))).toEqual(IN_ORDER);
    expect(facts(fired(listed.toReversed()))).toEqual(IN_ORDER);
  }
});

test("fired: facts of lower rank come first", () => {
  const rank = ({ fact }: Evidence): number => Number(fact !== "b");
  expect(facts(fired([fact("a"), fact("b"), fact("c")], { rank })).map(({ fact }) => fact)).toEqual(["b", "a", "c"]);
});

test("fired: keeps every fact, and counts those that the section did not hold", () => {
  const many = Array.from({ length: 50 }, (_, index) => fact(`fact ${index}`));
  const found = fired(many, { leftOut: 5 });
  expect(facts(found)).toHaveLength(50);
  expect(found).toMatchObject({ leftOut: 5 });
});

test("fired: says the least where nothing else was said, and a strength within 0 and 1", () => {
  expect(fired([fact("a")])).toEqual({
    outcome: "fired",
    ...{ strength: 1, severity: null, evidence: [fact("a")], at: null, soft: false, confirmed: false },
    ...{ leftOut: 0, unseen: null },
  });
  const strengths = [-1, 0, 0.4, 1, 1.5].map((strength) => fired([fact("a")], { strength }));
  expect(strengths).toMatchObject([0, 0, 0.4, 1, 1].map((strength) => ({ strength })));
  expect(() => fired([])).toThrow("evidence");
});

test("unseenOf: says how many were too many to keep, and nothing of none", () => {
  expect([undefined, 0, 1].map((count) => unseenOf(count, "keys"))).toEqual([
    null,
    null,
    "1 further keys were too many to keep",
  ]);
});

/** A fact of each severity and file, the later lines listed first. */
const graded = (severity: Graded["severity"], path: string, line: number): Graded => ({
  severity,
  evidence: fact(`${severity} ${path}:${line}`, at(path, line)),
});
const order = (found: readonly Graded[], first?: (path: string) => boolean): readonly string[] =>
  facts(fired(...worstOf(found, first))).map(({ fact }) => fact);

test("worstOf: gravest first, then one of each file, then files that come first by what they are", () => {
  const found = [2, 1].flatMap((line) => ["z", "a"].map((path) => graded("high", path, line)));
  for (const [path, expected] of [
    ["z", ["high z:1", "high a:1", "high z:2", "high a:2"]],
    ["a", ["high a:1", "high z:1", "high a:2", "high z:2"]],
  ] as const)
    expect(order(found, (each) => each === path)).toEqual(expected);
  const graver = [...found, graded("critical", "z", 8), graded("critical", "z", 9), graded("low", "0", 1)];
  expect(order(graver, (path) => path !== "z")).toEqual([
    ...["critical z:8", "critical z:9", "high a:1", "high z:1", "high a:2", "high z:2", "low 0:1"],
  ]);
});

test("worstOf: facts without a place are each their own, and the finding is as grave as its gravest fact", () => {
  const loose = ["c", "b"].map((says): Graded => ({ severity: "medium", evidence: fact(says) }));
  expect(order([graded("medium", "a", 2), graded("medium", "a", 1), ...loose])).toEqual([
    ...["b", "c", "medium a:1", "medium a:2"],
  ]);
  expect(worstOf([graded("low", "a", 1)])[1]?.severity).toBe("low");
  expect(worstOf([graded("low", "a", 1), graded("high", "a", 2)])[1]?.severity).toBe("high");
});

test.each([
  ["none is known", [], "SM"],
  ["all came by the account's own pushes", [true, true], "SM_attested"],
  ["one of them may be anybody's", [true, false], "SM"],
])("commits as evidence: where %s", (_what, attested, tier) => {
  expect(tierOf(attested.map((each) => ref(10, { attested: each })))).toBe(tier);
});

test("commits as evidence: the sentence once without commits, else with each of them", () => {
  expect(commitEvidence("a fact", [], "SM")).toEqual([fact("a fact")]);
  expect(commitEvidence("a fact", [ref(1), ref(2)], "SM")).toEqual(
    [ref(1), ref(2)].map(({ commit, at }) => fact("a fact", { commit, at })),
  );
});
