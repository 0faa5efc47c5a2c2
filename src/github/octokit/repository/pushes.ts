import { z } from "zod";
import type { ChangePush } from "../../../change/change.ts";
import type { PushGateway } from "../../../dossier/push-gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { missing, query, readNamed, type Session } from "../transport/session.ts";
import { readableNodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";
import { changedFile } from "./pull-request-files.ts";
import { authorNodeId, pushedCommit } from "./pushed-commits.ts";

type Input<Method extends keyof PushGateway> = Parameters<PushGateway[Method]>[0];

/** Branches that merged pull requests brought a commit to, 1 request (2 with an old token of a selection). */
export async function mergedInto(
  session: Session,
  { repository, sha }: Input<"mergedInto">,
): ReturnType<PushGateway["mergedInto"]> {
  const place = { owner: repository.owner, repo: repository.name, commit_sha: sha, per_page: 100 };
  const answer = await readNamed(session, ENDPOINTS.pullRequestsOfCommit, place);
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.filter(({ merged_at }) => merged_at !== null).map(({ base }) => base.ref) };
}

/** What GitHub shows of a comparison on its first page, and nowhere else. */
const MAX_FILES = 300;
const COMMITS_SHOWN = 100;

/** What a push brought, 1 request: files stand on the first page alone, the commits behind the hundredth are left out. */
export async function compared(
  session: Session,
  { repository, base, head }: Input<"compared">,
): ReturnType<PushGateway["compared"]> {
  const basehead = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  const place = { owner: repository.owner, repo: repository.name, basehead, per_page: COMMITS_SHOWN };
  const answer = await readNamed(session, ENDPOINTS.compare, place);
  if (!answer.ok) return answer;
  const { files, commits, total_commits: commitCount } = answer.value;
  if (files === undefined) return missing(session, ENDPOINTS.compare.route, "incomplete");
  return {
    ok: true,
    value: {
      files: { files: files.map(changedFile), truncated: files.length >= MAX_FILES },
      commitSubjects: commits.map(({ commit }) => commit.message.split("\n", 1)[0] ?? ""),
      commitCount,
      commits: commits.flatMap(pushedCommit),
      authorNodeIds: new Map(commits.flatMap(authorNodeId)),
    },
  };
}

/** How the commits before a push came, 1 request. */
export async function earlierCommits(
  session: Session,
  { repository, before }: Input<"earlierCommits">,
): ReturnType<PushGateway["earlierCommits"]> {
  const { owner, name } = repository;
  const answer = await query(session, "EarlierCommits", { schema: earlierShape, variables: { owner, name, before } });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const reason = problemAt(problems, ["repository"]);
  const found = data.repository?.object;
  if (reason !== null || !found?.toWorkflows || !found.toAnything)
    return missing(session, "EarlierCommits", reason ?? "not_found");
  const few = found.toWorkflows.nodes.length < FEW;
  return { ok: true, value: arrivals((few ? found.toAnything : found.toWorkflows).nodes) };
}

/** Commits to workflows fewer than these say less than the latest to anything. */
const FEW = 5;

const arrived = z.object({
  associatedPullRequests: z
    .object({ nodes: readableNodesOf(z.object({ mergedAt: z.string().nullable() })) })
    .nullable(),
});
const connection = z.object({ nodes: readableNodesOf(arrived) });
const earlierShape = z.object({
  repository: z
    .object({ object: z.object({ toWorkflows: connection.optional(), toAnything: connection.optional() }).nullable() })
    .nullable(),
});

const arrivals = (commits: readonly z.infer<typeof arrived>[]): NonNullable<ChangePush["earlier"]> => ({
  commits: commits.length,
  byPullRequest: commits.filter(({ associatedPullRequests: found }) =>
    found?.nodes.some(({ mergedAt }) => mergedAt !== null),
  ).length,
});
