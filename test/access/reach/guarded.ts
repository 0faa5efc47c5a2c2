import { effectiveAccess } from "../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { guardsLoosened } from "../../../src/access/reach/guards-loosened.ts";
import { loosenedWords } from "../../../src/access/reach/loosened-words.ts";
import type { Environment, Protection, Ruleset } from "../../../src/access/reach/rules-schema.ts";
import { atOnce } from "../../../src/slices.ts";
import { octoOrg, type Plain } from "../graphs.ts";

export type Change = Plain<Partial<AccessSnapshot>>;
export const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
export const CLASSIC: Plain<Protection> = {
  ...{ repository: "10", pattern: "main", requiresPullRequest: true, approvals: 2, codeOwners: true },
  ...{ lastPushApproval: true, enforcedForAdmins: true },
};
export const REVIEW: Plain<Ruleset> = {
  ...{ name: "review", level: "organization", repositories: "all", target: "branch", enforcement: "active" },
  ...{ include: ["~DEFAULT_BRANCH"], exclude: [], rules: [{ type: "pull_request", approvals: 1 }], bypass: [] },
};
export const KEYS: Plain<Environment> = { repository: "10", name: "release", reviewers: true, branches: "all" };

export const organization = (change: Plain<Partial<AccessSnapshot>>): AccessSnapshot =>
  octoOrg({
    repositories: [{ id: "10", name: "wallet", ...places }],
    grants: [],
    ...{ branches: [], protections: [], rulesets: [], environments: [], secrets: [], runners: [], teams: [] },
    ...change,
  });

export const NAMES = { account: (id: string) => `account ${id}` };
export const compared = (before: AccessSnapshot, after: AccessSnapshot) =>
  atOnce(guardsLoosened(effectiveAccess(before), effectiveAccess(after)));
export const told = (before: Plain<Partial<AccessSnapshot>>, after: Plain<Partial<AccessSnapshot>>) =>
  compared(organization(before), organization(after))?.map((each) => loosenedWords(each, NAMES));

export const classic = (change: Plain<Partial<Protection>> = {}) => ({ protections: [{ ...CLASSIC, ...change }] });
export const review = (change: Plain<Partial<Ruleset>> = {}) => ({ rulesets: [{ ...REVIEW, ...change }] });
export const keys = (change: Plain<Partial<Environment>> = {}) => ({ environments: [{ ...KEYS, ...change }] });
export const BY_WRITE = { mode: "always", who: { kind: "role", role: "write" } } as const;
export const BY_MIKA = { mode: "always", who: { kind: "account", account: "2" } } as const;
export const mika = { kind: "account", account: "2" } as const;
