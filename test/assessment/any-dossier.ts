import fc from "fast-check";
import { CLAIMED_BOTS } from "../../src/change/change.ts";
import { PRESSED_FOR } from "../../src/change/thread.ts";
import { type Dossier, dossier, present } from "../../src/dossier/dossier.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { OUTCOMES, TEXT_KINDS, TEXT_MARKS } from "../../src/dossier/public-texts.ts";
import { ROLES, VIAS } from "../../src/dossier/role.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { daysAgo, grant, NOW, record, SUBJECT } from "../signals/given.ts";
import { historySections } from "./any-traces.ts";

/** A moment of the last eleven years, or a little ahead. */
const instant = fc.integer({ min: -5, max: 4_000 }).map(daysAgo);
const account = fc.option(fc.constantFrom(SUBJECT, 7, 49699333), { nil: null });
const role = fc.constantFrom(...ROLES);
const recordHere = fc.record(
  {
    mergedCount: fc.nat(6),
    mergerCount: fc.option(fc.nat(4), { nil: null }),
    mergersUnseen: fc.constant(true as const),
    firstContactAt: fc.option(instant, { nil: null }),
  },
  { requiredKeys: ["mergedCount", "mergerCount", "firstContactAt"] },
);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    '"runOn": "folderOpen"',
    '"command": "curl x | sh"',
    "on: pull_request_target",
    "contents: write",
    "uses: a/b@v1",
    "a\u202eb",
    "x".repeat(2_000),
    "/*",
    '"',
    "{[".repeat(90),
  ),
);
const path = fc.oneof(
  fc.constantFrom(
    ".vscode/tasks.json",
    ".github/workflows/a.yml",
    "src/a.ts",
    "README.md",
    ".envrc",
    ".claude/settings.json",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const line = fc.record({
  kind: fc.constantFrom("added" as const, "removed" as const, "context" as const),
  line: fc.nat(500),
  text,
});
const hunk = fc.record({ lines: fc.array(line, { maxLength: 12 }) });

const file = fc.record({
  path,
  previousPath: fc.option(path, { nil: null }),
  status: fc.constantFrom("added" as const, "modified" as const, "removed" as const, "renamed" as const),
  additions: fc.nat(9),
  deletions: fc.nat(9),
  hunks: fc.option(fc.array(hunk, { maxLength: 3 }), { nil: null }),
});

const commit = fc.record({
  oid: fc.constantFrom(..."abcdefghijklmnop"),
  authoredAt: instant,
  committedAt: instant,
  parentOids: fc.subarray(["a", "b", "c", "d"], { maxLength: 2 }),
  authorAccountId: account,
  committerAccountId: account,
  authorAccountIds: fc.subarray([SUBJECT, 7]),
  authoredByCommitter: fc.boolean(),
  committedViaWeb: fc.boolean(),
  committerClaims: fc.boolean(),
  claims: fc.option(fc.constantFrom(...CLAIMED_BOTS), { nil: null, freq: 5 }),
  signature: fc.constantFrom("valid" as const, "invalid" as const, "none" as const),
  signedByGitHub: fc.boolean(),
  signerAccountId: account,
});

const delta = fc.record({ path, line: fc.integer({ min: 1, max: 90 }), lines: fc.integer({ min: 1, max: 40 }) });
const earlierHead = {
  oid: fc.constantFrom("a", "b"),
  at: fc.option(instant, { nil: null }),
  delta: fc.option(fc.uniqueArray(delta, { maxLength: 3, selector: ({ path: name }) => name }), { nil: null }),
};

const brief = fc.record({
  createdAt: instant,
  mergedAt: fc.option(instant, { nil: null }),
  ownerNodeId: fc.nat(40).map((id) => `O_${id}`),
  elsewhere: fc.boolean(),
});
/** Pull requests as a burst within days, which independent dates hardly ever are. */
const burst = fc.nat(30).chain((start) =>
  fc.array(
    brief.map((each) => ({ ...each, createdAt: daysAgo(start), elsewhere: true })),
    { maxLength: 60 },
  ),
);
const briefs = fc.oneof(fc.array(brief, { maxLength: 30 }), burst);
const repository = fc.record({ createdAt: instant, pushedAt: fc.option(instant, { nil: null }), fork: fc.boolean() });

/** As a burst within days for the same reason; half of them alike. */
const publicText = fc
  .record({
    kind: fc.constantFrom(...TEXT_KINDS),
    at: fc.nat(40).map((days) => daysAgo(days)),
    ownerNodeId: fc.nat(9).map((id) => `O_${id}`),
    repositoryNodeId: fc.nat(9).map((id) => `R_${id}`),
    stars: fc.constantFrom(0, 5_000),
    more: fc.record(
      {
        insider: fc.constant(true as const),
        alike: fc.nat(1),
        marks: fc.subarray([...TEXT_MARKS]),
        contacts: fc.subarray([0, 1]),
        own: fc.array(fc.record({ repository: fc.nat(1), createdAt: instant, stars: fc.nat(6) }), { maxLength: 2 }),
        cites: fc.nat(5),
        outcome: fc.constantFrom(...OUTCOMES),
        closedAt: instant,
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ more, ...text }) => ({ ...text, ...more }));

const sections: { readonly [Name in keyof SectionTypes]: fc.Arbitrary<SectionTypes[Name]> } = {
  "change.files": fc.record({
    // GitHub lists a path once, and a commit.
    files: fc.uniqueArray(file, { maxLength: 5, selector: ({ path: name }) => name }),
    truncated: fc.boolean(),
  }),
  "change.commits": fc.record({
    commits: fc.uniqueArray(commit, { maxLength: 14, selector: ({ oid }) => oid }),
    totalCount: fc.nat(20),
    pullRequestCreatedAt: instant,
    opener: fc.record({ accountId: account, kind: fc.constantFrom("user" as const, "bot" as const, "ghost" as const) }),
    before: fc.record({
      approval: fc.option(fc.record(earlierHead), { nil: null }),
      rewritten: fc.option(
        fc.record({ ...earlierHead, kept: fc.array(fc.record({ oid: fc.constant("b"), committedAt: instant })) }),
        { nil: null },
      ),
      unread: fc.subarray(["approvals" as const, "pushes" as const]),
    }),
  }),
  "change.signatures": fc.record({
    authors: fc.array(
      fc.record({
        commits: fc.uniqueArray(
          fc.record({
            oid: fc.constantFrom(..."abcdefghijklmnop"),
            authoredAt: instant,
            committedAt: instant,
            signature: fc.constantFrom("none" as const, "invalid" as const, "expired" as const, "unchecked" as const),
            committedByOther: fc.boolean(),
          }),
          { maxLength: 4, selector: ({ oid }) => oid },
        ),
        earlier: fc.option(
          fc.record({
            commits: fc.nat(30),
            verified: fc.nat(30),
            inARow: fc.nat(30),
            since: fc.option(instant, { nil: null }),
          }),
          { nil: null },
        ),
      }),
      { maxLength: 3 },
    ),
    unshown: fc.nat(2),
  }),
  "change.thread": fc.record({
    pressing: fc.array(
      fc.record({
        priorActs: fc.option(fc.nat(6), { nil: null }),
        comments: fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 200 }).map((hours) => daysAgo(hours / 24)),
            link: fc.nat(9).map((number) => `https://github.com/o/r/pull/1#issuecomment-${number}`),
            pressesFor: fc.subarray([...PRESSED_FOR], { minLength: 1 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { maxLength: 6 },
    ),
    unread: fc.nat(2),
  }),
  "change.push": fc.record({
    byApp: fc.boolean(),
    earlier: fc.option(fc.record({ commits: fc.nat(20), byPullRequest: fc.nat(20) })),
  }),
  "change.texts": fc.record({
    texts: fc.array(
      fc.record({
        field: fc.constantFrom("branch" as const, "title" as const, "commit_subject" as const, "file_name" as const),
        text,
      }),
      { maxLength: 5 },
    ),
    complete: fc.boolean(),
    authorAssociation: fc.constantFrom("NONE", "MEMBER", "CONTRIBUTOR"),
  }),
  "account.profile": instant.map((createdAt) => ({ accountId: accountId(SUBJECT), createdAt })),
  "account.repositories": fc.record({
    ownedCount: fc.nat(80),
    forkCount: fc.nat(20),
    repositories: fc.array(repository, { maxLength: 20 }),
  }),
  "account.pullRequests": fc.record({
    totalCount: fc.nat(99),
    mergedCount: fc.nat(99),
    mergedElsewhereCount: fc.nat(99),
    recent: briefs,
    oldest: fc.array(brief, { maxLength: 5 }),
  }),
  "account.activity": fc.record({
    acts: fc.array(fc.record({ kind: fc.constantFrom("issue" as const, "comment" as const), at: instant }), {
      maxLength: 20,
    }),
    years: fc.array(
      fc.record({ from: instant, to: instant, contributions: fc.nat(3), commits: fc.nat(3), restricted: fc.nat(1) }),
      {
        maxLength: 6,
      },
    ),
    mayHaveHoles: fc.boolean(),
  }),
  "account.texts": fc.record({ texts: fc.array(publicText, { maxLength: 70 }) }),
  "account.keys": fc.record({
    keys: fc.array(
      fc.record({
        kind: fc.constantFrom("gpg" as const, "ssh_signing" as const),
        createdAt: fc.option(instant, { nil: null }),
      }),
      { maxLength: 3 },
    ),
  }),
  "account.snapshots": fc.record({
    snapshots: fc.array(fc.record({ at: instant, loginHash: fc.constantFrom("h1", "h2"), ownedCount: fc.nat(9) }), {
      maxLength: 3,
    }),
  }),
  "access.grant": fc.record({
    repositoryId: fc.constant(repositoryId(1)),
    role,
    previousRole: fc.option(role, { nil: null }),
    via: fc.constantFrom(...VIAS),
    grantedAt: instant,
    ssoLinked: fc.option(fc.boolean(), { nil: null }),
  }),
  "access.grants": fc.record(
    {
      grants: fc.array(fc.record({ repositoryId: fc.nat(9).map(repositoryId), role, via: fc.constantFrom(...VIAS) }), {
        maxLength: 6,
      }),
      owner: fc.boolean(),
      member: fc.boolean(),
      membersUnread: fc.constant(true as const),
      base: role,
    },
    { requiredKeys: ["grants", "owner", "member"] },
  ),
  "access.recordHere": recordHere,
  "access.lastGrant": fc.record({
    ...{ role, previousRole: fc.option(role, { nil: null }), grantedAt: instant, record: recordHere },
    ssoLinked: fc.option(fc.boolean(), { nil: null }),
  }),
  "access.referrals": fc.record({
    letIn: fc.array(fc.record({ accountId: fc.constantFrom(...[7, 101, 102].map(accountId)), at: instant }), {
      maxLength: 4,
    }),
  }),
  "access.lastActivity": fc.record(
    { lastActAt: fc.option(instant, { nil: null }), searchedSince: instant, actsUnseen: fc.constant(true as const) },
    { requiredKeys: ["lastActAt", "searchedSince"] },
  ),
  ...historySections,
  "code.matches": fc.record({
    repositories: fc.array(
      fc.record({
        ...{ repository: fc.nat(9), blobCount: fc.nat(200), matchedCount: fc.nat(90), pushedCount: fc.nat(90) },
        ...{ begunWithCount: fc.nat(40), published: fc.option(fc.boolean(), { nil: null }), refs: fc.constant([]) },
        paths: fc.array(fc.constant({ path: "src/a.ts", commit: "a1" }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    ...{ comparedCount: fc.nat(9), uncomparedCount: fc.nat(2), countedCount: fc.nat(90) },
  }),
  "intel.matches": fc.record({
    matches: fc.array(
      fc.record({
        by: fc.constantFrom("account" as const, "address" as const),
        source: fc.constantFrom("a team", "another team", "an open list"),
        origin: fc.constantFrom(null, "a team"),
        reference: fc.constantFrom(null, "https://example.com/a"),
        primary: fc.boolean(),
        sourced: fc.boolean(),
        at: instant,
        until: instant,
        confirmed: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  }),
  "intel.localList": fc.record({
    entries: fc.array(
      fc.record({
        disposition: fc.constantFrom("vouched" as const, "denounced" as const),
        reason: fc.constant("agreed"),
        byAccountId: fc.constant(accountId(815)),
        at: instant,
        until: instant,
      }),
      { maxLength: 3 },
    ),
  }),
};

/** Any dossier of a user, hostile texts and contradictory facts included; sections that are missing were not asked for. */
export const anyDossier: fc.Arbitrary<Dossier> = fc
  .record(sections, { requiredKeys: [] })
  .map((values) =>
    dossier(
      { asOf: NOW, subject: { accountId: accountId(SUBJECT), kind: "user" } },
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, present(value, NOW)])),
    ),
  );

export const put = <Name extends keyof SectionTypes>(
  base: Dossier,
  name: Name,
  value: SectionTypes[Name],
): Dossier => ({
  ...base,
  sections: { ...base.sections, [name]: present(value, NOW) },
});

/** A dossier with one benign fact more. */
export const asserted = {
  vouched(base: Dossier): Dossier {
    const list = base.sections["intel.localList"];
    const known = list.state === "present" ? list.value.entries : [];
    const vouch = {
      disposition: "vouched" as const,
      reason: "agreed",
      byAccountId: accountId(815),
      at: daysAgo(1),
      until: daysAgo(-1),
    };
    return put(base, "intel.localList", { entries: [...known, vouch] });
  },
  recordHere: (base: Dossier): Dossier =>
    put(base, "access.recordHere", record({ mergedCount: 9, mergerCount: 3, firstContactAt: daysAgo(900) })),
  signedOn(base: Dossier): Dossier {
    const made = base.sections["access.grant"];
    return put(base, "access.grant", { ...(made.state === "present" ? made.value : grant()), ssoLinked: true });
  },
};
