import { changedFile } from "../../src/github/octokit/repository/pull-request-files.ts";
import { expect, test } from "../support/jest.ts";

const entry = { filename: "a.bin", status: "modified", additions: 0, deletions: 0 } as const;
const [SHA, EMPTY] = ["b".repeat(40), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"];

test.each([
  ["without a patch its content is named", { ...entry, sha: SHA }, { hunks: null, oid: SHA }],
  ["without either nobody can tell two looks apart", { ...entry, sha: null }, { hunks: null, oid: undefined }],
  ["of no bytes nothing is unseen", { ...entry, sha: EMPTY }, { hunks: [], oid: undefined }],
  ["with its lines they are what is compared", { ...entry, sha: SHA, patch: "@@ -0,0 +1 @@\n+a" }, { oid: undefined }],
])("a changed file %s", (_, given, expected) => {
  const file = changedFile(given);
  expect({ hunks: file.hunks, oid: file.oid }).toMatchObject(expected);
});
