import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode, validate } from "graphql";
import { QUERIES } from "../../src/github/octokit/queries.ts";
import { describe, expect, test } from "../support/jest.ts";
import { documents, githubSchema } from "./support/query-fields.ts";

/** Points by GitHub's rule: connections asked for, given full pages everywhere above, divided by a hundred. */
const POINTS: Readonly<Record<string, number>> = {
  "workflow-files.graphql": 1,
  "head-files.graphql": 1,
  "pr-triage.graphql": 2,
  "author-history.graphql": 3,
  "record-here.graphql": 1,
  "organization-id.graphql": 1,
  "activity-here.graphql": 1,
  "owned-repositories.graphql": 1,
  "contribution-years.graphql": 1,
  "merges-of.graphql": 1,
  "commit-facts.graphql": 1,
  "commit-history.graphql": 1,
  "signed-before.graphql": 1,
  "thread-comments.graphql": 1,
  "pull-request-commits.graphql": 1,
  "open-pull-requests.graphql": 1,
  "more-pull-requests.graphql": 1,
  "open-threads.graphql": 1,
  "pull-requests-of-head.graphql": 1,
  "earlier-commits.graphql": 1,
  "access/org-repos.graphql": 1,
  "access/org-rules.graphql": 2,
  "access/protection-allowances.graphql": 1,
  "access/ruleset-rules.graphql": 1,
  "access/user-repos.graphql": 1,
  "access/repo-collaborators.graphql": 1,
  "access/org-teams.graphql": 1,
  "access/team-access.graphql": 1,
  "access/repo-access.graphql": 1,
  "access/team-members.graphql": 1,
  "access/team-repos.graphql": 1,
  "access/org-members.graphql": 1,
  "access/viewer-in-org.graphql": 1,
};

describe("queries", () => {
  for (const [file, document] of documents) {
    test(`${file}: GitHub's schema accepts it`, () => {
      expect(validate(githubSchema, document).map(({ message }) => message)).toEqual([]);
    });
    test(`${file}: costs what the design says`, () => {
      expect(pointsOf(document)).toBe(POINTS[file]);
    });
  }
  test("every stored query is loaded by the name it carries", () => {
    const names = [...documents.values()].flatMap(operationsOf).map((operation) => operation.name?.value);
    expect(Object.keys(QUERIES).toSorted()).toEqual(names.toSorted());
    for (const [name, text] of Object.entries(QUERIES)) {
      expect(text).toContain(`query ${name}`);
      expect(text).toMatch(/rateLimit \{\s*cost\s*\}/);
    }
  });
  test("the counter: reproduces GitHub's documented example of 5,101 requests and 51 points", () => {
    expect(points(requestsOf(EXAMPLE_SELECTION, 1))).toBe(51);
  });
});

interface Shape {
  readonly first: number;
  readonly inner: readonly Shape[];
}
/** 100 repositories, each 50 issues, each 60 labels. */
const EXAMPLE_SELECTION: readonly Shape[] = [{ first: 100, inner: [{ first: 50, inner: [{ first: 60, inner: [] }] }] }];

const points = (requests: number): number => Math.max(1, Math.round(requests / 100));

const requestsOf = (shapes: readonly Shape[], parents: number): number =>
  shapes.reduce((sum, { first, inner }) => sum + parents + requestsOf(inner, parents * first), 0);

const pointsOf = (document: DocumentNode): number =>
  points(
    requestsOf(
      operationsOf(document).flatMap(({ selectionSet }) => shapesOf(document, selectionSet)),
      1,
    ),
  );

const operationsOf = (document: DocumentNode) =>
  document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

function shapesOf(document: DocumentNode, set: SelectionSetNode): readonly Shape[] {
  return set.selections.flatMap((selection): readonly Shape[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return shapesOf(document, selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? shapesOf(document, fragment.selectionSet) : [];
    }
    const inner = selection.selectionSet ? shapesOf(document, selection.selectionSet) : [];
    const size = pageSizeOf(document, selection);
    return size === null ? inner : [{ first: size, inner }];
  });
}

function pageSizeOf(document: DocumentNode, field: FieldNode): number | null {
  const value = field.arguments?.find(({ name }) => ["first", "last", "maxRepositories"].includes(name.value))?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return null;
  const variable = operationsOf(document)
    .flatMap(({ variableDefinitions }) => variableDefinitions ?? [])
    .find((one) => one.variable.name.value === value.name.value);
  return variable?.defaultValue?.kind === Kind.INT ? Number(variable.defaultValue.value) : null;
}
