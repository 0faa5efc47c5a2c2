import { loosenedCloses } from "../../../src/access/reach/loosened-words.ts";
import { expect, test } from "../../support/jest.ts";
import {
  BY_MIKA,
  BY_WRITE,
  type Change,
  CLASSIC,
  classic,
  compared,
  keys,
  mika,
  organization,
  places,
  review,
  told,
} from "./guarded.ts";

const RENAMED = { repositories: [{ id: "10", name: "wallet", ...places, defaultBranch: "trunk" }] };
const RESTRICTED = { requiresPullRequest: false, restrictsPushes: true } as const;
const NO_BRANCHES = {
  protections: [{ repository: "10", pattern: "*", restrictsPushes: true, blocksCreations: true }],
} as const satisfies Change;

test.each<[string, Change, Change, readonly string[]]>([
  ["a protection is gone", classic(), {}, ['everybody who writes can push to main now: "main" is gone']],
  ["a ruleset is gone", review(), { rulesets: [] }, ['everybody who writes can push to main now: "review" is gone']],
  [
    "a ruleset is disabled",
    review(),
    review({ enforcement: "disabled" }),
    ['everybody who writes can push to main now: "review" is disabled'],
  ],
  [
    "a ruleset is set to evaluate",
    review(),
    review({ enforcement: "evaluate" }),
    ['everybody who writes can push to main now: "review" is only evaluated'],
  ],
  [
    "a ruleset leaves a repository out",
    review(),
    review({ repositories: [] }),
    ['everybody who writes can push to main now: "review" is not about it any more'],
  ],
  [
    "a branch is no longer matched",
    { ...review({ include: ["~ALL"] }), branches: [{ repository: "10", name: "release/1.x" }] },
    { ...review(), branches: [{ repository: "10", name: "release/1.x" }] },
    ['everybody who writes can push to release/1.x now: "review" is not about it any more'],
  ],
  [
    "fewer approvals",
    classic(),
    classic({ approvals: 1 }),
    ['pull requests into main need 1 approval, not 2: "main" asks for less'],
  ],
  [
    "no review is required any more",
    review(),
    review({ rules: [{ type: "pull_request", approvals: 0 }] }),
    ['everybody who writes can merge into main without anybody else\'s yes now: "review" asks for less'],
  ],
  [
    "no code owner",
    classic(),
    classic({ codeOwners: false }),
    ['pull requests into main need no code owner any more: "main" asks for less'],
  ],
  [
    "the last push needs nobody else's approval",
    classic(),
    classic({ lastPushApproval: false }),
    ['who pushed last to a pull request into main may approve it: "main" asks for less'],
  ],
  [
    "admins are not held to it",
    classic(),
    classic({ enforcedForAdmins: false }),
    ['everybody with admin or more can push to main now: "main" asks for less'],
  ],
  [
    "a new entry on a bypass list",
    review(),
    review({ bypass: [{ mode: "always", who: mika }] }),
    ['account 2 can push to main now: "review" makes an exception'],
  ],
  [
    "a new entry that passes reviews alone",
    review(),
    review({ bypass: [{ mode: "pull_request", who: { kind: "team", team: "core" } }] }),
    ['team core can merge into main without anybody else\'s yes now: "review" makes an exception'],
  ],
  [
    "an App on a bypass list",
    review(),
    review({ bypass: [{ mode: "always", who: { kind: "app", app: "octo-bot" } }] }),
    ['the App octo-bot can push to main now: "review" makes an exception'],
  ],
  [
    "deploy keys on a bypass list",
    review(),
    review({ bypass: [{ mode: "always", who: { kind: "deploy_key" } }] }),
    ['deploy keys that may write can push to main now: "review" makes an exception'],
  ],
  [
    "owners on a bypass list",
    review(),
    review({ bypass: [{ mode: "always", who: { kind: "organization_owner" } }] }),
    ['owners of the organisation can push to main now: "review" asks for less'],
  ],
  [
    "a role on a bypass list",
    review(),
    review({ bypass: [{ mode: "always", who: { kind: "role", role: "maintain" } }] }),
    ['everybody with maintain or more can push to main now: "review" asks for less'],
  ],
  [
    "one more may push where pushes are restricted",
    classic({ requiresPullRequest: false, restrictsPushes: true }),
    classic({ requiresPullRequest: false, restrictsPushes: true, pushAllowances: [mika] }),
    ['account 2 can push to main now: "main" makes an exception'],
  ],
  [
    "merges are not restricted any more",
    classic({ restrictsPushes: true }),
    classic(),
    ['everybody who writes can merge into main now: "main" asks for less'],
  ],
  [
    "a lock is taken off",
    classic({ locked: true }),
    classic(),
    ['everybody who writes can merge into main now: "main" asks for less'],
  ],
  [
    "branches can be made",
    review({ include: ["~ALL"], rules: [{ type: "creation" }] }),
    review({ include: ["~ALL"], rules: [] }),
    ['everybody who writes can make branches now: "review" asks for less'],
  ],
  [
    "branches of one kind can be made",
    review({ include: ["~ALL"], rules: [{ type: "creation" }] }),
    review({ include: ["~ALL"], exclude: ["refs/heads/users/*"], rules: [{ type: "creation" }] }),
    ['everybody who writes can make branches that fit users/* now: "review" is not about it any more'],
  ],
  [
    "release tags can be made",
    review({ target: "tag", include: ["~ALL"], rules: [{ type: "creation" }] }),
    { rulesets: [] },
    ['everybody who writes can make release tags now: "review" is gone'],
  ],
  [
    "workflows can be pushed",
    review({ target: "push", rules: [{ type: "file_path_restriction", paths: [".github/workflows/*"] }] }),
    review({ target: "push", rules: [] }),
    ['everybody who writes can push workflows of their own now: "review" asks for less'],
  ],
  [
    "a rule that everybody passes now still names somebody",
    review(),
    review({ rules: [], bypass: [BY_MIKA] }),
    ['everybody who writes can push to main now: "review" asks for less'],
  ],
  [
    "an App may push where pushes are restricted",
    classic(RESTRICTED),
    classic({ ...RESTRICTED, pushAllowances: [{ kind: "app", app: "octo-bot" }] }),
    ['the App octo-bot can push to main now: "main" makes an exception'],
  ],
  [
    "an App needs no pull request",
    classic({ enforcedForAdmins: false }),
    classic({ enforcedForAdmins: false, bypassPullRequestAllowances: [{ kind: "app", app: "octo-bot" }] }),
    ['the App octo-bot can push to main now: "main" makes an exception'],
  ],
  [
    "a pull request is asked for, and no approval",
    review(),
    review({ rules: [{ type: "pull_request" }] }),
    ['everybody who writes can merge into main without anybody else\'s yes now: "review" asks for less'],
  ],
  [
    "no approval, where a code owner must look all the same",
    classic(),
    classic({ approvals: 0, lastPushApproval: false }),
    ['pull requests into main need 0 approvals, not 2: "main" asks for less'],
  ],
  [
    "the default branch is another one, without a rule",
    classic(),
    { ...classic(), ...RENAMED },
    ['everybody who writes can push to trunk now: "main" is not about it any more'],
  ],
  [
    "another rule counts for the branch",
    classic({ pattern: "m*" }),
    {
      protections: [
        { ...CLASSIC, pattern: "m*" },
        { repository: "10", pattern: "main" },
      ],
    },
    ['everybody who writes can push to main now: "m*" is not about it any more'],
  ],
  [
    "branches of each kind can be made",
    { ...NO_BRANCHES, ...keys({ reviewers: true, branches: ["users/*"] }) },
    keys({ reviewers: true, branches: ["users/*"] }),
    [
      'everybody who writes can push to main now: "*" is gone',
      'everybody who writes can make branches now: "*" is gone',
    ],
  ],
  [
    "a rule of their own lets branches of one kind be made",
    NO_BRANCHES,
    { protections: [{ repository: "10", pattern: "users/*" }, ...NO_BRANCHES.protections] },
    ['everybody who writes can make branches that fit users/* now: "*" is not about it any more'],
  ],
  [
    "an environment lost its reviewers",
    keys(),
    keys({ reviewers: false }),
    ['a deployment needs nobody\'s yes any more: "release" asks for less'],
  ],
  [
    "an environment takes more branches",
    keys({ reviewers: false, branches: ["main"] }),
    keys({ reviewers: false, branches: "all" }),
    ['more branches may deploy and read the environment\'s secrets: "release" asks for less'],
  ],
])("guards loosened: %s", (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
  expect(told(after, before)).toEqual([]);
  expect(told(before, before)).toEqual([]);
  for (const each of compared(organization(before), organization(after)) ?? [])
    expect(loosenedCloses(each)).toMatch(/[a-z]{3}/);
});

