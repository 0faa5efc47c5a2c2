import { type ForeignRequest, type OwnCommits, ownCommitSteps } from "../../history/people/ownership.ts";
import type { RecordedPush } from "../../history/people/receipts.ts";
import type { Table } from "../../history/read/table.ts";
import { instantOf, MAX_REFS } from "../../history/traces/evidence.ts";
import type { Credit } from "../../history/traces/scan.ts";
import type { AccountId } from "../../ids.ts";
import type { Steps } from "../../slices.ts";
import type { DossierGateway } from "../gateway.ts";
import { rowsOfOwnKeys } from "../own-keys.ts";
import { type CommitFacts, MOST_FACTS, type OwnedRepository } from "../scan-gateway.ts";
import type { Fetches, ReadRepository } from "./reading.ts";

/** The commits of the fetched histories that the account's own pushes brought. Pure. */
export const ownCommitsOf = ({ table, read }: Fetches, account: { readonly id: AccountId }): Steps<OwnCommits> =>
  ownCommitSteps(table, {
    pushes: read.flatMap((each) => pushesOf(each, account.id)),
    requests: read.flatMap((each, place) => foreignRequests(each, place, account.id)),
    answered: new Set(read.flatMap(({ requests }, place) => (requests.ok && requests.value.complete ? [place] : []))),
  });

const secondsOf = (at: string): number => Date.parse(at) / 1_000;
const NOTHING = /^0+$/;

function pushesOf({ repository, log }: ReadRepository, subject: AccountId): readonly RecordedPush[] {
  if (!log.ok) return [];
  const { pushes, complete } = log.value;
  const first = pushes.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))[0];
  // Before the default branch was made there was nothing, unless the log forgot something.
  const fromTheStart =
    complete && first !== undefined && first.branch === repository.defaultBranch && NOTHING.test(first.before);
  return pushes.map(({ at, actorId, merged, before, after }) => ({
    at: secondsOf(at),
    bySubject: actorId === subject && !merged,
    before,
    after,
    fromTheStart,
  }));
}

function foreignRequests(
  { requests }: ReadRepository,
  repository: number,
  subject: AccountId,
): readonly ForeignRequest[] {
  if (!requests.ok) return [];
  return requests.value.requests.flatMap(({ authorId, openedAt, commits, complete }) =>
    authorId === subject
      ? []
      : [
          {
            repository,
            openedAt: secondsOf(openedAt),
            commits: commits.map((commit) => ({
              ...commit,
              authoredAt: commit.authoredAt === null ? Number.NaN : secondsOf(commit.authoredAt),
            })),
            complete,
          },
        ],
  );
}

/** Addresses of one repository that GitHub is asked about. */
const MOST_ADDRESSES = 8;
/** Signatures that are verified: as many as id-signing-key-shared asks for, since more would need more questions. */
const SIGNATURES_OF_ONE = 3;

/**
 * What GitHub itself says of a few of the account's own commits: to whom it credits each address, and whether the
 * signatures of keys that several people used, and of those the account uses most, are good. At most 1 request a repository; what has no answer is unknown.
 */
export async function askAboutCommits(
  gateway: DossierGateway,
  { table }: OwnCommits,
  repositories: readonly OwnedRepository[],
): Promise<readonly CommitFacts[]> {
  const found: CommitFacts[] = [];
  const keys = [...signatures(table), ...rowsOfOwnKeys(table)];
  const asked = addresses(table);
  for (const [place, { owner, name }] of repositories.entries()) {
    const here = (rows: readonly number[]): readonly number[] => rows.filter((row) => table.repository[row] === place);
    const rows = [...new Set([...here(asked).slice(0, MOST_ADDRESSES), ...here(keys)])].slice(0, MOST_FACTS);
    if (rows.length === 0) continue;
    const answer = await gateway.commitFacts({ owner, name, oids: rows.map((row) => table.oid(row)) });
    if (answer.ok) for (const facts of answer.value) found.push(facts);
  }
  return found;
}

const NOREPLY_WITH_ID = /<\d+\+[^>]*@users\.noreply\.github\.com>$/i;
const addressIn = (person: string): string => person.slice(person.lastIndexOf("<")).toLowerCase();

/** The first commit of each address that does not name its account. */
function addresses({ author, people, rowCount }: Table): readonly number[] {
  const first = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const person = people[author[row] ?? 0] ?? "";
    if (!NOREPLY_WITH_ID.test(person) && !first.has(addressIn(person))) first.set(addressIn(person), row);
  }
  return [...first.values()];
}

/** The first two commits and the last of each committer under each key that several used: it fades from its last use. */
function signatures({ committer, key, rowCount }: Table): readonly number[] {
  const users = new Map<number, Map<number, number[]>>();
  for (let row = 0; row < rowCount; row++) {
    const used = key[row] ?? -1;
    if (used < 0) continue;
    const people = users.get(used) ?? new Map<number, number[]>();
    users.set(used, people);
    const rows = people.get(committer[row] ?? 0) ?? [];
    people.set(committer[row] ?? 0, rows);
    rows[Math.min(rows.length, SIGNATURES_OF_ONE - 1)] = row;
  }
  return [...users.values()].flatMap((people) => (people.size < 2 ? [] : [...people.values()].flat()));
}

/** The addresses that GitHub credits to the account, of those it was asked about; those that name it need no answer. */
export function creditedAddresses(
  { table }: OwnCommits,
  facts: readonly CommitFacts[],
  account: { readonly id: AccountId },
): readonly string[] {
  const credited = new Set(facts.flatMap(({ oid, authorId }) => (authorId === account.id ? [oid] : [])));
  const found = new Set<string>();
  for (let row = 0; row < table.rowCount; row++) {
    const address = addressIn(table.people[table.author[row] ?? 0] ?? "");
    if (credited.has(table.oid(row)) && !NOREPLY_WITH_ID.test(address)) found.add(address.slice(1, -1).trim());
  }
  return [...found];
}

/** GitHub's own committer, of buttons and of the editor on its pages. */
const WEB_COMMITTER = "<noreply@github.com>";

/** To whom GitHub credits the commits that the account pushed from machines of its own; merges are left out. */
export function creditOf({ table }: OwnCommits, facts: readonly CommitFacts[]): Credit {
  const answers = new Map(facts.map(({ oid, authorId }) => [oid, authorId]));
  const addressAt = (row: number): string => addressIn(table.people[table.author[row] ?? 0] ?? "");
  const credited = new Map<string, boolean>();
  for (let row = 0; row < table.rowCount; row++) {
    const authorId = answers.get(table.oid(row));
    if (authorId !== undefined) credited.set(addressAt(row), authorId !== null);
  }
  let [commitCount, unlinkedCount, unknownCount] = [0, 0, 0];
  const unlinked: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (table.read[row] !== 1 || (table.parentCount[row] ?? 0) > 1) continue;
    if (addressIn(table.people[table.committer[row] ?? 0] ?? "") === WEB_COMMITTER) continue;
    commitCount++;
    const linked = NOREPLY_WITH_ID.test(addressAt(row)) || credited.get(addressAt(row));
    if (linked === undefined) unknownCount++;
    if (linked !== false) continue;
    unlinkedCount++;
    if (unlinked.length < MAX_REFS) unlinked.push(row);
  }
  const refs = unlinked.map((row) => ({
    ...{ commit: table.oid(row), at: instantOf(table.authoredAt[row] ?? 0), attested: true },
  }));
  return { commitCount, unlinkedCount, unknownCount, refs };
}
