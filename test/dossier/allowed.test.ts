import { getNamedType, isInterfaceType, isLeafType, isObjectType } from "graphql";
import { z } from "zod";
import { SECTION_NAMES } from "../../src/dossier/dossier.ts";
import { ENDPOINTS } from "../../src/github/octokit/transport/endpoints.ts";
import { documents, fieldsOf, githubSchema } from "../github/support/query-fields.ts";
import { describe, expect, test } from "../support/jest.ts";
import { ALLOWED_GRAPHQL, ALLOWED_REST, PROHIBITED_FIELDS } from "./allowed.ts";
import { ALLOWED_SETTINGS, NAMES_OF_THINGS } from "./allowed-settings.ts";

const asked = [...new Set([...documents.values()].flatMap(fieldsOf))];
const leaves = asked.filter(isLeaf).toSorted();
const people = ["User", "Actor", "Bot", "Mannequin", "Organization", "EnterpriseUserAccount", "RepositoryOwner"];
const fieldOf = (coordinate: string): string => coordinate.split(".")[1] ?? "";

test("allowed: the stored queries ask for exactly what the closed list names", () => {
  expect(leaves).toEqual(Object.keys(ALLOWED_GRAPHQL).toSorted());
});

test("allowed: no query asks a person, or whoever stands for one, for a prohibited field", () => {
  const prohibited = new Set(PROHIBITED_FIELDS.map(fieldOf));
  const bad = asked.filter((one) => people.includes(one.split(".")[0] ?? "") && prohibited.has(fieldOf(one)));
  expect(bad).toEqual([]);
});

test("allowed: names and e-mails of people are read of git commits alone", () => {
  const named = asked.filter((one) => ["name", "email"].includes(fieldOf(one)));
  expect(named.toSorted()).toEqual([
    ...["GitActor.email", "GitActor.name", "Ref.name", "Repository.name", "RepositoryRuleset.name"],
    // Of a file.
    "TreeEntry.name",
  ]);
});

test("allowed: the list of prohibited fields names real fields of GitHub, so that it cannot rot", () => {
  const user = githubSchema.getType("User");
  const real = isObjectType(user) ? Object.keys(user.getFields()) : [];
  const known = PROHIBITED_FIELDS.map(fieldOf).filter((field) => real.includes(field));
  expect(known).toEqual(
    expect.arrayContaining(["name", "bio", "avatarUrl", "location", "followers", "company", "email"]),
  );
});

describe("allowed: REST", () => {
  const operational = [
    "app",
    "installations",
    "deliveries",
    "redeliver",
    "content",
    "checkRunsOfHead",
    "createCheckRun",
    "mintToken",
  ];
  const settings = new Map<string, readonly string[]>(Object.entries(ALLOWED_SETTINGS));
  const aboutPeople = Object.entries(ENDPOINTS).filter(([name]) => !operational.includes(name));
  for (const [name, { route, schema }] of aboutPeople)
    test(`${name}: exactly the listed fields are read`, () => {
      const listed = settings.get(name) ?? Object.keys(ALLOWED_REST[route] ?? {});
      expect(propertiesOf(schema).toSorted()).toEqual(listed.toSorted());
    });
});

/** The status of a file and of a delivery is no person's, and neither is the name of a repository. */
const NOT_OF_PEOPLE = new Set([
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
  "GET /repos/{owner}/{repo}/compare/{+basehead}",
  "GET /search/commits",
  ENDPOINTS.deliveries.route,
  ...NAMES_OF_THINGS.map((name) => ENDPOINTS[name].route),
]);

test("allowed: no REST answer is read for a prohibited field, on the list or off it", () => {
  const prohibited = new Set(PROHIBITED_FIELDS.map(fieldOf));
  const listed = Object.entries(ALLOWED_REST).map(([route, fields]) => [route, Object.keys(fields)] as const);
  const read = Object.values(ENDPOINTS).map(({ route, schema }) => [route, propertiesOf(schema)] as const);
  const bad = [...listed, ...read].flatMap(([route, fields]) =>
    NOT_OF_PEOPLE.has(route) ? [] : fields.filter((field) => prohibited.has(field)).map((field) => `${route} ${field}`),
  );
  expect(bad).toEqual([]);
});

test("allowed: every section named on the lists exists", () => {
  const others = ["access.snapshot", "workflow.files", "address", "public", "operation"];
  const purposes = [
    ...Object.values(ALLOWED_GRAPHQL),
    ...Object.values(ALLOWED_REST).flatMap((one) => Object.values(one)),
  ];
  expect(purposes.filter((one) => ![...SECTION_NAMES, ...others].includes(one))).toEqual([]);
});

function isLeaf(coordinate: string): boolean {
  const [typeName = "", field = ""] = coordinate.split(".");
  const type = githubSchema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`no such type: ${typeName}`);
  const found = type.getFields()[field];
  return found !== undefined && isLeafType(getNamedType(found.type));
}

function propertiesOf(schema: z.ZodType): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("properties" in node && typeof node.properties === "object") found.push(...Object.keys(node.properties ?? {}));
    for (const child of Object.values(node)) walk(child);
  };
  walk(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  // An answer can name two things of a kind, such as an id.
  return [...new Set(found)];
}
