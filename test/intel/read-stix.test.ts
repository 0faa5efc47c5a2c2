import { readPattern } from "../../src/intel/stix/pattern.ts";
import { readStix } from "../../src/intel/stix/read-stix.ts";
import { expect, test } from "../support/jest.ts";
import { NOW } from "./reading.ts";

const read = (...objects: readonly unknown[]) =>
  readStix({ type: "bundle", id: "bundle--1", objects }, { place: "b.json", now: NOW });
const GITHUB = "user-account:account_type = 'github'";
const indicator = (more: object = {}) => ({
  ...{ type: "indicator", spec_version: "2.1", id: "indicator--1", pattern_type: "stix" },
  ...{ pattern: `[${GITHUB} AND user-account:user_id = '4711']`, valid_from: "2026-05-01T00:00:00Z" },
  ...more,
});
const EMPTY = { confidence: null, tlp: null, origin: null, reference: null, reason: null, until: null };

test("stix: an indicator with all that it can say", () => {
  const found = read(
    { type: "identity", id: "identity--1", name: "A Team" },
    indicator({
      ...{
        created_by_ref: "identity--1",
        confidence: 85,
        description: "asked for keys",
        valid_until: "2027-05-01T00:00:00Z",
      },
      object_marking_refs: ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"],
      external_references: [{ source_name: "x" }, { source_name: "y", url: "https://example.com/a" }],
    }),
  );
  expect(found.problems).toEqual([]);
  expect(found.entries).toEqual([
    {
      named: { by: "id", id: 4711 },
      ...{ at: "2026-05-01T00:00:00.000Z", until: "2027-05-01T00:00:00.000Z", confidence: 85, tlp: "amber" },
      ...{ origin: "A Team", reference: "https://example.com/a", reason: "asked for keys" },
      where: "b.json objects[1]",
    },
  ]);
  expect(found.leftOut).toEqual([{ what: "objects of type identity", count: 1 }]);
});

test("stix: alternatives of a pattern are entries of their own", () => {
  const pattern = `[${GITHUB} AND user-account:account_login = 'ada-example' OR email-addr:value = 'A@Example.com'] OR [${GITHUB} AND user-account:user_id='7']`;
  expect(read(indicator({ pattern })).entries.map(({ named }) => named)).toEqual([
    { by: "login", login: "ada-example" },
    { by: "email", address: "a@example.com" },
    { by: "id", id: 7 },
  ]);
});

test.each([
  ["[ipv4-addr:value = '1.2.3.4']", "patterns that ask for more than accounts and addresses"],
  [`[${GITHUB} AND user-account:user_id LIKE '4%']`, "patterns that ask for more than accounts and addresses"],
  [`[${GITHUB}] FOLLOWEDBY [${GITHUB}]`, "patterns that ask for more than accounts and addresses"],
  ["[file:hashes.'SHA-256' = 'aa']", "patterns that ask for more than accounts and addresses"],
  ["([email-addr:value = 'a@b.example'])", "patterns that ask for more than accounts and addresses"],
  ["[email-addr:value = 'a@b.example' AND file:name = 'x']", "patterns that ask for more than accounts and addresses"],
  ["[user-account:user_id = '7']", "accounts of other places than GitHub"],
  ["[user-account:account_type = 'twitter' AND user-account:user_id = '7']", "accounts of other places than GitHub"],
])("stix: %s is left out, and counted", (pattern, what) => {
  const { entries, leftOut, problems } = read(indicator({ pattern }));
  expect([entries, leftOut, problems]).toEqual([[], [{ what, count: 1 }], []]);
});

test.each([
  "",
  "user-account:user_id = '7'",
  "[user-account:user_id = '7'",
  "[user-account:user_id = 7",
  "[a:b = 'c",
  "[]",
])("stix: %j is no pattern", (pattern) => {
  expect(read(indicator({ pattern })).problems[0]).toMatchObject({
    where: "b.json objects[0].pattern",
    what: "no pattern of STIX",
  });
});

