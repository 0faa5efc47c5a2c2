import { z } from "zod";
import { MOST_YEARS, type ScanGateway } from "../../../dossier/scan-gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { integer } from "../transport/shapes.ts";
import { problemAt } from "../transport/translate.ts";

const dated = z.object({
  restrictedContributionsCount: integer,
  totalIssueContributions: integer,
  totalPullRequestContributions: integer,
  totalPullRequestReviewContributions: integer,
  totalRepositoryContributions: integer,
});
const answerShape = z.object({ node: z.record(z.string(), dated.nullish()).nullish() });

/** What GitHub dates of an account, for at most `MOST_YEARS` calendar years, 1 request and 1 point. */
export async function contributionYears(
  session: Session,
  { nodeId, years, now }: Parameters<ScanGateway["contributionYears"]>[0],
): ReturnType<ScanGateway["contributionYears"]> {
  const asked = years.slice(0, MOST_YEARS);
  const [first] = asked;
  if (first === undefined) return { ok: true, value: [] };
  const spans = Array.from({ length: MOST_YEARS }, (_, index) => {
    const year = asked[index] ?? first;
    const end = `${year}-12-31T23:59:59.000Z`;
    return [
      [`from${index}`, `${year}-01-01T00:00:00.000Z`],
      [`to${index}`, end < now ? end : now],
    ];
  });
  const variables = { user: nodeId, ...Object.fromEntries(spans.flat()) };
  const answer = await query(session, "ContributionYears", { schema: answerShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const reason = problemAt(problems, ["node"]);
  const found = asked.flatMap((year, index) => {
    const counted = data.node?.[`year${index}`];
    return counted ? [{ year, ...countsOf(counted) }] : [];
  });
  // A year without an answer would read as one without an act.
  if (reason !== null || found.length < asked.length)
    return missing(session, "ContributionYears", reason ?? (data.node ? "incomplete" : "not_found"));
  return { ok: true, value: found };
}

const countsOf = (counted: z.infer<typeof dated>) => ({
  dated:
    counted.totalIssueContributions +
    counted.totalPullRequestContributions +
    counted.totalPullRequestReviewContributions +
    counted.totalRepositoryContributions,
  restricted: counted.restrictedContributionsCount,
});
