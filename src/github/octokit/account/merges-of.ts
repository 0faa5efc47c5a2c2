import { z } from "zod";
import { MOST_FOLLOWED, MOST_TIED } from "../../../dossier/network.ts";
import type { MergesOf, ScanGateway } from "../../../dossier/scan-gateway.ts";
import { accountId } from "../../../ids.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

const account = z.object({
  id: z.string(),
  databaseId: integer,
  createdAt: instant,
  pullRequests: z.object({
    nodes: nodesOf(
      z.object({
        mergedAt: instant,
        repository: z.object({ owner: z.object({ __typename: z.string() }) }),
        mergedBy: z
          .object({ __typename: z.string(), id: z.string().optional(), databaseId: integer.optional() })
          .nullable(),
      }),
    ),
  }),
  repositories: z.object({ nodes: nodesOf(z.object({ parent: z.object({ id: z.string() }).nullable() })) }).nullish(),
  following: z.object({ totalCount: integer, nodes: nodesOf(z.object({ databaseId: integer })) }).nullish(),
});
// An id that is no person's any more answers with nothing, or with an object without fields.
const answerShape = z.object({ nodes: z.array(account.nullable().catch(null)) });

/** Who merged the newest fifty merged pull requests of some accounts, 1 request and 1 point. Those GitHub does not know are left out. */
export async function mergesOf(
  session: Session,
  { nodeIds, whole }: Parameters<ScanGateway["mergesOf"]>[0],
): ReturnType<ScanGateway["mergesOf"]> {
  const variables = { accounts: nodeIds.slice(0, MOST_TIED), whole };
  const answer = await query(session, "MergesOf", { schema: answerShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.nodes.flatMap((one) => (one === null ? [] : [accountOf(one)]));
  if (found.length > 0 || nodeIds.length === 0) return { ok: true, value: found };
  return missing(session, "MergesOf", problemAt(problems, ["nodes"]) ?? "not_found");
}

function accountOf(found: z.infer<typeof account>): MergesOf {
  const { id, databaseId, createdAt, pullRequests, repositories, following } = found;
  return {
    id: accountId(databaseId),
    nodeId: id,
    createdAt,
    merges: pullRequests.nodes.map(({ mergedAt, repository, mergedBy }) => ({
      at: mergedAt,
      personal: repository.owner.__typename === "User",
      by: mergerOf(mergedBy),
    })),
    forks: repositories
      ? {
          count: repositories.nodes.length,
          orphanCount: repositories.nodes.filter(({ parent }) => parent === null).length,
        }
      : null,
    // Whom one follows among many is nobody's business here.
    followedIds:
      following && following.totalCount <= MOST_FOLLOWED
        ? following.nodes.map((each) => accountId(each.databaseId))
        : null,
  };
}

/** GitHub names nobody where the account is gone; an App is somebody, and nobody's account. */
function mergerOf(
  merger: z.infer<typeof account>["pullRequests"]["nodes"][number]["mergedBy"],
): MergesOf["merges"][number]["by"] {
  if (merger === null) return "gone";
  const { __typename: kind, id, databaseId } = merger;
  if (kind !== "User" || id === undefined || databaseId === undefined) return "no_person";
  return { id: accountId(databaseId), nodeId: id };
}
