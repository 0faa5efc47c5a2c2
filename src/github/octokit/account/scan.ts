import type { Fetched } from "../../../absence.ts";
import type { PushLog, ScanGateway } from "../../../dossier/scan-gateway.ts";
import { accountId, type InstallationId, type RepositoryAddress, repositoryId } from "../../../ids.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { term } from "../transport/search-terms.ts";
import { read, type Session } from "../transport/session.ts";

const NO_COMMIT = /^0+$/;

/** Pages of a hundred; who pushes more often than that is no sooner known. */
const MOST_PAGES = 5;
/** Both buttons: GitHub names whoever pressed one as the actor. */
const MERGES = new Set(["pr_merge", "merge_queue_merge"]);
const BRANCH = /^refs\/heads\//;

/** The newest five hundred entries of the repository's activity log, 1 request a hundred. */
export async function pushes(session: Session, { owner, name }: RepositoryAddress): ReturnType<ScanGateway["pushes"]> {
  const found: PushLog["pushes"][number][] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked: { owner: string; repo: string; per_page: number; after?: string } = {
      ...{ owner, repo: name, per_page: 100 },
      ...(after !== null && { after }),
    };
    const answer = await read(session, ENDPOINTS.activity, asked);
    if (!answer.ok) return answer;
    for (const { timestamp, activity_type: kind, ref, actor, before, after: head } of answer.value)
      found.push({
        at: timestamp,
        actorId: actor === null ? null : accountId(actor.id),
        branch: ref.replace(BRANCH, ""),
        merged: MERGES.has(kind),
        before,
        after: head,
      });
    after = nextCursor(String(answer.headers?.link ?? ""));
    if (after === null) break;
  }
  // A branch that was deleted brought nothing.
  return { ok: true, value: { pushes: found.filter((push) => !NO_COMMIT.test(push.after)), complete: after === null } };
}

/** The log has no page numbers: the link to its next page carries the place where this one ended. */
function nextCursor(links: string): string | null {
  const next = links.split(",").find((link) => link.includes('rel="next"'));
  const url = /<([^>]+)>/.exec(next ?? "")?.[1];
  return url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get("after") : null;
}

/** Enough to see whether a snapshot is rare: what thirty strangers hold is a template or a course. */
const MOST_HITS = 30;

/** Repositories that hold a snapshot, each once, 1 search request. */
export async function repositoriesWithTree(
  session: Session,
  { treeSha }: Parameters<ScanGateway["repositoriesWithTree"]>[0],
): ReturnType<ScanGateway["repositoriesWithTree"]> {
  const answer = await read(session, ENDPOINTS.searchCommits, { q: `tree:${term(treeSha)}`, per_page: MOST_HITS });
  if (!answer.ok) return answer;
  const holders = answer.value.items.map(
    ({ sha, author, commit, repository: { id, name, fork, private: isPrivate, owner } }) => ({
      repositoryId: repositoryId(id),
      ownerId: accountId(owner.id),
      owner: owner.login,
      name,
      fork,
      isPrivate,
      personal: owner.type === "User",
      commit: sha,
      author: {
        accountId: author ? accountId(author.id) : null,
        name: commit.author.name,
        address: commit.author.email.toLowerCase(),
      },
    }),
  );
  const first = new Map(holders.toReversed().map((one) => [one.repositoryId, one]));
  return {
    ok: true,
    value: {
      holders: holders.filter((one) => first.get(one.repositoryId) === one),
      complete: answer.value.total_count <= holders.length,
    },
  };
}

/** A token lives an hour; one that is handed out is good for half of it at least. */
const RENEW_MS = 1_800_000;

/**
 * Where git clones from, with a token that can do nothing but read: the installation's own can write check runs, and
 * this one leaves the process. Asked for once and shared by the clones of a job. The request goes the way of all
 * others, because octokit's `auth` does not mend a clock that is off.
 */
export function cloneAddresses(
  session: Session,
  { installationId, webUrl }: { readonly installationId: InstallationId; readonly webUrl: string },
): ScanGateway["cloneAddress"] {
  let minted: { readonly atMs: number; readonly answer: Promise<Fetched<{ readonly token: string }>> } | null = null;
  return async ({ owner, name }) => {
    const nowMs = Date.parse(session.clock.now());
    if (minted === null || nowMs - minted.atMs > RENEW_MS) {
      const wanted = { installation_id: installationId, permissions: { metadata: "read" } };
      minted = { atMs: nowMs, answer: read(session, ENDPOINTS.mintToken, wanted) };
    }
    const answer = await minted.answer;
    if (!answer.ok) return answer;
    const credentials = Buffer.from(`x-access-token:${answer.value.token}`).toString("base64");
    const path = [owner, name].map(encodeURIComponent).join("/");
    return { ok: true, value: { url: `${webUrl}/${path}.git`, authorization: `basic ${credentials}` } };
  };
}
