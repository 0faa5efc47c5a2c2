import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import { accountId, type RepositoryAddress, repositoryId } from "../../../ids.ts";
import type { AccountAddress, InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { term } from "../transport/search-terms.ts";
import { missing, query, read, readNamed, type Session } from "../transport/session.ts";
import { integer, nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";
import { subjectKind } from "./pull-request.ts";

/** Current login of an account id, 1 request. */
export async function loginOf(session: Session, id: number): ReturnType<InstallationGateway["loginOf"]> {
  const answer = await read(session, ENDPOINTS.accountById, { account_id: id });
  return answer.ok ? { ok: true, value: answer.value.login } : answer;
}

/** Who an account id belongs to today, 1 request. */
export async function accountWithId(session: Session, id: number): ReturnType<InstallationGateway["accountWithId"]> {
  return addressOf(await read(session, ENDPOINTS.accountById, { account_id: id }));
}

/** Who a login belongs to today, 1 request. */
export async function accountNamed(session: Session, login: string): ReturnType<InstallationGateway["accountNamed"]> {
  return addressOf(await read(session, ENDPOINTS.accountByLogin, { username: login }));
}

/** The same, and when that account was made, 1 request. */
export async function accountSince(session: Session, login: string): ReturnType<InstallationGateway["accountSince"]> {
  const answer = await read(session, ENDPOINTS.accountByLogin, { username: login });
  if (!answer.ok) return answer;
  return { ok: true, value: { ...addressIn(answer.value), createdAt: answer.value.created_at } };
}

type Addressed = { readonly id: number; readonly node_id: string; readonly login: string; readonly type: string };

const addressOf = (answer: Fetched<Addressed>): Fetched<AccountAddress> =>
  answer.ok ? { ok: true, value: addressIn(answer.value) } : answer;

const addressIn = ({ id, node_id: nodeId, login, type }: Addressed): AccountAddress => ({
  id: accountId(id),
  nodeId,
  login,
  kind: subjectKind(type),
});

/** The repository behind an owner and a name, 1 request; GitHub leads names it had before on to it. */
export async function repositoryAt(
  session: Session,
  address: RepositoryAddress,
): ReturnType<InstallationGateway["repositoryAt"]> {
  const answer = await read(session, ENDPOINTS.repository, { owner: address.owner, repo: address.name });
  if (!answer.ok) return answer;
  const [owner = "", name = ""] = answer.value.full_name.split("/");
  return { ok: true, value: { id: repositoryId(answer.value.id), owner, name, createdAt: answer.value.created_at } };
}

/** The commit at the tip of a pull request, 1 request (2 with an old token of a selection). */
export async function pullRequestHead(
  session: Session,
  { repository, number }: Parameters<InstallationGateway["pullRequestHead"]>[0],
): ReturnType<InstallationGateway["pullRequestHead"]> {
  const place = { owner: repository.owner, repo: repository.name, pull_number: number };
  const answer = await readNamed(session, ENDPOINTS.pullRequestHead, place);
  return answer.ok ? { ok: true, value: answer.value.head.sha } : answer;
}

/** A file on the default branch, 1 request (2 with an old token of a selection). A folder, link or submodule of that name is no file. */
export async function fileOnDefaultBranch(
  session: Session,
  { repository, path, maxBytes }: Parameters<InstallationGateway["fileOnDefaultBranch"]>[0],
): ReturnType<InstallationGateway["fileOnDefaultBranch"]> {
  const place = { owner: repository.owner, repo: repository.name, path };
  const answer = await readNamed(session, ENDPOINTS.content, place);
  if (!answer.ok) return answer;
  const { type, size, sha, encoding, content } = answer.value;
  if (type !== "file") return missing(session, ENDPOINTS.content.route, "not_found");
  if (size > maxBytes) return missing(session, ENDPOINTS.content.route, "too_large");
  if (encoding !== "base64" || content == null) return missing(session, ENDPOINTS.content.route, "incomplete");
  return { ok: true, value: { text: Buffer.from(content, "base64").toString("utf8"), sha } };
}

/**
 * Open pull requests whose head is the commit, 1 request: the hundred touched last, and what search finds by the
 * commit. `GET commits/{sha}/pulls` would be shorter, but knows nothing of commits that exist only in a fork.
 */
export async function pullRequestsOfHead(
  session: Session,
  { repository, headSha }: Parameters<InstallationGateway["pullRequestsOfHead"]>[0],
): ReturnType<InstallationGateway["pullRequestsOfHead"]> {
  const { owner, name } = repository;
  const qHead = `repo:${term(owner)}/${term(name)} is:pr is:open ${term(headSha)}`;
  const answer = await query(session, "PullRequestsOfHead", { schema: headsShape, variables: { owner, name, qHead } });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const reason = problemAt(problems, ["repository"]);
  if (reason !== null || !data.repository) return missing(session, "PullRequestsOfHead", reason ?? "not_found");
  const found = [...data.repository.pullRequests.nodes, ...(data.indexed?.nodes ?? [])];
  const here = found.filter((one) => one.headRefOid === headSha);
  const heads = here.map(({ id, number, updatedAt, author }) => ({
    ...{ number, nodeId: id, headSha, updatedAt },
    author: authorOf(author),
  }));
  return { ok: true, value: [...new Map(heads.map((one) => [one.number, one])).values()] };
}

const author = z
  .object({ __typename: z.string(), login: z.string(), id: z.string().optional(), databaseId: integer.nullish() })
  .nullable();
/** What is asked of a pull request that a list shows. */
export const head = z.object({
  id: z.string(),
  number: integer,
  headRefOid: z.string(),
  updatedAt: z.string(),
  author,
});
const heads = z.object({ nodes: nodesOf(head) });
const headsShape = z.object({
  repository: z.object({ pullRequests: heads }).nullish(),
  indexed: heads.nullish().catch(null),
});

/** As webhooks describe an account; null for a deleted one. Bots get the suffix that REST gives them. */
export function authorOf(found: z.infer<typeof author>) {
  if (found?.databaseId == null || found.id === undefined) return null;
  const { __typename: type, databaseId, id: nodeId } = found;
  return { id: accountId(databaseId), nodeId, login: type === "Bot" ? `${found.login}[bot]` : found.login, type };
}
