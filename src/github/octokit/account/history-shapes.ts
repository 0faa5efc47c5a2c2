import { z } from "zod";
import { instant, integer, nodesOf, total } from "../transport/shapes.ts";
import { writtenShape } from "./texts/text-shapes.ts";

const repositories = z.object({
  totalCount: integer,
  nodes: nodesOf(z.object({ createdAt: instant, pushedAt: instant.nullable() })),
});
const brief = z.object({
  createdAt: instant,
  mergedAt: instant.nullable(),
  repository: z.object({ owner: z.object({ id: z.string() }) }),
});
const times = z.object({ nodes: nodesOf(z.object({ createdAt: instant })) });
const countedTimes = times.extend({ totalCount: integer });
const year = z.object({
  startedAt: instant,
  endedAt: instant,
  restrictedContributionsCount: integer,
  totalCommitContributions: integer,
  totalIssueContributions: integer,
  totalPullRequestContributions: integer,
  totalPullRequestReviewContributions: integer,
  totalRepositoryContributions: integer,
});

/** Every part may be missing by itself; what is missing is named by the problems beside the data. */
const part = <T>(shape: z.ZodType<T>) => shape.nullish().catch(null);

const account = z.object({
  databaseId: part(integer),
  createdAt: part(instant),
  year0: part(year),
  year1: part(year),
  year2: part(year),
  year3: part(year),
  owned: part(repositories),
  forks: part(repositories),
  prs: part(z.object({ totalCount: integer, nodes: nodesOf(brief) })),
  prsOldest: part(z.object({ nodes: nodesOf(brief) })),
  prsMerged: part(total),
  issues: part(countedTimes),
  issuesOldest: part(times),
  issueComments: part(countedTimes),
  written: part(writtenShape),
});

export const historyDataShape = z.object({
  mergedElsewhere: part(z.object({ issueCount: integer })),
  // The same answer read twice: a text that cannot be read takes no date away.
  node: z.preprocess((node) => (isRecord(node) ? { ...node, written: node } : node), account.nullable()),
});

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;

export type HistoryData = z.infer<typeof historyDataShape>;
export type Account = z.infer<typeof account>;

export type Brief = z.infer<typeof brief>;
export type Year = z.infer<typeof year>;
