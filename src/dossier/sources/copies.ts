import { nameRelation } from "../../history/people/names.ts";
import type { OwnCommits } from "../../history/people/ownership.ts";
import { peopleOf } from "../../history/people/person.ts";
import type { Table } from "../../history/read/table.ts";
import { instantOf } from "../../history/traces/evidence.ts";
import type { Copy, ScanSummary, SharedSnapshot } from "../../history/traces/scan.ts";
import type { AccountId } from "../../ids.ts";
import type { DossierGateway } from "../gateway.ts";
import type { OwnedRepository, TreeHolder, TreeHolders } from "../scan-gateway.ts";
import { hadBefore } from "./had-before.ts";

// Searches are thirty a minute for the whole installation. These limits say what they are spent on, so they stand here
// and not with whoever reads the copies: what one of them leaves out is not asked about.
const MOST_REPOSITORIES = 5;
/** A copy is this many equal snapshots in a row (SIGNALS.md, hist-author-rewrite-copy): the first other one ends it. */
const MIN_EQUAL_TREES = 5;
/** A snapshot that more owners hold is a template or a course. */
const MAX_OWNERS = 20;
/** Shorter histories are exercises. */
const MIN_COMMITS = 20;

/** Repositories of others that are looked at for when they had a snapshot, and those of them whose log is read for it. */
const MOST_LOOKED_AT = 3;
const MOST_LOGS = 1;

interface About {
  readonly own: OwnCommits;
  readonly repositories: readonly OwnedRepository[];
  readonly account: { readonly id: AccountId };
}

/**
 * Older repositories of others with snapshots that the account pushed, whoever their commits name, and snapshots that
 * few other people hold. One search for each of at most five repositories and 3 requests where other people hold it
 * (11 where they went on with it), and for what may be a copy 1 to 9 requests and four searches more. What cannot be asked is no copy, and no statement that there is none.
 */
export async function findCopies(
  gateway: DossierGateway,
  { own: { table }, repositories, account }: About,
): Promise<Required<Pick<ScanSummary, "copies" | "shared">>> {
  const copies: Copy[] = [];
  const shared: SharedSnapshot[] = [];
  let asked = 0;
  let answered = 0;
  for (const [place, repository] of repositories.entries()) {
    const rows = lastCommits(table, place);
    if (rows.length < MIN_COMMITS || repository.declaresOrigin || asked >= MOST_REPOSITORIES) continue;
    asked++;
    const sample = rows.slice(0, MIN_EQUAL_TREES);
    const answer = await gateway.repositoriesWithTree({ treeSha: table.tree(sample[0] ?? 0) });
    if (!answer.ok) continue;
    const found = { table, repository, account, sample };
    shared.push(...(await sharedOf(gateway, answer.value, found)));
    const copy = await copyOf(gateway, answer.value, found);
    if (copy === "unanswered") continue;
    answered++;
    if (copy !== null) copies.push(copy);
  }
  const isUnknown = asked === 0 || answered < asked;
  return {
    copies: copies.length === 0 && isUnknown ? null : copies,
    shared: shared.length === 0 && isUnknown ? null : shared,
  };
}

interface Sampled {
  readonly table: Table;
  readonly repository: OwnedRepository;
  readonly account: { readonly id: AccountId };
  /** Rows in a row. */
  readonly sample: readonly number[];
}

/** The copy of a repository, if it is one. */
async function copyOf(
  gateway: DossierGateway,
  first: TreeHolders,
  { table, repository, account, sample }: Sampled,
): Promise<Copy | "unanswered" | null> {
  const treeSha = table.tree(sample[0] ?? 0);
  const holder = await olderHolder(gateway, { holders: first.holders, treeSha, repository, account });
  if (holder === "none") return null;
  if (holder === "unanswered") return holder;
  const holders = [holder, ...(await holdersOfSame(gateway, sample.slice(1), { table, holder }))];
  if (holders.length < MIN_EQUAL_TREES) return null;
  const others = holders.filter(({ author }, index) => isOther(author, { table, row: sample[index] ?? 0, account }));
  return {
    repository: repository.id,
    equalTreeCount: holders.length,
    reauthoredCount: others.length,
    foreignRepository: holder.repositoryId,
    refs: sample.map((row) => refOf(table, row)),
  };
}

const refOf = (table: Table, row: number): SharedSnapshot["ref"] => ({
  commit: table.oid(row),
  at: instantOf(table.authoredAt[row] ?? 0),
  attested: true,
});

