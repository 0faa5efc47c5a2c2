import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import { accountId, repositoryId } from "../../../ids.ts";
import type { PullRequestRef, RepositoryRef } from "../../../job/job.ts";
import type { ClosedPullRequest, Listed, ListingGateway } from "../../listing-gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { missing, query, read, type Session } from "../transport/session.ts";
import { instant, integer, nodesOf, pageInfo } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";
import { authorOf, head } from "./repository.ts";
import { commentNode, spoken } from "./thread-comments.ts";

/** The lists of `ListingGateway` over one octokit client. */
export const listings = (session: Session): ListingGateway => ({
  coveredRepositories: (page) => coveredRepositories(session, page),
  pullRequestsOf: (repositories) => pullRequestsOf(session, repositories),
  moreOpen: (repository, after) => morePullRequests(session, { repository, states: ["OPEN"], after }),
  threadsOf: (pullRequests) => threadsOf(session, pullRequests),
  moreClosed: (repository, after) => morePullRequests(session, { repository, states: ["CLOSED", "MERGED"], after }),
});

const REPOSITORIES_PER_PAGE = 100;

async function coveredRepositories(session: Session, page: number): Promise<Fetched<Listed<RepositoryRef>>> {
  const answer = await read(session, ENDPOINTS.coveredRepositories, { per_page: REPOSITORIES_PER_PAGE, page });
  if (!answer.ok) return answer;
  const { repositories } = answer.value;
  // Nothing can be opened, pushed or reported in an archived one.
  const active = repositories.filter(({ archived }) => !archived);
  const items = active.map(({ id, node_id: nodeId, full_name: fullName, owner }) => {
    const name = fullName.slice(fullName.indexOf("/") + 1);
    return {
      ...{ id: repositoryId(id), nodeId, name },
      ...{ owner: owner.login, ownerId: accountId(owner.id), ownerType: owner.type },
    };
  });
  const next = repositories.length < REPOSITORIES_PER_PAGE ? null : String(page + 1);
  return { ok: true, value: { items, next } };
}

const listed = <T>(item: z.ZodType<T>) => z.object({ pageInfo, nodes: nodesOf(item) });
const closed = z.object({ number: integer, updatedAt: instant });
const part = z.object({
  id: z.string(),
  open: listed(head).extend({ totalCount: integer }),
  closed: listed(closed),
});
const partsShape = z.object({ nodes: z.array(part.nullable().catch(null)) });

async function pullRequestsOf(
  session: Session,
  repositories: readonly string[],
): ReturnType<ListingGateway["pullRequestsOf"]> {
  const answer = await query(session, "OpenPullRequests", { schema: partsShape, variables: { repositories } });
  if (!answer.ok) return answer;
  const parts = answer.value.data.nodes.filter((found) => found !== null);
  const lists = parts.map((found) => {
    const open = { items: found.open.nodes.map(refOf), next: nextOf(found.open) };
    const closedLast = { items: found.closed.nodes, next: nextOf(found.closed) };
    return [found.id, { openCount: found.open.totalCount, open, closed: closedLast }] as const;
  });
  return { ok: true, value: new Map(lists) };
}

const moreShape = z.object({ node: z.object({ pullRequests: listed(head).nullish() }).nullish() });

async function morePullRequests(
  session: Session,
  variables: { readonly repository: string; readonly states: readonly string[]; readonly after: string },
): Promise<Fetched<Listed<PullRequestRef & ClosedPullRequest>>> {
  const answer = await query(session, "MorePullRequests", { schema: moreShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.node?.pullRequests;
  if (found) return { ok: true, value: { items: found.nodes.map(refOf), next: nextOf(found) } };
  return missing(session, "MorePullRequests", problemAt(problems, ["node", "pullRequests"]) ?? "not_found");
}

const threadsShape = z.object({
  nodes: z.array(
    z
      .object({ id: z.string(), comments: z.object({ nodes: z.array(commentNode) }) })
      .nullable()
      .catch(null),
  ),
});

async function threadsOf(session: Session, pullRequests: readonly string[]): ReturnType<ListingGateway["threadsOf"]> {
  const answer = await query(session, "OpenThreads", { schema: threadsShape, variables: { pullRequests } });
  if (!answer.ok) return answer;
  const threads = answer.value.data.nodes.flatMap((found) =>
    found === null ? [] : [[found.id, found.comments.nodes.map(spoken)] as const],
  );
  return { ok: true, value: new Map(threads) };
}

const nextOf = ({ pageInfo: { hasNextPage, endCursor } }: { readonly pageInfo: z.infer<typeof pageInfo> }) =>
  hasNextPage ? endCursor : null;

const refOf = ({
  id: nodeId,
  number,
  headRefOid: headSha,
  updatedAt,
  author,
}: z.infer<typeof head>): PullRequestRef => ({
  ...{ nodeId, number, headSha, updatedAt },
  author: authorOf(author),
});