const equal = { rules: [{ type: "pull_request", approvals: 2, codeOwners: true, lastPushApproval: true }] } as const;
test.each<[string, Change, Change]>([
  ["a ruleset took another name", review(), review({ name: "reviews of all" })],
  ["a ruleset is the organisation's no more, and asks for as much", review(), review({ level: "repository" })],
  ["a protection gave way to an equal ruleset", classic(), review(equal)],
  [
    "the default branch took another name, and so did its rule",
    classic(),
    { ...classic({ pattern: "trunk" }), ...RENAMED },
  ],
  ["the default branch took another name, and its rule follows it", review(), { ...review(), ...RENAMED }],
  ["one of two rules asks for less, the other for as much", { ...classic(), ...review() }, classic()],
  [
    "the last push needs nobody else's approval, where none is needed",
    review({ rules: [{ type: "pull_request", approvals: 0, lastPushApproval: true }] }),
    review({ rules: [{ type: "pull_request", approvals: 0 }] }),
  ],
  ["an evaluated ruleset is gone", review({ enforcement: "evaluate" }), { rulesets: [] }],
  ["a ruleset without a rule that stops anybody is gone", review({ rules: [] }), { rulesets: [] }],
  ["an environment is gone", keys(), { environments: [] }],
  ["an environment is new", { environments: [] }, keys({ reviewers: false })],
  ["a repository is new", { repositories: [] }, {}],
  ["who is named passed by a role before", review({ bypass: [BY_WRITE] }), review({ bypass: [BY_WRITE, BY_MIKA] })],
  [
    "branches that nobody listed before stand before the same rule",
    review({ include: ["~ALL"] }),
    { ...review({ include: ["~ALL"] }), branches: [{ repository: "10", name: "release/2.x" }] },
  ],
])("guards loosened: nothing when %s", (_, before, after) => {
  expect(told(before, after)).toEqual([]);
});

test("guards loosened: branches that come up without a rule, where one stood before any of them, are named", () => {
  const after = { ...review(), branches: [{ repository: "10", name: "release/2.x" }] };
  expect(told(review({ include: ["~ALL"] }), after)).toEqual([
    'everybody who writes can push to release/2.x now: "review" is not about it any more',
  ]);
});
