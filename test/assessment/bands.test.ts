import type { FamilyShare, Finding } from "../../src/assessment/assessment.ts";
import { bandOf, type Corroboration, gatedBand, personaBand } from "../../src/assessment/bands.ts";
import type { Family } from "../../src/signals/families.ts";
import { expect, test } from "../support/jest.ts";

const share = (family: Family, bits: number): FamilyShare => ({ family, bits, uncappedBits: bits, capBits: 9 });
const finding = (signal: string, family: Family, more: Partial<Finding> = {}): Finding => ({
  signal,
  version: 1,
  axis: "P",
  family,
  outcome: "fired",
  strength: 1,
  bits: 3,
  hard: false,
  core: false,
  severity: null,
  evidence: [],
  evidenceLeftOut: 0,
  unknownBecause: null,
  ...more,
});
const evidence = (more: Partial<Corroboration> = {}): Corroboration => ({
  families: [],
  findings: [],
  hardBits: 0,
  ...more,
});
const core = (signal: string, family: Family): Finding => finding(signal, family, { core: true });
const hard = finding("h", "history", { hard: true, core: true });

test.each([
  [0, "none"],
  [2.999, "none"],
  [3, "note"],
  [4.999, "note"],
  [5, "review"],
  [8, "elevated"],
  [10.999, "elevated"],
  [11, "high"],
] as const)("bandOf: %d bits are %s", (bits, band) => {
  expect(bandOf(bits)).toBe(band);
});

test("gatedBand: elevated needs two families and a core signal", () => {
  const families = [share("history", 6), share("lifecycle", 2)];
  expect(gatedBand(8, evidence({ families, findings: [core("a", "history")] }))).toBe("elevated");
  expect(gatedBand(8, evidence({ families }))).toBe("review");
  expect(
    gatedBand(
      8,
      evidence({ families: [share("history", 8), share("lifecycle", 0.9)], findings: [core("a", "history")] }),
    ),
  ).toBe("review");
});

test("gatedBand: a core signal about the change does not corroborate a persona", () => {
  const families = [share("history", 6), share("lifecycle", 2)];
  const change = finding("chg-editor-autorun", "change", { axis: "C", core: true, bits: 0 });
  expect(gatedBand(8, evidence({ families, findings: [change] }))).toBe("review");
});

test("gatedBand: elevated is reached by hard evidence with three core signals", () => {
  const three = [hard, core("b", "history"), core("c", "history")];
  expect(gatedBand(9, evidence({ hardBits: 5, findings: three, families: [share("history", 4)] }))).toBe("elevated");
  expect(gatedBand(9, evidence({ hardBits: 1.9, findings: three, families: [share("history", 4)] }))).toBe("review");
});

test("gatedBand: high needs three families with two core signals, or two families with hard evidence", () => {
  const three = [share("history", 5), share("lifecycle", 4), share("identity", 2)];
  expect(gatedBand(11, evidence({ families: three, findings: [core("a", "history"), core("b", "lifecycle")] }))).toBe(
    "high",
  );
  expect(gatedBand(11, evidence({ families: three, findings: [core("a", "history")] }))).toBe("elevated");
  expect(gatedBand(11, evidence({ families: [share("lifecycle", 4)], findings: [hard], hardBits: 6 }))).toBe("high");
});

test("gatedBand: one family reaches high never, whatever it adds up to", () => {
  const alone = evidence({
    families: [share("history", 6)],
    findings: [hard, core("b", "history"), core("c", "history")],
    hardBits: 6,
  });
  expect(gatedBand(12, alone)).toBe("elevated");
  expect(gatedBand(12, evidence({ families: [share("history", 12)], findings: [core("b", "history")] }))).toBe(
    "review",
  );
});

test("personaBand: below 0.4 of the weight there is too little to say, unless what fired stands by itself", () => {
  const same = (bits: number) => ({ bits, bitsWithoutUnread: bits });
  expect(personaBand(same(0), evidence(), 0.4).band).toBe("none");
  expect(personaBand(same(0), evidence(), 0.399)).toEqual({ band: "insufficient_evidence", heldBackFrom: null });
  expect(personaBand(same(3), evidence(), 0.2)).toEqual({ band: "insufficient_evidence", heldBackFrom: "note" });
  expect(personaBand(same(5), evidence(), 0.2).band).toBe("review");
  expect(personaBand(same(3), evidence({ hardBits: 3 }), 0.2).band).toBe("note");
});

test("personaBand: a credit that could not be read makes the band unsure, never higher", () => {
  expect(personaBand({ bits: 1, bitsWithoutUnread: 3 }, evidence(), 1)).toEqual({
    band: "insufficient_evidence",
    heldBackFrom: "note",
  });
  expect(personaBand({ bits: 3, bitsWithoutUnread: 5 }, evidence(), 1)).toEqual({
    band: "note",
    heldBackFrom: "review",
  });
});

test.each<readonly [string, Corroboration, string]>([
  [
    "a second family of one bit",
    evidence({ families: [share("history", 8), share("lifecycle", 1)], findings: [core("a", "history")] }),
    "elevated",
  ],
  [
    "a core signal of half a bit",
    evidence({
      families: [share("history", 8), share("lifecycle", 1)],
      findings: [finding("a", "history", { core: true, bits: 0.5 })],
    }),
    "elevated",
  ],
  [
    "a second family that a soft finding alone speaks for",
    evidence({ families: [share("history", 8)], findings: [core("a", "history"), core("b", "lifecycle")] }),
    "review",
  ],
  [
    "a second family that a hard finding of a bit speaks for",
    evidence({
      families: [share("history", 8)],
      findings: [core("a", "history"), finding("b", "lifecycle", { hard: true, bits: 1 })],
    }),
    "elevated",
  ],
  [
    "a second family that a hard finding of less speaks for",
    evidence({
      families: [share("history", 8)],
      findings: [core("a", "history"), finding("b", "lifecycle", { hard: true, bits: 0.9 })],
    }),
    "review",
  ],
  [
    "two hard bits and three core signals",
    evidence({ hardBits: 2, findings: [hard, core("b", "history"), core("c", "history")] }),
    "elevated",
  ],
  ["two hard bits and two core signals", evidence({ hardBits: 2, findings: [hard, core("b", "history")] }), "review"],
])("gatedBand: 8 bits with %s", (_what, given, band) => {
  expect(gatedBand(8, given)).toBe(band);
});

test("gatedBand: two families with two core signals and nothing hard are not high", () => {
  const two = [share("history", 6), share("lifecycle", 6)];
  const findings = [core("a", "history"), core("b", "lifecycle")];
  expect(gatedBand(11, evidence({ families: two, findings }))).toBe("elevated");
  expect(gatedBand(11, evidence({ families: two, findings, hardBits: 0.1 }))).toBe("high");
});
