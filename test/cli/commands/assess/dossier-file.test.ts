import { parseDossier } from "../../../../src/cli/commands/assess/dossier-schema.ts";
import { EXAMPLE } from "../../../../src/cli/commands/assess/example.ts";
import { present, SECTION_NAMES, unavailable } from "../../../../src/dossier/dossier.ts";
import { InvalidInput } from "../../../../src/errors.ts";
import { dates } from "../../../signals/given-traces.ts";
import { expect, test } from "../../../support/jest.ts";

const THEN = "2026-11-01T12:00:00.000Z";
const NOW = EXAMPLE.asOf;
const full = EXAMPLE;

function problems(value: unknown): readonly string[] {
  try {
    parseDossier(JSON.stringify(value), "d.json");
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ where, what }) => `${where}: ${what}`);
    throw error;
  }
  return [];
}

test("parseDossier: gives back a dossier with every section just as it was written", () => {
  expect(parseDossier(JSON.stringify(full), "d.json")).toEqual(full);
});

test("parseDossier: gives back what was kept before traces left judging to the signals", () => {
  const handover = { at: THEN, replaced: ["addresses", "clock"], refs: [] };
  const predating = { commitCount: 20, predatingCount: 2, repositoryCount: 1, repositoriesRead: 3, refs: [] };
  const older = {
    "history.continuity": present({ comparable: true, handover }, NOW),
    "history.dates": present(dates({ predating })["history.dates"], NOW),
  };
  expect(parseDossier(JSON.stringify({ ...full, sections: older }), "d.json").sections).toMatchObject(older);
});

test("parseDossier: gives back the reason of every section that is unavailable", () => {
  const away = unavailable("rate_limited", NOW);
  const sections = Object.fromEntries(SECTION_NAMES.map((name) => [name, away]));
  const written = { ...full, sections };
  expect(parseDossier(JSON.stringify(written), "d.json")).toEqual(written);
});

test("parseDossier: says not_requested for every section that is left out", () => {
  const { sections } = parseDossier(JSON.stringify({ ...full, sections: {} }), "d.json");
  expect(Object.keys(sections)).toEqual(SECTION_NAMES);
  expect(new Set(Object.values(sections).map((section) => section.state === "unavailable" && section.reason))).toEqual(
    new Set(["not_requested"]),
  );
});

test("parseDossier: refuses a fact that the product promises not to use", () => {
  const subject = { ...full.subject, login: "ada-example" };
  const profile = present({ accountId: 4711, createdAt: THEN, location: "somewhere" }, NOW);
  const found = problems({ ...full, subject, sections: { "account.profile": profile, "account.email": profile } });
  expect(found.map((line) => line.replace(/^(d\.json):1:\d+/, "$1"))).toEqual([
    "d.json subject/login: no such key",
    "d.json sections/account.profile/value/location: no such key",
    "d.json sections/account.email: no such key",
  ]);
});

test.each<[string, unknown, readonly string[]]>([
  [
    "another format",
    { ...full, schema: "sallyport.dossier/2" },
    ['d.json:1:2 schema: invalid input: expected "sallyport.dossier/1"'],
  ],
  ["a date without a zone", { ...full, asOf: "2026-11-23T12:00:00" }, ["d.json:1:33 asOf: invalid iso datetime"]],
  ["no object", [], ["d.json:1:1: invalid input: expected object, received array"]],
])("parseDossier: names the place when the file holds %s", (_, value, expected) => {
  expect(problems(value)).toEqual(expected);
});

test("parseDossier: lists 50 problems and counts the rest when a file has thousands", () => {
  const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]));
  const found = problems({ ...full, ...keys });
  expect(found).toHaveLength(51);
  expect(found.at(-1)).toBe("d.json: 4950 more problems");
});

test("parseDossier: a graph of merges is not larger than one that could have been collected", () => {
  const ties = full.sections["network.ties"];
  if (ties?.state !== "present") throw new Error("no ties");
  const [edge] = ties.value.edges;
  const value = { ...ties.value, edges: Array(801).fill(edge) };
  const sections = { ...full.sections, "network.ties": { ...ties, value } };
  expect(problems({ ...full, sections }).join()).toContain("network.ties/value/edges: too big");
});
