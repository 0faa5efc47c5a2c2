import { z } from "zod";
import { type DossierGateway, MOST_SIGNERS } from "../../../dossier/gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";
import { authorship, authorshipShape } from "./commits.ts";

const history = z.object({ nodes: nodesOf(authorshipShape) });
const answerShape = z.object({
  repository: z.object({ object: z.record(z.string(), history.nullish()).nullish() }).nullish(),
});

/** As git names it, whatever it is called. */
const DEFAULT_BRANCH = "HEAD";

/** The last commits of at most `MOST_SIGNERS` accounts from a commit back, 1 request and 1 point. */
export async function signedBefore(
  session: Session,
  { repository, before, accounts }: Parameters<DossierGateway["signedBefore"]>[0],
): ReturnType<DossierGateway["signedBefore"]> {
  const { owner, name } = repository;
  const [first] = accounts;
  if (first === undefined) return { ok: true, value: new Map() };
  const places = Array.from({ length: MOST_SIGNERS }, (_, index) => [`a${index}`, accounts[index] ?? first]);
  const variables = { owner, name, before: before ?? DEFAULT_BRANCH, ...Object.fromEntries(places) };
  const answer = await query(session, "SignedBefore", { schema: answerShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  // A part that is missing would make a habit of what is left.
  const reason = problemAt(problems, ["repository"]);
  const found = data.repository?.object ?? (data.repository && before === null ? {} : null);
  if (reason !== null || !found) return missing(session, "SignedBefore", reason ?? "not_found");
  return {
    ok: true,
    value: new Map(
      accounts
        .slice(0, MOST_SIGNERS)
        .map((nodeId, index) => [nodeId, (found[`a${index}`]?.nodes ?? []).map(authorship)]),
    ),
  };
}
