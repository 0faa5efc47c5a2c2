import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { HistoryPage, ScanGateway } from "../../scan-gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { integer, pageInfo, readableNodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

const text = z
  .string()
  .nullish()
  .transform((found) => found ?? "");
const hand = z.object({ name: text, email: text, date: text }).nullable();
const named = z.object({ oid: z.string() });
const commit = z.object({
  oid: z.string(),
  tree: named,
  parents: z.object({ nodes: z.array(named) }),
  author: hand,
  committer: hand,
  message: z.string(),
  signature: z.object({ payload: z.string(), signature: z.string() }).nullable(),
});
const history = z.object({ totalCount: integer, pageInfo, nodes: readableNodesOf(commit) });
const answerShape = z.object({
  repository: z.object({ object: z.object({ history: history.nullish() }).nullish() }).nullish(),
});

/** A hundred commits from a head back, 1 request and 1 point; those that GitHub could not show whole are left out. */
export async function commitHistory(
  session: Session,
  { owner, name, headSha, cursor }: Parameters<ScanGateway["commitHistory"]>[0],
): Promise<Fetched<HistoryPage>> {
  const variables = { owner, name, head: headSha, cursor };
  const answer = await query(session, "CommitHistory", { schema: answerShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.repository?.object?.history;
  if (!found) return missing(session, "CommitHistory", problemAt(problems, ["repository"]) ?? "not_found");
  return {
    ok: true,
    value: {
      totalCount: found.totalCount,
      next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
      commits: found.nodes.map(({ tree, parents, signature, ...rest }) => ({
        ...rest,
        treeOid: tree.oid,
        parentOids: parents.nodes.map(({ oid }) => oid),
        signature: signature && { payload: signature.payload, text: signature.signature },
      })),
    },
  };
}
