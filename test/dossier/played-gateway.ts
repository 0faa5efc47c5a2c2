import type { Fetched, UnavailableReason } from "../../src/absence.ts";
import type { ChangeBefore, ChangeCommit } from "../../src/change/change.ts";
import type { KnownSections } from "../../src/dossier/collect.ts";
import { present } from "../../src/dossier/dossier.ts";
import type { AccountHistory, DossierGateway, PullRequestFacts } from "../../src/dossier/gateway.ts";
import type { EarlierLooks } from "../../src/dossier/sources/before.ts";
import { required } from "../../src/errors.ts";
import { accountId } from "../../src/ids.ts";

export const NOW = "2026-11-20T12:00:00.000Z";

export const yes = <T>(value: T): Fetched<T> => ({ ok: true, value });
export const no = (reason: UnavailableReason, retryAt: string | null = null): Fetched<never> => ({
  ...{ ok: false, reason, retryAt },
});

type Question = Exclude<keyof DossierGateway, "usage">;

/**
 * GitHub with these answers. `asked` lists the questions in their order; one without an answer here is a mistake of
 * whoever asks it. Each costs a request, or as many as `costs` says.
 */
export function playedGateway(
  answers: Partial<Pick<DossierGateway, Question>>,
  costs: Partial<Record<Question, number>> = {},
): { readonly gateway: DossierGateway; readonly asked: readonly Question[] } {
  const asked: Question[] = [];
  const usage = { requests: 0, points: 0 };
  const gateway = new Proxy(answers, {
    get(known, question: Question | "usage") {
      if (question === "usage") return usage;
      const answer = known[question];
      if (answer === undefined) throw new Error(`${question}: nobody should ask this`);
      asked.push(question);
      usage.requests += costs[question] ?? 1;
      usage.points += 1;
      return answer;
    },
  });
  return { gateway: gateway as DossierGateway, asked };
}

export function aCommit(more: Partial<ChangeCommit> = {}): ChangeCommit {
  return {
    oid: "a".repeat(40),
    authoredAt: NOW,
    committedAt: NOW,
    parentOids: [],
    authorAccountId: 12,
    committerAccountId: 12,
    authorAccountIds: [12],
    authoredByCommitter: true,
    committedViaWeb: false,
    claims: null,
    committerClaims: false,
    signature: "none",
    signedByGitHub: false,
    signerAccountId: null,
    ...more,
  };
}

/** A pull request of which nothing stood anywhere before. */
export const NOTHING_BEFORE: ChangeBefore = { approval: null, rewritten: null, unread: [] };
export const NO_LOOKS: EarlierLooks = { of: async () => null, toCompare: async () => null, lately: async () => null };

/** An ordinary pull request of the account 12. */
export function aPullRequest(more: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return {
    number: 7,
    state: "open",
    createdAt: NOW,
    updatedAt: NOW,
    headSha: "a".repeat(40),
    headBranch: "fix",
    title: "Fix",
    authorAssociation: "NONE",
    author: { id: accountId(12), nodeId: "U_12", login: "ada-example", kind: "user", createdAt: NOW },
    commits: [aCommit()],
    commitSubjects: ["Fix it"],
    authorNodeIds: new Map([[12, "U_12"]]),
    runningTexts: [],
    commitCount: 1,
    changedFileCount: 1,
    changedLineCount: 2,
    paths: ["from-q1.txt"],
    approvals: [],
    forcePushedAt: null,
    comments: [],
    openedHereCount: 1,
    mergesInOrganization: { mergedCount: 0, mergerCount: 0 },
    ...more,
  };
}

/** What Q2 says of the account 12, which has done nothing yet. */
export function anAccount(more: Partial<AccountHistory> = {}): Fetched<AccountHistory> {
  return yes({
    profile: yes({ accountId: accountId(12), createdAt: "2020-01-01T00:00:00.000Z" }),
    repositories: yes({ ownedCount: 0, forkCount: 0, repositories: [] }),
    pullRequests: yes({ totalCount: 0, mergedCount: 0, mergedElsewhereCount: 0, recent: [], oldest: [] }),
    activity: yes({ acts: [], years: [], mayHaveHoles: false }),
    texts: yes({ texts: [] }),
    ...more,
  });
}

const { profile, repositories, pullRequests, activity, texts } = required("account", anAccount());
/** All of it, from an earlier look. */
export const KNOWN: KnownSections = {
  "account.profile": present(required("profile", profile), NOW),
  "account.repositories": present(required("repositories", repositories), NOW),
  "account.pullRequests": present(required("pull requests", pullRequests), NOW),
  "account.activity": present(required("activity", activity), NOW),
  "account.texts": present(required("texts", texts), NOW),
};
