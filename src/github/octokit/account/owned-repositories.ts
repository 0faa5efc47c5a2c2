import { z } from "zod";
import { repositoryId } from "../../../ids.ts";
import type { OwnedRepository, ScanGateway } from "../../scan-gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

const MOST_REPOSITORIES = 10;

/**
 * The account's own public repositories, newest push first, 1 request and 1 point. One that GitHub could not show is
 * left out; one whose issues could not be read says so. An account that is no user owns none: `not_found`.
 */
export async function ownedRepositories(
  session: Session,
  { nodeId, limit }: Parameters<ScanGateway["ownedRepositories"]>[0],
): ReturnType<ScanGateway["ownedRepositories"]> {
  const variables = { user: nodeId, limit: Math.min(limit, MOST_REPOSITORIES) };
  const answer = await query(session, "OwnedRepositories", { schema: answerShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.node?.repositories;
  if (found) return { ok: true, value: found.nodes.map(repositoryOf) };
  return missing(session, "OwnedRepositories", problemAt(problems, ["node", "repositories"]) ?? "not_found");
}

const opener = z.object({ __typename: z.string(), id: z.string().optional() }).nullable();
const work = z
  .object({ nodes: nodesOf(z.object({ number: integer, author: opener })) })
  .nullish()
  .catch(null);
const counted = z
  .object({ totalCount: integer, nodes: nodesOf(z.object({ number: integer, author: opener })) })
  .nullish()
  .catch(null);
const repository = z.object({
  databaseId: integer,
  name: z.string(),
  owner: z.object({ id: z.string(), login: z.string() }),
  createdAt: instant,
  pushedAt: instant.nullish(),
  diskUsage: integer.nullish(),
  isMirror: z.boolean(),
  description: z.string().nullish(),
  defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullish() }).nullish(),
  issues: work,
  pullRequests: counted,
});
const answerShape = z.object({
  node: z.object({ repositories: z.object({ nodes: nodesOf(repository) }).nullish() }).nullish(),
});

function repositoryOf(found: z.infer<typeof repository>): OwnedRepository {
  const { databaseId, name, owner, createdAt, issues, pullRequests } = found;
  const newest = issues && pullRequests ? [...issues.nodes, ...pullRequests.nodes] : null;
  return {
    id: repositoryId(databaseId),
    owner: owner.login,
    name,
    createdAt,
    pushedAt: found.pushedAt ?? null,
    headSha: found.defaultBranchRef?.target?.oid ?? null,
    defaultBranch: found.defaultBranchRef?.name ?? null,
    diskKiB: found.diskUsage ?? null,
    // A transferred issue is old and has a new number, so the newest one need not have the highest.
    pullRequestCount: pullRequests?.totalCount ?? null,
    highestNumber: newest && Math.max(0, ...newest.map(({ number }) => number)),
    othersActed: newest?.some(({ author }) => isOther(author, owner.id)) ?? null,
    declaresOrigin: found.isMirror || ORIGIN_WORDS.test(found.description ?? ""),
  };
}

/**
 * A person other than the owner. Deleted accounts count: they were somebody. Bots do not, because they open pull
 * requests wherever they are switched on; nor do mannequins, who stand for people of another forge.
 */
const isOther = (author: z.infer<typeof opener>, ownerNodeId: string): boolean =>
  author === null || (author.__typename === "User" && author.id !== ownerNodeId);

/** Whoever says so hides nothing; words that only sound like it err on the account's side. */
const ORIGIN_WORDS = /\b(mirror(s|ed|ing)?|fork(ed)? (of|from)|import(s|ed)?|back-?ups?|archive[ds]?)\b/i;
