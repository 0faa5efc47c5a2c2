import { assess } from "../../src/assessment/assess.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { daysAgo, entry, listed } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, manySided, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";
import { seen, signal } from "./made-signals.ts";

type Match = ReturnType<typeof listed>;
const second = (more: Partial<Match> = {}) => listed({ source: "another team", ...more });
const outcome = (sections: Partial<SectionTypes>, matches: readonly Match[] | null) => {
  const { findings, ...rest } = assess(dossierOf({ ...sections, ...(matches && { "intel.matches": { matches } }) }));
  const counting = findings.filter(({ bits, outcome: is }) => bits > 0 || is === "fired").map(({ signal: id }) => id);
  return { ...rest, counting };
};
const persona = (matches: readonly Match[], more: Partial<SectionTypes> = {}) =>
  outcome(
    {
      ...ordinaryChange,
      ...veteran,
      "access.recordHere": student["access.recordHere"]!,
      "account.pullRequests": student["account.pullRequests"]!,
      "account.keys": { keys: [] },
      ...more,
    },
    matches,
  ).persona;

const PEOPLE = {
  ordinaryChange,
  veteran: { ...ordinaryChange, ...veteran },
  student: { ...ordinaryChange, ...student },
  stolenDormant: { ...ordinaryChange, ...stolenDormant },
  manySided,
};
const OPEN = { primary: false };
const POISON: Readonly<Record<string, readonly Match[]>> = {
  "put on a list that anybody can add to": [listed(OPEN)],
  "put on ten of them": Array.from({ length: 10 }, (_, index) => listed({ ...OPEN, source: `list ${index}` })),
  "put on a list without a reason": [listed({ sourced: false })],
  "on an open list, and a list without a reason": [listed(OPEN), second({ sourced: false })],
  "an address typed into commits of others, on an open list": [listed({ ...OPEN, by: "address" })],
  "on a list whose time is over": [listed({ until: daysAgo(0) })],
  "on a list that begins later": [listed({ at: daysAgo(-1) })],
};

test.each(Object.entries(POISON))("framing: %s changes exactly nothing, of whomever", (_, matches) => {
  for (const sections of Object.values(PEOPLE)) {
    const { couldNotSee: _c, ...clean } = outcome(sections, []);
    const { couldNotSee: _p, ...poisoned } = outcome(sections, matches);
    expect(poisoned).toEqual(clean);
  }
});

test("framing: copies of one list, under other names, add exactly nothing to it", () => {
  const one = [listed({ reference: "https://example.com/a" })];
  const copies = [second({ origin: "A team" }), second({ source: "third", reference: "https://example.com/a" })];
  for (const confirmed of [false, true]) {
    const as = (matches: readonly Match[]) => matches.map((match) => ({ ...match, confirmed }));
    expect(persona(as([...one, ...copies]))).toEqual(persona(as(one)));
  }
});

test("lists: that none names an account says nothing of it: coverage and bands stay as they are without any", () => {
  for (const sections of Object.values(PEOPLE)) {
    const { couldNotSee: _c, ...unasked } = outcome(sections, null);
    const { couldNotSee: _p, ...asked } = outcome(sections, []);
    expect(asked).toEqual(unasked);
  }
});

test("lists: what nobody here has confirmed gives three bits at most, whatever else lists and the organisation say", () => {
  const all = [listed(), second(), listed({ by: "address" })];
  expect(persona([listed()])).toMatchObject({ bits: 3, band: "note", heldBackFrom: null });
  expect(persona(all)).toMatchObject({ bits: 3, families: [{ family: "intel", bits: 3, capBits: 3 }] });
  expect(persona(all, { "intel.localList": { entries: [entry("denounced")] } })).toMatchObject({
    bits: 3,
    band: "note",
  });
});

test("lists: what two people here confirmed counts in full, alone too, and never more than eight bits", () => {
  const one = [listed({ confirmed: true })];
  const two = [...one, second({ confirmed: true })];
  expect(persona(one)).toMatchObject({ bits: 4.8, band: "note", families: [{ family: "intel", capBits: 8 }] });
  expect(persona(two)).toMatchObject({ bits: 8, band: "elevated", heldBackFrom: null });
  expect(persona(two, { "intel.localList": { entries: [entry("denounced")] } })).toMatchObject({ bits: 8 });
});

test("lists: an unconfirmed entry is no core signal: a second family beside it opens no gate", () => {
  const soft = signal("soft", seen(), { family: "history", weight: 6 });
  const with_ = (match: Match) =>
    assess(dossierOf({ "intel.matches": { matches: [match] } }), {
      signals: [soft, signal("int-account-id-match", seen(), { family: "intel", weight: 3, core: true })],
    }).persona;
  expect(with_(listed())).toMatchObject({ bits: 9, band: "review", heldBackFrom: "elevated" });
});

test("experimental: it is computed and shown, weighs nothing, and counts once an organisation promotes it", () => {
  const trial = signal("trial", seen(), { weight: 3, family: "identity", status: "experimental" });
  const change = signal("trial-c", seen("high"), { axis: "C", weight: 0, status: "experimental" });
  const old = signal("old", seen(), { weight: 3, family: "identity", status: "deprecated" });
  const under = (promoted: readonly string[]) =>
    assess(dossierOf({ ...ordinaryChange, ...veteran }), { signals: [trial, change, old], promoted });
  const before = under([]);
  expect(before.findings.map(({ signal: id, outcome: is, bits, severity }) => [id, is, bits, severity])).toEqual([
    ["old", "fired", 0, null],
    ["trial", "fired", 0, null],
    ["trial-c", "fired", 0, null],
  ]);
  expect(before).toMatchObject({
    persona: { families: [] },
    change: { level: "unknown" },
    coverage: { applicableCount: 0 },
  });
  const after = under(["trial", "trial-c", "old"]);
  expect(after.persona.families).toEqual([{ family: "identity", bits: 3, uncappedBits: 3, capBits: 5 }]);
  expect(after).toMatchObject({ change: { level: "high" }, coverage: { applicableCount: 1, total: 1 } });
  expect(under(["trial-b"])).toEqual(before);
});
