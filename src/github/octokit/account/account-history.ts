import type { Fetched } from "../../../absence.ts";
import { plusDays } from "../../../clock.ts";
import type {
  AccountActivity,
  AccountPullRequests,
  AccountRepositories,
  PullRequestBrief,
} from "../../../dossier/facts.ts";
import type { AccountHistory } from "../../../dossier/gateway.ts";
import { accountId } from "../../../ids.ts";
import { inSlices } from "../../../slices.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { accountTerm } from "../transport/search-terms.ts";
import { type Queried, query, type Session } from "../transport/session.ts";
import { problemAt } from "../transport/translate.ts";
import { type Account, type Brief, type HistoryData, historyDataShape, type Year } from "./history-shapes.ts";
import { textSteps } from "./texts/account-texts.ts";

type Input = Parameters<InstallationGateway["accountHistory"]>[0];

/** GitHub cuts off queries that cost it too much; the same question with smaller windows may still be answered. */
const WINDOWS = [
  { repositories: 50, pullRequests: 100, sample: 50 },
  { repositories: 20, pullRequests: 30, sample: 10 },
];

/** Q2: what GitHub dates about one account; 1 request and 3 points, twice that when GitHub answered in part. */
export async function accountHistory(session: Session, input: Input): Promise<Fetched<AccountHistory>> {
  let best: Fetched<AccountHistory> = { ok: false, reason: "not_requested", retryAt: null };
  for (const windows of WINDOWS) {
    const answer = await query(session, "AuthorHistory", {
      schema: historyDataShape,
      variables: variablesOf(input, windows),
    });
    best = together(best, answer.ok ? { ok: true, value: await historyOf(answer.value, input) } : answer);
    if (!worthSmaller(best)) return best;
  }
  return best;
}

/** What the first answer said stands, with its larger windows; the second one fills its holes. */
function together(first: Fetched<AccountHistory>, second: Fetched<AccountHistory>): Fetched<AccountHistory> {
  if (!first.ok) return second;
  if (!second.ok) return first;
  const { value: a } = first;
  const { value: b } = second;
  return {
    ok: true,
    value: {
      profile: a.profile.ok ? a.profile : b.profile,
      repositories: a.repositories.ok ? a.repositories : b.repositories,
      pullRequests: a.pullRequests.ok ? a.pullRequests : b.pullRequests,
      activity: a.activity.ok ? a.activity : b.activity,
      texts: a.texts.ok ? a.texts : b.texts,
    },
  };
}

function variablesOf({ nodeId, login, now }: Input, windows: (typeof WINDOWS)[number]) {
  const [y0, y1, y2, y3] = [4, 3, 2, 1].map((years) => plusDays(now, -365 * years));
  const who = accountTerm(login);
  return {
    user: nodeId,
    qElsewhere: `author:${who} is:pr is:merged is:public -user:${who}`,
    y0,
    y1,
    y2,
    y3,
    now,
    ...windows,
  };
}

function worthSmaller(answer: Fetched<AccountHistory>): boolean {
  const parts = answer.ok ? Object.values(answer.value) : [answer];
  return parts.some((part) => !part.ok && ["incomplete", "timeout", "upstream_error"].includes(part.reason));
}

