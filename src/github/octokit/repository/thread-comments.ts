import { z } from "zod";
import type { DossierGateway, SaidInThread, ThreadComment } from "../../../dossier/gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { instant, integer, total } from "../transport/shapes.ts";
import { pressedFor } from "./pressing-phrases.ts";

/** That somebody spoke, as lists of comments show it. */
export const commentNode = z.object({
  id: z.string(),
  createdAt: instant,
  authorAssociation: z.string(),
  author: z.object({ databaseId: integer.nullish() }).nullish(),
});

export const spoken = ({ id, createdAt, authorAssociation, author }: z.infer<typeof commentNode>): ThreadComment => ({
  ...{ nodeId: id, at: createdAt, association: authorAssociation, accountId: author?.databaseId ?? null },
});

const acts = z
  .object({ issueComments: total, issues: total, pullRequests: total, repositories: total })
  .nullish()
  .catch(null);
export const commentShape = z.object({ id: z.string(), url: z.string(), body: z.string(), author: acts });
/** Of a comment that is gone, or that nobody can read, nothing is said. */
const answerShape = z.object({ nodes: z.array(commentShape.nullable().catch(null)) });

/** What comments press for, without their texts; 1 request and 1 point. */
export async function threadComments(
  session: Session,
  nodeIds: Parameters<DossierGateway["threadComments"]>[0],
): ReturnType<DossierGateway["threadComments"]> {
  const answer = await query(session, "ThreadComments", { schema: answerShape, variables: { comments: nodeIds } });
  if (!answer.ok) return answer;
  const found = answer.value.data.nodes.flatMap((node) => (node === null ? [] : [saidIn(node)]));
  // All of them stood there a moment ago.
  return found.length === 0 && nodeIds.length > 0
    ? missing(session, "ThreadComments", "incomplete")
    : { ok: true, value: found };
}

export const saidIn = ({ id, url, body, author }: z.infer<typeof commentShape>): SaidInThread => ({
  nodeId: id,
  link: url,
  pressesFor: pressedFor(body),
  acts:
    author == null
      ? null
      : author.issueComments.totalCount +
        author.issues.totalCount +
        author.pullRequests.totalCount +
        author.repositories.totalCount,
});
