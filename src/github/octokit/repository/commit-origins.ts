import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import { type CommitFacts, MOST_FACTS, type RequestLog, type ScanGateway } from "../../../dossier/scan-gateway.ts";
import { accountId } from "../../../ids.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

/** Pages of fifty pull requests. */
const MOST_PAGES = 4;

/** Whoever opened the request wrote the date: one that is none takes nothing else away. */
const held = z.object({ oid: z.string(), authoredDate: instant.nullable().catch(null) });
const request = z.object({
  createdAt: instant,
  author: z.object({ databaseId: integer.nullish() }).nullable(),
  commits: z.object({ totalCount: integer, nodes: nodesOf(z.object({ commit: held })) }),
  mergeCommit: held.nullish(),
  timelineItems: z.object({ totalCount: integer, nodes: nodesOf(z.object({ beforeCommit: held.nullish() })) }),
});
const page = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(request.nullable()),
});
const requestsShape = z.object({ repository: z.object({ pullRequests: page.nullish() }).nullish() });

/** The newest two hundred pull requests with what they hold, 1 request and 1 point for fifty. */
export async function pullRequestCommits(
  session: Session,
  { owner, name }: Parameters<ScanGateway["pullRequestCommits"]>[0],
): ReturnType<ScanGateway["pullRequestCommits"]> {
  const requests: RequestLog["requests"][number][] = [];
  let cursor: string | null = null;
  let hidden = false;
  for (let asked = 0; asked < MOST_PAGES; asked++) {
    const answer = await requestPage(session, { owner, name, cursor });
    if (!answer.ok) return answer;
    const { nodes, pageInfo } = answer.value;
    hidden ||= nodes.includes(null);
    requests.push(...nodes.flatMap((node) => (node === null ? [] : [requestOf(node)])));
    if (!pageInfo.hasNextPage) return { ok: true, value: { requests, complete: !hidden } };
    cursor = pageInfo.endCursor ?? null;
  }
  return { ok: true, value: { requests, complete: false } };
}

async function requestPage(
  session: Session,
  variables: { readonly owner: string; readonly name: string; readonly cursor: string | null },
): Promise<Fetched<z.infer<typeof page>>> {
  const answer = await query(session, "PullRequestCommits", { schema: requestsShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.repository?.pullRequests;
  const problem = problemAt(problems, ["repository"]) ?? (found ? null : "not_found");
  return found && problem === null
    ? { ok: true, value: found }
    : missing(session, "PullRequestCommits", problem ?? "incomplete");
}

function requestOf({
  createdAt,
  author,
  commits,
  mergeCommit,
  timelineItems,
}: z.infer<typeof request>): RequestLog["requests"][number] {
  const isWhole = commits.totalCount <= commits.nodes.length;
  const listed = commits.nodes.map(({ commit }, index) => heldCommit(commit, index === 0 && !isWhole));
  const thrown = timelineItems.nodes.flatMap(({ beforeCommit }) =>
    beforeCommit ? [heldCommit(beforeCommit, true)] : [],
  );
  return {
    authorId: author?.databaseId == null ? null : accountId(author.databaseId),
    openedAt: createdAt,
    commits: [...listed, ...thrown, ...(mergeCommit ? [heldCommit(mergeCommit, false)] : [])],
    complete: timelineItems.totalCount <= timelineItems.nodes.length,
  };
}

const heldCommit = (
  { oid, authoredDate }: z.infer<typeof held>,
  beneath: boolean,
): RequestLog["requests"][number]["commits"][number] => ({ oid, authoredAt: authoredDate, beneath });

const facts = z.object({
  oid: z.string(),
  author: z.object({ user: z.object({ databaseId: integer }).nullish() }).nullish(),
  signature: z
    .object({
      isValid: z.boolean(),
      wasSignedByGitHub: z.boolean(),
      signer: z.object({ databaseId: integer.nullish() }).nullish(),
      keyId: z.string().nullish(),
      keyFingerprint: z.string().nullish(),
    })
    .nullish(),
});
const factsShape = z.object({ repository: z.record(z.string(), facts.nullish().catch(null)).nullish() });

/** What GitHub says of at most `MOST_FACTS` commits, 1 request and 1 point. */
export async function commitFacts(
  session: Session,
  { owner, name, oids }: Parameters<ScanGateway["commitFacts"]>[0],
): ReturnType<ScanGateway["commitFacts"]> {
  const [first] = oids;
  if (first === undefined) return { ok: true, value: [] };
  const places = Array.from({ length: MOST_FACTS }, (_, index) => [`c${index}`, oids[index] ?? first]);
  const variables = { owner, name, ...Object.fromEntries(places) };
  const answer = await query(session, "CommitFacts", { schema: factsShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  if (!data.repository) return missing(session, "CommitFacts", problemAt(problems, ["repository"]) ?? "not_found");
  const known = new Map(Object.values(data.repository).flatMap((one) => (one ? [[one.oid, factOf(one)]] : [])));
  return { ok: true, value: [...known.values()] };
}

function factOf({ oid, author, signature }: z.infer<typeof facts>): CommitFacts {
  const authorId = author?.user == null ? null : accountId(author.user.databaseId);
  if (signature?.isValid !== true || signature.wasSignedByGitHub)
    return { oid, authorId, verified: false, signedBy: null };
  const { signer, keyId, keyFingerprint } = signature;
  const key = keyId ? `openpgp:${keyId}` : keyFingerprint ? `ssh:${keyFingerprint}` : null;
  const signedBy = key && signer?.databaseId ? { accountId: accountId(signer.databaseId), key } : null;
  return { oid, authorId, verified: true, signedBy };
}