async function historyOf(answer: Queried<HistoryData>, account: Input): Promise<AccountHistory> {
  const { data, problems } = answer;
  const found: Partial<Account> = data.node ?? {};
  const parted = <T>(value: T | null, ...paths: (readonly string[])[]): Fetched<T> => {
    const reason = paths.map((path) => problemAt(problems, path)).find((problem) => problem !== null);
    if (reason === undefined && value !== null) return { ok: true, value };
    return { ok: false, reason: reason ?? (data.node === null ? "not_found" : "incomplete"), retryAt: null };
  };
  const pulls = [
    ["node", "prs"],
    ["node", "prsOldest"],
  ];
  const owned = [
    ["node", "owned"],
    ["node", "forks"],
  ];
  const issues = [
    ["node", "issues"],
    ["node", "issuesOldest"],
    ["node", "issueComments"],
  ];
  return {
    profile: parted(
      found.databaseId && found.createdAt
        ? { accountId: accountId(found.databaseId), createdAt: found.createdAt }
        : null,
      ["node", "databaseId"],
      ["node", "createdAt"],
    ),
    repositories: parted(repositoriesOf(found), ...owned),
    pullRequests: parted(
      pullRequestsOf(found, data.mergedElsewhere, account.nodeId),
      ...pulls,
      ["node", "prsMerged"],
      ["mergedElsewhere"],
    ),
    activity: parted(activityOf(found), ...pulls, ...owned, ...issues),
    texts: parted(
      found.written ? await inSlices(textSteps(found.written, account)) : null,
      ...[
        ["node", "prs"],
        ["node", "owned"],
        ["node", "issues"],
        ["node", "issueComments"],
      ],
    ),
  };
}

function repositoriesOf({ owned, forks }: Partial<Account>): AccountRepositories | null {
  if (!owned || !forks) return null;
  const all = [
    ...owned.nodes.map((one) => ({ ...one, fork: false })),
    ...forks.nodes.map((one) => ({ ...one, fork: true })),
  ];
  return {
    ownedCount: owned.totalCount + forks.totalCount,
    forkCount: forks.totalCount,
    repositories: all.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
  };
}

function pullRequestsOf(
  { prs, prsOldest, prsMerged }: Partial<Account>,
  elsewhere: HistoryData["mergedElsewhere"],
  nodeId: string,
): AccountPullRequests | null {
  if (!prs || !prsOldest || !prsMerged || !elsewhere) return null;
  const briefOf = ({ createdAt, mergedAt, repository }: Brief): PullRequestBrief => ({
    createdAt,
    mergedAt,
    ownerNodeId: repository.owner.id,
    elsewhere: repository.owner.id !== nodeId,
  });
  return {
    totalCount: prs.totalCount,
    mergedCount: prsMerged.totalCount,
    mergedElsewhereCount: elsewhere.issueCount,
    recent: prs.nodes.map(briefOf),
    oldest: prsOldest.nodes.map(briefOf),
  };
}

type Act = AccountActivity["acts"][number];

function activityOf(found: Partial<Account>): AccountActivity | null {
  const { prs, prsOldest, owned, forks, issues, issuesOldest, issueComments } = found;
  if (!prs || !prsOldest || !owned || !forks || !issues || !issuesOldest || !issueComments) return null;
  const acts = (kind: Act["kind"], nodes: readonly { readonly createdAt: string }[]): readonly Act[] =>
    nodes.map(({ createdAt }) => ({ kind, at: createdAt }));
  const all = [
    ...acts("pull_request", [...prs.nodes, ...prsOldest.nodes]),
    ...acts("issue", [...issues.nodes, ...issuesOldest.nodes]),
    ...acts("comment", issueComments.nodes),
    ...acts("repository", [...owned.nodes, ...forks.nodes]),
  ];
  return {
    acts: withoutRepeats(all).toSorted((a, b) => a.at.localeCompare(b.at)),
    years: [found.year0, found.year1, found.year2, found.year3].flatMap((one) => (one ? [yearOf(one)] : [])),
    mayHaveHoles: [prs, owned, forks, issues, issueComments].some(({ totalCount, nodes }) => totalCount > nodes.length),
  };
}

/** Recent and oldest windows overlap for small accounts. */
const withoutRepeats = (acts: readonly Act[]): readonly Act[] => [
  ...new Map(acts.map((act) => [`${act.kind} ${act.at}`, act])).values(),
];

const yearOf = (counted: Year): AccountActivity["years"][number] => ({
  from: counted.startedAt,
  to: counted.endedAt,
  contributions:
    counted.totalCommitContributions +
    counted.totalIssueContributions +
    counted.totalPullRequestContributions +
    counted.totalPullRequestReviewContributions +
    counted.totalRepositoryContributions,
  commits: counted.totalCommitContributions,
  restricted: counted.restrictedContributionsCount,
});
