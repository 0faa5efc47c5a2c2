import { type Dossier, dossier, present } from "../../../dossier/dossier.ts";
import { accountId, repositoryId } from "../../../ids.ts";
import { historySections } from "./example-histories.ts";

const NOW = "2026-11-23T12:00:00.000Z";
const THEN = "2026-11-01T12:00:00.000Z";
const OID = "0123456789abcdef0123456789abcdef01234567";
const pullRequest = { createdAt: THEN, mergedAt: null, ownerNodeId: "O_1", elsewhere: true };

const IN_REPOSITORY = {
  ...{ repository: 9, blobCount: 40, matchedCount: 30, pushedCount: 25, begunWithCount: 2, published: null },
  refs: [{ commit: OID, at: THEN, attested: true }],
  paths: [{ path: "src/a.ts", commit: OID }],
};

/** Every section with its fields; the compiler says when a section is missing. */
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
  "code.matches": present(
    { repositories: [IN_REPOSITORY], comparedCount: 1, uncomparedCount: 1, countedCount: 0 },
    NOW,
  ),
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
  "access.referrals": present({ letIn: [{ accountId: accountId(4712), at: THEN }] }, NOW),
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

/**
 * A dossier with every section, to begin a case of one's own from: what `assess --example` prints and docs/dossier.md
 * shows. Nothing in it is anybody's.
 */
export const EXAMPLE: Dossier = dossier({ asOf: NOW, subject: { accountId: accountId(4711), kind: "user" } }, SECTIONS);
