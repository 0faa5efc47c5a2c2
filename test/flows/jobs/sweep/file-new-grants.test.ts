import { effectiveAccess } from "../../../../src/access/effective.ts";
import type { Grant } from "../../../../src/access/grant.ts";
import { newGrants } from "../../../../src/flows/jobs/sweep/file-new-grants.ts";
import { atOnce } from "../../../../src/slices.ts";
import { grant, octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";

const found = (before: readonly Grant[], after: readonly Grant[]) =>
  atOnce(newGrants(effectiveAccess(octoOrg({ grants: before })), effectiveAccess(octoOrg({ grants: after }))));

/** Of the grants of the organisation: account, repository, the role now and the one before. */
test.each<[string, readonly Grant[], readonly Grant[], readonly (readonly (string | null)[])[]]>([
  ["write that was not there", [], [grant("2", "10", "write", "direct")], [["2", "10", "write", null]]],
  ["write from outside", [], [grant("4", "10", "write", "outside")], [["4", "10", "write", null]]],
  ["triage that was not there", [], [grant("2", "10", "triage", "direct")], []],
  ["write by a team", [], [grant("2", "10", "write", "team:core")], []],
  ["write on an archived repository", [], [grant("2", "12", "write", "direct")], []],
  ["the same as before", [grant("2", "10", "write", "direct")], [grant("2", "10", "write", "direct")], []],
  [
    "more than before",
    [grant("2", "10", "triage", "direct")],
    [grant("2", "10", "write", "direct")],
    [["2", "10", "write", "triage"]],
  ],
  ["less than before", [grant("2", "10", "admin", "direct")], [grant("2", "10", "write", "direct")], []],
  [
    "what only a team gave before",
    [grant("2", "10", "admin", "team:core")],
    [grant("2", "10", "write", "direct")],
    [["2", "10", "write", null]],
  ],
  [
    "the stronger of two, by account and repository",
    [],
    [
      grant("4", "11", "write", "outside"),
      grant("2", "11", "write", "direct"),
      grant("2", "10", "maintain", "direct"),
      grant("2", "10", "write", "direct"),
    ],
    [
      ["2", "10", "maintain", null],
      ["2", "11", "write", null],
      ["4", "11", "write", null],
    ],
  ],
])("new grants: %s", (_, before, after, expected) => {
  expect(
    found(before, after).map(({ account, repository, role, previousRole }) => [
      ...[account, repository.id, role, previousRole],
    ]),
  ).toEqual(expected);
});

test("new grants: of automations there are none", () => {
  const accounts = octoOrg().accounts.map((each) => ({ ...each, kind: "bot" as const }));
  const after = effectiveAccess(octoOrg({ accounts, grants: [grant("2", "10", "admin", "direct")] }));
  expect(atOnce(newGrants(effectiveAccess(octoOrg({ grants: [] })), after))).toEqual([]);
});
