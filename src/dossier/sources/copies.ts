import type { OwnCommits } from "../../history/people/ownership.ts";
import type { Table } from "../../history/read/table.ts";
import { instantOf } from "../../history/traces/evidence.ts";
import type { Copy, ScanSummary } from "../../history/traces/scan.ts";
import type { AccountId } from "../../ids.ts";
import type { DossierGateway } from "../gateway.ts";
import type { OwnedRepository, TreeHolder } from "../scan-gateway.ts";

// Searches are thirty a minute for the whole installation. These limits say what they are spent on, so they stand here
// and not with whoever reads the copies: what one of them leaves out is not asked about.
const MOST_REPOSITORIES = 5;
/** A copy is this many equal snapshots in a row (SIGNALS.md, hist-author-rewrite-copy): the first other one ends it. */
const MIN_EQUAL_TREES = 5;
/** A snapshot that more owners hold is a template or a course. */
const MAX_OWNERS = 20;
/** Shorter histories are exercises. */
const MIN_COMMITS = 20;

/**
 * Older repositories of others with snapshots that the account pushed, whoever their commits name. One search for each
 * of at most five repositories, and for one that was found 1 request and four searches more. What cannot be asked is no
 * copy, and no statement that there is none.
 */
export async function findCopies(
  gateway: DossierGateway,
  {
    own: { table },
    repositories,
    account,
  }: {
    readonly own: OwnCommits;
    readonly repositories: readonly OwnedRepository[];
    readonly account: { readonly id: AccountId };
  },
): Promise<ScanSummary["copies"]> {
  const copies: Copy[] = [];
  let asked = 0;
  let answered = 0;
  for (const [place, repository] of repositories.entries()) {
    const rows = lastCommits(table, place);
    if (rows.length < MIN_COMMITS || repository.declaresOrigin || asked >= MOST_REPOSITORIES) continue;
    asked++;
    const sample = rows.slice(0, MIN_EQUAL_TREES);
    const holder = await olderHolder(gateway, { treeSha: table.tree(sample[0] ?? 0), repository, account });
    if (holder !== "unanswered") answered++;
    if (holder === "none" || holder === "unanswered") continue;
    const equal = await equalTrees(
      gateway,
      sample.slice(1).map((row) => table.tree(row)),
      holder,
    );
    if (equal + 1 < MIN_EQUAL_TREES) continue;
    copies.push({
      repository: repository.id,
      equalTreeCount: equal + 1,
      foreignRepository: holder.repositoryId,
      refs: sample.map((row) => ({
        commit: table.oid(row),
        at: instantOf(table.authoredAt[row] ?? 0),
        attested: true,
      })),
    });
  }
  return copies.length === 0 && (asked === 0 || answered < asked) ? null : copies;
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
    treeSha,
    repository,
    account,
  }: {
    readonly treeSha: string;
    readonly repository: OwnedRepository;
    readonly account: { readonly id: AccountId };
  },
): Promise<TreeHolder | "none" | "unanswered"> {
  const answer = await gateway.repositoriesWithTree({ treeSha });
  if (!answer.ok) return "unanswered";
  const others = answer.value.filter(({ ownerId, fork }) => ownerId !== account.id && !fork);
  if (new Set(others.map(({ ownerId }) => ownerId)).size > MAX_OWNERS) return "none";
  const [holder] = others;
  if (holder === undefined) return "none";
  const found = await gateway.repositoryAt(holder);
  if (!found.ok) return "unanswered";
  return found.value.createdAt < repository.createdAt ? holder : "none";
}

/** How many of the trees the same repository holds too. */
async function equalTrees(gateway: DossierGateway, trees: readonly string[], holder: TreeHolder): Promise<number> {
  let equal = 0;
  for (const treeSha of trees) {
    const answer = await gateway.repositoriesWithTree({ treeSha });
    if (!answer.ok || !answer.value.some(({ repositoryId }) => repositoryId === holder.repositoryId)) return equal;
    equal++;
  }
  return equal;
}
