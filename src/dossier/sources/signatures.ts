import type { Authorship, ChangeSignatures, SigningHabit, UnverifiedCommit } from "../../change/signatures.ts";
import { type Instant, plusDays } from "../../clock.ts";
import type { RepositoryAddress } from "../../ids.ts";
import { type DossierGateway, MOST_SIGNERS } from "../gateway.ts";
import type { LookedHead } from "./before.ts";

/** How accounts signed here, by their numbers, as an earlier look has it. */
export interface KnownHabits {
  readonly at: Instant;
  readonly of: ReadonlyMap<number, SigningHabit>;
}

/** As long as other facts about an account. */
const HABITS_STAND_DAYS = 1;

/**
 * What an earlier look in the same repository says of how accounts sign here, while it stands. Its age is that of the
 * answer, however many looks passed it on.
 */
export function habitsIn(look: LookedHead | null, asOf: Instant): KnownHabits | null {
  const signatures = look?.dossier.sections["change.signatures"];
  const shown = look?.dossier.sections["change.commits"];
  if (signatures?.state !== "present" || shown?.state !== "present") return null;
  if (signatures.asOf <= plusDays(asOf, -HABITS_STAND_DAYS)) return null;
  const named = new Map(shown.value.commits.map(({ oid, authorAccountId }) => [oid, authorAccountId]));
  const of = new Map<number, SigningHabit>();
  for (const { commits, earlier } of signatures.value.authors) {
    const account = named.get(commits[0]?.oid ?? "") ?? null;
    if (account !== null && earlier !== null) of.set(account, earlier);
  }
  return of.size === 0 ? null : { at: signatures.asOf, of };
}

/**
 * Commits of a change that nobody's key vouches for, with how the accounts that they name signed here before. Cost: 1
 * request where there is such a commit, by an account that may have committed here and of which no look of the last day
 * says how it signs; else nothing.
 */
export async function changeSignatures(
  gateway: Pick<DossierGateway, "signedBefore">,
  {
    repository,
    before,
    commits,
    commitCount,
    nodeIds,
    newcomer,
    known = async () => null,
  }: {
    readonly repository: RepositoryAddress;
    /** Where what was there before the change begins: a commit or a branch; null for the default branch. */
    readonly before: string | null;
    /** Oldest first. */
    readonly commits: readonly Authorship[];
    /** How many there are. */
    readonly commitCount: number;
    /** By account number. */
    readonly nodeIds: ReadonlyMap<number, string>;
    /** An account of which GitHub has just said that it never committed here; null for none. */
    readonly newcomer: number | null;
    /** What an earlier look says; read only where GitHub would be asked. */
    readonly known?: () => Promise<KnownHabits | null>;
  },
): Promise<ChangeSignatures> {
  const named = Map.groupBy(commits.toReversed().filter(isUnverified), ({ authorAccountId }) => authorAccountId);
  const askable = [...named.keys()].filter(
    (account): account is number => account !== null && account !== newcomer && nodeIds.has(account),
  );
  const kept = askable.length === 0 ? null : await known();
  const asked = askable.filter((account) => !kept?.of.has(account)).slice(0, MOST_SIGNERS);
  const accounts = asked.flatMap((account) => nodeIds.get(account) ?? []);
  const answer = accounts.length === 0 ? null : await gateway.signedBefore({ repository, before, accounts });
  const habit = (account: number | null): SigningHabit | null => {
    if (account === newcomer) return NO_HABIT;
    const before = kept?.of.get(account ?? 0);
    if (before !== undefined) return before;
    const found = answer?.ok ? answer.value.get(nodeIds.get(account ?? 0) ?? "") : undefined;
    return found && account !== null ? habitOf(found, account) : null;
  };
  return {
    authors: [...named].map(([account, theirs]) => ({ commits: theirs.flatMap(unverified), earlier: habit(account) })),
    unshown: Math.max(0, commitCount - commits.length),
  };
}

const NO_HABIT: SigningHabit = { commits: 0, verified: 0, inARow: 0, since: null };

/**
 * True of a commit that names an account as its author, and as far as it says as its committer, and that no key
 * verifies. One that another account openly committed is a replay, a merge carries no work of its own, and automations
 * sign for themselves or not at all.
 */
const isUnverified = (commit: Authorship): boolean =>
  commit.authorAccountId !== null && isOneHand(commit) && unverified(commit).length > 0;

function unverified({
  oid,
  authoredAt,
  committedAt,
  signature,
  authoredByCommitter,
  ...commit
}: Authorship): readonly UnverifiedCommit[] {
  if (signature === "valid") return [];
  const committedByOther = commit.committerAccountId === null && !authoredByCommitter && commit.claims === null;
  return [{ oid, authoredAt, committedAt, signature, committedByOther }];
}

/** A commit that says it is GitHub's web interface's is one only where GitHub signed it. */
const isOneHand = ({ parentOids, claims, authorAccountId, committerAccountId }: Authorship): boolean =>
  parentOids.length < 2 &&
  (claims === "web-flow" ||
    (claims === null && (committerAccountId === null || committerAccountId === authorAccountId)));

/** What the account itself committed, newest first. */
function habitOf(history: readonly Authorship[], account: number): SigningHabit {
  const own = history.filter((commit) => commit.authorAccountId === account && isOwn(commit));
  const isVerified = ({ signature, signerAccountId }: Authorship): boolean =>
    signature === "valid" && signerAccountId === account;
  const firstOther = own.findIndex((commit) => !isVerified(commit));
  const row = firstOther === -1 ? own : own.slice(0, firstOther);
  return {
    commits: own.length,
    verified: own.filter(isVerified).length,
    inARow: row.length,
    since: row.at(-1)?.committedAt ?? null,
  };
}

/** What a key that has expired meanwhile says, and what GitHub could not look at, is neither the one nor the other. */
const isOwn = (commit: Authorship): boolean =>
  isOneHand(commit) &&
  commit.claims === null &&
  !commit.signedByGitHub &&
  (commit.committerAccountId !== null || commit.authoredByCommitter) &&
  commit.signature !== "expired" &&
  commit.signature !== "unchecked";
