import type {
  ChangeCommit,
  ChangeCommits,
  ChangedFile,
  ChangeFiles,
  ChangeTexts,
  HunkLine,
} from "../../src/change/change.ts";
import { plusDays } from "../../src/clock.ts";
import type {
  AccountActivity,
  AccountProfile,
  AccountPullRequests,
  AccountRepositories,
  GrantEvent,
  GrantList,
  IntelMatches,
  LocalList,
  PullRequestBrief,
  RecordHere,
} from "../../src/dossier/facts.ts";
import type { AccountTexts, PublicText } from "../../src/dossier/public-texts.ts";
import { accountId, repositoryId } from "../../src/ids.ts";

/** The moment every vector looks from. */
export const NOW = "2026-06-01T12:00:00.000Z";
/** The account every vector is about. */
export const SUBJECT = 4711;

export const daysAgo = (days: number): string => plusDays(NOW, -days);

/** A file from lines in diff form: `+` added, `-` removed, anything else context. */
export function file(path: string, lines: readonly string[], more: Partial<ChangedFile> = {}): ChangedFile {
  let oldLine = 0;
  let newLine = 0;
  const parsed = lines.map((text): HunkLine => {
    if (text.startsWith("-")) return { kind: "removed", line: ++oldLine, text: text.slice(1) };
    if (text.startsWith("+")) return { kind: "added", line: ++newLine, text: text.slice(1) };
    oldLine += 1;
    return { kind: "context", line: ++newLine, text };
  });
  return {
    path,
    previousPath: null,
    status: lines.every((text) => text.startsWith("+")) ? "added" : "modified",
    additions: parsed.filter(({ kind }) => kind === "added").length,
    deletions: parsed.filter(({ kind }) => kind === "removed").length,
    hunks: [{ lines: parsed }],
    ...more,
  };
}

export const filesOf = (...files: readonly ChangedFile[]): ChangeFiles => ({ files, truncated: false });

/** New files, path to lines. */
export function changed(files: Readonly<Record<string, readonly string[]>>): ChangeFiles {
  return filesOf(
    ...Object.entries(files).map(([path, lines]) =>
      file(
        path,
        lines.map((text) => `+${text}`),
      ),
    ),
  );
}

/** An ordinary commit of the subject. */
export function commit(more: Partial<ChangeCommit> = {}): ChangeCommit {
  return {
    oid: "c0ffee",
    authoredAt: daysAgo(1),
    committedAt: daysAgo(1),
    parentOids: ["ba5e"],
    authorAccountId: SUBJECT,
    committerAccountId: SUBJECT,
    authorAccountIds: [SUBJECT],
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

/** Commits of a pull request that the subject opened. */
export function commits(...list: readonly ChangeCommit[]): ChangeCommits {
  return openedBy({ accountId: SUBJECT, kind: "user" }, ...list);
}

export function openedBy(opener: ChangeCommits["opener"], ...list: readonly ChangeCommit[]): ChangeCommits {
  return { commits: list, totalCount: list.length, pullRequestCreatedAt: daysAgo(1), opener };
}

export function texts(list: ChangeTexts["texts"], authorAssociation = "NONE"): ChangeTexts {
  return { texts: list, complete: true, authorAssociation };
}

export const profile = (ageDays: number): AccountProfile => ({
  accountId: accountId(SUBJECT),
  createdAt: daysAgo(ageDays),
});

/** Repositories made so many days ago, none of them forks. */
export function repositories(
  agesInDays: readonly number[],
  more: Partial<AccountRepositories> = {},
): AccountRepositories {
  return {
    ownedCount: agesInDays.length,
    forkCount: 0,
    repositories: agesInDays.map((days) => ({ createdAt: daysAgo(days), pushedAt: daysAgo(days), fork: false })),
    ...more,
  };
}

/** Pull requests to `ownerCount` other owners, one every `everyHours`, the newest `endDaysAgo` days ago. */
export function spread(ownerCount: number, everyHours: number, endDaysAgo = 0): readonly PullRequestBrief[] {
  return Array.from({ length: ownerCount }, (_, index) => ({
    createdAt: daysAgo(endDaysAgo + (index * everyHours) / 24),
    mergedAt: null,
    ownerNodeId: `O_${index}`,
    elsewhere: true,
  }));
}

export function pullRequests(
  recent: readonly PullRequestBrief[],
  oldest: readonly PullRequestBrief[] = [],
): AccountPullRequests {
  const merged = recent.filter(({ mergedAt }) => mergedAt !== null);
  return {
    totalCount: recent.length,
    mergedCount: merged.length,
    mergedElsewhereCount: merged.filter(({ elsewhere }) => elsewhere).length,
    recent,
    oldest,
  };
}

/** What the subject wrote elsewhere, from what matters of each text. */
export function wrote(list: readonly Partial<PublicText>[]): AccountTexts {
  const plain = {
    kind: "pull_request",
    at: daysAgo(1),
    ownerNodeId: "O_1",
    repositoryNodeId: "R_1",
    stars: 12,
  } as const;
  return { texts: list.map((text) => ({ ...plain, ...text })) };
}

/** So many texts of one form: the first an hour ago, one every `everyHours` before it, in turn to so many owners. */
export const texted = (
  count: number,
  {
    owners = count,
    everyHours = 3,
    ...more
  }: Partial<PublicText> & { readonly owners?: number; readonly everyHours?: number },
): readonly Partial<PublicText>[] =>
  Array.from({ length: count }, (_, index) => ({
    at: daysAgo((1 + index * everyHours) / 24),
    ownerNodeId: `O_${index % owners}`,
    repositoryNodeId: `R_${index % owners}`,
    ...more,
  }));

/** Issues so many days ago, in any order. */
export function activity(agesInDays: readonly number[], more: Partial<AccountActivity> = {}): AccountActivity {
  const acts = agesInDays.toSorted((a, b) => b - a).map((days) => ({ kind: "issue" as const, at: daysAgo(days) }));
  return { acts, years: [], mayHaveHoles: false, ...more };
}

export function grant(more: Partial<GrantEvent> = {}): GrantEvent {
  return {
    repositoryId: repositoryId(1),
    role: "write",
    previousRole: null,
    via: "direct",
    grantedAt: daysAgo(0),
    ssoLinked: null,
    ...more,
  };
}

export function record(more: Partial<RecordHere> = {}): RecordHere {
  return { mergedCount: 0, mergerCount: 0, firstContactAt: null, ...more };
}

export function grants(list: GrantList["grants"], more: Partial<GrantList> = {}): GrantList {
  return { grants: list, owner: false, member: true, ...more };
}

export function entry(
  disposition: LocalList["entries"][number]["disposition"],
  untilDays = 90,
): LocalList["entries"][number] {
  return { disposition, reason: "as agreed", byAccountId: accountId(815), at: daysAgo(10), until: daysAgo(-untilDays) };
}

/** What a list says of an account: a list of its own authors', with a reason, unless more is said. */
export const listed = (more: Partial<IntelMatches["matches"][number]> = {}): IntelMatches["matches"][number] => ({
  ...({ by: "account", source: "a team", origin: null, reference: null, primary: true, sourced: true } as const),
  ...{ at: daysAgo(30), until: daysAgo(-90), confirmed: false },
  ...more,
});