test("stix: a pattern is read in one pass", () => {
  const before = performance.now();
  readPattern(`[${"a:b='c' AND ".repeat(50_000)}`);
  readPattern("'\\".repeat(50_000));
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("stix: whom a relationship ties to what accuses, circles and loose ends included", () => {
  const user = { type: "user-account", id: "user-account--1", account_type: "github", user_id: "4711" };
  const tie = (source: string, target: string) => ({
    ...{ type: "relationship", id: `relationship--${source}`, relationship_type: "related-to" },
    ...{ source_ref: source, target_ref: target },
  });
  const actor = {
    type: "threat-actor",
    id: "threat-actor--1",
    name: "somebody",
    created: "2026-01-01T00:00:00Z",
    created_by_ref: "threat-actor--1",
  };
  const seen = {
    type: "observed-data",
    id: "observed-data--1",
    object_refs: ["user-account--1", "observed-data--1", "gone--1"],
  };
  const direct = read(user, actor, tie("threat-actor--1", "user-account--1"));
  expect(direct.entries).toEqual([
    {
      ...{ ...EMPTY, named: { by: "id", id: 4711 }, at: "2026-01-01T00:00:00.000Z" },
      ...{ origin: "somebody", reason: "somebody", where: "b.json objects[2]" },
    },
  ]);
  const over = read(user, actor, seen, tie("threat-actor--1", "observed-data--1"));
  expect(over.entries.map(({ named }) => named)).toEqual([{ by: "id", id: 4711 }]);
  for (const [source, target] of [
    ["user-account--1", "user-account--1"],
    ["threat-actor--1", "threat-actor--1"],
    ["threat-actor--1", "gone--1"],
    ["observed-data--1", "user-account--1"],
  ] as const)
    expect(read(user, actor, seen, tie(source, target))).toMatchObject({ entries: [], problems: [] });
});

test("stix: revoked indicators, other languages of patterns and types of one's own are left out", () => {
  const found = read(indicator({ revoked: true }), indicator({ pattern_type: "yara", pattern: "rule" }), {
    type: "x-mine",
    id: "x-mine--1",
  });
  expect(found).toMatchObject({ entries: [], problems: [] });
  expect(found.leftOut.map(({ what }) => what)).toEqual([
    "objects of types of somebody's own",
    "revoked indicators",
    "patterns of type yara",
  ]);
});

test.each<[readonly unknown[], string | null]>([
  [["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"], "clear"],
  [
    [
      "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
      "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    ],
    "amber+strict",
  ],
  [["marking-definition--own"], "green"],
  [["marking-definition--statement"], null],
  [["marking-definition--nobody-knows"], "red"],
])("stix: the mark %j is the colour %s", (object_marking_refs, tlp) => {
  const marks = [
    {
      type: "marking-definition",
      id: "marking-definition--own",
      extensions: { "extension-definition--1": { tlp_2_0: "green" } },
    },
    {
      type: "marking-definition",
      id: "marking-definition--statement",
      definition_type: "statement",
      definition: { statement: "ours" },
    },
  ];
  expect(read(...marks, indicator({ object_marking_refs })).entries[0]?.tlp).toBe(tlp);
});

test.each<[unknown, string, string]>([
  [[], "b.json", "no STIX bundle"],
  [null, "b.json", "no STIX bundle"],
  [{ type: "bundle", objects: {} }, "b.json", "no STIX bundle"],
  [{ type: "bundle", objects: [7] }, "b.json objects[0]", "invalid input: expected object, received number"],
  [{ type: "bundle", objects: [{ type: "wat" }] }, "b.json objects[0].type", 'no type of STIX 2.1: "wat"'],
  [
    { type: "bundle", objects: [indicator({ pattern: 7 })] },
    "b.json objects[0].pattern",
    "invalid input: expected string, received number",
  ],
  [
    { type: "bundle", objects: [indicator({ valid_from: "1970-01-01T00:00:00Z" })] },
    "b.json objects[0].valid_from",
    "a day from before there was GitHub",
  ],
  [
    { type: "bundle", objects: [indicator({ valid_from: "2100-01-01T00:00:00Z" })] },
    "b.json objects[0].valid_from",
    "a day that is yet to come",
  ],
  [
    { type: "bundle", objects: [indicator({ valid_until: "2026-01-01T00:00:00Z" })] },
    "b.json objects[0].valid_until",
    "ends before it begins",
  ],
  [{ type: "bundle", objects: [indicator({ confidence: 400 })] }, "b.json objects[0].confidence", "no confidence"],
  [
    { type: "bundle", objects: [indicator({ description: "half \ud800" })] },
    "b.json objects[0].description",
    "holds half a character",
  ],
  [
    { type: "bundle", objects: [indicator({ pattern: `[${GITHUB} AND user-account:user_id = 'x']` })] },
    "b.json objects[0].pattern",
    "not the number of an account",
  ],
])("stix: %j is a problem with its place", (value, where, what) => {
  expect(readStix(value, { place: "b.json", now: NOW }).problems[0]).toMatchObject({ where, what });
});

test("stix: relationships that all lead to one long list end", () => {
  const refs = Array.from({ length: 10_000 }, (_, index) => `gone--${index}`);
  const objects = [
    { type: "threat-actor", id: "threat-actor--1" },
    { type: "observed-data", id: "observed-data--1", object_refs: refs },
    ...Array.from({ length: 50_000 }, () => ({
      type: "relationship",
      source_ref: "threat-actor--1",
      target_ref: "observed-data--1",
    })),
  ];
  const before = performance.now();
  expect(read(...objects).problems.map(({ what }) => what)).toEqual(["relationships that lead to too many objects"]);
  expect(performance.now() - before).toBeLessThan(2_000);
});
