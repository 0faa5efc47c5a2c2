import { parseDossier } from "../../../../src/cli/commands/assess/dossier-schema.ts";
import { type Dossier, dossier, present, SECTION_NAMES, unavailable } from "../../../../src/dossier/dossier.ts";
import { InvalidInput } from "../../../../src/errors.ts";
import { accountId, repositoryId } from "../../../../src/ids.ts";
import { dates } from "../../../signals/given-traces.ts";
import { expect, test } from "../../../support/jest.ts";
import { historySections } from "../history/sections.ts";

const NOW = "2026-11-23T12:00:00.000Z";
const THEN = "2026-11-01T12:00:00.000Z";
const OID = "0123456789abcdef0123456789abcdef01234567";
const pullRequest = { createdAt: THEN, mergedAt: null, ownerNodeId: "O_1", elsewhere: true };

/** Every section with every field; the compiler says when one is missing. */
const SECTIONS: Dossier["sections"] = {
  "change.files": present(
    {
      files: [
        {
          path: "a.ts",
          previousPath: null,
          status: "added",
          additions: 1,
          deletions: 0,
          hunks: [{ lines: [{ kind: "added", line: 1, text: "x" }] }],
        },
      ],
      truncated: false,
    },
    NOW,
  ),
  "change.commits": present(
    {
      commits: [
        {
          oid: OID,
          authoredAt: THEN,
          committedAt: THEN,
          parentOids: [OID],
          authorAccountId: 4711,
          committerAccountId: null,
          authorAccountIds: [4711],
          authoredByCommitter: false,
          committedViaWeb: false,
          committerClaims: false,
          claims: "web-flow",
          signature: "valid",
          signedByGitHub: true,
          signerAccountId: null,
        },
      ],
      totalCount: 1,
      pullRequestCreatedAt: THEN,
      opener: { accountId: 4711, kind: "user" },
    },
    NOW,
  ),
  "change.texts": present({ texts: [{ field: "title", text: "Fix" }], complete: true, authorAssociation: "NONE" }, NOW),
  "change.push": present({ byApp: false, earlier: { commits: 20, byPullRequest: 19 } }, NOW),
  "change.signatures": present(
    {
      authors: [
        {
          commits: [{ oid: OID, authoredAt: THEN, committedAt: THEN, signature: "none", committedByOther: false }],
          earlier: { commits: 12, verified: 12, inARow: 12, since: THEN },
        },
      ],
      unshown: 0,
    },
    NOW,
  ),
  "change.thread": present(
    {
      pressing: [
        {
          priorActs: 2,
          comments: [
            { at: THEN, link: "https://github.com/o/r/pull/1#issuecomment-1", pressesFor: ["merge", "hurry"] },
          ],
        },
      ],
      unread: 0,
    },
    NOW,
  ),
  "account.profile": present({ accountId: accountId(4711), createdAt: THEN }, NOW),
  "account.repositories": present(
    { ownedCount: 1, forkCount: 0, repositories: [{ createdAt: THEN, pushedAt: null, fork: false }] },
    NOW,
  ),
  "account.pullRequests": present(
    { totalCount: 1, mergedCount: 0, mergedElsewhereCount: 0, recent: [pullRequest], oldest: [] },
    NOW,
  ),
  "account.activity": present(
    {
      acts: [{ kind: "event", at: THEN }],
      years: [{ from: THEN, to: NOW, contributions: 3, restricted: 0 }],
      mayHaveHoles: true,
    },
    NOW,
  ),
  "account.texts": present(
    {
      texts: [
        {
          ...{
            kind: "issue",
            at: THEN,
            ownerNodeId: "O_1",
            repositoryNodeId: "R_1",
            stars: 9,
            insider: true,
            alike: 0,
          },
          ...{ marks: ["bounty"], contacts: [0], cites: 1, outcome: "duplicate", closedAt: THEN },
          own: [{ repository: 0, createdAt: THEN, stars: 0 }],
        },
        { kind: "comment", at: THEN, ownerNodeId: "O_1", repositoryNodeId: "R_1", stars: 9 },
      ],
    },
    NOW,
  ),
  "account.keys": present({ keys: [{ kind: "gpg", createdAt: null }] }, NOW),
  "account.snapshots": present({ snapshots: [{ at: THEN, loginHash: "h", ownedCount: 1 }] }, NOW),
  "access.grant": present(
    {
      repositoryId: repositoryId(9),
      role: "write",
      previousRole: null,
      via: "outside",
      grantedAt: THEN,
      ssoLinked: null,
    },
    NOW,
  ),
  "access.lastGrant": present(
    {
      ...{ role: "write", previousRole: "read", grantedAt: THEN, ssoLinked: false },
      record: { mergedCount: 1, mergerCount: 1, firstContactAt: THEN },
    },
    NOW,
  ),
  "access.grants": present(
    { grants: [{ repositoryId: repositoryId(9), role: "admin", via: "team" }], owner: false, member: true },
    NOW,
  ),
  "access.recordHere": present({ mergedCount: 0, mergerCount: null, firstContactAt: null }, NOW),
  "access.lastActivity": present({ lastActAt: null, searchedSince: THEN }, NOW),
  ...historySections(NOW),
  "intel.matches": present(
    {
      matches: [
        {
          ...({
            by: "account",
            source: "a team",
            origin: null,
            reference: "https://example.com/a",
            primary: true,
          } as const),
          ...{ sourced: true, at: THEN, until: NOW, confirmed: false },
        },
      ],
    },
    NOW,
  ),
  "intel.localList": present(
    { entries: [{ disposition: "vouched", reason: "met", byAccountId: accountId(815), at: THEN, until: NOW }] },
    NOW,
  ),
};

const full = dossier({ asOf: NOW, subject: { accountId: accountId(4711), kind: "user" } }, SECTIONS);

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