/**
 * A snapshot that other people hold in repositories that are no forks. When GitHub made a repository says nothing of
 * when its content came: one that was old and empty could be filled afterwards. So only those count as earlier that are
 * shown to have had it before the account's repository was made. Repositories are numbered as they are made.
 */
async function sharedOf(
  gateway: DossierGateway,
  { holders, complete }: TreeHolders,
  { table, repository, account, sample }: Sampled,
): Promise<readonly SharedSnapshot[]> {
  const owners = new Set(holders.map(({ ownerId }) => ownerId));
  if (!complete || owners.size > MAX_OWNERS) return [];
  const people = holders.filter(({ ownerId, fork, personal }) => ownerId !== account.id && personal && !fork);
  if (people.length === 0) return [];
  const older = people.filter(({ repositoryId }) => repositoryId < repository.id);
  const earlierIds = new Set<AccountId>();
  const sought = { treeSha: table.tree(sample[0] ?? 0), moment: repository.createdAt };
  let logs = 0;
  for (const holder of older.toSorted((a, b) => a.repositoryId - b.repositoryId).slice(0, MOST_LOOKED_AT)) {
    const answer = await gateway.repositoryAt(holder);
    if (!answer.ok || answer.value.id !== holder.repositoryId) continue;
    const { pushedAt } = answer.value;
    const isQuiet = pushedAt !== null && pushedAt < sought.moment;
    if (!isQuiet && logs++ >= MOST_LOGS) continue;
    if ((await hadBefore(gateway, answer.value, sought)) === true) earlierIds.add(holder.ownerId);
  }
  return [
    {
      repository: repository.id,
      ownerCount: new Set(people.map(({ ownerId }) => ownerId)).size,
      earlierIds: [...earlierIds],
      ref: refOf(table, sample[0] ?? 0),
    },
  ];
}

/** Rows of a repository from two thirds of its length back: older than the last touches. */
function lastCommits(table: Table, place: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++)
    if (table.repository[row] === place && table.read[row] === 1 && (table.parentCount[row] ?? 0) < 2) rows.push(row);
  rows.sort((a, b) => (table.committedAt[b] ?? 0) - (table.committedAt[a] ?? 0));
  return rows.length < MIN_COMMITS
    ? []
    : [...rows.slice(Math.floor(rows.length / 3)), ...rows.slice(0, Math.floor(rows.length / 3))];
}

async function olderHolder(
  gateway: DossierGateway,
  {
    holders,
    treeSha,
    repository,
    account,
  }: {
    readonly holders: readonly TreeHolder[];
    readonly treeSha: string;
    readonly repository: OwnedRepository;
    readonly account: { readonly id: AccountId };
  },
): Promise<TreeHolder | "none" | "unanswered"> {
  const others = holders.filter(({ ownerId, fork }) => ownerId !== account.id && !fork);
  if (new Set(others.map(({ ownerId }) => ownerId)).size > MAX_OWNERS) return "none";
  const [holder] = others;
  if (holder === undefined) return "none";
  const found = await gateway.repositoryAt(holder);
  if (!found.ok) return "unanswered";
  if (found.value.createdAt >= repository.createdAt) return "none";
  const had = await hadBefore(gateway, found.value, { treeSha, moment: repository.createdAt });
  if (had === "unanswered") return had;
  return had ? holder : "none";
}

/** The same repository with each of the following snapshots, up to the first that it does not hold. */
async function holdersOfSame(
  gateway: DossierGateway,
  rows: readonly number[],
  { table, holder }: { readonly table: Table; readonly holder: TreeHolder },
): Promise<readonly TreeHolder[]> {
  const found: TreeHolder[] = [];
  for (const row of rows) {
    const answer = await gateway.repositoriesWithTree({ treeSha: table.tree(row) });
    const same = answer.ok && answer.value.holders.find(({ repositoryId }) => repositoryId === holder.repositoryId);
    if (!same) return found;
    found.push(same);
  }
  return found;
}

/**
 * True when the older commit is somebody else's than the one that the account pushed: neither the account itself, nor
 * an address or a name that stands on both. Names that cannot be compared are left to the accounts.
 */
function isOther(
  older: TreeHolder["author"],
  {
    table,
    row,
    account,
  }: { readonly table: Table; readonly row: number; readonly account: { readonly id: AccountId } },
): boolean {
  const [person] = peopleOf([table.people[table.author[row] ?? 0] ?? ""]);
  if (person === undefined || person.address === older.address || older.accountId === account.id) return false;
  const relation = nameRelation(person.name, older.name);
  return relation === "unrelated" || (relation === "unknown" && older.accountId !== null);
}
