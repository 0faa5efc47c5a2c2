import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import { plusDays } from "../../../clock.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { mergesOf, mergesShape } from "../repository/merges.ts";
import { accountTerm, term } from "../transport/search-terms.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

/** Merges of the account in the organisation that owns the repository, and its first contact there; 1 request. */
export async function recordHere(
  session: Session,
  { repository, login }: Parameters<InstallationGateway["recordHere"]>[0],
): ReturnType<InstallationGateway["recordHere"]> {
  const where = `user:${term(repository.owner)} author:${accountTerm(login)}`;
  const variables = { qMerged: `${where} is:pr is:merged`, qFirst: `${where} sort:created-asc` };
  const answer = await query(session, "RecordHere", { schema: recordShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const reason = problemAt(problems, ["merged"]) ?? problemAt(problems, ["first"]);
  if (reason !== null || !data.merged || !data.first) return missing(session, "RecordHere", reason ?? "incomplete");
  const firstContactAt = data.first.nodes[0]?.createdAt ?? null;
  return { ok: true, value: { ...mergesOf(data.merged), firstContactAt } };
}

/** How far contributions can be asked for at once. */
const SEARCHED_DAYS = 364;

/** The account's newest act in the organisation, 1 request; 2 the first time, which asks for the organisation's node id. */
export async function lastActivity(
  session: Session,
  nodeIds: Map<string, string>,
  { organization, login, now }: Parameters<InstallationGateway["lastActivity"]>[0],
): ReturnType<InstallationGateway["lastActivity"]> {
  const nodeId = await organizationNodeId(session, nodeIds, organization);
  if (!nodeId.ok) return nodeId;
  const searchedSince = plusDays(now, -SEARCHED_DAYS);
  const where = `user:${term(organization)}`;
  const who = accountTerm(login);
  const answer = await query(session, "ActivityHere", {
    schema: activityShape,
    variables: {
      login,
      organization: nodeId.value,
      from: searchedSince,
      to: now,
      qAuthored: `${where} author:${who} sort:created-desc`,
      qReviewed: `${where} is:pr reviewed-by:${who} sort:updated-desc`,
    },
  });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const reason = problemAt(problems, []);
  if (reason !== null || !data.user) return missing(session, "ActivityHere", reason ?? "not_found");
  const lastActAt = actsOf(data).toSorted().at(-1) ?? null;
  // GitHub counts contributions of this year that it does not show this App: "no act since then" would be a guess.
  const hidden = data.user.contributionsCollection.restrictedContributionsCount > 0;
  if (hidden && (lastActAt ?? "") < searchedSince) return missing(session, "ActivityHere", "incomplete");
  return { ok: true, value: { lastActAt, searchedSince, ...(hidden && { actsUnseen: true }) } };
}

async function organizationNodeId(
  session: Session,
  known: Map<string, string>,
  organization: string,
): Promise<Fetched<string>> {
  const cached = known.get(organization);
  if (cached !== undefined) return { ok: true, value: cached };
  const answer = await query(session, "OrganizationId", { schema: idShape, variables: { org: organization } });
  if (!answer.ok) return answer;
  const id = answer.value.data.organization?.id;
  if (id === undefined) return missing(session, "OrganizationId", problemAt(answer.value.problems, []) ?? "not_found");
  known.set(organization, id);
  return { ok: true, value: id };
}

const idShape = z.object({ organization: z.object({ id: z.string() }).nullish() });

const created = z.object({ createdAt: instant });
const recordShape = z.object({
  merged: mergesShape.nullish(),
  first: z.object({ issueCount: integer, nodes: nodesOf(created) }).nullish(),
});

const occurred = z.object({ nodes: nodesOf(z.object({ occurredAt: instant })) });
const activityShape = z.object({
  user: z
    .object({
      contributionsCollection: z.object({
        restrictedContributionsCount: integer,
        commitContributionsByRepository: z.array(z.object({ contributions: occurred })),
        pullRequestContributions: occurred,
        pullRequestReviewContributions: occurred,
      }),
    })
    .nullish(),
  authored: z.object({ nodes: nodesOf(created) }).nullish(),
  reviewed: z
    .object({
      nodes: nodesOf(
        z.object({ reviews: z.object({ nodes: nodesOf(z.object({ submittedAt: instant.nullable() })) }).nullable() }),
      ),
    })
    .nullish(),
});

function actsOf({ user, authored, reviewed }: z.infer<typeof activityShape>): readonly string[] {
  const found = user?.contributionsCollection;
  const contributed = [
    ...(found?.commitContributionsByRepository.map(({ contributions }) => contributions) ?? []),
    ...(found ? [found.pullRequestContributions, found.pullRequestReviewContributions] : []),
  ].flatMap(({ nodes }) => nodes.map(({ occurredAt }) => occurredAt));
  const reviews = reviewed?.nodes.flatMap(({ reviews: own }) => own?.nodes.map(({ submittedAt }) => submittedAt) ?? []);
  const opened = authored?.nodes.map(({ createdAt }) => createdAt) ?? [];
  return [...contributed, ...opened, ...(reviews ?? []).filter((at) => at !== null)];
}
