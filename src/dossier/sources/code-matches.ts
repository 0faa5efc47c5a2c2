import type { BroughtBlob, CodeInClone, CodeInRepository, CodeMatches } from "../../change/code-index/found.ts";
import type { OwnCommits } from "../../history/people/ownership.ts";
import { instantOf, MAX_REFS } from "../../history/traces/evidence.ts";
import type { ScanSummary } from "../../history/traces/scan.ts";
import type { AccountId } from "../../ids.ts";
import type { DossierGateway } from "../gateway.ts";
import type { ReadRepository } from "./reading.ts";

/** Paths that are kept over all repositories. */
const MOST_PATHS = 20;
/** Repositories of which it is asked whether the organisation has them public itself; 1 search each. */
const MOST_ASKED = 3;

interface Asked {
  /** Of which only commits that the account's own pushes brought are there. */
  readonly own: OwnCommits;
  readonly read: readonly ReadRepository[];
  /** Those of `read`, in its order; null where it could not be compared. */
  readonly code: readonly (CodeInClone | null)[];
  readonly summaries: ScanSummary["repositories"];
  readonly account: { readonly id: AccountId };
  /** Whose code it is. */
  readonly organization: { readonly id: AccountId };
}

/**
 * What of the organisation's code the account itself brought into its public repositories. What others pushed, or sent as
 * pull requests, is not its doing; a template that both sides began with is nobody's; and what the organisation has
 * public itself was published by itself. At most 3 searches, none where nothing was found.
 */
export async function codeMatchesOf(gateway: DossierGateway, asked: Asked): Promise<CodeMatches> {
  const { own, read, code } = asked;
  const rowOf = rowsByOid(own, code);
  const found = read.flatMap((each, place) => {
    const inClone = code[place];
    if (!inClone || inClone.matched.length === 0) return [];
    const pushed = inClone.matched.filter((blob) => isPushed(blob, { own, rowOf, account: asked.account, ...each }));
    return [{ each, inClone, pushed, counted: pushed.filter((blob) => !isBegunWith(blob)) }];
  });
  found.sort((a, b) => b.counted.length - a.counted.length || a.each.repository.id - b.each.repository.id);
  const distinct = new Set<string>();
  const repositories: CodeInRepository[] = [];
  let searches = 0;
  let paths = MOST_PATHS;
  for (const { each, inClone, pushed, counted } of found) {
    const tree = treeOf(own, rowOf, counted);
    const published =
      tree === null ? false : searches++ < MOST_ASKED ? await hasPublic(gateway, tree, asked.organization.id) : null;
    if (published === false) for (const { oid } of counted) distinct.add(oid);
    const shown = counted.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path))).slice(0, paths);
    paths -= shown.length;
    repositories.push({
      repository: each.repository.id,
      blobCount: inClone.blobCount,
      matchedCount: inClone.matched.length,
      pushedCount: pushed.length,
      begunWithCount: pushed.length - counted.length,
      published,
      refs: byCommit(counted)
        .slice(0, MAX_REFS)
        .map(([commit]) => ({ commit, at: instantOf(secondsOf(own, rowOf, commit)), attested: true })),
      paths: shown.map(({ path, commit }) => ({ path, commit })),
    });
  }
  const comparedCount = code.filter((one) => one !== null).length;
  return {
    repositories,
    comparedCount,
    uncomparedCount: asked.summaries.filter(({ because }) => because !== "empty").length - comparedCount,
    countedCount: distinct.size,
  };
}

/** Rows of the commits that brought anything; only those that are the account's own have one. */
function rowsByOid({ table }: OwnCommits, code: Asked["code"]): ReadonlyMap<string, number> {
  const wanted = new Set(code.flatMap((each) => each?.matched.map(({ commit }) => commit) ?? []));
  const rows = new Map<string, number>();
  if (wanted.size === 0) return rows;
  for (let row = 0; row < table.rowCount; row++) if (wanted.has(table.oid(row))) rows.set(table.oid(row), row);
  return rows;
}

/**
 * A merge brings what stands on the branches that it joins, and whose those are nobody recorded: it counts while nobody
 * else had pushed here, or opened a pull request.
 */
function isPushed(
  { commit, parentCount }: BroughtBlob,
  {
    own,
    rowOf,
    log,
    requests,
    account: { id },
  }: Pick<Asked, "own" | "account"> & ReadRepository & { readonly rowOf: ReadonlyMap<string, number> },
): boolean {
  const row = rowOf.get(commit);
  if (row === undefined) return false;
  if (parentCount < 2) return true;
  if (!log.ok || !requests.ok || !log.value.complete || !requests.value.complete) return false;
  const ofOthers = [
    ...log.value.pushes.filter(({ actorId, merged }) => actorId !== id || merged).map(({ at }) => at),
    ...requests.value.requests.filter(({ authorId }) => authorId !== id).map(({ openedAt }) => openedAt),
  ];
  const receivedAt = own.receivedAt[row] ?? Number.NaN;
  return ofOthers.every((at) => Date.parse(at) / 1_000 > receivedAt);
}

const isBegunWith = ({ atFirst, parentCount }: BroughtBlob): boolean => atFirst && parentCount === 0;

/** Commits with how many of the contents each brought, most first. */
function byCommit(blobs: readonly BroughtBlob[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { commit } of blobs) counts.set(commit, (counts.get(commit) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** The snapshot of the commit that brought most; null for none. */
function treeOf(
  { table }: OwnCommits,
  rowOf: ReadonlyMap<string, number>,
  blobs: readonly BroughtBlob[],
): string | null {
  const row = rowOf.get(byCommit(blobs)[0]?.[0] ?? "");
  return row === undefined ? null : table.tree(row);
}

const secondsOf = ({ table }: OwnCommits, rowOf: ReadonlyMap<string, number>, commit: string): number =>
  table.authoredAt[rowOf.get(commit) ?? -1] ?? 0;

/** Its private repositories hold the snapshot, too, and an App that may read their contents is shown them. */
async function hasPublic(gateway: DossierGateway, treeSha: string, owner: AccountId): Promise<boolean | null> {
  const answer = await gateway.repositoriesWithTree({ treeSha });
  if (!answer.ok) return null;
  const { holders, complete } = answer.value;
  return holders.some(({ ownerId, isPrivate }) => ownerId === owner && !isPrivate) || (complete ? false : null);
}
