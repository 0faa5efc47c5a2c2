import { accountId, type InstallationId, repositoryId } from "../../ids.ts";
import type { Fetched, RepositoryAddress } from "../gateway.ts";
import type { ScanGateway } from "../scan-gateway.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { term } from "./search-terms.ts";
import { read, type Session } from "./session.ts";

const NO_COMMIT = /^0+$/;

/** The newest hundred pushes of the repository's activity log, 1 request. */
export async function pushes(session: Session, { owner, name }: RepositoryAddress): ReturnType<ScanGateway["pushes"]> {
  const answer = await read(session, ENDPOINTS.activity, { owner, repo: name, per_page: 100 });
  if (!answer.ok) return answer;
  const found = answer.value.map(({ timestamp, actor, before, after }) => ({
    at: timestamp,
    actorId: actor === null ? null : accountId(actor.id),
    before,
    after,
  }));
  const complete = !/rel="next"/.test(String(answer.headers?.link ?? ""));
  // A branch that was deleted brought nothing.
  return { ok: true, value: { pushes: found.filter(({ after }) => !NO_COMMIT.test(after)), complete } };
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
  const holders = answer.value.items.map(({ sha, repository: { id, name, fork, owner } }) => ({
    repositoryId: repositoryId(id),
    ownerId: accountId(owner.id),
    owner: owner.login,
    name,
    fork,
    commit: sha,
  }));
  const first = new Map(holders.toReversed().map((one) => [one.repositoryId, one]));
  return { ok: true, value: holders.filter((one) => first.get(one.repositoryId) === one) };
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
